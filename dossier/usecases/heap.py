"""Memory: what a process which runs for months gives back to the system, and when nobody looks for
what could be freed.

glibc keeps what was freed in one heap for every few threads. The full-text engine starts new threads
for every batch it writes, so without this the watcher grows by what each of these heaps once held.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterator

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # mallopt(3)
_SMALL = 128 << 10  # bytes: the library's own first thresholds, which it would raise as it goes
_HEAPS = 2
_SELDOM = 50_000  # objects made and kept


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """While very many values are made that stay and never refer to one another in a circle.

    The collector would go through all of them over and over and free none: a third of the time that
    judging takes.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """While much is made and most of it let go, hardly any of it in circles: what is here now is not looked
    through, and the rest once in many thousand objects. A tenth of the time that a scan takes to catalogue
    and index what was read."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def settle() -> None:
    """What is here now stays until :func:`unsettle`: the collector need not look through it again. Going
    through some hundred thousand values stops every thread for half a second."""
    gc.freeze()


def unsettle() -> None:
    """Look through everything once, what was settled too: circles of it that were let go are freed."""
    gc.unfreeze()
    gc.collect()


def stay_small() -> None:
    """Few heaps, and their free ends go back at once. Holds for the whole process, from now on."""
    _call("mallopt", _ARENA_MAX, _HEAPS)
    _call("mallopt", _TRIM_THRESHOLD, _SMALL)
    _call("mallopt", _MMAP_THRESHOLD, _SMALL)


def give_back() -> None:
    """Give back what is free in the midst of the heaps, too; takes milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    # Other C libraries have no such functions, and do not need them.
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            getattr(ctypes.CDLL(None), name)(*values)
