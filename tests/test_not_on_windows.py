"""The list of tests that cannot pass under Windows names tests that are there, each with a reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).parent


def test_every_name_in_the_list_is_a_test_with_a_reason() -> None:
    listed = tomllib.loads((TESTS / "not_on_windows.toml").read_text("utf-8"))
    assert set(listed) <= {"without", "wine"}
    for each in (*listed.get("without", ()), *listed.get("wine", ())):
        assert each["reason"] and set(each) <= {"reason", "fixtures", "tests", "run"}
        for name in each.get("tests", ()):
            file, _, test = name.partition("[")[0].partition("::")
            if test:
                text = (TESTS.parent / file).read_text("utf-8")
                assert re.search(rf"^def {test}\(", text, re.MULTILINE), name
            else:
                assert list(TESTS.parent.glob(file)), name
