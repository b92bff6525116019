"""Reading in the background: a pool of workers run by a thread, with queues of tasks and of outcomes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

from dossier.scanner.sandbox import Outcome, Pool
from dossier.workspace import with_context

T = TypeVar("T")
R = TypeVar("R")

_MOST_WAITING = 500  # outcomes not fetched yet, at which no further task is started


class Background(Generic[T, R]):
    """Runs the tasks of a pool in a thread. The worker processes keep running between tasks."""

    def __init__(self, pool: Pool[T, R]) -> None:
        self._pool = pool
        self._tasks: deque[T] = deque()
        self._done: deque[tuple[T, Outcome[R]]] = deque()
        self._news = threading.Condition()
        self._stopping = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=with_context(self._work), name="reading", daemon=True)
        self._thread.start()

    def submit(self, tasks: Iterable[T]) -> None:
        """Append tasks to the queue."""
        with self._news:
            self._tasks.extend(tasks)
            self._news.notify()

    def take(self, most: int) -> list[tuple[T, Outcome[R]]]:
        """Return up to ``most`` outcomes, oldest first, without waiting. Raises the error that stopped the
        thread, if any."""
        if self._failure is not None:
            raise self._failure
        taken = [self._done.popleft() for _number in range(min(most, len(self._done)))]
        if taken:
            with self._news:
                self._news.notify()
        return taken

    def close(self) -> None:
        """Stop the workers at once; their current tasks get no outcome."""
        with self._news:
            self._stopping = True
            self._tasks.clear()
            self._news.notify()
        self._pool.interrupt()
        self._thread.join(5)

    def _ready(self) -> bool:
        return self._stopping or (bool(self._tasks) and len(self._done) < _MOST_WAITING)

    def _work(self) -> None:
        try:
            while True:
                with self._news:
                    self._news.wait_for(self._ready)
                if self._stopping:
                    return
                for task, outcome in self._pool.run(self):
                    if self._stopping:
                        return
                    self._done.append((task, outcome))
        except BaseException as error:  # noqa: BLE001  raised again by take()
            self._failure = error
        finally:
            self._pool.close()

    def __iter__(self) -> Background[T, R]:
        return self

    def __next__(self) -> T:
        """Return the next task for the pool, which asks again after every outcome, even after the end."""
        if self._stopping or len(self._done) >= _MOST_WAITING:
            raise StopIteration
        try:
            return self._tasks.popleft()
        except IndexError:
            raise StopIteration from None
