"""The job queue: Procrastinate, in the catalogue's schema on its PostgreSQL server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import procrastinate
from procrastinate import exceptions
from procrastinate.jobs import Job, Status
from psycopg import sql

from dossier.archive import Archive
from dossier.catalogue import open_catalogue
from dossier.catalogue.postgres import holding, is_made
from dossier.catalogue.postgres_connection import away, connected, connection_arguments
from dossier.catalogue.postgres_state import worker_purpose
from dossier.catalogue.server import Server, server_of
from dossier.errors import CatalogueError, UsageError
from dossier.i18n import _
from dossier.model import FileEntry
from dossier.scanner import VERSION
from dossier.usecases.known import check_moved
from dossier.work.steps import Terms, terms_of
from dossier.work.tasks import as_argument, in_batches

Made = TypeVar("Made")

# "walker": jobs for the machine with the archive's disk, which lists files and keeps the index; "reader":
# jobs for all machines.
WALKER, READER = "walker", "reader"
# Every machine reserves a slot for urgent jobs, so that it counts as two workers of Procrastinate.
WALKER_NOW, READER_NOW = "walker now", "reader now"
_WORKERS_OF_MACHINE = 2
NIGHT, DAY, NOW = 10, 40, 80  # priorities: of nightly passes, of completing a pass, of urgent jobs
ROUNDS = 3  # how often unread files are queued again before a pass is completed without them
# Number of files of a job, in SQL; NULL if the arguments are malformed, since the queue may contain anything.
_FILES = "CASE WHEN jsonb_typeof(args->'files') = 'array' THEN jsonb_array_length(args->'files') END"
# Waiting read jobs planned by a program no newer than this one; and those of them with other terms.
_OURS = (
    "task_name = 'dossier.read' AND status = 'todo' AND "
    "CASE jsonb_typeof(args->'reader') WHEN 'number' THEN (args->'reader')::numeric <= %(reader)s END"
)
_OUTDATED = (
    f"{_OURS} AND (args->>'reader' IS DISTINCT FROM %(reader)s::text "
    "OR args->>'checklists' IS DISTINCT FROM %(checklists)s)"
)
# A job whose arguments are no object would crash every worker that takes it, one after the other.
_ONLY_OBJECTS = """
DELETE FROM procrastinate_jobs WHERE jsonb_typeof(args) <> 'object';
ALTER TABLE procrastinate_jobs ADD CONSTRAINT dossier_args CHECK (jsonb_typeof(args) = 'object')
"""
_LOST_SECONDS = 30.0  # without a heartbeat, after which a worker counts as dead
_LONGEST_PAUSE = 120.0  # seconds; no job is postponed for longer
_MAX_DEATHS = 3  # workers that may die on one file
_KEPT_HOURS = 1  # for which completed jobs are kept, to compute the rate; they contain file names
_GIVEN_UP_HOURS = 24 * 30  # for which jobs given up are kept


@dataclass(frozen=True, slots=True)
class Progress:
    """State of the queue. ``files``: waiting or being read; ``rate``: files per minute, recently; ``left``:
    estimated seconds, ``None`` if unknown; ``failed``: jobs given up."""

    waiting: int
    doing: int
    failed: int
    files: int
    workers: int
    rate: float
    left: float | None


def server_for(archive: Archive) -> Server:
    """The archive's server. Raises :class:`UsageError` if its catalogue is a file."""
    server = server_of(archive)
    if server is None:
        raise UsageError(
            _("Danh mục của kho {path} là tệp trên máy này, nên chỉ máy này làm việc được.").format(
                path=archive.root
            ),
            _("Chuyển lên PostgreSQL trước: dossier migrate-to postgresql://…"),
        )
    return server


def app_for(server: Server) -> procrastinate.App:
    """The Procrastinate app for a server. Does not create its tables."""
    arguments = connection_arguments(server, worker_purpose(VERSION))
    connector = procrastinate.PsycopgConnector(conninfo=server.url, kwargs=arguments, min_size=1, max_size=4)
    return procrastinate.App(connector=connector)


def check_made(server: Server) -> None:
    """Raise :class:`CatalogueError` if the server has no catalogue of this archive. The machine with the
    archive's disk creates it; the schema depends on the name of the archive's folder, so it may differ
    here."""
    if is_made(server):
        return
    with connected(server, "dossier work") as connection:
        found = connection.execute(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE tablename = 'alembic_version' ORDER BY 1 LIMIT 9"
        ).fetchall()
    there = ", ".join(str(name) for (name,) in found) or _("chưa có danh mục nào")
    raise CatalogueError(
        _("{server} chưa có danh mục của kho này ({schema}); ở đó: {there}.").format(
            server=server.shown, schema=server.schema, there=there
        ),
        _(
            "Chạy dossier work trên máy có đĩa của kho trước; nếu đã chạy, ghi cùng một tên kho ([archive] "
            "name) hay [catalogue] schema vào dossier.toml: thư mục của kho ở máy này mang tên khác."
        ),
    )


