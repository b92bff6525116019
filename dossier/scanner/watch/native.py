"""Translation of watchdog's events, and the observer for systems other than Linux."""

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

# No events of opening and reading, because our own reading would cause them.
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
    """Translates watchdog's events and passes them to the sink. ``closing``: the system also tells when a
    program closes a file that it wrote to; elsewhere nothing would ever end a file's being written."""

    def __init__(self, sink: Sink, *, closing: bool = False) -> None:
        self._sink = sink
        self._closing = closing

    def dispatch(self, event: FileSystemEvent) -> None:
        """Pass on an event; a move becomes a change of either path, and the disk shows what is there now."""
        path = _raw(event.src_path)
        if isinstance(event, FileClosedEvent):
            self._sink(Event(What.CLOSED, path))
            return
        writing = self._closing and isinstance(event, FileModifiedEvent)
        self._sink(Event(What.CHANGED, path, writing=writing))
        if event.dest_path:
            self._sink(Event(What.CHANGED, _raw(event.dest_path)))


def _raw(path: str | bytes) -> bytes:
    """Return the path as bytes with ``/`` as separator on every system."""
    raw = os.fsencode(path)
    return raw.replace(b"\\", b"/") if sys.platform == "win32" else raw


class NativeObserver(Observer):
    """Reports changes below a folder on systems other than Linux, by the system's own events."""

    name = "native"
    remote = False

    def start(self, sink: Sink) -> None:
        """Start the observer."""
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
        """Stop the observer and wait for its thread."""
        self._watch.stop()
        self._watch.join(5)
