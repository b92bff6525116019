"""Commands that are shown to be typed."""

from __future__ import annotations

import sys

import pytest

from dossier.cli.typed import as_typed


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        (r"C:\kho", r"C:\kho"),
        (r"C:\Kho hồ sơ", r'"C:\Kho hồ sơ"'),
        (r"C:\A&B", r'"C:\A&B"'),
        ("C:\\A(1)\\", '"C:\\A(1)\\\\"'),
        ("C:\\có dấu cách\\", '"C:\\có dấu cách\\\\"'),
        ("", '""'),
        ("--wait", "--wait"),
        ("50%", '"50%"'),
    ],
)
@pytest.mark.usefixtures("on_windows")
def test_windows_interpreter_gets_in_quotes_what_means_something_to_it(part: str, typed: str) -> None:
    assert as_typed(("dossier", part)) == f"dossier {typed}"


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of other systems")
def test_shell_gets_its_own_quotes() -> None:
    assert as_typed(("cd", "/kho hồ sơ")) == "cd '/kho hồ sơ'"
