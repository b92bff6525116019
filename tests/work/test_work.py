"""Several workers on one archive, and what happens to them: nothing is lost, nothing doubled."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from machines import TODAY, Workers, catalogued, wait_for, whole
from postgres_server import Cluster

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.model import FileEntry, UnreadReason
from dossier.scanner.walk_result import readable
from dossier.usecases.assess import digest
from dossier.usecases.demo import write_sample
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.work import queue, steps
from dossier.work.tasks import as_argument, from_argument, in_batches
from dossier.work.worker import Worker

pytestmark = pytest.mark.slow  # several machines on one queue


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mau") / "kho"
    write_sample(folder, dossiers=5, seed=19, today=TODAY, scans=False)
    return folder


@pytest.fixture(scope="module")
def truth(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The verdicts of one machine that nobody disturbed."""
    alone = open_archive(sample, tmp_path_factory.mktemp("alone"))
    scan(alone, workers=2)
    return digest(alone, TODAY)


@pytest.fixture
def archive(sample: Path, cluster: Cluster, tmp_path: Path) -> Archive:
    opened = open_archive(sample, tmp_path / "state")
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=f"viec_{time.time_ns()}")
    return replace(opened, config=replace(opened.config, catalogue=settings))


@pytest.fixture
def workers(archive: Archive, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(archive, tmp_path)
    yield made
    made.end()


def test_one_machine_alone_does_the_whole_pass(archive: Archive, truth: str) -> None:
    queue.submit(archive)
    worker = Worker(archive, slots=2)
    worker.run(once=True)
    found = queue.progress(archive)
    assert (found.waiting, found.doing, found.failed, found.files) == (0, 0, 0, 0)
    whole(archive, truth)


def test_killed_workers_and_a_killed_server_lose_nothing(
    archive: Archive, cluster: Cluster, workers: Workers, truth: str
) -> None:
    queue.submit(archive)
    first, _second = workers.start(), workers.start()
    wait_for(archive, "some")
    workers.kill(first)
    cluster.halt("immediate")
    time.sleep(1)
    cluster.start()
    workers.start()
    wait_for(archive, "done")
    whole(archive, truth)


def test_a_worker_that_wakes_up_late_changes_nothing(archive: Archive, workers: Workers, truth: str) -> None:
    queue.submit(archive)
    sleeper = workers.start()
    wait_for(archive, "some")
    workers.kill(sleeper, signal.SIGSTOP)
    workers.start()
    time.sleep(4)  # longer than a silent worker is taken for alive
    workers.kill(sleeper, signal.SIGCONT)
    wait_for(archive, "done")
    whole(archive, truth)


def test_a_machine_without_the_share_says_not_here(archive: Archive, tmp_path: Path) -> None:
    entries = steps.plan(archive, None)
    away = replace(archive, root=tmp_path / "không có ổ")
    with pytest.raises(steps.NotHereError):
        steps.check_here(away, entries[:1])
    away.root.mkdir()
    with pytest.raises(steps.NotHereError):
        steps.check_here(away, entries[:1])
    assert catalogued(archive) == 0


def test_another_version_refuses(archive: Archive) -> None:
    ours = steps.terms_of(archive)
    steps.check_terms(archive, ours)
    for other in (replace(ours, reader=ours.reader - 1), replace(ours, checklists="x")):
        with pytest.raises(steps.OtherVersionError, match="phiên bản"):
            steps.check_terms(archive, other)


def test_a_file_that_kills_every_worker_ends_as_unread(archive: Archive) -> None:
    entries = steps.plan(archive, None)[:1]
    steps.give_up(archive, entries)
    with open_known(archive) as catalogue:
        (unread,) = [file for state in catalogue.states() for file in state.unread]
    assert unread.reason is UnreadReason.CORRUPT
    steps.give_up(archive, entries)
    assert catalogued(archive) == 1


def test_a_persons_file_is_read_before_the_night(archive: Archive) -> None:
    queue.submit(archive)
    entries = steps.plan(archive, None)
    wanted = entries[-1].path
    queue.submit(archive, [wanted])
    server = queue.server_for(archive)

    async def first(app: object) -> str:
        row = await app.connector.execute_query_one_async(  # type: ignore[attr-defined]
            "SELECT args->'paths' AS paths FROM procrastinate_jobs WHERE status = 'todo' "
            "ORDER BY priority DESC, id LIMIT 1"
        )
        return str(row["paths"])

    assert queue.run(server, first) == str([wanted])


def test_an_archive_of_one_machine_is_told_what_to_do(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tệp trên máy này"):
        queue.submit(open_archive(sample, tmp_path / "state"))


def test_names_that_are_no_text_survive_the_queue() -> None:
    raw = b"kho/b\xff.pdf"
    entry = FileEntry(readable(raw), raw, 1, 2**62, 2**63 + 1, "kho", 3)
    assert from_argument(as_argument(entry)) == entry


def test_texts_go_together_large_pdfs_in_few_and_pictures_alone() -> None:
    sizes = dict.fromkeys((f"a/{n}.docx" for n in range(45)), 1) | {"a/x.JPG": 1, "a/y.png": 1}
    sizes |= dict.fromkeys((f"a/{n}.pdf" for n in range(10)), 70_000) | {"a/q.pdf": 9_000_000, "a/r.pdf": 1}
    sizes |= dict.fromkeys((f"b/{n}.pdf" for n in range(5)), 130_000)
    batches = list(
        in_batches(FileEntry(name, name.encode(), size, 1, 1, "a") for name, size in sizes.items())
    )
    assert [len(batch) for batch in batches] == [20, 20, 1, 1, 12, 3, 1, 2, 2, 2]
    assert sorted(entry.path for batch in batches for entry in batch) == sorted(sizes)
