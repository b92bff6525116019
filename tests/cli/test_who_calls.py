"""Who is at the keyboard."""

from __future__ import annotations

import os

import pytest

from dossier.cli.shared import begin
from dossier.workspace import machine_suffix, person


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="users have numbers on POSIX only")
def test_user_without_a_name_goes_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda number: {}[number])  # as in a container
    begin()
    assert person() == str(os.getuid())


@pytest.mark.parametrize("name", ["../x", "Nguyễn Văn An", "ĐƠN VỊ\\an", "…"])
def test_name_for_files_is_one_for_every_user(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("LOGNAME", name)
    begin()
    assert machine_suffix() and set(machine_suffix()) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
