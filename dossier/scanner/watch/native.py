"""What the library tells of changes, handed on; and its own way of watching, where we have none."""

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
from watchdog.observers.api import BaseObserver

from dossier.scanner.watch.interface import Event, Observer, Sink, What

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


class NativeObserver(Observer):
    """Systems other than Linux: what they tell of changes."""

    name = "native"
    remote = False

    def start(self, sink: Sink) -> None:
        """Begin."""
        self._watch = self._library(sink)
        self._watch.schedule(Relay(sink), os.fsdecode(self.folder), recursive=True)
        self._watch.start()

    def _library(self, sink: Sink) -> BaseObserver:
        if sys.platform == "win32":
            from dossier.windows.changes import observer

            return observer(lambda: sink(Event(What.LOST, self.folder)))
        from watchdog.observers import Observer as Library

        return Library()

    def stop(self) -> None:
        """End."""
        self._watch.stop()
        self._watch.join(5)
