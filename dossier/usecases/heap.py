"""Memory of long-running processes: return freed memory to the system, and control the garbage collector.

glibc keeps freed memory in separate heaps (arenas) for groups of threads. The full-text engine starts new
threads for every batch it writes, so without this module the watcher would grow by the peak of each heap.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterator

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # mallopt(3)
_SMALL = 128 << 10  # bytes: glibc's initial thresholds, which it would otherwise raise over time
_HEAPS = 2
_SELDOM = 50_000  # net new objects between two collections


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Switch the garbage collector off while the body creates many lasting objects without reference cycles.

    The collector would traverse all of them repeatedly and free none: a third of the time of an evaluation.
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
    """Collect garbage rarely while the body creates and drops many objects with few reference cycles:
    existing objects are frozen, others traversed once in many thousand. Saves a tenth of a scan's time for
    cataloguing and indexing."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def freeze_objects() -> None:
    """Exclude all existing objects from garbage collection until :func:`unfreeze_objects`. Traversing some
    hundred thousand objects would stop every thread for half a second."""
    gc.freeze()


def unfreeze_objects() -> None:
    """Undo :func:`freeze_objects` and run a full collection, which frees unreachable cycles among the frozen
    objects."""
    gc.unfreeze()
    gc.collect()


def stay_small() -> None:
    """Limit the number of heaps and return free memory at their ends at once. Affects the whole process from
    now on."""
    _call("mallopt", _ARENA_MAX, _HEAPS)
    _call("mallopt", _TRIM_THRESHOLD, _SMALL)
    _call("mallopt", _MMAP_THRESHOLD, _SMALL)


def give_back() -> None:
    """Return free memory inside the heaps to the system, too; takes milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    # Other C libraries neither have nor need these functions.
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            getattr(ctypes.CDLL(None), name)(*values)
