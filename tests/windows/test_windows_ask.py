"""Which folder a double click is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.windows.ask import folder_to_open


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    return tmp_path


def nobody() -> str:
    raise AssertionError("nobody is to be asked")


def test_folder_dropped_on_the_icon_is_opened_without_a_question(home: Path) -> None:
    archive = home / "Kho A & B"
    archive.mkdir()
    assert folder_to_open([str(archive)], nobody) == archive


def test_folder_of_a_file_that_was_dropped_is_opened(home: Path) -> None:
    (home / "12.docx").write_bytes(b"")
    assert folder_to_open([str(home / "12.docx")], nobody) == home


def test_folder_of_last_time_is_opened_again(home: Path) -> None:
    assert folder_to_open([], lambda: f'"{home}"') == home
    assert folder_to_open([], nobody) == home


def test_person_is_asked_where_the_folder_of_last_time_is_gone(home: Path) -> None:
    old, new = home / "old", home / "new"
    old.mkdir()
    assert folder_to_open([str(old)], nobody) == old
    old.rmdir()
    new.mkdir()
    assert folder_to_open([], lambda: str(new)) == new


def test_nothing_is_opened_where_nobody_names_a_folder() -> None:
    assert folder_to_open([], lambda: "") is None
    assert folder_to_open([r"Z:\no such"], lambda: "no such") is None
