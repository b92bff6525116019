"""What one machine cannot do, others do; and no pass waits for ever for what nobody can."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import procrastinate
import psycopg
import pytest
from machines import TODAY, catalogued
from postgres_server import Cluster
from procrastinate.exceptions import ConnectorException

from dossier.archive import Archive, open_archive
from dossier.catalogue.server import Server
from dossier.errors import CatalogueError, IndexUnusableError
from dossier.index import Filters
from dossier.model import FileEntry, FileRecord, UnreadFile, UnreadReason
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Done, Outcome, Pool
from dossier.usecases.demo import write_sample
from dossier.usecases.indexing import index_of
from dossier.usecases.known import open_known
from dossier.usecases.reading import pool_for
from dossier.usecases.scan import scan
from dossier.usecases.search import search
from dossier.work import queue, steps
from dossier.work.tasks import as_argument
from dossier.work.worker import Worker

pytestmark = pytest.mark.slow  # workers with readers of their own


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mau") / "kho"
    write_sample(folder, dossiers=1, seed=19, today=TODAY, scans=False)
    return folder


@pytest.fixture
def archive(sample: Path, cluster: Cluster, tmp_path: Path) -> Archive:
    root = tmp_path / "kho"
    shutil.copytree(sample, root)
    opened = open_archive(root, tmp_path / "state")
    settings = replace(opened.config.catalogue, url=cluster.url(), schema=f"may_{time.time_ns()}")
    return replace(opened, config=replace(opened.config, catalogue=settings))


class Refusing:
    """Readers to whom the system refuses one file; no permission keeps the administrator from any."""

    def __init__(self, pool: Pool[Task, FileRecord | Same], path: str) -> None:
        self._pool, self._path = pool, path

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome[FileRecord | Same]]]:
        for task, outcome in self._pool.run(tasks):
            if task.entry.path != self._path:
                yield task, outcome
                continue
            said = UnreadFile(task.entry.path, UnreadReason.CORRUPT, "không có quyền")
            yield task, Done(FileRecord(task.entry, "", "", (), said))


@pytest.fixture
def readers(archive: Archive) -> Iterator[Pool[Task, FileRecord | Same]]:
    pool = pool_for(archive, 1)
    yield pool
    pool.close()


def test_one_file_that_is_refused_keeps_no_other_from_being_read(
    archive: Archive, readers: Pool[Task, FileRecord | Same]
) -> None:
    entries = steps.plan(archive, None)[:5]
    refusing: Any = Refusing(readers, entries[1].path)
    with pytest.raises(steps.RefusedHereError):
        steps.read(archive, refusing, entries)
    assert catalogued(archive) == 4


def test_a_file_that_the_owner_of_the_disk_may_not_open_is_unread(
    archive: Archive, readers: Pool[Task, FileRecord | Same]
) -> None:
    entries = steps.plan(archive, None)[:2]
    refusing: Any = Refusing(readers, entries[1].path)
    steps.read(archive, refusing, entries, owner=True)
    with open_known(archive) as catalogue:
        (unread,) = [file for state in catalogue.states() for file in state.unread]
    assert unread.path == entries[1].path


def test_a_dossier_that_was_moved_since_keeps_no_pass_from_ending(archive: Archive) -> None:
    queue.submit(archive)
    entries = steps.plan(archive, None)
    told(archive, entries)
    folder = archive.root / entries[0].dossier
    folder.rename(folder.with_name(f"{folder.name} (cũ)"))
    ended(Worker(archive, slots=1))
    assert catalogued(archive) == len(entries)


def test_a_machine_without_the_share_leaves_the_jobs_to_others(archive: Archive, tmp_path: Path) -> None:
    entries = steps.plan(archive, None)
    told(archive, entries)
    (tmp_path / "không có ổ").mkdir()
    said: list[str] = []
    away = Worker(
        replace(archive, root=tmp_path / "không có ổ", state=tmp_path / "khác"),
        slots=1,
        only_read=True,
        tell=said.append,
    )
    ended(away)
    assert len(said) == 1 and "không thấy" in said[0]
    assert catalogued(archive) == 0
    tries = ask(archive, "SELECT sum(attempts) AS tries FROM procrastinate_jobs")["tries"]
    assert tries <= 2  # one for each thing it does at once


def test_jobs_of_an_older_program_are_planned_anew(archive: Archive) -> None:
    entries = steps.plan(archive, None)
    told(archive, entries, reader=steps.terms_of(archive).reader - 1)
    ended(Worker(archive, slots=1))
    assert catalogued(archive) == len(entries)
    assert scan(archive).read == 0


def test_jobs_of_a_newer_program_are_left_to_it(archive: Archive) -> None:
    told(archive, steps.plan(archive, None), reader=steps.terms_of(archive).reader + 1)
    before = queue.progress(archive).files

    async def look(app: procrastinate.App) -> bool:
        await queue.drop_planned(app, steps.terms_of(archive))
        return await queue.has_outdated(app, steps.terms_of(archive))

    assert not queue.run(queue.server_for(archive), look)
    assert queue.progress(archive).files == before


def test_a_second_night_asks_for_no_file_twice(archive: Archive) -> None:
    for _night in range(2):
        queue.submit(archive)
        planned = steps.plan(archive, None)

        async def plan(app: procrastinate.App) -> None:
            await queue.drop_planned(app, steps.terms_of(archive))
            await queue.put_files(app, archive, planned, queue.NIGHT)  # noqa: B023

        queue.run(queue.server_for(archive), plan)
    assert queue.progress(archive).files == len(planned)


def test_strange_rows_are_no_bar_to_a_plan(archive: Archive) -> None:
    queue.make_tables(queue.server_for(archive))
    put = "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) VALUES "
    for args in ('{"reader": "x"}', '{"reader": 1e308}', '{"reader": null, "files": 7}'):
        ask(archive, f"{put} ('reader', 'dossier.read', 90, '{args}') RETURNING id")
    for args in ("[]", '"x"'):
        with pytest.raises(procrastinate.exceptions.ConnectorException):
            ask(archive, f"{put} ('reader', 'dossier.read', 90, '{args}') RETURNING id")
    queue.submit(archive)
    ended(Worker(archive, slots=1))
    assert catalogued(archive) > 0
    assert scan(archive).read == 0


def test_what_was_given_back_is_no_death(archive: Archive) -> None:
    entries = steps.plan(archive, None)[:1]
    told(archive, entries)
    ask(archive, "UPDATE procrastinate_jobs SET attempts = 50, status = 'doing' RETURNING id")
    deaths = []
    for _death in range(3):

        async def die(app: procrastinate.App) -> None:
            await queue.rescue(app, 0)

        queue.run(queue.server_for(archive), die)
        row = ask(
            archive,
            "SELECT args->>'deaths' AS deaths, args->>'hopeless' AS hopeless FROM procrastinate_jobs "
            "WHERE status = 'todo' ORDER BY id DESC LIMIT 1",
        )
        deaths.append((row["deaths"], row["hopeless"]))
        ask(archive, "UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo' RETURNING id")
    assert deaths == [("1", None), ("2", None), (None, "true")]


def test_a_persons_file_is_found_before_the_night_is_over(archive: Archive) -> None:
    scan(archive)
    entries = steps.plan(archive, None, full=True)
    told(archive, entries)
    new = archive.root / entries[0].dossier / "bien-ban-moi.txt"
    new.write_text("BIÊN BẢN\nVề việc kiểm tra xoongchaolythuyet\n" * 5, "utf-8")
    queue.submit(archive, [f"{entries[0].dossier}/{new.name}"])
    ask(archive, "UPDATE procrastinate_jobs SET queue_name = 'held' WHERE queue_name = 'reader' RETURNING id")
    worker = Worker(archive, slots=1)
    thread = threading.Thread(target=worker.run)
    thread.start()
    until = time.monotonic() + 60
    found = 0
    while not found and time.monotonic() < until:
        time.sleep(0.2)
        found = index_of(archive).search("xoongchaolythuyet").total
    worker.stop()
    thread.join()
    assert found == 1


def test_a_machine_that_keeps_no_index_ends_the_pass_and_says_who_does(
    archive: Archive, tmp_path: Path
) -> None:
    scan(archive)
    dossier = steps.plan(archive, None, full=True)[0].dossier
    (archive.root / dossier / "moi.txt").write_text("BIÊN BẢN\nVề việc xoongchaokhac\n", "utf-8")
    queue.submit(archive, [f"{dossier}/moi.txt"])
    said: list[str] = []
    other = replace(archive, state=tmp_path / "máy khác")
    ended(Worker(other, slots=1, tell=said.append))
    assert len(said) == 2  # for the person's file, and at the end
    assert all(str(archive.state) in each for each in said)
    found = queue.progress(archive)
    assert (found.waiting, found.doing, found.failed) == (0, 0, 0)
    assert not (other.state / "index").exists()
    assert search(archive, "xoongchaokhac", Filters()).total == 1


def test_an_index_that_cannot_be_made_is_given_up_and_the_day_is_judged(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(*_given: object, **_more: object) -> int:
        raise IndexUnusableError("hỏng")

    monkeypatch.setattr(steps, "catch_up", unusable)

    def soon(*_given: object) -> procrastinate.RetryDecision:  # at once would leave no turn to what is read
        return procrastinate.RetryDecision(retry_in={"seconds": 1})

    monkeypatch.setattr("dossier.work.worker._RetryStrategy._after", soon)
    queue.submit(archive)
    ended(Worker(archive, slots=1))
    found = queue.progress(archive)
    assert (found.waiting, found.doing, found.failed) == (0, 0, 1)
    judged = "SELECT count(*) AS jobs FROM procrastinate_jobs WHERE task_name = 'dossier.judge'"
    assert ask(archive, f"{judged} AND status = 'succeeded'")["jobs"] == 1


def test_a_persons_file_brings_nothing_else_along(archive: Archive) -> None:
    scan(archive)
    dossier = steps.plan(archive, None, full=True)[0].dossier
    new = [f"{dossier}/{name}.txt" for name in ("bien-ban-moi", "quet-dem", "Phụ lục/quet-dem")]
    for path in new:
        (archive.root / path).parent.mkdir(exist_ok=True)
        (archive.root / path).write_text(f"BIÊN BẢN\nVề việc kiểm tra {path}\n", "utf-8")
    queue.submit(archive, new[:1])
    Worker(archive, slots=1).run(once=True)
    first = (
        "SELECT args->'files' AS files FROM procrastinate_jobs WHERE task_name = 'dossier.read' ORDER BY id"
    )
    assert [file["path"] for file in ask(archive, first)["files"]] == new[:1]
    with open_known(archive) as catalogue:  # the end of the pass finds what lay beside it
        assert set(new) <= set(catalogue.paths())


def test_a_machine_that_knows_the_archive_by_another_name_says_so_and_makes_no_second_one(
    archive: Archive, cluster: Cluster
) -> None:
    scan(archive)
    other = replace(archive.config.catalogue, schema="kho_may_tinh_2")
    elsewhere = replace(archive, config=replace(archive.config, catalogue=other))
    with pytest.raises(CatalogueError, match="chưa có danh mục của kho này") as caught:
        Worker(elsewhere, slots=1, only_read=True).run(once=True)
    named = caught.value.message.rpartition("ở đó: ")[2]
    # The message names at most nine catalogues, and the server may hold those of other tests.
    assert archive.config.catalogue.schema in named or named.count(",") == 8
    there = "SELECT count(*) FROM pg_namespace WHERE nspname = 'kho_may_tinh_2'"
    assert cluster.query(there, "hoso") == [(0,)]


def test_a_password_that_is_changed_while_machines_work_is_read_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(archive)
    file = archive.root / "mật khẩu.txt"
    file.write_text("cũ")
    file.chmod(0o600)
    settings = replace(archive.config.catalogue, password_file=file.name)
    archive = replace(archive, config=replace(archive.config, catalogue=settings))
    tried: list[str] = []

    def refuses_the_old_one(server: Server) -> None:
        tried.append(server.password)
        if len(tried) == 1:
            file.write_text("mới")
            raise OSError

    monkeypatch.setattr(queue, "make_tables", refuses_the_old_one)
    monkeypatch.setattr(queue, "run", lambda *_given: None)
    monkeypatch.setattr("dossier.work.worker._RECONNECT", 0)
    Worker(archive, slots=1).run(once=True)
    assert tried == ["cũ", "mới"]


def test_done_jobs_do_not_keep_the_names_of_files(archive: Archive) -> None:
    told(archive, steps.plan(archive, None)[:1])
    ask(archive, "UPDATE procrastinate_jobs SET status = 'succeeded' RETURNING id")
    ask(archive, "UPDATE procrastinate_events SET at = at - interval '2 hours' RETURNING id")
    queue.run(queue.server_for(archive), queue.tidy)
    assert ask(archive, "SELECT count(*) AS jobs FROM procrastinate_jobs")["jobs"] == 0


def told(archive: Archive, entries: list[FileEntry], reader: int | None = None) -> None:
    """A job of these files, and one that ends the pass."""
    queue.make_tables(queue.server_for(archive))
    terms = steps.terms_of(archive)
    files = [as_argument(entry) for entry in entries]
    planned = {"files": files, "reader": reader or terms.reader, "checklists": terms.checklists}

    async def put(app: procrastinate.App) -> None:
        await queue.put(app, "read", queue.READER, queue.NIGHT, planned)

    queue.run(queue.server_for(archive), put)


def ask(archive: Archive, statement: str) -> dict[str, Any]:
    async def one(app: procrastinate.App) -> dict[str, Any]:
        return await app.connector.execute_query_one_async(statement)

    return queue.run(queue.server_for(archive), one)


def ended(worker: Worker) -> None:
    """It worked until nothing was left, within a minute."""
    thread = threading.Thread(target=worker.run, kwargs={"once": True}, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()


def test_trouble_that_the_queue_wraps_is_told_by_its_cause(archive: Archive) -> None:
    trouble = ConnectorException("\n    Database error.\n    ")
    trouble.__cause__ = psycopg.errors.DiskFull("could not extend file: No space left on device")
    assert "ổ đĩa hết chỗ trống" in Worker(archive)._trouble(trouble)
