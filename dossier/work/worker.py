"""A worker: takes jobs from the queue until it is stopped, joins and leaves at will.

Whatever happens to it, to its machine or to the server, its jobs are done by somebody: the queue knows who
works on what, and gives to others what a worker that is silent for half a minute had.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue as threads
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions

from dossier.archive import Archive
from dossier.errors import ArchiveError, CatalogueError, DossierError, LockedError
from dossier.model import FileRecord
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Pool
from dossier.usecases.reading import pool_for
from dossier.work import queue, steps
from dossier.work.queue import DAY, NIGHT, READER, ROUNDS, WALKER
from dossier.work.tasks import StrangeJobError, entries_of, paths_of

_PAUSE = 2  # seconds before another look at what could not be done yet
_RECONNECT = 3.0  # seconds before the server is tried again
_LATER: dict[type[Exception], int] = {  # seconds until a job is tried again, by what hindered it
    steps.NotHereError: 10,
    steps.OtherVersionError: 30,
    LockedError: 2,
    CatalogueError: 5,
    ArchiveError: 30,
}
_LOST = (exceptions.ConnectorException, psycopg.OperationalError, OSError)


class _NotYetError(DossierError):
    """What the job waits for is not done."""


class _Again(procrastinate.BaseRetryStrategy):
    """For ever, after a while: what hinders a job passes, or a person sees it in the state of the queue. What
    is no job of ours is never tried again."""

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> procrastinate.RetryDecision | None:
        if isinstance(exception, _NotYetError):
            return procrastinate.RetryDecision(retry_in={"seconds": _PAUSE})
        if isinstance(exception, StrangeJobError):
            return None
        for kind, seconds in _LATER.items():
            if isinstance(exception, kind):
                return procrastinate.RetryDecision(retry_in={"seconds": seconds})
        if job.attempts < 3:
            return procrastinate.RetryDecision(retry_in={"seconds": 5})
        return None


class Worker:
    """``run`` until :meth:`stop`, or until nothing is left to be done.

    ``slots``: files read at once. ``only_read``: neither walks nor keeps the index. ``tell`` is called with a
    sentence now and then. ``silence``: seconds after which others are taken for dead.
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
        self._queues = [READER] if only_read else [WALKER, READER]
        self._tell = tell
        self._silence = silence
        self._pools: threads.Queue[Pool[Task, FileRecord | Same]] = threads.Queue()
        self._stopped = False
        self.done = 0

    def stop(self) -> None:
        """Finish what is at work, take nothing more."""
        self._stopped = True

    def run(self, *, once: bool = False) -> int:
        """Work; how many jobs were done. A server that goes away is waited for, unless ``once``."""
        server = queue.server_for(self.archive)
        self.archive.ready_state()
        for name in ("procrastinate", "psycopg.pool", "asyncio"):  # what they say is said in our words
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        pools = [pool_for(self.archive, 1) for _slot in range(self._slots)]
        for pool in pools:
            self._pools.put(pool)
        try:
            while not self._stopped:
                try:
                    queue.make_tables(server)
                    queue.run(server, lambda app: self._work(app, once=once))
                    if once:
                        break
                except (*_LOST, CatalogueError) as error:
                    self._tell(error.message if isinstance(error, DossierError) else str(error))
                    time.sleep(_RECONNECT)
        finally:
            for pool in pools:
                pool.close()
        return self.done

    async def _work(self, app: procrastinate.App, *, once: bool) -> None:
        self._register(app)
        rescuing = asyncio.create_task(self._rescue(app))
        working = asyncio.create_task(
            app.run_worker_async(
                queues=self._queues,
                concurrency=self._slots,
                wait=True,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=self._silence / 3,
                stalled_worker_timeout=self._silence,
                shutdown_graceful_timeout=60.0,
                install_signal_handlers=False,
                delete_jobs="never",
            )
        )
        try:
            while not working.done() and not self._stopped:
                await asyncio.sleep(0.2)
                if once and await self._is_idle(app):
                    break
        finally:
            rescuing.cancel()
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working

    async def _is_idle(self, app: procrastinate.App) -> bool:
        row = await app.connector.execute_query_one_async(
            "SELECT count(*) AS jobs FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
            "AND queue_name = ANY(%(queues)s)",
            queues=self._queues,
        )
        return not row["jobs"]

    async def _rescue(self, app: procrastinate.App) -> None:
        while True:
            with suppress(*_LOST):
                await queue.rescue(app, self._silence)
            await asyncio.sleep(self._silence / 3)

    def _register(self, app: procrastinate.App) -> None:
        archive, again = self.archive, _Again()

        @app.task(name="dossier.plan", retry=again)
        async def plan(paths: list[str], full: bool, priority: int) -> None:
            wanted = paths_of(paths) or None
            found = await asyncio.to_thread(steps.plan, archive, wanted, full=full)
            await queue.put_files(app, archive, found, priority)
            arguments = {"left": ROUNDS, "priority": priority}
            await queue.put(app, "finish", WALKER, max(priority, DAY), arguments, once="finish", after=1)
            self.done += 1

        @app.task(name="dossier.read", retry=again)
        def read(files: list[dict[str, Any]], reader: int, checklists: str, hopeless: bool = False) -> None:
            steps.check_terms(archive, steps.Terms(reader, checklists))
            entries = entries_of(files)
            if hopeless:
                steps.give_up(archive, entries)
            else:
                pool = self._pools.get()
                try:
                    steps.read(archive, pool, entries)
                finally:
                    self._pools.put(pool)
            self.done += 1

        @app.task(name="dossier.finish", retry=again)
        async def finish(left: int, priority: int) -> None:
            if await queue.unread_left(app):
                raise _NotYetError("")
            missing = await asyncio.to_thread(steps.finish, archive, last=left <= 1)
            if missing:
                await queue.put_files(app, archive, missing, priority)
                again_ = {"left": left - 1, "priority": priority}
                await queue.put(app, "finish", WALKER, max(priority, DAY), again_, once="finish", after=1)
            else:
                await queue.put(app, "index", WALKER, max(priority, DAY), {}, once="index")
            self.done += 1

        @app.task(name="dossier.index", retry=again)
        async def index() -> None:
            await asyncio.to_thread(steps.index, archive)
            await queue.put(app, "judge", WALKER, NIGHT, {}, once="judge")
            self.done += 1

        @app.task(name="dossier.judge", retry=again)
        def judge() -> None:
            steps.judge(archive)
            self.done += 1
