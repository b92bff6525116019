"""A share, or a disk, that goes while a scan is at it: what was there is not here, and not deleted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError
from dossier.os_errors import in_words, is_missing
from dossier.progress import heard_by
from dossier.scanner import discover
from dossier.scanner.listing import Entry, Mark
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, SURVEY, write

DOSSIERS = ("mo-hinh/A", "mo-hinh/B", "mo-hinh/C", "mo-hinh/D")


@pytest.fixture
def kho(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive whose state lies elsewhere, as that of one on a share does."""
    for dossier in DOSSIERS:
        write(tmp_path / "kho", f"{dossier}/qd.txt", FOUNDING + dossier)
        write(tmp_path / "kho", f"{dossier}/06 Ảnh/ks.txt", SURVEY + dossier)
    archive = open_archive(tmp_path / "kho", tmp_path / "state")
    scan(archive, workers=1)
    return archive


def known(archive: Archive) -> set[str]:
    with open_known(archive) as catalogue:
        return {os.fsdecode(raw) for raw in catalogue.known_files()}


def away(archive: Archive) -> Path:
    """The share is gone, as the mount point that is left behind or not even that."""
    return archive.root.rename(archive.root.with_name("ngắt"))


def test_cut_while_folders_are_listed_forgets_nothing(kho: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before, listed, seen = known(kho), discover.list_folder, 0

    def cut(root: bytes, raw: bytes) -> tuple[Mark, list[Entry]]:
        nonlocal seen
        seen += 1
        if seen == 4:
            away(kho)
        return listed(root, raw)

    monkeypatch.setattr(discover, "list_folder", cut)
    found = discover.walk(kho)
    assert b"" in found.unreadable
    assert any("mất kết nối" in problem for problem in found.problems)
    kho.root.with_name("ngắt").rename(kho.root)
    seen = 0
    with pytest.raises(ArchiveError, match="mất kết nối"):
        scan(kho, workers=1)
    kho.root.with_name("ngắt").rename(kho.root)
    monkeypatch.undo()
    assert known(kho) == before
    assert scan(kho, workers=1).gone == 0


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_cut_while_files_are_read_forgets_nothing_and_is_told(kho: Archive, left: str) -> None:
    before = known(kho)
    for dossier in DOSSIERS:
        write(kho.root, f"{dossier}/qd.txt", FOUNDING + dossier + " sửa")

    def cut(done: int, _total: int, _path: str) -> None:
        if done == 1:
            away(kho)
            if left == "an empty folder":
                kho.root.mkdir()

    with pytest.raises(ArchiveError, match="mất kết nối") as raised, heard_by(cut):
        scan(kho, workers=1)
    assert "giữ nguyên" in raised.value.advice
    assert known(kho) == before
    if left == "an empty folder":
        kho.root.rmdir()
    kho.root.with_name("ngắt").rename(kho.root)
    assert scan(kho, workers=1).gone == 0
    assert known(kho) == before


def test_file_removed_while_the_rest_is_read_is_gone(kho: Archive) -> None:
    for dossier in DOSSIERS:
        write(kho.root, f"{dossier}/qd.txt", FOUNDING + dossier + " sửa")

    def remove(done: int, _total: int, _path: str) -> None:
        if done == 1:
            for dossier in DOSSIERS:
                (kho.root / dossier / "qd.txt").unlink(missing_ok=True)

    with heard_by(remove):
        scan(kho, workers=1)
    assert known(kho) != set()


@pytest.mark.parametrize("number", [53, 59, 64, 67, 121])
def test_what_windows_says_of_a_lost_share_is_no_missing_file(number: int) -> None:
    lost = FileNotFoundError(2, "The network path was not found")
    lost.winerror = number  # type: ignore[attr-defined]
    assert not is_missing(lost)
    assert "mạng" in in_words(lost)
    assert is_missing(FileNotFoundError(2, "no"))