def make_tables(server: Server) -> None:
    """Create the tables of the catalogue and of the queue, where missing."""
    from procrastinate.schema import SchemaManager

    open_catalogue(server, VERSION).close()
    with holding(server, "queue", "work", 60), connected(server, "dossier work") as connection:
        table = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        if table is None or table[0] is None:
            with connection.transaction():
                connection.execute(sql.SQL(SchemaManager.get_schema()))
        constraint = connection.execute(
            "SELECT 1 FROM pg_constraint WHERE conname = 'dossier_args' "
            "AND conrelid = to_regclass('procrastinate_jobs')"
        )
        if constraint.fetchone() is None:
            with connection.transaction():
                connection.execute(_ONLY_OBJECTS)


def submit(archive: Archive, paths: Sequence[str] = (), *, full: bool = False, now: bool = False) -> None:
    """Request a scan of the archive, or of the files at ``paths``. ``now``: a person is waiting."""
    server = server_for(archive)
    check_moved(archive)
    make_tables(server)
    priority = NOW if now or paths else NIGHT
    arguments = {"paths": list(paths), "full": full, "priority": priority}

    async def defer(app: procrastinate.App) -> None:
        queue_name = WALKER_NOW if priority == NOW else WALKER
        await put(
            app, "plan", queue_name, priority + 5, arguments, once=f"plan:{'/'.join(sorted(paths))}:{full}"
        )

    try:
        run(server, defer)
    except exceptions.ConnectorException as error:  # it only wraps the driver's
        raise away(server, error.__cause__ or error) from error


async def put(
    app: procrastinate.App,
    task: str,
    queue: str,
    priority: int,
    arguments: dict[str, Any],
    *,
    once: str = "",
    after: int = 0,
) -> None:
    """Add a job to the queue; ``once``: a key, of which only one job may be waiting. ``after``: delay in
    seconds."""
    due = await server_time(app) + timedelta(seconds=after) if after else None
    with suppress(exceptions.AlreadyEnqueued):
        await app.configure_task(
            f"dossier.{task}",
            allow_unknown=True,
            queue=queue,
            priority=priority,
            queueing_lock=once or None,
            schedule_at=due,
        ).defer_async(**arguments)


async def put_files(
    app: procrastinate.App, archive: Archive, entries: Iterable[FileEntry], priority: int
) -> None:
    """Add jobs that read the files."""
    terms = terms_of(archive)
    planned = {"reader": terms.reader, "checklists": terms.checklists, "now": priority >= NOW}
    jobs: list[dict[str, Any]] = [
        {"files": [as_argument(entry) for entry in batch], **planned} for batch in in_batches(entries)
    ]
    if jobs:
        queue_name = READER_NOW if priority >= NOW else READER
        task = app.configure_task("dossier.read", allow_unknown=True, queue=queue_name, priority=priority)
        for at in range(0, len(jobs), 500):
            await task.batch_defer_async(*jobs[at : at + 500])


def own_time() -> datetime:
    """This machine's time, which may be wrong."""
    return datetime.now(UTC)


async def server_time(app: procrastinate.App) -> datetime:
    """The server's time, by which jobs are due."""
    row = await app.connector.execute_query_one_async("SELECT clock_timestamp() AS now")
    found: datetime = row["now"]
    return found


async def limit_delays(app: procrastinate.App) -> None:
    """Make jobs due that are postponed for too long, by a machine whose clock is wrong."""
    await app.connector.execute_query_async(
        "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' "
        "AND scheduled_at > now() + %(longest)s * interval '1 second'",
        longest=_LONGEST_PAUSE,
    )


async def rescue(app: procrastinate.App, seconds: float = _LOST_SECONDS) -> int:
    """Release the jobs of workers that died; return how many. A job that several workers died on is split
    into single files; a single file that several died on is given up as unread. The job's number of attempts
    is no evidence: a machine without the share, or of another version, returns jobs too."""
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
        deaths = _deaths(job) + 1
        with suppress(exceptions.ConnectorException):  # another worker released it first
            if job.task_name == "dossier.read" and deaths >= _MAX_DEATHS:
                await _split(app, job)
            else:
                if job.task_name == "dossier.read":
                    await _store_deaths(app, job, deaths)
                await app.job_manager.retry_job(job)
            count += 1
    return count


