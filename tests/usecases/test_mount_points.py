"""A disk mounted inside an archive that is not mounted any more: its files are out of reach, not deleted."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError
from dossier.progress import heard_by
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, SURVEY, write


@pytest.fixture
def kho(small_disk: Path) -> Archive:
    """An archive with one dossier on its own disk, and one on the disk mounted in it."""
    write(small_disk.parent, "mo-hinh/A/qd.txt", FOUNDING)
    write(small_disk, "mo-hinh/B/ks.txt", SURVEY)
    write(small_disk, "mo-hinh/B/ks2.txt", SURVEY + "Nơi nhận")
    archive = open_archive(small_disk.parent)
    scan(archive, workers=1)
    return archive


def known(archive: Archive) -> set[str]:
    with open_known(archive) as catalogue:
        return {os.fsdecode(raw) for raw in catalogue.known_files()}


def problems(archive: Archive) -> str:
    with open_known(archive) as catalogue:
        return catalogue.meta()["problems"]


def unmount(disk: Path) -> None:
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("left", ["an empty folder", "nothing"])
def test_files_of_a_disk_that_is_away_are_kept_and_told_until_it_is_back(
    kho: Archive, small_disk: Path, tmp_path: Path, left: str
) -> None:
    before = known(kho)
    unmount(small_disk)
    if left == "nothing":  # a desktop removes the folder too
        small_disk.rmdir()
    for _night in range(2):
        assert scan(kho, workers=1).gone == 0
        assert known(kho) == before
        assert '"path":"disk","count":2' in problems(kho)
    write(tmp_path, "disk/mo-hinh/B/ks.txt", SURVEY)  # copied into the folder: now an ordinary one
    assert scan(kho, workers=1).gone == 1
    assert problems(kho) == "[]"


def test_files_of_a_disk_that_was_given_up_are_forgotten_on_a_persons_word(
    kho: Archive, small_disk: Path
) -> None:
    unmount(small_disk)
    assert scan(kho, workers=1, accept_missing=True).gone == 2
    assert scan(kho, workers=1).gone == 0
    assert problems(kho) == "[]"


def test_files_removed_from_a_disk_that_is_there_are_gone(kho: Archive, small_disk: Path) -> None:
    shutil.rmtree(small_disk / "mo-hinh")
    assert scan(kho, workers=1).gone == 2


def test_disk_that_goes_while_files_are_read_forgets_nothing(kho: Archive, small_disk: Path) -> None:
    before = known(kho)
    for number in range(40):  # more than a worker reads ahead
        write(small_disk, f"mo-hinh/B/{number}.txt", SURVEY + f" sửa {number}")

    def cut(done: int, _total: int, _path: str) -> None:
        if done == 1:
            unmount(small_disk)

    with pytest.raises(ArchiveError, match=r"disk.* mất kết nối"), heard_by(cut):
        scan(kho, workers=1)
    assert known(kho) >= before


def test_root_of_a_small_archive_that_is_empty_is_no_deletion(tmp_path: Path) -> None:
    write(tmp_path / "kho", "mo-hinh/A/qd.txt", FOUNDING)
    archive = open_archive(tmp_path / "kho", tmp_path / "state")
    scan(archive, workers=1)
    shutil.rmtree(tmp_path / "kho/mo-hinh")
    with pytest.raises(ArchiveError, match="trước đây có 1 tệp") as raised:
        scan(archive, workers=1)
    assert "--accept-missing" in raised.value.advice
    assert known(archive) == {"mo-hinh/A/qd.txt"}
    assert scan(archive, workers=1, accept_missing=True).gone == 1
