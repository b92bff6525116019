"""Progress of long work: callers register a listener, and the work reports to it without knowing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar

from dossier import workspace
from dossier.workspace import Listener

Item = TypeVar("Item")


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Report progress of work done in the body to ``listener``."""
    with workspace.within(listener=listener):
        yield


def report_progress(done: int, total: int, what: str = "") -> None:
    """Report progress; does nothing without a listener."""
    if (listener := workspace.current().listener) is not None:
        listener(done, total, what)


def counted(work: Iterable[Item], total: int | None = None, what: str = "") -> Iterator[Item]:
    """Yield the items and report progress for each; ``total``: their number, if they have no length."""
    if total is None:
        total = len(work) if isinstance(work, Sized) else 0
    for done, item in enumerate(work):
        report_progress(min(done, total), total, what)
        yield item
    report_progress(total, total, what)
