"""A worker: takes jobs from the queue until it is stopped. Workers may join and leave at any time.

Jobs survive failures of the worker, its machine and the server: the queue records who has which job, and jobs
of a worker without a heartbeat for half a minute are given to others.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue as threads
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.catalogue.postgres_connection import away
from dossier.errors import (
    ArchiveError,
    CatalogueError,
    DossierError,
    IndexElsewhereError,
    IndexUnusableError,
    LockedError,
)
from dossier.model import FileEntry, FileRecord
from dossier.os_errors import in_words
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Pool
from dossier.usecases.known import check_moved, open_known
from dossier.usecases.reading import pool_for
from dossier.work import queue, steps
from dossier.work.queue import DAY, NIGHT, NOW, READER, READER_NOW, ROUNDS, WALKER, WALKER_NOW
from dossier.work.tasks import StrangeJobError, asked_for, entries_of, paths_of

_PAUSE, _LONGEST_PAUSE = 2, 15  # seconds before a job that must wait is tried again, at first and at most
_UNREACHABLE_PAUSE = 5.0  # seconds between checks whether the archive is accessible again
_NICENESS = 5  # niceness of readers of ordinary jobs, to leave the processor to urgent ones
_CATALOGUE_SECONDS = 30.0  # seconds for which a catalogue connection is kept
_RECONNECT = 3.0  # seconds before the server is tried again
_RETRY_SECONDS: dict[type[Exception], int] = {  # seconds until a job is tried again, by the error
    steps.NotHereError: 10,
    steps.OtherVersionError: 30,
    LockedError: 2,
    CatalogueError: 5,
    ArchiveError: 30,
}
_CONNECTION_ERRORS = (exceptions.ConnectorException, psycopg.OperationalError, OSError)


class _NotYetError(DossierError):
    """Other jobs must be done first."""


class _RetryStrategy(procrastinate.BaseRetryStrategy):
    """Retry temporary errors after a delay, without limit: they pass, or a person sees them in the state of
    the queue. Other errors are retried a few times, jobs not created by this program never. Due times are the
    server's; ``ahead``: how far this machine's clock is ahead of it, as last compared."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> procrastinate.RetryDecision | None:
        if isinstance(exception, _NotYetError):
            return self._after(min(job.attempts + _PAUSE, _LONGEST_PAUSE))
        if isinstance(exception, StrangeJobError):
            return None
        if isinstance(exception, steps.RefusedHereError):
            return self._after(_PAUSE, then=WALKER)
        for kind, seconds in _RETRY_SECONDS.items():
            # Not for an unusable index: the next search tries to update it, and shows why it fails.
            if isinstance(exception, kind) and not isinstance(exception, IndexUnusableError):
                return self._after(seconds)
        if job.attempts < 3:
            return self._after(5)
        return None

    def _after(self, seconds: int, then: str | None = None) -> procrastinate.RetryDecision:
        due = queue.own_time() - self.ahead + timedelta(seconds=seconds)
        return procrastinate.RetryDecision(retry_at=due, queue=then)


def _in_words(error: Exception) -> str:
    return error.in_full if isinstance(error, DossierError) else in_words(error)


class _ReadingSlot:
    """Resources of one reading slot: a reader process, and a catalogue connection. The connection stays open
    between jobs, since opening takes longer than storing twenty texts; it is renewed after errors and from
    time to time, to notice changes of the server."""

    def __init__(self, archive: Archive, nice: int) -> None:
        self.pool: Pool[Task, FileRecord | Same] = pool_for(archive, 1, nice=nice)
        self._archive = archive
        self._catalogue: Catalogue | None = None
        self._opened = 0.0

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """The open catalogue, for one job."""
        if self._catalogue is not None and time.monotonic() - self._opened > _CATALOGUE_SECONDS:
            self._close_catalogue()
        if self._catalogue is None:
            self._catalogue, self._opened = open_known(self._archive), time.monotonic()
        try:
            yield self._catalogue
        except BaseException:
            self._close_catalogue()
            raise

    def close(self) -> None:
        """Stop the reader and close the catalogue."""
        self.pool.close()
        self._close_catalogue()

    def _close_catalogue(self) -> None:
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None


