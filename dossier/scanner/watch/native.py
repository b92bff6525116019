"""Local disks under Windows and macOS: the observer that the library takes there."""

from __future__ import annotations

import os

from dossier.scanner.watch.interface import Observer, Sink
from dossier.scanner.watch.relay import Relay


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
