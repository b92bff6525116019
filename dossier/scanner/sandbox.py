"""A pool of worker processes in which a job may crash, hang or use up memory without harm to the rest.

Every task gets exactly one outcome. A worker that dies loses only its current task; tasks waiting
behind it are run by its successor. Workers run in sessions of their own, so that Ctrl-C reaches only the
parent, and end when the parent ends. Their limits and their messages are in
:mod:`dossier.scanner.sandbox_worker`.

Workers are spawned on every system: a plain fork would copy locks that other threads hold, such as
the full-text engine's, and children of a fork server outlive a killed parent. Jobs, tasks and
results must be picklable.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from dossier.errors import ArchiveError
from dossier.held_folder import HeldFolder
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.scanner import sandbox_worker
from dossier.scanner.sandbox_worker import Bounds, still_alive

__all__ = ["Bounds", "Died", "Done", "Outcome", "Pool", "still_alive"]

T = TypeVar("T")
R = TypeVar("R")

CONTEXT: Any = multiprocessing.get_context("spawn")  # how workers are started
_START_SECONDS = 60.0  # limit for the start of a worker, imports included, on a slow disk
_OVER_TIME = ("SIGXCPU", "exit 1816")  # the latter on Windows, see dossier/windows/jobs.py
# Most tasks sent to a worker, the current one included, while tasks are quick: enough to keep it busy while
# the parent catalogues many files at once.
_AHEAD = 16
_QUICK_SECONDS = 0.05  # duration of a quick task
_PAUSES = (0.2, 0.5, 1.0)  # seconds between attempts to start a worker
_POLL_SECONDS = 0.2  # between two checks for new tasks for idle workers
# Bytes that fit into a pipe for certain: sending ahead must never block. (Linux: 200 KiB; others: 8.)
_AHEAD_BYTES = 16_384 if sys.platform == "linux" else 4096


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """The outcome of a job that returned a value."""

    value: R


@dataclass(frozen=True, slots=True)
class Died:
    """The outcome of a job without a result: a limit was exceeded, or it crashed. ``detail`` is technical."""

    cause: Literal["timeout", "cpu", "memory", "output", "crash"]
    detail: str


Outcome = Done[R] | Died


class Pool(Generic[T, R]):
    """Runs a job on tasks in ``workers`` processes. Use as a context manager.

    ``job``: picklable callable of one task. ``seconds``: time limit of one task, restarted by every
    :func:`still_alive`. ``bounds``: limits of a worker. ``again``: returns the task to be run instead of one
    that crashed its worker, or ``None``; the outcome is then that task's. ``long``: whether a task may
    take long; such tasks are sent to idle workers only, and none waits behind them.
    No process starts before the first task, except by :meth:`warm_up`.
    """

    def __init__(
        self,
        job: Callable[[T], R],
        *,
        workers: int,
        seconds: float = 120.0,
        bounds: Bounds | None = None,
        again: Callable[[T], T | None] = lambda _task: None,
        long: Callable[[T], bool] = lambda _task: False,
    ) -> None:
        self._job = job
        self._again = again
        self._long = long
        self._count = max(workers, 1)
        self._seconds = seconds
        self._bounds = bounds or Bounds()
        self._workers: list[_Worker[T, R]] = []
        self._running = False

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def warm_up(self) -> None:
        """Start all processes before the first task, because a start takes half a second. Raises
        :class:`ArchiveError` if one cannot be started."""
        while len(self._workers) < self._count:
            self._workers.append(_Worker(*_start(self._job, self._bounds)))

    def close(self) -> None:
        """Kill all workers, even busy ones."""
        while self._workers:
            self._workers.pop().kill()

    def interrupt(self) -> None:
        """Kill the workers from another thread; a run in progress then sees them die."""
        for worker in list(self._workers):
            worker.end()

    def run(self, tasks: Iterable[T]) -> Iterator[tuple[T, Outcome[R]]]:
        """Yield each task with its outcome, in the order in which they are finished.

        ``tasks`` is consumed only as fast as workers become free. One run at a time. Raises
        :class:`ArchiveError` if no worker can be started.
        """
        if self._running:
            raise RuntimeError("the pool is already running")
        self._running = True
        source: _Source[T] = _Source(tasks)
        try:
            while True:
                self._feed(source)
                busy = [worker for worker in self._workers if worker.tasks]
                if not busy:
                    return
                yield from self._collect(busy, source)
        finally:
            self._running = False
            for worker in [worker for worker in self._workers if worker.tasks]:
                self._drop(worker)

    def _feed(self, source: _Source[T]) -> None:
        """Send tasks: first to idle workers, then to new ones, then ahead to busy ones."""
        for depth in range(1, _AHEAD + 1):
            for worker in list(self._workers):
                if len(worker.tasks) >= depth or (item := source.peek()) is None:
                    continue
                if worker.accepts(item) and not self._must_wait(worker, item):
                    self._send(worker, source)
            while depth == 1 and len(self._workers) < self._count and source.peek():
                worker = _Worker(*_start(self._job, self._bounds))
                self._workers.append(worker)
                self._send(worker, source)

    def _must_wait(self, worker: _Worker[T, R], item: _Item[T]) -> bool:
        """Whether the task must wait until the worker is idle, because it or the current task may take
        long."""
        return bool(worker.tasks) and (self._long(item.task) or self._long(worker.tasks[0].task))

    def _send(self, worker: _Worker[T, R], source: _Source[T]) -> None:
        item = source.take()
        if not worker.send(item):  # an idle worker died; deaths of busy ones are handled by _collect
            source.put_back([item])
            if not worker.tasks:
                self._drop(worker)

    def _collect(self, busy: list[_Worker[T, R]], source: _Source[T]) -> Iterator[tuple[T, Outcome[R]]]:
        """Wait for messages from the workers, or their time limits; yield the outcomes."""
        patience = min(worker.deadline(self._seconds) for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], max(min(patience, _POLL_SECONDS), 0))
        for worker in busy:
            if worker.pipe in ready or worker.pipe.poll():
                outcome = worker.receive()
            elif worker.deadline(self._seconds) <= time.monotonic():
                outcome = Died("timeout", f"> {self._seconds:g} s")
                worker.kill()
            else:
                continue
            if outcome is None:
                continue
            if not worker.up:
                raise _cannot_start(outcome.detail if isinstance(outcome, Died) else "")
            task = worker.tasks.popleft().task
            if worker.dead:
                source.put_back(worker.tasks)
                self._workers.remove(worker)
            crashed = worker.dead and isinstance(outcome, Died) and outcome.cause == "crash"
            if crashed and (other := self._again(task)) is not None:
                source.put_back([_Item.of(other)])
                continue
            yield task, outcome

    def _drop(self, worker: _Worker[T, R]) -> None:
        worker.kill()
        self._workers.remove(worker)


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    """A task and its pickled form."""

    task: T
    message: bytes

    @classmethod
    def of(cls, task: T) -> _Item[T]:
        """The item of a task."""
        return cls(task, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))


class _Source(Generic[T]):
    """The tasks still to be sent: first those left by a dead worker, then those of the iterable."""

    def __init__(self, tasks: Iterable[T]) -> None:
        self._tasks = iter(tasks)
        self._waiting: deque[_Item[T]] = deque()

    def peek(self) -> _Item[T] | None:
        """Return the next task without removing it, or ``None`` at the end."""
        if not self._waiting:
            for task in self._tasks:
                self._waiting.append(_Item.of(task))
                break
        return self._waiting[0] if self._waiting else None

    def take(self) -> _Item[T]:
        """Remove and return the task that :meth:`peek` has just returned."""
        return self._waiting.popleft()

    def put_back(self, items: Iterable[_Item[T]]) -> None:
        """Put back tasks that no worker has started, in their order."""
        self._waiting.extendleft(reversed(list(items)))


@dataclass(eq=False, slots=True)
class _Worker(Generic[T, R]):
    """The parent's side of one worker process. The first of ``tasks`` is the current one."""

    process: Any
    pipe: Connection
    folder: HeldFolder  # the only folder in which the process may write; removed with it
    tasks: deque[_Item[T]] = field(default_factory=deque)
    up: bool = False  # the process has started
    dead: bool = False
    _since: float = field(default_factory=time.monotonic)  # start or last sign of life of the current task
    _quick: bool = True  # the last task was quick

    def accepts(self, item: _Item[T]) -> bool:
        """Whether the task may be sent now: an idle worker reads at once, a busy one's pipe must have
        room."""
        if not self.tasks:
            return True
        if len(self.tasks) > 1 and not self._quick:
            return False
        return sum(len(waiting.message) for waiting in self.tasks) + len(item.message) <= _AHEAD_BYTES

    def send(self, item: _Item[T]) -> bool:
        """Send a task; return false if the worker is dead."""
        try:
            self.pipe.send_bytes(item.message)
        except OSError:
            return False
        if self.up and not self.tasks:
            self._since = time.monotonic()
        self.tasks.append(item)
        return True

    def deadline(self, seconds: float) -> float:
        """Return the time (monotonic clock) at which the current task exceeds its limit."""
        return self._since + (seconds if self.up else _START_SECONDS)

    def receive(self) -> Outcome[R] | None:
        """Read one message: return the outcome of the current task, or ``None`` if the task is still
        running."""
        now = time.monotonic()
        try:
            message = self.pipe.recv_bytes()
            kind = message[:1]
            value: Any = (
                sandbox_worker.read(memoryview(message)[1:]) if kind == sandbox_worker.VALUE else None
            )
        except (EOFError, OSError, pickle.UnpicklingError):
            self.kill()
            signal_or_code = _cause_of_death(self.process.exitcode)
            return Died("cpu" if signal_or_code in _OVER_TIME else "crash", signal_or_code)
        self._quick = now - self._since < _QUICK_SECONDS
        self._since = now
        if kind == sandbox_worker.VALUE:
            return Done(value)
        if kind == sandbox_worker.FAILED:
            return Died("crash", message[1:].decode("utf-8", "replace"))
        if kind == sandbox_worker.OUTPUT:
            return Died("output", "> output_bytes")
        if kind == sandbox_worker.MEMORY:
            self.kill()
            return Died("memory", "MemoryError")
        self.up = True
        return None

    def kill(self) -> None:
        """Kill the process and the programs it started, close the pipe and remove the folder."""
        self.dead = True
        self.pipe.close()
        self.end()
        self.process.join(5)
        self.folder.remove()

    def end(self) -> None:
        """Kill the process and the programs it started. Safe to call from other threads, unlike
        :meth:`kill`."""
        if self.up and sys.platform != "win32" and self.process.exitcode is None:
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()