class Worker:
    """Runs jobs until :meth:`stop`, or until none is left.

    ``slots``: files read at once; one more slot is reserved for urgent files. ``only_read``: neither list
    files nor keep the index. ``tell``: called with messages. ``silence``: seconds without a heartbeat after
    which other workers count as dead.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        slots: int = 0,
        only_read: bool = False,
        tell: Callable[[str], None] = lambda _said: None,
        silence: float = 30.0,
    ) -> None:
        self.archive = archive
        self._slots = slots or os.cpu_count() or 1
        self._owner = not only_read
        self._queues = [READER] if only_read else [WALKER, READER]
        self._urgent_queues = [READER_NOW] if only_read else [WALKER_NOW, READER_NOW]
        self._tell = tell
        self._silence = silence
        # Last in, first out: a slot's reader process starts when it is first needed.
        self._free_slots: threads.LifoQueue[_ReadingSlot] = threads.LifoQueue()
        self._free_urgent_slot: threads.LifoQueue[_ReadingSlot] = threads.LifoQueue()  # for urgent jobs
        self._retry_strategy = _RetryStrategy()
        self._unreachable = ""  # why the archive is not accessible on this machine; empty: it is
        self._stopped = False
        self.done = 0

    def stop(self) -> None:
        """Finish the jobs in progress, take no more."""
        self._stopped = True

    def run(self, *, once: bool = False) -> int:
        """Run; return the number of jobs done. Waits for a server that cannot be reached, unless ``once``."""
        queue.server_for(self.archive)  # raises for an archive that has no server
        last_message = ""
        self.archive.ready_state()
        for name in ("procrastinate", "psycopg.pool", "asyncio"):  # errors are reported in our own messages
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        urgent_slot = _ReadingSlot(self.archive, nice=0)
        slots = [_ReadingSlot(self.archive, nice=_NICENESS) for _slot in range(self._slots)]
        try:
            urgent_slot.pool.warm_up()  # so that no urgent job waits for its start
            self._free_urgent_slot.put(urgent_slot)
            for slot in slots:
                self._free_slots.put(slot)
            while not self._stopped:
                if self._unreachable:
                    self._wait_for_share(once=once)
                    continue
                try:
                    server = queue.server_for(self.archive)  # its password may have changed
                    if not self._owner:
                        queue.check_made(server)
                    check_moved(self.archive)
                    queue.make_tables(server)
                    queue.run(server, lambda app: self._work(app, once=once))
                    if once and not self._unreachable:
                        break
                except (*_CONNECTION_ERRORS, CatalogueError) as error:
                    if once and isinstance(error, CatalogueError):
                        raise
                    message = self._trouble(error)
                    if message != last_message:  # report it once, however long it lasts
                        self._tell(message)
                    last_message = message
                    time.sleep(_RECONNECT)
        finally:
            for slot in (urgent_slot, *slots):
                slot.close()
        return self.done

    def _trouble(self, error: Exception) -> str:
        """Why the server cannot be used now. The queue's own errors only wrap those of the driver."""
        if isinstance(error, exceptions.ConnectorException | psycopg.OperationalError):
            error = away(queue.server_for(self.archive), error.__cause__ or error)
        return _in_words(error)

    def _wait_for_share(self, *, once: bool) -> None:
        """Wait until the archive is accessible, taking no jobs meanwhile: a job returned at once would
        circulate for ever."""
        self._tell(self._unreachable)
        while not self._stopped and not steps.sees(self.archive):
            if once:
                self._stopped = True
            else:
                time.sleep(_UNREACHABLE_PAUSE)
        self._unreachable = ""

    async def _work(self, app: procrastinate.App, *, once: bool) -> None:
        await self._compare_clocks(app)
        self._register(app)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._slots + 4))
        if self._owner and await queue.has_outdated(app, steps.terms_of(self.archive)):
            arguments = {"paths": [], "full": False, "priority": NIGHT}
            await queue.put(app, "plan", WALKER, NIGHT + 5, arguments, once="plan::False")
        rescuing = asyncio.create_task(self._rescue(app))
        runs = [
            asyncio.create_task(self._run_queues(app, self._queues, self._slots)),
            asyncio.create_task(self._run_queues(app, self._urgent_queues, 1)),
        ]
        try:
            while not any(run.done() for run in runs) and not (self._stopped or self._unreachable):
                await asyncio.sleep(0.2)
                if once and await self._is_idle(app):
                    break
        finally:
            for task in (rescuing, *runs):
                task.cancel()
            ended = await asyncio.gather(*runs, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _run_queues(self, app: procrastinate.App, queues: list[str], slots: int) -> None:
        await app.run_worker_async(
            queues=queues,
            concurrency=slots,
            wait=True,
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=self._silence / 3,
            stalled_worker_timeout=self._silence,
            shutdown_graceful_timeout=60.0,
            install_signal_handlers=False,
            delete_jobs="never",
        )

    async def _is_idle(self, app: procrastinate.App) -> bool:
        row = await app.connector.execute_query_one_async(
            "SELECT count(*) AS jobs FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
            "AND queue_name = ANY(%(queues)s)",
            queues=self._queues + self._urgent_queues,
        )
        return not row["jobs"]

    async def _rescue(self, app: procrastinate.App) -> None:
        while True:
            with suppress(*_CONNECTION_ERRORS):
                await self._compare_clocks(app)
                await queue.limit_delays(app)
                await queue.rescue(app, self._silence)
            await asyncio.sleep(self._silence / 3)

    async def _compare_clocks(self, app: procrastinate.App) -> None:
        self._retry_strategy.ahead = queue.own_time() - await queue.server_time(app)

    def _register(self, app: procrastinate.App) -> None:
        archive, retry_strategy = self.archive, self._retry_strategy

        @app.task(name="dossier.plan", retry=retry_strategy)
        async def plan(paths: list[str], full: bool, priority: int) -> None:
            wanted = paths_of(paths) or None
            found = await asyncio.to_thread(steps.plan, archive, wanted, full=full)
            if wanted is None:
                await queue.drop_planned(app, steps.terms_of(archive))
            else:  # other files are left to the pass that planned them, or to the end of this one
                found = asked_for(found, wanted)
            await queue.put_files(app, archive, found, priority)
            arguments = {"left": ROUNDS, "priority": priority}
            await queue.put(app, "finish", WALKER, max(priority, DAY), arguments, once="finish", after=1)
            self.done += 1

        @app.task(name="dossier.read", retry=retry_strategy)
        async def read(
            files: list[dict[str, Any]],
            reader: int,
            checklists: str,
            hopeless: bool = False,
            deaths: int = 0,  # stored and used by the queue only
            now: bool = False,
        ) -> None:
            steps.check_terms(archive, steps.Terms(reader, checklists))
            entries = entries_of(files)
            await asyncio.to_thread(self._read, entries, hopeless=hopeless, at_once=now is True)
            if now is True:
                await queue.put(app, "index", WALKER_NOW, NOW + 1, {"files": files})
            self.done += 1

        @app.task(name="dossier.finish", retry=retry_strategy)
        async def finish(left: int, priority: int) -> None:
            if await queue.unread_left(app):
                raise _NotYetError("")
            missing = await asyncio.to_thread(steps.finish, archive, last=left <= 1)
            if missing:
                await queue.put_files(app, archive, missing, NIGHT)
                repeat = {"left": left - 1, "priority": priority}
                await queue.put(app, "finish", WALKER, max(priority, DAY), repeat, once="finish", after=1)
            else:
                await queue.put(app, "index", WALKER, max(priority, DAY), {}, once="index")
                await queue.put(app, "judge", WALKER, NIGHT, {}, once="judge")
                await queue.tidy(app)
            self.done += 1

        @app.task(name="dossier.index", retry=retry_strategy)
        async def index(files: list[dict[str, Any]] | None = None) -> None:
            await asyncio.to_thread(self._index, entries_of(files or []))
            self.done += 1

        @app.task(name="dossier.judge", retry=retry_strategy)
        def judge() -> None:
            steps.judge(archive)
            self.done += 1

    def _index(self, entries: list[FileEntry]) -> None:
        try:
            steps.index(self.archive, entries)
        except IndexElsewhereError as error:  # the other machine updates it at its next search
            self._tell(error.message)
        except (DossierError, OSError) as error:  # tried again a few times, then left to the next search
            self._tell(_in_words(error))
            raise

    def _read(self, entries: list[FileEntry], *, hopeless: bool, at_once: bool) -> None:
        """Read the files of a job in a free slot, or give up ``hopeless`` ones. Raises like
        :func:`steps.read`."""
        if hopeless:
            steps.give_up(self.archive, entries)
            return
        free_slots = self._free_urgent_slot if at_once else self._free_slots
        slot = free_slots.get()
        try:
            with slot.catalogue() as catalogue:
                steps.read(self.archive, slot.pool, entries, owner=self._owner, open_already=catalogue)
        except steps.NotHereError as error:
            if not steps.sees(self.archive):
                self._unreachable = _in_words(error)
            raise
        finally:
            free_slots.put(slot)
