"""Reading in the background: fed, asked and ended from outside."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from dossier.scanner.background import Background
from dossier.scanner.sandbox import Died, Done, Outcome, Pool


def job(task: int) -> int:
    """Double it; die of a negative number; take very long over a large one."""
    if task < 0:
        os._exit(9)
    if task > 1000:
        time.sleep(600)
    return 2 * task


def collected(background: Background[int, int], count: int) -> list[tuple[int, Outcome[int]]]:
    found: list[tuple[int, Outcome[int]]] = []
    deadline = time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < deadline, found
        found += background.take(10)
        time.sleep(0.01)
    return found


def with_pool(use: Callable[[Background[int, int]], None], workers: int = 1) -> None:
    background = Background(Pool(job, workers=workers))
    try:
        use(background)
    finally:
        background.close()


def test_tasks_given_later_are_done_by_the_same_worker() -> None:
    def use(background: Background[int, int]) -> None:
        background.submit([1, 2])
        first = collected(background, 2)
        background.submit([3])
        assert [*first, *collected(background, 1)] == [(1, Done(2)), (2, Done(4)), (3, Done(6))]

    with_pool(use)


def test_worker_that_dies_takes_only_its_task_with_it() -> None:
    def use(background: Background[int, int]) -> None:
        background.submit([-1, 5])
        (task, outcome), second = collected(background, 2)
        assert task == -1
        assert isinstance(outcome, Died)
        assert second == (5, Done(10))

    with_pool(use)


def test_small_task_does_not_wait_for_a_large_one() -> None:
    def use(background: Background[int, int]) -> None:
        background.submit([2000, 4])
        assert collected(background, 1) == [(4, Done(8))]

    with_pool(use, workers=2)


def test_end_does_not_wait_for_the_task_at_hand() -> None:
    background = Background(Pool(job, workers=1))
    background.submit([1, 2000])
    collected(background, 1)
    background.close()
    assert not background._thread.is_alive()
