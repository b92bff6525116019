"""What is in the catalogue stays usable on a full disk."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dossier.catalogue.sqlite.database import open_file
from dossier.os_errors import in_words
from tests.commands import dossier

_PAPER = "CÔNG AN XÃ HÀM THẮNG\nSố: 01/KH-CAX\nHàm Thắng, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nKhảo sát\n"


def _fill(disk: Path, left: int) -> None:
    (disk / "rest").unlink(missing_ok=True)
    with (disk / "rest").open("wb", buffering=0) as rest, suppress(OSError):
        for _block in range((shutil.disk_usage(disk).free - left) // 4096):
            rest.write(b"\0" * 4096)


def test_rows_that_no_longer_fit_into_the_file_stay_in_the_log(small_disk: Path) -> None:
    state = small_disk / "state"
    state.mkdir()
    database = open_file(state)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE many (content BLOB)")
        connection.exec_driver_sql("INSERT INTO many VALUES (randomblob(2000000))")
    with (small_disk / "rest").open("wb", buffering=0) as rest, suppress(OSError):
        while True:
            rest.write(b"\0" * 4096)
    database.scan_finished()
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT sum(length(content)) FROM many").scalar() == 2_000_000
    database.close()


def test_a_disk_without_room_for_the_file_beside_the_catalogue_is_told_to_be_full(small_disk: Path) -> None:
    with closing(sqlite3.connect(small_disk / "a.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE one (x)")
    _fill(small_disk, 0)
    with closing(sqlite3.connect(small_disk / "a.sqlite")) as connection, pytest.raises(sqlite3.Error) as no:
        connection.execute("SELECT * FROM one").fetchall()
    assert in_words(no.value) == "ổ đĩa hết chỗ trống"


def test_an_index_that_finds_no_room_is_no_fault_of_the_program(small_disk: Path) -> None:
    archive = small_disk / "kho"
    folder = archive / "Mô hình" / "Chợ"
    folder.mkdir(parents=True)
    (folder / "kh.txt").write_text(_PAPER, "utf-8")
    dossier("scan", archive)
    refused = 0
    for left in range(32, 80, 4):
        shutil.rmtree(archive / ".dossier" / "index", ignore_errors=True)
        _fill(small_disk, left * 1024)
        done = dossier("index", "--rebuild", cwd=archive)
        assert "Lỗi của chương trình" not in done.stderr, left
        refused += "ổ đĩa hết chỗ trống" in done.stderr
    assert refused
    (small_disk / "rest").unlink()
    assert dossier("index", "--rebuild", cwd=archive).returncode == 0
