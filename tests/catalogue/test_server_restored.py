"""Backup and going back to a moment, as docs/province.md writes them down, on a server of its own."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgres_server import Cluster, binaries

from dossier.catalogue import open_catalogue
from dossier.catalogue.postgres_state import ServerPulse, health
from dossier.catalogue.server import Server
from dossier.model import Decision, Placement, Source


@pytest.fixture
def archiving() -> Iterator[Cluster]:
    """A server that keeps its log of changes."""
    programs = binaries()
    if programs is None:
        assert not os.environ.get("CI"), "postgresql is missing: ./run test installs it"
        pytest.skip("no PostgreSQL 15 or newer on this machine")
    made = Cluster(
        programs,
        ("wal_level=replica", "archive_mode=on", "archive_command='cp %p ../wal/%f'", "max_wal_senders=3"),
    )
    yield made
    made.stop()


def decision(sha256: str) -> Decision:
    place = Placement(5, "5", 1.0, Source.PERSON, ("người dùng",))
    return Decision(sha256, 1, (place,), "lan", datetime(2026, 1, 1, tzinfo=UTC), (1, 1), "kho/1.pdf")


def decided(server: Server) -> list[str]:
    with open_catalogue(server, 1) as catalogue:
        return [made.sha256 for made in catalogue.decisions.all()]


def test_a_server_is_taken_back_to_the_moment_before_a_mistake(archiving: Cluster) -> None:
    wal, base = archiving.folder / "wal", archiving.folder / "base"
    archiving.run("psql", archiving.url(), "-c", "SELECT 1")
    wal.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(wal, "nobody")
    server = Server(archiving.url(), "kho_x")
    with open_catalogue(server, 1) as catalogue:
        catalogue.decisions.record([decision("a")])
    archiving.run("pg_basebackup", "-D", base, "-d", archiving.url("postgres"), "-c", "fast", "-X", "none")
    with open_catalogue(server, 1) as catalogue:
        catalogue.decisions.record([decision("b")])
    time.sleep(0.5)
    ((moment,),) = archiving.query("SELECT now()::text")
    time.sleep(0.5)
    archiving.query("DROP SCHEMA kho_x CASCADE", "hoso")
    archiving.query("SELECT pg_switch_wal()")
    archiving.halt("fast")  # its log is archived before it ends
    shutil.rmtree(archiving.data)
    shutil.move(base, archiving.data)
    with (archiving.data / "postgresql.conf").open("a") as settings:
        settings.write(f"restore_command='cp ../wal/%f %p'\nrecovery_target_time='{moment}'\n")
        settings.write("recovery_target_action='promote'\n")
    (archiving.data / "recovery.signal").touch()
    if os.geteuid() == 0:
        shutil.chown(archiving.data / "recovery.signal", "nobody")
    archiving.start()
    assert decided(server) == ["a", "b"]


def test_the_doctor_knows_whether_changes_are_kept(archiving: Cluster, cluster: Cluster) -> None:
    kept, not_kept = (Server(there.url(), "kho_y") for there in (archiving, cluster))
    for server in (kept, not_kept):
        open_catalogue(server, 1).close()
    assert health(kept).archiving
    assert not health(not_kept).archiving


def test_a_change_is_noticed_and_the_queue_is_none(server: Server) -> None:
    with open_catalogue(server, 1) as catalogue:
        pulse = ServerPulse(server)
        before = pulse.revision()
        time.sleep(1.2)
        assert pulse.revision() == before
        catalogue.decisions.record([decision("a")])
        until = time.monotonic() + 15
        while pulse.revision() == before and time.monotonic() < until:
            time.sleep(0.2)
        assert pulse.revision() != before
        pulse.close()


def test_a_server_that_is_away_has_changed(tmp_path: Path) -> None:
    pulse = ServerPulse(Server(f"postgresql://hoso@/hoso?host={tmp_path}", "kho_x"))
    assert pulse.revision() != pulse.revision()
