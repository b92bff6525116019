"""What the doctor says of a server, and the exercise of going back to a backup of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archives import FOUNDING, TODAY, put, run
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue
from dossier.catalogue.postgres_connection import connect
from dossier.catalogue.postgres_state import health, worker_purpose
from dossier.catalogue.server import ADDRESS, Server
from dossier.errors import DossierError, UsageError
from dossier.model.health import Check, Health
from dossier.scanner import VERSION
from dossier.usecases import audit, server_health
from dossier.usecases.known import open_known
from dossier.usecases.migrate import migrate_to


@pytest.fixture
def moved(tmp_path: Path, cluster: Cluster) -> Archive:
    """An archive of one dossier whose catalogue is on the server."""
    put(tmp_path / "kho", a_txt=FOUNDING)
    run(tmp_path / "kho")
    archive = at_schema(tmp_path / "kho", f"kho_{os.urandom(4).hex()}")
    migrate_to(archive, cluster.url(), TODAY)
    return at_schema(archive.root, archive.config.catalogue.schema)


def at_schema(root: Path, schema: str) -> Archive:
    archive = open_archive(root)
    return replace(
        archive, config=replace(archive.config, catalogue=replace(archive.config.catalogue, schema=schema))
    )


@pytest.fixture
def restored(moved: Archive, cluster: Cluster) -> Iterator[str]:
    """The address of a database that holds what pg_dump saved."""
    cluster.query("DROP DATABASE IF EXISTS phuc_hoi")
    cluster.query("CREATE DATABASE phuc_hoi TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    saved = cluster.run("pg_dump", cluster.url(), "-n", moved.config.catalogue.schema)
    command = [
        *cluster._as,
        str(cluster.programs / "psql"),
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        cluster.url("phuc_hoi"),
    ]
    subprocess.run(command, input=saved, text=True, check=True, capture_output=True, cwd=cluster.folder)
    yield cluster.url("phuc_hoi")


def told(archive: Archive, name: str) -> Check:
    return next(check for check in server_health.checks(archive) if check.name == name)


def test_a_restored_copy_is_judged_and_the_exercise_is_known(moved: Archive, restored: str) -> None:
    assert told(moved, "Thử phục hồi").found == "chưa thử lần nào"
    held = server_health.drill(moved, restored)
    assert (held.dossiers, held.decisions) == (1, 0)
    assert told(moved, "Thử phục hồi").health is Health.OK
    assert [entry.act for entry in audit.entries(moved, 1)] == ["drill"]


def test_an_exercise_of_long_ago_is_asked_for_again(moved: Archive) -> None:
    with open_known(moved) as catalogue:
        catalogue.note_drill(datetime.now(UTC) - timedelta(days=200))
    check = told(moved, "Thử phục hồi")
    assert check.health is Health.MISSING
    assert "--drill" in check.mend


def test_the_server_in_use_is_no_exercise(moved: Archive, cluster: Cluster) -> None:
    with pytest.raises(UsageError, match="máy chủ đang dùng"):
        server_health.drill(moved, cluster.url())


def test_an_address_of_the_environment_does_not_pass_for_the_copy(
    moved: Archive, restored: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, cluster.url())
    with pytest.raises(UsageError, match="máy chủ đang dùng"):
        server_health.drill(moved, restored)


def test_an_empty_copy_is_no_backup(moved: Archive, cluster: Cluster) -> None:
    cluster.query("DROP DATABASE IF EXISTS trong")
    cluster.query("CREATE DATABASE trong TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    with pytest.raises(DossierError):
        server_health.drill(moved, cluster.url("trong"))
    assert told(moved, "Thử phục hồi").found == "chưa thử lần nào"


@pytest.mark.parametrize(("reader", "state"), [(VERSION, Health.OK), (VERSION - 1, Health.BROKEN)])
def test_a_machine_of_another_version_is_named(
    moved: Archive, cluster: Cluster, reader: int, state: Health
) -> None:
    server = Server(cluster.url(), moved.config.catalogue.schema)
    with connect(server, worker_purpose(reader)):
        check = told(moved, "Máy đang làm việc")
    assert check.health is state
    assert f"/{reader}" in check.found


@pytest.mark.parametrize(("days", "state"), [(365, Health.OK), (10, Health.MISSING)])
def test_the_end_of_the_servers_certificate_is_told(
    tmp_path: Path, cluster: Cluster, days: int, state: Health
) -> None:
    key, certificate = cluster.data / "server.key", cluster.data / "server.crt"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
               "-keyout", str(key), "-out", str(certificate), "-days", str(days)]  # fmt: skip
    if not shutil.which("openssl"):
        assert not os.environ.get("CI"), "openssl is missing"
        pytest.skip("no openssl on this machine")
    subprocess.run(command, check=True, capture_output=True)
    key.chmod(0o600)
    if os.geteuid() == 0:
        for each in (key, certificate):
            shutil.chown(each, "nobody")
    port = _free_port()
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write(f"ssl=on\nlisten_addresses='127.0.0.1'\nport={port}\n")
    cluster.halt("fast")
    cluster.start()
    try:
        server = Server(f"postgresql://hoso@127.0.0.1:{port}/hoso", f"kho_{os.urandom(4).hex()}")
        open_catalogue(server, 1).close()
        found = health(server, VERSION)
        assert found.certificate is not None
        assert timedelta(days=days - 2) < found.certificate - datetime.now(UTC) < timedelta(days=days + 2)
        (check,) = server_health._certificate(found)
        assert check.health is state
    finally:
        _without_last_lines(cluster.data / "postgresql.conf", 3)
        cluster.halt("fast")
        cluster.start()


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _without_last_lines(file: Path, count: int) -> None:
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:-count]))


def test_a_catalogue_in_a_file_is_told_how_to_try_its_backup(tmp_path: Path, cluster: Cluster) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    with pytest.raises(UsageError, match="dossier restore"):
        server_health.drill(archive, cluster.url())
    assert list(server_health.checks(archive)) == []
