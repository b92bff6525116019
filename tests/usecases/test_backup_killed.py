"""What a killed backup left beside its target goes with the next one, and nothing else does."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest
from archives import FOUNDING, put, run

from dossier.archive import Archive, open_archive
from dossier.usecases.backup import backup
from dossier.usecases.locking import writing
from dossier.usecases.restore import restore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
_MOST_TRIES = 50  # a small backup is quick, and may be done before the signal comes


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    put(tmp_path / "kho", a_txt=FOUNDING)
    run(tmp_path / "kho")
    return open_archive(tmp_path / "kho")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sao lưu").mkdir()
    return tmp_path / "sao lưu"


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def kill_one_amid(archive: Archive, folder: Path) -> Path:
    """Kill backups while they write until one leaves its unfinished file; return it."""
    for number in range(_MOST_TRIES):
        child = os.fork()
        if child == 0:
            backup(archive, folder / f"{number}.zip")
            os._exit(0)
        while not hidden(folder) and not (folder / f"{number}.zip").exists():
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if left := hidden(folder):
            return left[0]
    pytest.fail("every backup was done before it was killed")


def test_next_backup_removes_what_a_killed_one_left(archive: Archive, folder: Path) -> None:
    kill_one_amid(archive, folder)
    backup(archive, folder / "sau.zip")
    assert hidden(folder) == []
    assert not (archive.state / "backup-unfinished.json").exists()


def test_hidden_files_of_others_stay(archive: Archive, folder: Path) -> None:
    others = [folder / ".sau.zip.123.0a1b2c3d", folder / ".sau.zip.x7_d9k2a", folder / ".của ai đó"]
    for path in others:
        path.write_bytes(b"PK\x03\x04")
    backup(archive, folder / "sau.zip")
    assert sorted(hidden(folder)) == sorted(others)


def test_file_that_only_has_a_recorded_name_stays(archive: Archive, folder: Path) -> None:
    left = kill_one_amid(archive, folder)
    left.write_text("của người khác", "utf-8")
    told = folder / "thư.txt"
    told.write_bytes(b"")
    record = archive.state / "backup-unfinished.json"
    record.write_text(json.dumps([*json.loads(record.read_text("utf-8")), str(told)]), "utf-8")
    backup(archive, folder / "sau.zip")
    assert left.exists()
    assert told.exists()


def test_leftover_on_a_disk_that_is_not_connected_goes_when_it_is(archive: Archive, folder: Path) -> None:
    kill_one_amid(archive, folder)
    away = folder.rename(folder.with_name("tháo ra"))
    backup(archive, folder.parent / "nơi khác.zip")
    back = away.rename(folder)
    assert len(hidden(back)) == 1
    backup(archive, folder.parent / "nơi khác nữa.zip")
    assert hidden(back) == []


def test_next_backup_and_the_next_restore_remove_copies_of_the_catalogue_that_killed_ones_left(
    archive: Archive, folder: Path
) -> None:
    backup(archive, folder / "một.zip")
    for again in (
        lambda: backup(archive, folder / "hai.zip"),
        lambda: restore(archive, folder / "một.zip", force=True),
    ):
        for name in (".backup-x1", ".restore-x1"):
            (archive.state / name).mkdir()
            (archive.state / name / "catalogue.sqlite").write_bytes(b"x")
        again()
        assert not [*archive.state.glob(".backup-*"), *archive.state.glob(".restore-*")]


def test_backup_leaves_the_copies_of_those_at_work(archive: Archive, folder: Path) -> None:
    (archive.state / ".restore-x1").mkdir()
    with writing(archive, "restore"):
        backup(archive, folder / "một.zip")
    assert (archive.state / ".restore-x1").is_dir()
