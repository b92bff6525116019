"""Observer of local disks under Linux, by inotify."""

from __future__ import annotations

import errno
import logging
import os
import warnings

from watchdog.observers.api import DEFAULT_OBSERVER_TIMEOUT, BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchCallback,
    WatchDescriptor,
)

from dossier.scanner.watch.interface import Event, Observer, Sink, What
from dossier.scanner.watch.native import WANTED, Relay

# A folder that appears while its parent is being listed is added twice, of which watchdog warns. Its log
# messages about lost events are suppressed, because the observer reports these itself.
warnings.filterwarnings("ignore", message="Callback with id", category=RuntimeWarning)
logging.getLogger("watchdog").addHandler(logging.NullHandler())

_LIMITS = (errno.ENOSPC, errno.EMFILE, errno.ENOMEM)


class InotifyObserver(Observer):
    """Reports every change below a folder, by inotify."""

    name = "inotify"
    remote = False

    def start(self, sink: Sink) -> None:
        """Start the observer. Raises ``OSError`` if no watches are left for the folder itself."""
        self._inotify = _ReportingInotify(self.folder, sink)
        self._inotify.start()
        self._watch = BaseObserver(InotifyEmitter, timeout=DEFAULT_OBSERVER_TIMEOUT, inotify_fd=self._inotify)
        relay = Relay(sink, closing=True)
        self._watch.schedule(relay, os.fsdecode(self.folder), recursive=True, event_filter=WANTED)
        try:
            self._watch.start()
        except OSError:
            self._inotify.stop()
            raise

    def stop(self) -> None:
        """Stop the observer and wait for its threads."""
        self._watch.stop()
        self._watch.join(5)
        self._inotify.stop()
        self._inotify.join(5)


class _ReportingInotify(InotifyFD):
    """Reports when the kernel lost events or has no watches left, which watchdog ignores silently."""

    def __init__(self, folder: bytes, sink: Sink) -> None:
        super().__init__()
        self._folder = folder
        self._sink = sink

    def add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        """Override of watchdog's method: also reports that the limit of watches is reached."""
        try:
            return super().add_callback(path, mask, callback, id_)
        except OSError as error:
            if error.errno in _LIMITS:
                self._sink(Event(What.LIMIT, self._folder))
            raise

    def handle_event(self, event: InotifyEvent) -> None:
        """Override of watchdog's method, which watches all folders anew after a loss: also reports the
        loss."""
        super().handle_event(event)
        if event.is_queue_overflow:
            self._sink(Event(What.LOST, self._folder))
