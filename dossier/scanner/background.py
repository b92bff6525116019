"""Reading while other things go on: a pool of workers that is fed and asked from outside."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

from dossier.scanner.sandbox import Outcome, Pool
from dossier.workspace import carried

T = TypeVar("T")
R = TypeVar("R")

_MOST_WAITING = 500  # outcomes nobody fetched yet: then no further task is begun


class Background(Generic[T, R]):
    """Runs the tasks of a pool in a thread. The workers stay warm between tasks."""

    def __init__(self, pool: Pool[T, R]) -> None:
        self._pool = pool
        self._tasks: deque[T] = deque()
        self._done: deque[tuple[T, Outcome[R]]] = deque()
        self._news = threading.Condition()
        self._stopping = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=carried(self._work), name="reading", daemon=True)
        self._thread.start()

    def submit(self, tasks: Iterable[T]) -> None:
        """More to read, after what is waiting."""
        with self._news:
            self._tasks.extend(tasks)
            self._news.notify()

    def take(self, most: int) -> list[tuple[T, Outcome[R]]]:
        """Up to ``most`` outcomes, oldest first, without waiting. Raises what stopped the reading."""
        if self._failure is not None:
            raise self._failure
        taken = [self._done.popleft() for _number in range(min(most, len(self._done)))]
        if taken:
            with self._news:
                self._news.notify()
        return taken

    def close(self) -> None:
        """End the workers, whatever they are doing; what they were at has no outcome."""
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
        except BaseException as error:  # noqa: BLE001  raised again where somebody looks
            self._failure = error
        finally:
            self._pool.close()

    def __iter__(self) -> Background[T, R]:
        return self

    def __next__(self) -> T:
        """The next task for the pool. It asks again after every outcome, so the end is not the end."""
        if self._stopping or len(self._done) >= _MOST_WAITING:
            raise StopIteration
        try:
            return self._tasks.popleft()
        except IndexError:
            raise StopIteration from None
