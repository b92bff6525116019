"""Network shares, and disks that cannot be watched: list everything again and again."""

from __future__ import annotations

import os
import sys
import threading
import time

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
from watchdog.observers.polling import PollingEmitter

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


class PollingObserver(Observer):
    """See the module. ``seconds`` between two listings."""

    name = "polling"

    def __init__(self, folder: bytes, why: str, *, seconds: float, remote: bool) -> None:
        super().__init__(folder, why)
        self.seconds = seconds
        self.remote = remote

    def start(self, sink: Sink) -> None:
        """Begin; the first listing is done when this returns."""
        self._watch = BaseObserver(_Unhurried, timeout=self.seconds)
        self._watch.schedule(Relay(sink), os.fsdecode(self.folder), recursive=True, event_filter=WANTED)
        self._watch.start()

    def stop(self) -> None:
        """End; a listing under way is not waited for."""
        threading.Thread(target=self._watch.stop, daemon=True).start()
        self._watch.join(2)


class _Unhurried(PollingEmitter):
    """Lists for a quarter of the time at most: a large share behind a slow line is given rest."""

    _rest = 0.0

    def queue_events(self, timeout: float) -> None:
        """As the library's."""
        pause, begun = max(timeout, self._rest), time.monotonic()
        super().queue_events(pause)
        self._rest = 3 * (time.monotonic() - begun - pause)


class NativeObserver(Observer):
    """See the module."""

    name = "native"
    remote = False

    def start(self, sink: Sink) -> None:
        """Begin."""
        from watchdog.observers import Observer as Library

        self._watch = Library()
        self._watch.schedule(Relay(sink), os.fsdecode(self.folder), recursive=True)
        self._watch.start()

    def stop(self) -> None:
        """End."""
        self._watch.stop()
        self._watch.join(5)
