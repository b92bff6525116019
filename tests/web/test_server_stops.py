"""The catalogue's server refuses, is damaged, or stops while people work: a sentence that says what to do, no
loss, and the next request goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from postgres_server import Cluster, binaries

from dossier.archive import Archive, open_archive
from dossier.usecases.decisions import decisions
from dossier.usecases.scan import scan
from tests.commands import dossier
from tests.usecases.archives import TODAY
from tests.web.serving import Running, running
from tests.web.test_deciding import _decide, _form

pytestmark = pytest.mark.slow  # a PostgreSQL of its own is started and stopped
SCHEMA = "kho"


@pytest.fixture(scope="module")
def stopped() -> Iterator[Cluster]:
    """A server for this file alone, which asks the user ``kho`` for a password."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL")
    server = Cluster(programs)
    rules = server.data / "pg_hba.conf"
    rules.write_text("local all kho scram-sha-256\nlocal all all trust\n")
    server.query("CREATE ROLE kho LOGIN PASSWORD 'đúng'")
    server.query("CREATE DATABASE kho OWNER kho TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    server.query("SELECT pg_reload_conf()")
    yield server
    server.stop()


@pytest.fixture
def archive(stopped: Cluster, doubtful: Path, tmp_path: Path) -> Iterator[Archive]:
    root = tmp_path / "kho"
    shutil.copytree(doubtful, root, ignore=shutil.ignore_patterns(".dossier"))
    opened = open_archive(root)
    settings = replace(opened.config.catalogue, url=_address(stopped), schema=SCHEMA, password_file="mk")
    (root / "mk").write_text("đúng", encoding="utf-8")
    (root / "mk").chmod(0o600)
    found = replace(opened, config=replace(opened.config, catalogue=settings))
    scan(found, workers=1)
    yield found
    stopped.query(f"DROP SCHEMA {SCHEMA} CASCADE", "kho")


def _address(server: Cluster, database: str = "kho") -> str:
    return server.url(database).replace("hoso@", "kho@")


def _told(archive: Archive, server: Cluster, *command: str, password: str = "đúng", database: str = "kho"):
    """The command as a person gives it; the file of settings is written for it."""
    (archive.root / "dossier.toml").write_text(
        f'[catalogue]\nurl = "{_address(server, database)}"\nschema = "{SCHEMA}"\n', encoding="utf-8"
    )
    done = dossier(*command, cwd=archive.root, DOSSIER_DATABASE_PASSWORD=password)
    for word in ("Traceback", "psycopg.", "sqlalchemy", "mã 42", "relation", "FATAL"):
        assert word not in done.stderr + done.stdout
    return done


@pytest.mark.parametrize("password", ["mat-khau-sai-77", ""])
def test_wrong_password_is_told_with_where_it_is_written(
    archive: Archive, stopped: Cluster, password: str
) -> None:
    for command in (("scan", "."), ("search", "quyet dinh"), ("nightly",)):
        done = _told(archive, stopped, *command, password=password)
        assert done.returncode == 4 and "mật khẩu" in done.stderr.splitlines()[0], done.stderr
        assert "password_file" in done.stderr and "DOSSIER_DATABASE_PASSWORD" in done.stderr
        assert password == "" or password not in done.stderr
    assert _told(archive, stopped, "scan", ".").returncode in (0, 1)


def test_wrong_database_is_told_with_how_one_is_made(archive: Archive, stopped: Cluster) -> None:
    done = _told(archive, stopped, "scan", ".", database="la")
    assert done.returncode == 4 and "không có cơ sở dữ liệu" in done.stderr and "createdb" in done.stderr


def test_doctor_examines_the_rest_though_the_server_refuses(archive: Archive, stopped: Cluster) -> None:
    done = _told(archive, stopped, "doctor", password="sai")
    assert done.returncode == 4 and "Python" in done.stdout
    assert "password_file" in "".join(done.stdout.split())


@pytest.mark.parametrize(
    ("damage", "mend"),
    [
        ("DELETE FROM {0}.alembic_version", "INSERT INTO {0}.alembic_version VALUES ('{1}')"),
        ("ALTER TABLE {0}.decisions RENAME TO d", "ALTER TABLE {0}.d RENAME TO decisions"),
        (
            "UPDATE {0}.alembic_version SET version_num = '0021'",
            "UPDATE {0}.alembic_version SET version_num = '{1}'",
        ),
    ],
    ids=["no version", "a table is gone", "half upgraded"],
)  # fmt: skip
def test_half_a_catalogue_is_restored_not_begun_anew(
    archive: Archive, stopped: Cluster, damage: str, mend: str
) -> None:
    version = stopped.query(f"SELECT version_num FROM {SCHEMA}.alembic_version", "kho")[0][0]
    stopped.query(damage.format(SCHEMA), "kho")
    for command in (("scan", "."), ("doctor",), ("nightly",)):
        done = _told(archive, stopped, *command)
        said = " ".join((done.stderr + done.stdout).split())
        assert done.returncode == 4 and "bản sao lưu" in said and "Chọn tên khác" not in said, said
    stopped.query(mend.format(SCHEMA, version), "kho")
    assert _told(archive, stopped, "scan", ".").returncode in (0, 1)


def test_page_tells_that_the_server_is_away_and_goes_on_when_it_is_back(
    archive: Archive, stopped: Cluster
) -> None:
    with running(archive, TODAY) as up:
        visit = up.owner()
        form = _form(visit)
        stopped.halt("fast")
        try:
            pages = ("/", "/can-xem", "/tim?q=quyet", "/chap-nhan", "/lich")
            shown = [visit.ask("GET", path) for path in pages]
            late = _decide(visit, form, "none")
        finally:
            stopped.start()
        for reply in (*shown, late):
            assert "Traceback" not in reply.text and "Lỗi của chương trình" not in reply.text
            assert reply.status in (200, 303, 500, 503)
        assert late.status == 303 or "cơ sở dữ liệu" in late.text
        _goes_on(up, visit, form, late.status)
    assert len(decisions(archive)) == 1


def _goes_on(up: Running, visit, form: dict[str, str], before: int) -> None:
    assert visit.get("/").status == 200
    if before != 303:
        assert _decide(visit, form, "none").status == 303
    assert up.services.intents.settled(30)
