"""Several machines, one catalogue on a server: one of them keeps the index, and no index lacks anything or
knows too much without saying so."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from archives import SURVEY, put
from postgres_server import Cluster

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.catalogue.server import server_of
from dossier.errors import IndexElsewhereError, LockedError
from dossier.index import Filters
from dossier.model.health import Health
from dossier.usecases import following
from dossier.usecases.doctor import examine
from dossier.usecases.indexing import rebuild
from dossier.usecases.locking import writing
from dossier.usecases.mend import mend
from dossier.usecases.migrate import migrate_to
from dossier.usecases.scan import scan
from dossier.usecases.search import search

WORD = "xoongchao"  # in no other paper
LATER = SURVEY.replace("Nguyễn Văn An", f"Trần {WORD}")


@pytest.fixture
def first(cluster: Cluster, tmp_path: Path) -> Iterator[Archive]:
    root = tmp_path / "kho"
    put(root, a_txt=SURVEY)
    opened = open_archive(root, tmp_path / "first")
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=f"kho_{abs(hash(str(tmp_path))):x}")
    archive = replace(opened, config=replace(opened.config, catalogue=settings))
    scan(archive, workers=1)
    yield archive


@pytest.fixture
def second(first: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    other = replace(first, state=tmp_path / "second")
    other.ready_state()
    return other


def found(archive: Archive, word: str = WORD) -> int:
    return search(archive, word, Filters()).total


def told(archive: Archive) -> psycopg.Connection[tuple[str, ...]]:
    server = server_of(archive)
    assert server is not None
    return psycopg.connect(server.url, autocommit=True, options=f"-c search_path={server.schema}")


def test_scan_on_another_machine_leaves_nothing_out_of_the_index(first: Archive, second: Archive) -> None:
    put(first.root, b_txt=LATER)
    scan(second, workers=1)
    assert found(first) == 1
    assert not (second.state / "index").exists()


def test_machine_that_keeps_no_index_says_who_does(first: Archive, second: Archive) -> None:
    with pytest.raises(IndexElsewhereError, match=str(first.state)):
        found(second)
    (index,) = [check for check in examine(second) if check.name == "Chỉ mục"]
    assert index.health is Health.OK
    assert str(first.state) in index.found
    list(mend(second))
    assert found(first, "khao sat") > 0


def test_index_is_taken_over_by_who_asks_for_it(first: Archive, second: Archive) -> None:
    rebuild(second)
    put(first.root, b_txt=LATER)
    scan(first, workers=1)
    assert found(second) == 1
    with pytest.raises(IndexElsewhereError, match=str(second.state)):
        found(first)
    assert not (first.state / "index").exists()
    rebuild(first)
    assert found(first) == 1


def test_index_ahead_of_a_restored_catalogue_is_made_anew(first: Archive) -> None:
    tables = ("meta", "outbox", "files", "documents", "texts")
    with closing(told(first)) as server:
        for table in tables:
            server.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        put(first.root, b_txt=LATER)
        scan(first, workers=1)
        assert found(first) == 1
        server.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        for table in tables:
            server.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
            server.execute(f"DROP TABLE kept_{table}")
    assert found(first) == 0
    scan(first, workers=1)
    assert found(first) == 1


def test_index_that_cannot_be_made_anew_now_answers_nothing(first: Archive, second: Archive) -> None:
    with closing(told(first)) as server:
        server.execute('UPDATE meta SET value = \'["", "another", ""]\' WHERE key = \'index_fed\'')
    with workspace.within(patience=0.1), writing(second, "scan"), pytest.raises(LockedError):
        found(first)


@pytest.mark.parametrize("ahead", [3600, -3600])
def test_sealed_paper_is_found_by_no_machine_whatever_its_clock(
    first: Archive, second: Archive, ahead: int
) -> None:
    put(first.root, b_txt=LATER)
    scan(first, workers=1)
    assert found(first) == 1
    clock = time.time() + ahead
    for file in [first.state / "index", *(first.state / "index").rglob("*")]:
        os.utime(file, (clock, clock))
    put(first.root, b_txt=f"TỐI MẬT\n{LATER}")
    scan(second, workers=1)
    assert found(first) == 0
    kept = b"".join(file.read_bytes() for file in (first.state / "index").rglob("*") if file.is_file())
    assert WORD.encode() not in kept


def test_commit_that_was_cut_short_costs_no_index(first: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    put(first.root, b_txt=LATER)
    with monkeypatch.context() as patch:
        patch.setattr("dossier.index.folder.mark", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            scan(first, workers=1)
    folders = sorted((first.state / "index").iterdir())
    assert found(first) == 1
    assert sorted((first.state / "index").iterdir()) == folders


def _power_cut(*_about: object) -> None:
    raise KeyboardInterrupt


def test_copy_of_a_state_folder_is_no_second_index(
    first: Archive, second: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(first.state / "index", second.state / "index", dirs_exist_ok=True)
    put(first.root, b_txt=LATER)
    scan(first, workers=1)
    with pytest.raises(IndexElsewhereError):
        found(second)


def test_archive_that_moved_back_to_a_file_has_no_index_of_the_past(first: Archive, second: Archive) -> None:
    put(first.root, b_txt=LATER)
    scan(first, workers=1)
    migrate_to(second, str(second.state))
    settings = replace(second.config.catalogue, url="")
    assert found(replace(second, config=replace(second.config, catalogue=settings))) == 1
    assert following.place_of(first)
