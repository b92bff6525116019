"""A server that goes away amid a statement, and addresses that lead nowhere, are told in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from postgres_server import Cluster
from procrastinate import App

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.catalogue.postgres_connection import connected
from dossier.catalogue.server import Server, server_at
from dossier.errors import ArchiveError, CatalogueError, ConfigurationError
from dossier.scanner import VERSION
from dossier.usecases.migrate import migrate_to
from dossier.usecases.scan import scan
from dossier.work import queue
from dossier.work.worker import Worker

TODAY = date(2026, 11, 24)
CUT = "kết nối bị ngắt"


def end_all(cluster: Cluster) -> None:
    cluster.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = 'hoso' AND pid <> pg_backend_pid()"
    )


def test_a_connection_of_ones_own_that_is_ended_is_told(cluster: Cluster, server: Server) -> None:
    with pytest.raises(CatalogueError, match=CUT) as told, connected(server) as connection:
        end_all(cluster)
        connection.execute("SELECT 1")
    assert told.value.advice.startswith("Kiểm tra máy chủ cơ sở dữ liệu")


def test_a_catalogue_whose_connection_is_ended_is_told(cluster: Cluster, server: Server) -> None:
    with open_catalogue(server, VERSION) as catalogue:
        for access in (catalogue._session.reading, catalogue._session.writing):
            with pytest.raises(CatalogueError, match=CUT), access() as connection:
                end_all(cluster)
                connection.exec_driver_sql("SELECT 1")


def test_a_queue_whose_connection_is_ended_is_told(
    cluster: Cluster, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def put(app: App, *_job: object, **_more: object) -> None:
        # However often it tries anew, it is ended again.
        ended = "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(9)"
        await app.connector.execute_query_one_async(ended)

    shared = on_server(archive, cluster)
    shutil.rmtree(archive.state)
    monkeypatch.setattr(queue, "put", put)
    with pytest.raises(CatalogueError, match=CUT):
        queue.submit(shared)


@pytest.mark.parametrize("address", ["?service=khong_co", "?khong_co=1", "?host=/tmp&sslmode=khong"])
def test_an_address_that_the_driver_does_not_understand_is_an_error_of_settings(address: str) -> None:
    with pytest.raises(ConfigurationError, match="địa chỉ") as told:
        open_catalogue(server_at(f"postgresql://hoso@/x{address}", "kho"), 1)
    assert "postgresql://hoso@may-chu/hoso" in told.value.advice
    assert "invalid" not in told.value.message


def test_a_folder_without_a_server_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="không có máy chủ nào trong thư mục ấy"):
        open_catalogue(Server(f"postgresql://hoso@/hoso?host={tmp_path}", "kho"), 1)


@pytest.mark.parametrize("name", ["psycopg", "sqlalchemy.pool"])
def test_the_driver_prints_nothing_of_its_own(name: str) -> None:
    program = f"import logging, dossier.catalogue.postgres; logging.getLogger('{name}').error('ignored')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive whose catalogue is a file."""
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text("Báo cáo", "utf-8")
    opened = open_archive(folder)
    scan(opened, workers=1)
    return opened


def on_server(archive: Archive, cluster: Cluster) -> Archive:
    schema = f"kho_{archive.root.parent.name}"[-40:].lower().replace("-", "_")
    settings = replace(archive.config.catalogue, url=cluster.url(), schema=schema)
    return replace(archive, config=replace(archive.config, catalogue=settings))


def test_no_empty_catalogue_is_begun_on_a_server_beside_one_in_a_file(
    archive: Archive, cluster: Cluster
) -> None:
    there = on_server(archive, cluster)
    for begin in (
        lambda: scan(there, workers=1),
        lambda: queue.submit(there),
        lambda: queue.progress(there),
        lambda: Worker(there, slots=1).run(once=True),
    ):
        with pytest.raises(ArchiveError, match="chưa chuyển lên máy chủ") as told:
            begin()
        assert "dossier migrate-to" in told.value.advice
        assert str(archive.state) in told.value.advice
    schema = there.config.catalogue.schema
    assert not cluster.query(f"SELECT 1 FROM pg_namespace WHERE nspname = '{schema}'", "hoso")


def test_who_renames_the_state_folder_begins_anew_on_the_server(archive: Archive, cluster: Cluster) -> None:
    archive.state.rename(archive.root.parent / "cũ")
    assert scan(on_server(archive, cluster), workers=1).read == 1


def test_an_archive_that_was_moved_is_scanned_on_the_server(archive: Archive, cluster: Cluster) -> None:
    there = on_server(archive, cluster)
    alone = replace(archive, config=replace(there.config, catalogue=replace(there.config.catalogue, url="")))
    migrate_to(alone, cluster.url(), TODAY)
    assert scan(alone, workers=1).read == 0
    assert scan(there, workers=1).read == 0
