"""Collect file system events and determine which paths have settled and are due for comparison."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from dossier.archive import Archive
from dossier.scanner.watch import Event, Observer, Settling, What, start_observers
from dossier.scanner.watch.choose import instead, open_for_writing, stamp_of
from dossier.usecases.watch.news import News


@dataclass(slots=True)
class DuePaths:
    """Paths to compare with the catalogue next. ``everything``: the whole archive; ``raw``: settled paths."""

    everything: bool = True
    raw: set[bytes] = field(default_factory=set)
    deferred: set[str] = field(
        default_factory=set
    )  # deleted, perhaps moved: kept until files being read show it
    deferred_until: float = 0.0  # monotonic time

    def any(self) -> bool:
        """Whether anything is to be compared, now or soon."""
        return bool(self.everything or self.raw or self.deferred)


class Attention:
    """Collects paths from observers and puts those that no longer change into ``due``."""

    def __init__(self, archive: Archive, tell: Callable[[News], None]) -> None:
        self.archive = archive
        self.due = DuePaths()
        self.events: deque[Event] = deque()
        self.settling = Settling(archive.config.watch.patience_seconds)
        self.observers: list[Observer] = []
        self._tell = tell

    def restless(self) -> bool:
        """Whether there are events or paths that are not due yet."""
        return bool(self.events or len(self.settling))

    def stop(self) -> None:
        """Stop all observers."""
        for observer in self.observers:
            observer.stop()

    def look(self) -> None:
        """Process the events since the last call and update ``due``."""
        self._take_events()
        self._take_settled()

    def start(self) -> None:
        """Start, or restart, the observers."""
        self.stop()
        root = os.fsencode(self.archive.root.as_posix())
        poll = self.archive.config.watch.poll_seconds
        self.observers = start_observers(root, poll, self.events.append)
        for observer in self.observers:
            self._tell(News("watching", os.fsdecode(observer.folder), observer.why, (observer.name,)))

    def _take_events(self) -> None:
        now = time.monotonic()
        while self.events:
            event = self.events.popleft()
            if event.what is What.LIMIT:
                self._poll_instead(event.path)
            elif event.what is What.LOST:
                self._tell(News("lost", os.fsdecode(event.path)))
                self.due.everything = True
            elif self._is_unwatched(event.path):
                continue
            elif event.what is What.CLOSED:
                self.settling.closed(event.path)
            else:
                stamp = stamp_of(event.path)
                self.settling.touched(event.path, now, self._quiet(event.path), stamp, writing=event.writing)

    def _is_unwatched(self, path: bytes) -> bool:
        """Whether a path is in the state folder or in ``.git``, which are not watched."""
        state, root = os.fsencode(self.archive.state.as_posix()), self.archive.raw_root
        return any(path == own or path.startswith(own + b"/") for own in (state, root + b"/.git"))

    def _poll_instead(self, folder: bytes) -> None:
        """Replace a folder's observer by periodic listing, because the kernel has no watches left."""
        for place, observer in enumerate(self.observers):
            if observer.folder == folder and observer.name != "polling":
                observer.stop()
                self.observers[place] = instead(folder, self.archive.config.watch.poll_seconds)
                self.observers[place].start(self.events.append)
                self._tell(News("polling", os.fsdecode(folder), self.observers[place].why))
                self.due.everything = True

    def _quiet(self, path: bytes) -> float:
        """Seconds without a change after which a path is due; more on network folders, where other machines
        write unnoticed."""
        settings = self.archive.config.watch
        remote = any(o.remote and path.startswith(o.folder) for o in self.observers)
        return settings.network_quiet_seconds if remote else settings.quiet_seconds

    def _take_settled(self) -> None:
        now = time.monotonic()
        for path in self.settling.due(now):
            stamp = stamp_of(path)
            opened = open_for_writing(path) if stamp is not None else False
            if self.settling.looked(path, now, self._quiet(path), stamp, opened):
                self.due.raw.add(path)