def _deaths(job: Job) -> int:
    """How many workers died on the job, as stored by :func:`_store_deaths`."""
    count = job.task_kwargs.get("deaths")
    return count if type(count) is int and 0 <= count < _MAX_DEATHS else 0


async def _store_deaths(app: procrastinate.App, job: Job, deaths: int) -> None:
    await app.connector.execute_query_async(
        "UPDATE procrastinate_jobs SET args = args || jsonb_build_object('deaths', %(deaths)s::int) "
        "WHERE id = %(id)s AND status = 'doing' AND jsonb_typeof(args) = 'object'",
        deaths=deaths,
        id=job.id,
    )


async def has_outdated(app: procrastinate.App, ours: Terms) -> bool:
    """Whether jobs are waiting that were planned by an older program, or by checklists other than those of
    the machine with the archive's disk. No worker would take them, so that machine must plan again."""
    row = await app.connector.execute_query_one_async(
        f"SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE {_OUTDATED}) AS found",  # noqa: S608
        reader=ours.reader,
        checklists=ours.checklists,
    )
    return bool(row["found"])


async def drop_planned(app: procrastinate.App, ours: Terms) -> None:
    """Delete waiting read jobs before planning again, so that no file is queued twice; urgent jobs are kept
    unless they are outdated."""
    await app.connector.execute_query_async(
        f"DELETE FROM procrastinate_jobs WHERE {_OUTDATED} OR ({_OURS} AND queue_name <> %(now)s)",  # noqa: S608
        reader=ours.reader,
        checklists=ours.checklists,
        now=READER_NOW,
    )


async def tidy(app: procrastinate.App) -> None:
    """Delete jobs that ended some time ago, and with them the file names they contain."""
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)
    await app.job_manager.delete_old_jobs(
        nb_hours=_GIVEN_UP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def _split(app: procrastinate.App, job: Job) -> None:
    arguments: dict[str, Any] = job.task_kwargs
    files = arguments.get("files")
    if not isinstance(files, list) or not files:  # not created by this program
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        return
    rest = {key: value for key, value in arguments.items() if key not in ("files", "deaths", "hopeless")}
    task = app.configure_task("dossier.read", allow_unknown=True, queue=job.queue, priority=job.priority)
    if len(files) > 1:
        await task.batch_defer_async(*({"files": [file], **rest} for file in files))
    else:
        await task.defer_async(files=files, hopeless=True, **rest)
    await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=len(files) > 1)


async def unread_left(app: procrastinate.App) -> int:
    """Number of read jobs waiting or in progress."""
    row = await app.connector.execute_query_one_async(
        "SELECT count(*) AS jobs FROM procrastinate_jobs "
        "WHERE task_name = 'dossier.read' AND status IN ('todo', 'doing')"
    )
    return int(row["jobs"])


def progress(archive: Archive) -> Progress:
    """The state of the queue. Raises :class:`UsageError`, :class:`~dossier.errors.CatalogueError`."""
    server = server_for(archive)
    check_moved(archive)
    make_tables(server)
    with connected(server, "dossier work") as connection:
        counts = connection.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'), "  # noqa: S608
            "count(*) FILTER (WHERE status = 'failed'), "
            f"coalesce(sum({_FILES}) FILTER (WHERE status IN ('todo', 'doing')), 0) "
            "FROM procrastinate_jobs"
        ).fetchone()
        workers = connection.execute(
            "SELECT count(*) FROM procrastinate_workers "
            "WHERE last_heartbeat > now() - %s * interval '1 second'",
            [_LOST_SECONDS],
        ).fetchone()
        done = connection.execute(
            f"SELECT coalesce(sum({_FILES}), 0), "  # noqa: S608
            "extract(epoch FROM now() - min(e.at)) "
            "FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id "
            "WHERE e.type = 'succeeded' AND e.at > now() - interval '5 minutes'"
        ).fetchone()
    assert counts is not None and workers is not None and done is not None  # aggregates give one row
    read, seconds = int(done[0]), float(done[1] or 0)
    rate = 60 * read / seconds if seconds > 1 else 0.0
    files = int(counts[3])
    left = 60 * files / rate if rate else (0.0 if not files else None)
    return Progress(counts[0], counts[1], counts[2], files, -(-workers[0] // _WORKERS_OF_MACHINE), rate, left)


def run(server: Server, work: Callable[[procrastinate.App], Coroutine[Any, Any, Made]]) -> Made:
    """Run a coroutine with the queue, from synchronous code."""

    async def opened() -> Made:
        app = app_for(server)
        async with app.open_async():
            return await work(app)

    return asyncio.run(opened())
