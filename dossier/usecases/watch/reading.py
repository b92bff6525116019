"""Files that are being read in the background while people go on changing them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from dossier.archive import Archive
from dossier.model import FileRecord
from dossier.plain_file import place
from dossier.scanner.background import Background
from dossier.scanner.changes import Change
from dossier.scanner.formats import EXTENSIONS
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Outcome
from dossier.usecases.reading import pool_for, processor_for
from dossier.usecases.updating import Update

_BEHIND = (
    10  # so far behind the pages that people wait for: a tenth of the processor where both want all of it
)
Result = tuple[Task, Outcome[FileRecord | Same]]


class BackgroundReading:
    """The newest reading of every file counts; what comes of an older one is not wanted.

    All workers read whatever there is, what is short first. While they are at what may take long, one
    more reads what is short, so that a text is found at once although a thousand scans wait.
    """

    def __init__(self, archive: Archive, workers: int) -> None:
        self._root = os.fsencode(archive.root)
        self.processor = processor_for(archive)
        self._all: Background[Task, FileRecord | Same] = Background(pool_for(archive, workers, nice=_BEHIND))
        self._express: Background[Task, FileRecord | Same] = Background(pool_for(archive, 1, nice=_BEHIND))
        self._wanted: dict[bytes, tuple[Change, Task]] = {}
        self._long = 0  # tasks without outcome that may take long

    def __len__(self) -> int:
        return len(self._wanted)

    def close(self) -> None:
        """End the workers; what they are at is not read."""
        self._all.close()
        self._express.close()

    def begin(self, update: Update, changes: Iterable[Change]) -> None:
        """Have these read, but for those that are being read already."""
        short: list[Task] = []
        long: list[Task] = []
        for change in changes:
            path = change.entry.raw_path
            if path not in self._wanted:
                task = update.task(change)
                self._wanted[path] = change, task
                (long if _may_take_long(task) else short).append(task)
        (self._express if self._long else self._all).submit(short)
        self._all.submit(long)
        self._long += len(long)

    def take(self, most: int) -> list[Result]:
        """Up to so many outcomes, without waiting. Raises what stopped the reading."""
        taken = self._express.take(most)
        taken += self._all.take(most - len(taken))
        self._long -= sum(_may_take_long(task) for task, _outcome in taken)
        return taken

    def claim(self, task: Task) -> Change | None:
        """The change whose reading this was; ``None`` when it is not wanted any more."""
        change, wanted = self._wanted.get(task.entry.raw_path, (None, None))
        if wanted is not task:
            return None
        del self._wanted[task.entry.raw_path]
        return change

    def drop(self, task: Task) -> None:
        """It is not wanted any more."""
        self._wanted.pop(task.entry.raw_path, None)

    def supersede(self, update: Update, everything: bool) -> None:
        """Files that changed again or went meanwhile: what comes of their reading is not wanted."""
        there = {entry.raw_path: entry for entry in update.files}
        for path, (change, _task) in list(self._wanted.items()):
            now = there.get(path)
            seen = now is not None or everything or change.entry.dossier in update.kinds
            gone = not os.path.lexists(place(self._root, path))
            if gone or (seen and now != change.entry):
                del self._wanted[path]

    def twins(self) -> set[int]:
        """Rows of files that those being read may turn out to be, under another name."""
        return {change.twin.id for change, _task in self._wanted.values() if change.twin is not None}


def _may_take_long(task: Task) -> bool:
    format_ = EXTENSIONS.get(os.path.splitext(task.entry.path)[1].lower().removeprefix("."))
    return format_ is not None and format_.slow
