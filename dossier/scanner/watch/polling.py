"""Network shares, and disks that cannot be watched: list everything again and again."""

from __future__ import annotations

import os
import threading
import time

from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter

from dossier.scanner.watch.interface import Observer, Sink
from dossier.scanner.watch.native import WANTED, Relay


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
