"""Events of the watchdog library as ours; what both of its observers need."""

from __future__ import annotations

import os
import sys

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from dossier.scanner.watch.interface import Event, Sink, What

# Opening and reading is none of our business, and would come back at us whenever we read.
WANTED: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Relay(FileSystemEventHandler):
    """Hands events on."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def dispatch(self, event: FileSystemEvent) -> None:
        """Both ends of a move are changes of their own: what was moved is told by the disk."""
        path = _raw(event.src_path)
        if isinstance(event, FileClosedEvent):
            self._sink(Event(What.CLOSED, path))
            return
        self._sink(Event(What.CHANGED, path, writing=isinstance(event, FileModifiedEvent)))
        if event.dest_path:
            self._sink(Event(What.CHANGED, _raw(event.dest_path)))


def _raw(path: str | bytes) -> bytes:
    """Parted by ``/`` on every system."""
    raw = os.fsencode(path)
    return raw.replace(b"\\", b"/") if sys.platform == "win32" else raw
