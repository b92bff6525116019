"""Workers that start warm: from a process that has imported, and made, all that reading a paper needs.

A command starts its workers cold, which takes half a second each: much, for a test that scans three papers.
Bounds, pipes, crashes and clocks are the same; tests that look at these themselves start them cold.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess
from typing import Any

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.warmed", "pytest"])


class Warm:
    """What the pool asks of a context."""

    Pipe = CONTEXT.Pipe

    @staticmethod
    def Process(*, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> BaseProcess:
        return CONTEXT.Process(target=begin, args=(dict(os.environ), target, args), daemon=daemon)


def begin(environment: Mapping[str, str], target: Callable[..., None], args: tuple[Any, ...]) -> None:
    """The work, in the environment of the test rather than of the process that was there first."""
    os.environ.clear()
    os.environ.update(environment)
    target(*args)