def _start(job: Callable[[Any], Any], bounds: Bounds) -> tuple[Any, Connection, HeldFolder]:
    """Start a worker; return the process, the parent's end of the pipe, and the worker's folder."""
    ours, theirs = CONTEXT.Pipe()
    folder = None
    try:
        folder = HeldFolder()
        # By file: start() would wait forever for a process that dies before it has read a long argument.
        _write_job(folder.path / sandbox_worker.JOB, job)
        process = CONTEXT.Process(
            target=sandbox_worker.work, args=(theirs, bounds, str(folder.path)), daemon=True
        )
        _start_process(process)
    except (ArchiveError, OSError) as error:
        if folder is not None:
            folder.remove()
        if isinstance(error, OSError):
            raise _cannot_start(str(error)) from error
        raise
    finally:
        theirs.close()
    return process, ours, folder


def _write_job(file: Path, job: Callable[[Any], Any]) -> None:
    try:
        file.write_bytes(pickle.dumps(job, pickle.HIGHEST_PROTOCOL))
    except OSError as error:
        raise ArchiveError(
            _("Không ghi được vào thư mục tạm {folder}: {why}.").format(
                folder=tempfile.gettempdir(), why=in_words(error)
            ),
            _("Giải phóng chỗ trống trên đĩa rồi chạy lại; những gì đã ghi vẫn còn nguyên."),
        ) from error


def _start_process(process: Any) -> None:
    """Start the process, on Windows with several attempts: it refuses at times, while a virus scanner checks
    the program or many processes start at once."""
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            process.start()
        except OSError:
            time.sleep(pause)
        else:
            return
    process.start()


def _cause_of_death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exitcode).name
    return f"exit {exitcode}"


def _cannot_start(why: str) -> ArchiveError:
    return ArchiveError(
        _("Không khởi động được tiến trình đọc tệp ({why}).").format(why=why),
        _("Hãy đóng bớt chương trình khác để có thêm bộ nhớ rồi chạy lại."),
    )
