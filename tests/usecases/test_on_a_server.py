"""An archive whose catalogue is on a server: every step as with a file, and the same verdicts."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.catalogue.server import server_of
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, LockedError
from dossier.index import Filters
from dossier.model.health import Health
from dossier.usecases import decide
from dossier.usecases.assess import assess, digest
from dossier.usecases.backup import backup
from dossier.usecases.demo import write_sample
from dossier.usecases.doctor import examine
from dossier.usecases.known import open_known
from dossier.usecases.locking import working, writing
from dossier.usecases.nightly import nightly
from dossier.usecases.scan import scan
from dossier.usecases.search import search

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mau") / "kho"
    write_sample(folder, dossiers=6, seed=15, today=TODAY, scans=False)
    return folder


def on_server(folder: Path, cluster: Cluster, state: Path, database: str = "viet") -> Archive:
    """The archive with its catalogue on the server, and the rest of its state in ``state``."""
    opened = open_archive(folder, state)
    name = f"kho_{abs(hash(state)):x}"
    settings = replace(opened.config.catalogue, url=cluster.url(database), schema=name)
    return replace(opened, config=replace(opened.config, catalogue=settings))


@pytest.fixture
def shared(sample: Path, cluster: Cluster, tmp_path: Path) -> Iterator[Archive]:
    if not cluster.speaks_vietnamese:
        pytest.skip("the language vi_VN cannot be made on this machine")
    archive = on_server(sample, cluster, tmp_path / "state")
    scan(archive, workers=2)
    yield archive


def test_verdicts_are_those_of_a_catalogue_in_a_file(sample: Path, shared: Archive, tmp_path: Path) -> None:
    alone = open_archive(sample, tmp_path / "alone")
    scan(alone, workers=2)
    assert digest(shared, TODAY) == digest(alone, TODAY)
    assert not (shared.state / NAME).exists()
    assert server_of(shared) is not None


def test_a_scan_again_finds_nothing_to_do(shared: Archive) -> None:
    counts = scan(shared)
    assert (counts.read, counts.gone, counts.placed_anew) == (0, 0, 0)
    assert counts.unchanged == counts.files


def test_what_people_decide_is_kept_shown_and_found(shared: Archive) -> None:
    path = assess(shared, TODAY).documents[0].path
    decide.assign(shared, path, ["5"])
    (document, *_rest) = [d for d in assess(shared, TODAY).documents if d.path == path]
    assert [p.part for p in document.placements] == ["5"]
    assert decide.reset(shared, path) == 1
    assert search(shared, "quyet dinh", Filters()).total > 0
    with open_known(shared) as catalogue:
        assert not catalogue.feed.pending()


def test_a_night_is_kept(shared: Archive) -> None:
    night = nightly(shared, TODAY, workers=1)
    with open_known(shared) as catalogue:
        assert [kept.day for kept in catalogue.nights.all()] == [TODAY]
    assert (night.folder / "report.json").exists() or list(night.folder.glob("report.json*"))


def test_the_doctor_finds_nothing_wrong(shared: Archive) -> None:
    broken = [check for check in examine(shared) if check.health is Health.BROKEN]
    assert not broken


def test_two_machines_do_not_write_at_once(shared: Archive, tmp_path: Path) -> None:
    other = replace(shared, state=tmp_path / "other machine")
    other.ready_state()
    with (
        writing(shared, "scan"),
        pytest.raises(LockedError, match="dossier scan"),
        writing(other, "assign", wait=0.2),
    ):
        pass
    with writing(other, "assign", wait=5):
        pass
    with working(shared, "scan"), pytest.raises(LockedError), working(other, "scan", wait=0.2):
        pass


def test_a_backup_is_the_servers_business(shared: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nằm trên máy chủ"):
        backup(shared, tmp_path / "b.zip")


_SCAN = """
import sys
from pathlib import Path
from dossier.archive import open_archive
from dossier.usecases.scan import scan
scan(open_archive(Path(sys.argv[1]), Path(sys.argv[2])), full=True, workers=1)
"""


@pytest.mark.slow  # a whole sample archive is read in another process
@pytest.mark.parametrize("on", ["file", "server"])
def test_a_decision_does_not_wait_for_a_scan(
    sample: Path, tmp_path: Path, on: str, request: pytest.FixtureRequest
) -> None:
    state = tmp_path / "state"
    archive = open_archive(sample, state)
    environment = dict(os.environ)
    if on == "server":
        cluster: Cluster = request.getfixturevalue("cluster")
        environment["DOSSIER_DATABASE"] = cluster.url()
        settings = replace(archive.config.catalogue, url=cluster.url())
        archive = replace(archive, config=replace(archive.config, catalogue=settings))
    scan(archive, workers=2)
    path = assess(archive, TODAY).documents[0].path
    command = [sys.executable, "-c", _SCAN, str(sample), str(state)]
    process = subprocess.Popen(command, env=environment)
    waits: list[float] = []
    busy = threading.Event()
    while process.poll() is None:
        try:
            with working(archive, "look", wait=0):
                time.sleep(0.02)
                continue
        except LockedError:
            busy.set()
        before = time.monotonic()
        with writing(archive, "assign", wait=30):
            waits.append(time.monotonic() - before)
        decide.waive(archive, assess(archive, TODAY).dossiers[0].path, "TV-02", reason="thử")
        time.sleep(0.1)
    assert process.wait() == 0
    assert busy.is_set()
    assert len(waits) > 2
    assert max(waits) < 2.0, waits
    decide.assign(archive, path, ["5"])
