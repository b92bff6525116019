"""A machine whose clock is wrong, or jumps, holds no job back and tries none over and over."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import procrastinate
import pytest
from machines import TODAY
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.usecases.demo import write_sample
from dossier.work import queue
from dossier.work.worker import Worker

pytestmark = pytest.mark.slow  # workers with readers of their own


@pytest.fixture
def archive(cluster: Cluster, tmp_path: Path) -> Archive:
    write_sample(tmp_path / "kho", dossiers=1, seed=19, today=TODAY, scans=False)
    opened = open_archive(tmp_path / "kho", tmp_path / "state")
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=f"gio_{time.time_ns()}")
    return replace(opened, config=replace(opened.config, catalogue=settings))


@pytest.fixture
def wrong_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def told() -> datetime:
        return datetime.now(UTC) + timedelta(hours=request.param)

    monkeypatch.setattr("procrastinate.utils.utcnow", told)
    monkeypatch.setattr(queue, "own_time", told)
    yield


@pytest.mark.parametrize("wrong_by", [1, -1], ids=["ahead", "behind"], indirect=True)
@pytest.mark.usefixtures("wrong_by")
def test_a_pass_ends_all_the_same(archive: Archive) -> None:
    queue.submit(archive)
    worker = Worker(archive, slots=1)
    thread = threading.Thread(target=worker.run, kwargs={"once": True}, daemon=True)
    started = time.monotonic()
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    tried = "SELECT attempts FROM procrastinate_jobs WHERE task_name = 'dossier.finish'"
    server = queue.server_for(archive)

    async def ask(app: procrastinate.App) -> int:
        return int((await app.connector.execute_query_one_async(tried))["attempts"])

    assert queue.run(server, ask) <= 2 + (time.monotonic() - started) / 2


def test_what_a_clock_that_jumped_put_off_is_due_within_seconds(archive: Archive) -> None:
    queue.submit(archive)
    server = queue.server_for(archive)
    put_off = "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '3 days' RETURNING id"

    async def jump(app: procrastinate.App) -> None:
        await app.connector.execute_query_one_async(put_off)

    queue.run(server, jump)
    worker = Worker(archive, slots=1, silence=3.0)
    thread = threading.Thread(target=worker.run, kwargs={"once": True}, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
