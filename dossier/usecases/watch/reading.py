"""Background reading of files that people may change meanwhile."""

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

_BEHIND = 10  # nice value: under full load the readers get about a tenth of the processor, web pages the rest
Result = tuple[Task, Outcome[FileRecord | Same]]


class BackgroundReading:
    """Reads files in worker processes; of several readings of a file only the newest counts.

    The workers read quick files first. While they are busy with slow ones, one more worker reads quick files
    only, so that new text files are found at once although many scanned images are waiting.
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
        """Stop the workers; files in progress are not read."""
        self._all.close()
        self._express.close()

    def begin(self, update: Update, changes: Iterable[Change]) -> None:
        """Queue changed files for reading, except those being read already."""
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
        """Return up to ``most`` outcomes without waiting. Raises the error that stopped the reading, if
        any."""
        taken = self._express.take(most)
        taken += self._all.take(most - len(taken))
        self._long -= sum(_may_take_long(task) for task, _outcome in taken)
        return taken

    def claim(self, task: Task) -> Change | None:
        """Return the change that a finished task belongs to; ``None`` if the task was superseded."""
        change, wanted = self._wanted.get(task.entry.raw_path, (None, None))
        if wanted is not task:
            return None
        del self._wanted[task.entry.raw_path]
        return change

    def drop(self, task: Task) -> None:
        """Discard a task."""
        self._wanted.pop(task.entry.raw_path, None)

    def supersede(self, update: Update, everything: bool) -> None:
        """Discard the tasks of files changed again or deleted meanwhile."""
        present = {entry.raw_path: entry for entry in update.files}
        for path, (change, _task) in list(self._wanted.items()):
            now = present.get(path)
            seen = now is not None or everything or change.entry.dossier in update.kinds
            gone = not os.path.lexists(place(self._root, path))
            if gone or (seen and now != change.entry):
                del self._wanted[path]

    def twins(self) -> set[int]:
        """Return ids of catalogued files that files being read may turn out to be moved copies of."""
        return {change.twin.id for change, _task in self._wanted.values() if change.twin is not None}


def _may_take_long(task: Task) -> bool:
    format_ = EXTENSIONS.get(os.path.splitext(task.entry.path)[1].lower().removeprefix("."))
    return format_ is not None and format_.slow
