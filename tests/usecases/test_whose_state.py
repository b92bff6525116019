"""A state folder that a person names is not that of another archive."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from archives import FOUNDING, put, write

from dossier.archive import Archive, open_archive
from dossier.cli.shared import GivenArchive
from dossier.errors import ArchiveError
from dossier.usecases.scan import scan

REPORT = "BÁO CÁO\nKết quả khảo sát địa bàn xã Hàm Thắng"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    put(tmp_path / "một", a_txt=FOUNDING)
    return tmp_path / "một"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    put(tmp_path / "hai", b_txt=REPORT)
    return tmp_path / "hai"


def given(archive: Path, state: Path) -> Archive:
    return GivenArchive(archive, state).open()


def test_state_of_another_archive_is_refused_with_what_to_do(one: Path, other: Path, tmp_path: Path) -> None:
    scan(given(one, tmp_path / "st"), workers=1)
    with pytest.raises(ArchiveError) as refused:
        given(other, tmp_path / "st")
    assert f"là của kho {one}" in str(refused.value)
    assert "thư mục trống khác bằng --state" in refused.value.advice


def test_state_inside_another_archive_is_refused(one: Path, other: Path) -> None:
    scan(open_archive(one), workers=1)
    with pytest.raises(ArchiveError, match=f"là của kho {one}"):
        given(other, one / ".dossier")


def test_state_that_does_not_say_whose_it_is_is_judged_by_its_files(
    one: Path, other: Path, tmp_path: Path
) -> None:
    scan(given(one, tmp_path / "st"), workers=1)
    (tmp_path / "st/archive.json").unlink()  # made by an earlier version
    with pytest.raises(ArchiveError, match="là của một kho khác"):
        given(other, tmp_path / "st")
    assert scan(given(one, tmp_path / "st"), workers=1).unchanged == 1


def test_moved_archive_keeps_its_state_and_is_recorded_anew(one: Path, other: Path, tmp_path: Path) -> None:
    scan(given(one, tmp_path / "st"), workers=1)
    moved = tmp_path / "nơi khác/kho"
    moved.parent.mkdir()
    shutil.move(one, moved)
    assert scan(given(moved, tmp_path / "st"), workers=1).unchanged == 1
    assert json.loads((tmp_path / "st/archive.json").read_text("utf-8"))["archive"] == str(moved)
    with pytest.raises(ArchiveError):
        given(other, tmp_path / "st")


def test_moved_archive_whose_folders_were_renamed_keeps_its_state(one: Path, tmp_path: Path) -> None:
    scan(given(one, tmp_path / "st"), workers=1)
    moved = tmp_path / "kho mới"
    shutil.move(one, moved / "Năm 2023")
    assert given(moved, tmp_path / "st").state == tmp_path / "st"


def test_emptied_archive_keeps_the_state_that_is_recorded_as_its_own(one: Path, tmp_path: Path) -> None:
    scan(given(one, tmp_path / "st"), workers=1)
    shutil.rmtree(one)
    write(one, "Mô hình/mới/c.txt", REPORT)
    assert given(one, tmp_path / "st").state == tmp_path / "st"


def test_own_state_named_by_its_path_is_taken(one: Path) -> None:
    scan(open_archive(one), workers=1)
    moved = one.parent / "kho đã chuyển"
    shutil.move(one, moved)
    for path in (moved / "mo-hinh").rglob("*.txt"):
        path.unlink()
    assert given(moved, moved / ".dossier").state == moved / ".dossier"
