"""What compose.yaml starts, started here without containers: its settings, commands and environment as they
are written, with the paths of this machine."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from machines import TODAY
from postgres_server import Cluster, binaries

from dossier.archive import open_archive
from dossier.catalogue.server import Server, schema_for
from dossier.usecases.demo import write_sample

yaml = pytest.importorskip("yaml")
pytestmark = pytest.mark.slow  # a server and machines of its own

_FILE = Path(__file__).parents[2] / "docs/province/compose.yaml"


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))["services"]
    return found


@pytest.fixture
def database(services: dict[str, dict[str, Any]]) -> Iterator[Cluster]:
    """The server with the settings of the file, and the certificate that its head tells how to make."""
    programs, openssl = binaries(), shutil.which("openssl")
    if programs is None or openssl is None:
        pytest.skip("no PostgreSQL 15 or newer, or no openssl, on this machine")
    folder = Path(tempfile.mkdtemp(prefix="dossier-compose-"))
    (folder / "backup/wal").mkdir(parents=True)
    lines = [
        line.lstrip("# ")
        for line in _FILE.read_text("utf-8").splitlines()
        if line.startswith("#   openssl req")
    ]
    subprocess.run(shlex.split(lines[0]), cwd=folder, check=True, capture_output=True)
    (folder / "server.key").chmod(0o600)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody")
    given = (
        services["database"]["command"]
        .replace("/run/secrets", str(folder))
        .replace("/backup", f"{folder}/backup")
    )
    program, *options = shlex.split(given)
    assert program == "postgres"
    settings = [option for option in options if option != "-c"]
    made = Cluster(programs, tuple("{}='{}'".format(*setting.split("=", 1)) for setting in settings))
    made.backup = folder / "backup/wal"  # type: ignore[attr-defined]
    yield made
    made.stop()
    shutil.rmtree(folder)


def test_the_servers_settings_are_in_force_and_its_log_is_kept(database: Cluster) -> None:
    assert database.query("SHOW ssl") == [("on",)]
    database.query("CREATE TABLE gi (x int); SELECT pg_switch_wal()")
    until = time.monotonic() + 30
    kept: Path = database.backup  # type: ignore[attr-defined]
    while not list(kept.iterdir()) and time.monotonic() < until:
        time.sleep(0.2)
    assert list(kept.iterdir())


def test_the_night_is_given_and_worked_off(
    services: dict[str, dict[str, Any]], database: Cluster, tmp_path: Path
) -> None:
    write_sample(tmp_path / "kho", dossiers=1, seed=2, today=TODAY, scans=False)
    (tmp_path / "password").write_text("bí mật\n", "utf-8")
    server = Server(database.url(), schema_for(open_archive(tmp_path / "kho").name))
    jobs = f"{server.schema}.procrastinate_jobs"
    waiting = f"SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')), count(*) FROM {jobs}"
    plan = started(services["plan"], database, tmp_path)
    try:
        until_it_holds(lambda: database.query(waiting, "hoso") == [(1, 1)])
    finally:
        os.killpg(plan.pid, signal.SIGTERM)
        plan.wait()
    work = started(services["work"], database, tmp_path)
    try:
        until_it_holds(lambda: database.query(waiting, "hoso")[0][0] == 0)
    finally:
        work.terminate()
    assert work.wait(90) == 0
    files = database.query(f"SELECT count(*) FROM {server.schema}.files", "hoso")[0][0]
    assert isinstance(files, int)
    assert files > 10


def started(service: dict[str, Any], database: Cluster, folder: Path) -> subprocess.Popen[bytes]:
    """A service's command, with what lies elsewhere here, and one reader."""
    program = folder / "bin/dossier"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dossier "$@"\n')
    program.chmod(0o755)
    command = service["command"].replace("$$", "$").replace("/run/secrets", str(folder))
    command = command.replace("/kho", str(folder / "kho")).replace("/state", str(folder / "state"))
    environment = {**os.environ, **service["environment"], "DOSSIER_DATABASE": database.url()}
    environment["PATH"] = f"{program.parent}:{os.environ['PATH']}"
    return subprocess.Popen(
        shlex.split(command), env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )


def until_it_holds(condition: Any) -> None:
    until = time.monotonic() + 100
    while time.monotonic() < until:
        try:
            if condition():
                return
        except Exception:  # noqa: BLE001  the tables are not there yet
            pass
        time.sleep(0.3)
    raise AssertionError("it does not hold")
