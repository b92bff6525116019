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
from dossier.errors import (
    ArchiveError,
    CatalogueError,
    DossierError,
    IndexElsewhereError,
    IndexUnusableError,
    LockedError,
)
from dossier.model import FileEntry, FileRecord
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Pool
from dossier.usecases.known import open_known
from dossier.usecases.reading import pool_for
from dossier.work import queue, steps
from dossier.work.queue import DAY, NIGHT, NOW, READER, READER_NOW, ROUNDS, WALKER, WALKER_NOW
from dossier.work.tasks import StrangeJobError, asked_for, entries_of, paths_of

_PAUSE, _SLOWLY = 2, 15  # seconds before another look at what could not be done yet, and at most
_AWAY = 5.0  # seconds before a machine that does not see the archive looks for it again
_BEHIND = 5  # by how much what reads the night stands back behind what reads a person's file
_KEPT_OPEN = 30.0  # seconds for which a catalogue is used before it is opened anew
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
    is no job of ours is never tried again. The while is told by the server's clock: ``ahead`` is how far this
    machine's is before it, as last compared."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> procrastinate.RetryDecision | None:
        if isinstance(exception, _NotYetError):
            return self._after(min(job.attempts + _PAUSE, _SLOWLY))
        if isinstance(exception, StrangeJobError):
            return None
        if isinstance(exception, steps.RefusedHereError):
            return self._after(_PAUSE, then=WALKER)
        for kind, seconds in _LATER.items():
            # No index here, however often it is tried: the next search tries again, and says why not.
            if isinstance(exception, kind) and not isinstance(exception, IndexUnusableError):
                return self._after(seconds)
        if job.attempts < 3:
            return self._after(5)
        return None

    def _after(self, seconds: int, then: str | None = None) -> procrastinate.RetryDecision:
        due = queue.own_time() - self.ahead + timedelta(seconds=seconds)
        return procrastinate.RetryDecision(retry_at=due, queue=then)


def _in_words(error: Exception) -> str:
    return f"{error.message} {error.advice}".strip() if isinstance(error, DossierError) else str(error)


class _Desk:
    """What one slot reads with: a reader of its own, and the catalogue. That stays open from one job to the
    next, since opening it costs more than storing twenty texts; but not after anything went wrong, nor for
    long, so that what became of the server meanwhile is seen."""

    def __init__(self, archive: Archive, nice: int) -> None:
        self.pool: Pool[Task, FileRecord | Same] = pool_for(archive, 1, nice=nice)
        self._archive = archive
        self._catalogue: Catalogue | None = None
        self._opened = 0.0

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """Open, for one job."""
        if self._catalogue is not None and time.monotonic() - self._opened > _KEPT_OPEN:
            self._let_go()
        if self._catalogue is None:
            self._catalogue, self._opened = open_known(self._archive), time.monotonic()
        try:
            yield self._catalogue
        except BaseException:
            self._let_go()
            raise

    def close(self) -> None:
        """Nothing is read here any more."""
        self.pool.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None


