"""The interface between the observers and their users: events, observers, and files that are settling."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class What(Enum):
    """The type of an event.

    ``CHANGED``: created, written, renamed or removed. ``CLOSED``: a program that wrote to the file closed it.
    ``LOST``: events were lost, anything below the path may have changed. ``LIMIT``: not all folders can be
    watched, because a limit of the system is reached; the observer must be replaced."""

    CHANGED = "changed"
    CLOSED = "closed"
    LOST = "lost"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Event:
    """A change at ``path`` (absolute, bytes of the file system). ``writing``: a program was writing to it."""

    what: What
    path: bytes
    writing: bool = False


Sink = Callable[[Event], None]  # called from threads of the observer


class Observer(ABC):
    """Watches one folder and everything below it.

    ``name`` is the method of watching, ``why`` a sentence on why it was chosen; ``remote``: the files are
    on another machine.
    """

    name: str
    remote: bool

    def __init__(self, folder: bytes, why: str) -> None:
        self.folder = folder
        self.why = why

    @abstractmethod
    def start(self, sink: Sink) -> None:
        """Start the observer. Raises ``OSError`` if the system does not allow that."""

    @abstractmethod
    def stop(self) -> None:
        """Stop the observer; no event is delivered afterwards."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size in bytes and time of the last write of an existing file."""

    size: int
    mtime_ns: int


@dataclass(slots=True)
class _Moving:
    changed: float  # time of the last change seen
    check_at: float  # time of the next check
    stamp: Stamp | None
    writing: bool


class Settling:
    """Changed paths that have not come to rest yet.

    A path is at rest if for ``quiet`` seconds there was no event and the stamp stayed the same, and no
    program has it open for writing; after ``patience`` seconds with the same stamp a file that stays open
    counts as at rest too. Times are seconds of a monotonic clock. Several events of a path count as one.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._moving: dict[bytes, _Moving] = {}

    def __len__(self) -> int:
        return len(self._moving)

    def __contains__(self, path: object) -> bool:
        return path in self._moving

    def touched(
        self, path: bytes, now: float, quiet: float, stamp: Stamp | None, *, writing: bool = False
    ) -> None:
        """Record an event of ``path``; ``stamp``: its stamp now (``None``: missing, or a folder)."""
        known = self._moving.get(path)
        writing = writing or (known is not None and known.writing)
        self._moving[path] = _Moving(now, now + quiet, stamp, writing and stamp is not None)

    def closed(self, path: bytes) -> None:
        """Record that a program that wrote to ``path`` closed it."""
        if known := self._moving.get(path):
            known.writing = False

    def due(self, now: float) -> list[bytes]:
        """Return the paths to be checked now; pass the result of each check to :meth:`looked`."""
        return [path for path, moving in self._moving.items() if moving.check_at <= now]

    def looked(self, path: bytes, now: float, quiet: float, stamp: Stamp | None, opened: bool | None) -> bool:
        """Record a check of ``path``; return whether it is at rest, and if so, forget it.

        ``opened``: a program has the file open for writing; ``None`` if that is unknown, then the events
        decide.
        """
        moving = self._moving[path]
        if stamp != moving.stamp:
            moving.stamp, moving.changed, moving.check_at = stamp, now, now + quiet
            return False
        if now - moving.changed < quiet:
            moving.check_at = moving.changed + quiet
            return False
        busy = moving.writing if opened is None else opened
        if busy and stamp is not None and now - moving.changed < self._patience:
            moving.check_at = now + quiet
            return False
        del self._moving[path]
        return True
