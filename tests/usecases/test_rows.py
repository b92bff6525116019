"""Rows are named by the numbers they were shown with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError, UsageError
from dossier.usecases.answers import file_of
from dossier.usecases.rows import Rows, number_said, path_of_row, remember, row
from dossier.usecases.scan import scan


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    put(folder, a_txt=FOUNDING, b_txt=SURVEY)
    opened = open_archive(folder)
    scan(opened, workers=1)
    return folder


@pytest.fixture
def archive(scanned_once: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True))


def test_row_is_named_by_the_number_it_was_shown_with(archive: Archive) -> None:
    remember(archive, Rows.PAPERS, ["mo-hinh/A/b.txt", "mo-hinh/A/a.txt"], first=11)
    assert (row(archive, 11), row(archive, 12)) == ("mo-hinh/A/b.txt", "mo-hinh/A/a.txt")
    assert file_of(archive, row(archive, 12)) == archive.root / "mo-hinh/A/a.txt"


def test_number_that_was_not_shown_is_refused_with_those_that_were(archive: Archive) -> None:
    remember(archive, Rows.PAPERS, ["a", "b"], first=3)
    with pytest.raises(UsageError) as told:
        row(archive, 5)
    assert "3–4" in told.value.advice


def test_table_shown_last_is_meant_unless_one_kind_is_asked_for(archive: Archive) -> None:
    remember(archive, Rows.DOSSIERS, ["mo-hinh/A"])
    remember(archive, Rows.PAPERS, ["mo-hinh/A/a.txt"])
    assert path_of_row(archive, "1") == "mo-hinh/A/a.txt"
    assert path_of_row(archive, "1", Rows.DOSSIERS) == "mo-hinh/A"


def test_what_lies_there_by_that_name_goes_before_the_row(archive: Archive) -> None:
    remember(archive, Rows.PAPERS, ["mo-hinh/A/a.txt"])
    (archive.root / "mo-hinh/A/1").mkdir()
    with workspace.within(folder=archive.root / "mo-hinh/A"):
        assert path_of_row(archive, "1") == "1"


@pytest.mark.parametrize(
    ("said", "number"),
    [("3", 3), ("số 3", 3), ("dòng 12", 12), ("03", None), ("3#2", None), ("#3", None), ("3a", None),
     ("mục 3", None), ("0", None), ("", None), ("12/QĐ", None)],
)  # fmt: skip
def test_numbers_of_rows_as_people_write_them(said: str, number: int | None) -> None:
    assert number_said(said) == number


def test_before_any_table_it_is_said_what_to_do(archive: Archive) -> None:
    with pytest.raises(UsageError) as told:
        row(archive, 1)
    assert "dossier search" in told.value.advice


@pytest.mark.parametrize("content", ['{"last": "papers", "tables": 7', "[]", '{"tables": {"papers": 3}}', ""])
def test_damaged_record_is_none(archive: Archive, content: str) -> None:
    remember(archive, Rows.PAPERS, ["a"])
    (kept,) = archive.state.glob("last-answer.*.json")
    kept.write_text(content)
    with pytest.raises(UsageError):
        row(archive, 1)


def test_rows_of_two_people_do_not_replace_each_other(archive: Archive) -> None:
    remember(archive, Rows.PAPERS, ["mine"])
    with workspace.within(account="another"):
        remember(archive, Rows.PAPERS, ["theirs"])
        assert row(archive, 1) == "theirs"
    assert row(archive, 1) == "mine"


def test_it_is_said_when_rows_cannot_be_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.usecases.rows.writable", lambda path: path != archive.state)
    with pytest.raises(UsageError) as told:
        row(archive, 1)
    assert str(archive.state) in told.value.advice


def test_file_that_is_gone_is_not_opened(archive: Archive) -> None:
    with pytest.raises(UsageError):
        file_of(archive, "mo-hinh/A/khong-co.txt")
    (archive.root / "mo-hinh/A/a.txt").unlink()
    with pytest.raises(ArchiveError):
        file_of(archive, "mo-hinh/A/a.txt")


@pytest.mark.parametrize("name", ["../ngoai.txt", "/etc/passwd", "mo-hinh/../../ngoai.txt"])
def test_nothing_outside_the_archive_is_opened(archive: Archive, name: str) -> None:
    (archive.root.parent / "ngoai.txt").write_text("x")
    with pytest.raises(ArchiveError):
        file_of(archive, name)
