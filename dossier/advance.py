"""How far long work is: who waits listens, and who works says it without knowing who listens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar

from dossier import workspace
from dossier.workspace import Listener

Item = TypeVar("Item")


@contextmanager
def heard_by(listener: Listener | None) -> Iterator[None]:
    """Work done in the body tells ``listener`` how far it is."""
    with workspace.within(listener=listener):
        yield


def tell(done: int, total: int, what: str = "") -> None:
    """Say how far the work is; nothing happens where nobody listens."""
    if (listener := workspace.current().listener) is not None:
        listener(done, total, what)


def counted(work: Iterable[Item], total: int | None = None, what: str = "") -> Iterator[Item]:
    """The items as they are, each told when it is taken; ``total``: how many, where they have no length."""
    if total is None:
        total = len(work) if isinstance(work, Sized) else 0
    for done, item in enumerate(work):
        tell(min(done, total), total, what)
        yield item
    tell(total, total, what)
