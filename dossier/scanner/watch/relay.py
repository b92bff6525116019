"""Events of the watchdog library as ours; what both of its observers need."""

from __future__ import annotations

import os

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
        path = os.fsencode(event.src_path)
        if isinstance(event, FileClosedEvent):
            self._sink(Event(What.CLOSED, path))
            return
        self._sink(Event(What.CHANGED, path, writing=isinstance(event, FileModifiedEvent)))
        if event.dest_path:
            self._sink(Event(What.CHANGED, os.fsencode(event.dest_path)))
