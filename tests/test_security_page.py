"""Every promise of SECURITY.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    line
    for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| promise")
]
_LINK = re.compile(r"\[`([^`]+)`\]\(([^)]+)\)")


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_promise_is_held_by_tests_that_are_there(row: str) -> None:
    held_by = _LINK.findall(row.rpartition(" | ")[2])
    assert held_by
    for shown, address in held_by:
        assert shown == address
        assert (ROOT / address).is_file(), address
    tests = [address for _shown, address in held_by if Path(address).name.startswith("test_")]
    assert tests
    for address in tests:
        assert re.search(r"^(?:async )?def test_", (ROOT / address).read_text("utf-8"), re.MULTILINE), address