class Worker:
    """``run`` until :meth:`stop`, or until nothing is left to be done.

    ``slots``: files read at once; one more is kept for what a person waits for. ``only_read``: neither walks
    nor keeps the index. ``tell`` is called with a sentence now and then. ``silence``: seconds after which
    others are taken for dead.
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
        self._at_once = [READER_NOW] if only_read else [WALKER_NOW, READER_NOW]
        self._tell = tell
        self._silence = silence
        # The one given back last is taken first: others start when they are needed.
        self._desks: threads.LifoQueue[_Desk] = threads.LifoQueue()
        self._desk_at_once: threads.LifoQueue[_Desk] = threads.LifoQueue()  # for what a person waits for
        self._again = _Again()
        self._away = ""  # why this machine does not see the archive now
        self._stopped = False
        self.done = 0

    def stop(self) -> None:
        """Finish what is at work, take nothing more."""
        self._stopped = True

    def run(self, *, once: bool = False) -> int:
        """Work; how many jobs were done. A server that goes away is waited for, unless ``once``."""
        queue.server_for(self.archive)  # refuses at once what can never do
        hindrance = ""
        self.archive.ready_state()
        for name in ("procrastinate", "psycopg.pool", "asyncio"):  # what they say is said in our words
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        at_once = _Desk(self.archive, nice=0)
        desks = [_Desk(self.archive, nice=_BEHIND) for _slot in range(self._slots)]
        try:
            at_once.pool.warm_up()  # nobody is to wait for it
            self._desk_at_once.put(at_once)
            for desk in desks:
                self._desks.put(desk)
            while not self._stopped:
                if self._away:
                    self._wait_for_share(once=once)
                    continue
                try:
                    server = queue.server_for(self.archive)  # its password may be another by now
                    if not self._owner:
                        queue.check_made(server)
                    queue.make_tables(server)
                    queue.run(server, lambda app: self._work(app, once=once))
                    if once and not self._away:
                        break
                except (*_LOST, CatalogueError) as error:
                    if once and isinstance(error, CatalogueError):
                        raise
                    told = _in_words(error)
                    if told != hindrance:  # once, however long it lasts
                        self._tell(told)
                    hindrance = told
                    time.sleep(_RECONNECT)
        finally:
            for desk in (at_once, *desks):
                desk.close()
        return self.done

    def _wait_for_share(self, *, once: bool) -> None:
        """Take no jobs that others can do: one that is given back at once would come round for ever."""
        self._tell(self._away)
        while not self._stopped and not steps.sees(self.archive):
            if once:
                self._stopped = True
            else:
                time.sleep(_AWAY)
        self._away = ""

    async def _work(self, app: procrastinate.App, *, once: bool) -> None:
        await self._compare_clocks(app)
        self._register(app)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._slots + 4))
        if self._owner and await queue.has_outdated(app, steps.terms_of(self.archive)):
            arguments = {"paths": [], "full": False, "priority": NIGHT}
            await queue.put(app, "plan", WALKER, NIGHT + 5, arguments, once="plan::False")
        rescuing = asyncio.create_task(self._rescue(app))
        workings = [
            asyncio.create_task(self._take(app, self._queues, self._slots)),
            asyncio.create_task(self._take(app, self._at_once, 1)),
        ]
        try:
            while not any(working.done() for working in workings) and not (self._stopped or self._away):
                await asyncio.sleep(0.2)
                if once and await self._is_idle(app):
                    break
        finally:
            for task in (rescuing, *workings):
                task.cancel()
            ended = await asyncio.gather(*workings, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _take(self, app: procrastinate.App, queues: list[str], slots: int) -> None:
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
            queues=self._queues + self._at_once,
        )
        return not row["jobs"]

    async def _rescue(self, app: procrastinate.App) -> None:
        while True:
            with suppress(*_LOST):
                await self._compare_clocks(app)
                await queue.call_in(app)
                await queue.rescue(app, self._silence)
            await asyncio.sleep(self._silence / 3)

    async def _compare_clocks(self, app: procrastinate.App) -> None:
        self._again.ahead = queue.own_time() - await queue.server_time(app)

    def _register(self, app: procrastinate.App) -> None:
        archive, again = self.archive, self._again

        @app.task(name="dossier.plan", retry=again)
        async def plan(paths: list[str], full: bool, priority: int) -> None:
            wanted = paths_of(paths) or None
            found = await asyncio.to_thread(steps.plan, archive, wanted, full=full)
            if wanted is None:
                await queue.drop_planned(app, steps.terms_of(archive))
            else:  # what lies beside it waits for the night that has it, or for the end of this pass
                found = asked_for(found, wanted)
            await queue.put_files(app, archive, found, priority)
            arguments = {"left": ROUNDS, "priority": priority}
            await queue.put(app, "finish", WALKER, max(priority, DAY), arguments, once="finish", after=1)
            self.done += 1

        @app.task(name="dossier.read", retry=again)
        async def read(
            files: list[dict[str, Any]],
            reader: int,
            checklists: str,
            hopeless: bool = False,
            deaths: int = 0,  # of workers over it: for the queue alone
            now: bool = False,
        ) -> None:
            steps.check_terms(archive, steps.Terms(reader, checklists))
            entries = entries_of(files)
            await asyncio.to_thread(self._read, entries, hopeless=hopeless, at_once=now is True)
            if now is True:
                await queue.put(app, "index", WALKER_NOW, NOW + 1, {"files": files})
            self.done += 1

        @app.task(name="dossier.finish", retry=again)
        async def finish(left: int, priority: int) -> None:
            if await queue.unread_left(app):
                raise _NotYetError("")
            missing = await asyncio.to_thread(steps.finish, archive, last=left <= 1)
            if missing:
                await queue.put_files(app, archive, missing, NIGHT)
                again_ = {"left": left - 1, "priority": priority}
                await queue.put(app, "finish", WALKER, max(priority, DAY), again_, once="finish", after=1)
            else:
                await queue.put(app, "index", WALKER, max(priority, DAY), {}, once="index")
                await queue.put(app, "judge", WALKER, NIGHT, {}, once="judge")
                await queue.tidy(app)
            self.done += 1

        @app.task(name="dossier.index", retry=again)
        async def index(files: list[dict[str, Any]] | None = None) -> None:
            try:
                await asyncio.to_thread(steps.index, archive, entries_of(files or []))
            except IndexElsewhereError as error:  # which takes in what is new when somebody searches there
                self._tell(error.message)
            self.done += 1

        @app.task(name="dossier.judge", retry=again)
        def judge() -> None:
            steps.judge(archive)
            self.done += 1

    def _read(self, entries: list[FileEntry], *, hopeless: bool, at_once: bool) -> None:
        """What a job that reads is for, with a reader of our own. Raises as :func:`steps.read`."""
        if hopeless:
            steps.give_up(self.archive, entries)
            return
        desks = self._desk_at_once if at_once else self._desks
        desk = desks.get()
        try:
            with desk.catalogue() as catalogue:
                steps.read(self.archive, desk.pool, entries, owner=self._owner, open_already=catalogue)
        except steps.NotHereError as error:
            if not steps.sees(self.archive):
                self._away = _in_words(error)
            raise
        finally:
            desks.put(desk)
