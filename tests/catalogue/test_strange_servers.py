"""Servers as offices set them up: other encodings and languages, limits, poolers in between, a full disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.catalogue import open_catalogue, postgres_connection
from dossier.catalogue.postgres import holding
from dossier.catalogue.postgres_connection import connected
from dossier.catalogue.server import Server
from dossier.errors import CatalogueError
from dossier.scanner import VERSION
from dossier.usecases.assess import digest
from dossier.usecases.demo import write_sample
from dossier.usecases.migrate import migrate_to
from dossier.usecases.scan import scan
from dossier.work import queue
from dossier.work.worker import Worker

TODAY = date(2026, 11, 24)


@pytest.fixture
def made(cluster: Cluster) -> Iterator[str]:
    """The name of a database that the test makes."""
    name = f"la_{uuid4().hex[:8]}"
    yield name
    cluster.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mau") / "kho"
    write_sample(folder, dossiers=1, seed=4, today=TODAY, scans=False)
    return folder


def shared(sample: Path, state: Path, url: str) -> Archive:
    opened = open_archive(sample, state)
    settings = replace(opened.config.catalogue, url=url, schema=f"kho_{uuid4().hex[:10]}")
    return replace(opened, config=replace(opened.config, catalogue=settings))


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII", "WIN1258"])
def test_a_database_that_cannot_hold_every_name_is_refused(
    cluster: Cluster, made: str, encoding: str
) -> None:
    cluster.query(f"CREATE DATABASE {made} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    with pytest.raises(CatalogueError, match="UTF8"):
        open_catalogue(Server(cluster.url(made), "kho"), 1)
    assert not cluster.query("SELECT 1 FROM pg_namespace WHERE nspname = 'kho'", made)


def test_a_database_in_icu_order_gives_the_same_verdicts(
    cluster: Cluster, made: str, sample: Path, tmp_path: Path
) -> None:
    cluster.query(
        f"CREATE DATABASE {made} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' "
        "LOCALE_PROVIDER icu ICU_LOCALE 'vi'"
    )
    archive = shared(sample, tmp_path / "state", "")
    scan(archive, workers=1)
    before = digest(archive, TODAY)
    assert migrate_to(archive, cluster.url(made), TODAY).verdicts == before
    (sample.parent / "xong").touch()
    assert migrate_to(archive, str(archive.state), TODAY).verdicts == before


def test_too_many_connections_are_told_in_words(cluster: Cluster) -> None:
    role = f"dong_{uuid4().hex[:6]}"
    cluster.query(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 0")
    try:
        with pytest.raises(CatalogueError) as caught:
            open_catalogue(Server(cluster.url().replace("hoso@", f"{role}@", 1), "kho"), 1)
    finally:
        cluster.query(f"DROP ROLE {role}")
    assert "quá nhiều kết nối" in caught.value.message
    assert "too many" not in caught.value.message


def test_limits_of_the_server_on_idle_and_slow_sessions_are_none_of_ours(
    cluster: Cluster, made: str, sample: Path, tmp_path: Path
) -> None:
    cluster.query(f"CREATE DATABASE {made}")
    for limit in ("idle_session_timeout", "idle_in_transaction_session_timeout"):
        cluster.query(f"ALTER DATABASE {made} SET {limit} = '20ms'")
    cluster.query(f"ALTER DATABASE {made} SET statement_timeout = '250ms'")
    archive = shared(sample, tmp_path / "state", cluster.url(made))
    queue.submit(archive)
    assert Worker(archive, slots=1).run(once=True)
    alone = open_archive(sample, tmp_path / "alone")
    scan(alone, workers=1)
    assert digest(archive, TODAY) == digest(alone, TODAY)


def test_a_lock_that_nobody_touches_for_long_is_kept(cluster: Cluster, made: str) -> None:
    cluster.query(f"CREATE DATABASE {made}")
    cluster.query(f"ALTER DATABASE {made} SET idle_session_timeout = '50ms'")
    server = Server(cluster.url(made), "kho")
    with holding(server, "lock", "a", 5), pytest.raises(TimeoutError), holding(server, "lock", "b", 0.4):
        pass


def test_limits_that_only_newer_servers_know_are_lifted_there(
    cluster: Cluster, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.query(f"CREATE DATABASE {made}")
    monkeypatch.setattr(postgres_connection, "_LATER", {15: "geqo_seed", 99: "no_such_limit"})
    cluster.query(f"ALTER DATABASE {made} SET geqo_seed = 0.5")
    server = Server(cluster.url(made), "kho")
    with open_catalogue(server, VERSION) as catalogue, catalogue._session.reading() as connection:
        assert connection.exec_driver_sql("SHOW geqo_seed").scalar() == "0"
    with connected(server) as own:
        assert own.execute("SHOW geqo_seed").fetchone() == ("0",)


@pytest.mark.parametrize("lets_pass", ["options", "extra_float_digits"])
def test_a_pooler_that_forgets_whose_session_it_is_is_refused(cluster: Cluster, lets_pass: str) -> None:
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
    if program is None:
        pytest.skip("no pgbouncer")
    folder = cluster.folder / f"gom-{uuid4().hex[:6]}"
    folder.mkdir()
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={cluster.folder} user=hoso\n[pgbouncer]\nunix_socket_dir={folder}\n"
        f"listen_port=5432\nauth_type=any\npool_mode=transaction\nignore_startup_parameters={lets_pass}\n"
    )
    for path in (folder, settings):
        shutil.chown(path, "nobody")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*cluster._as, program, str(settings)], stderr=log)
    try:
        until = time.monotonic() + 20
        while not (folder / ".s.PGSQL.5432").exists() and time.monotonic() < until:
            time.sleep(0.05)
        with pytest.raises(CatalogueError, match="gom kết nối"):
            open_catalogue(Server(f"postgresql://hoso@/hoso?host={folder}", "kho_qua"), 1)
    finally:
        process.terminate()
        process.wait()
    assert not cluster.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", "hoso")


@pytest.fixture
def small_tablespace(cluster: Cluster) -> Iterator[Path]:
    """A disk of 24 MiB in the hands of PostgreSQL's owner."""
    folder = cluster.folder / f"nho-{uuid4().hex[:6]}"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    shutil.chown(folder, "nobody")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_nothing_is_half(
    cluster: Cluster, made: str, sample: Path, tmp_path: Path, small_tablespace: Path
) -> None:
    cluster.query(f"CREATE TABLESPACE {made} LOCATION '{small_tablespace}'")
    cluster.query(f"CREATE DATABASE {made} TABLESPACE {made}")
    archive = shared(sample, tmp_path / "state", "")
    scan(archive, workers=1)
    before = digest(archive, TODAY)
    filling = small_tablespace / "day"
    with filling.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"0" * 8192)
    try:
        with pytest.raises(CatalogueError) as caught:
            migrate_to(archive, cluster.url(made), TODAY)
        assert "hết chỗ trống" in caught.value.message
        assert "đĩa của máy chủ" in caught.value.advice
        assert digest(archive, TODAY) == before
        filling.unlink()
        assert migrate_to(archive, cluster.url(made), TODAY).verdicts == before
    finally:
        cluster.query(f"DROP DATABASE {made} WITH (FORCE)")
        cluster.query(f"DROP TABLESPACE {made}")


def test_tables_of_another_program_are_left_alone(cluster: Cluster, sample: Path, tmp_path: Path) -> None:
    archive = shared(sample, tmp_path / "state", "")
    scan(archive, workers=1)
    schema = archive.config.catalogue.schema
    cluster.query(f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.files (ma int)", "hoso")
    with pytest.raises(CatalogueError) as caught:
        migrate_to(archive, cluster.url(), TODAY)
    assert "already exists" not in caught.value.message
    tables = f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{schema}'"
    assert cluster.query(tables, "hoso") == [("files",)]
    assert digest(archive, TODAY)
