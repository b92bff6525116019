"""What crosses the seam between the observers and whoever acts on what they see."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class What(Enum):
    """``CHANGED``: made, written, renamed or gone. ``CLOSED``: a program that wrote let go of the file.
    ``LOST``: events were lost, everything below the path may have changed. ``LIMIT``: the system does
    not let us watch all folders; the observer is of no use any more."""

    CHANGED = "changed"
    CLOSED = "closed"
    LOST = "lost"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Event:
    """Something seen at ``path``, absolute, in the bytes of the file system. ``writing``: a program was
    seen writing to it."""

    what: What
    path: bytes
    writing: bool = False


Sink = Callable[[Event], None]  # called from threads of the observer


class Observer(ABC):
    """Watches one folder with all that is below it.

    ``name`` is what people call the way of watching, ``why`` a sentence why it was chosen; ``remote``
    when the files lie on another machine.
    """

    name: str
    remote: bool

    def __init__(self, folder: bytes, why: str) -> None:
        self.folder = folder
        self.why = why

    @abstractmethod
    def start(self, sink: Sink) -> None:
        """Begin. Raises ``OSError`` when the system does not let us."""

    @abstractmethod
    def stop(self) -> None:
        """End; no event comes afterwards."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size in bytes and time of the last write of a file that is there."""

    size: int
    mtime_ns: int


@dataclass(slots=True)
class _Moving:
    changed: float  # when it last was seen to change
    look_at: float  # when to look again
    stamp: Stamp | None
    writing: bool


class Settling:
    """Paths that something happened to, each until it has lain still.

    Still means: for ``quiet`` seconds no event and the same stamp, and no program has it open for
    writing; after ``patience`` seconds of the same stamp a file that stays open is taken all the same.
    Times are seconds of any clock that never runs backwards. Many events of a path are one.
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
        """Something happened to ``path``, whose stamp is this now (``None``: not there, or a folder)."""
        known = self._moving.get(path)
        writing = writing or (known is not None and known.writing)
        self._moving[path] = _Moving(now, now + quiet, stamp, writing and stamp is not None)

    def closed(self, path: bytes) -> None:
        """A program that wrote to ``path`` let go of it."""
        if known := self._moving.get(path):
            known.writing = False

    def due(self, now: float) -> list[bytes]:
        """Paths to be looked at now; tell what was seen by :meth:`looked`."""
        return [path for path, moving in self._moving.items() if moving.look_at <= now]

    def looked(self, path: bytes, now: float, quiet: float, stamp: Stamp | None, opened: bool | None) -> bool:
        """Whether ``path`` lies still; if so it is forgotten here.

        ``opened``: some program has it open for writing; ``None`` where that cannot be known, then
        the events tell.
        """
        moving = self._moving[path]
        if stamp != moving.stamp:
            moving.stamp, moving.changed, moving.look_at = stamp, now, now + quiet
            return False
        if now - moving.changed < quiet:
            moving.look_at = moving.changed + quiet
            return False
        busy = moving.writing if opened is None else opened
        if busy and stamp is not None and now - moving.changed < self._patience:
            moving.look_at = now + quiet
            return False
        del self._moving[path]
        return True
