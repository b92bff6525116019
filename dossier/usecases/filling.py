"""The first full-text index of an archive, filled while its files are read.

What was read is at hand then, and a processor that waits for the disk or for a worker has something to do;
filled at the end, one processor would work and the others wait.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager, suppress

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.errors import IndexUnusableError
from dossier.index import NewIndex, Writer, is_filled, new_index
from dossier.index.folder import Marks, mark
from dossier.model import DossierFolder
from dossier.usecases.following import Worth, worth
from dossier.usecases.indexing import announce, put

_FAILURES = (OSError, ValueError, IndexUnusableError)  # of engines, and of the disk below them


class _UnfinishedError(Exception):
    """Tells a writer to keep nothing."""


class Filling:
    """An index beside none: files are taken in as they are catalogued, then it is put in force.

    Whatever changes a file after it was taken in leaves it in the outbox, so catching up afterwards gives the
    same index as one filled at the end. Where anything fails it is given up, and the index made as ever. Use
    as a context manager; for the writer only.
    """

    def __init__(self, archive: Archive, catalogue: Catalogue) -> None:
        self._where = archive.state / "index", archive.config.index.engine
        self._archive, self._catalogue = archive, catalogue
        self._folders: dict[str, DossierFolder] = {}  # as the walk found them, before anything is read
        self._taken: dict[str, int] = {}  # path → mark of the state that was taken in
        self._index: NewIndex | None = None
        self._opened: AbstractContextManager[Writer] | None = None
        self._writer: Writer | None = None

    def __enter__(self) -> Filling:
        if not is_filled(*self._where) and self._is_ours():
            sealing = self._catalogue.secrecy.sealing()  # before any text is looked at
            with suppress(IndexUnusableError, OSError):
                self._index = new_index(*self._where)
                mark(self._index.folder, Marks(sealing=sealing))
                self._opened = self._index.writer()
                self._writer = self._opened.__enter__()
        return self

    def _is_ours(self) -> bool:
        return worth(self._archive, self._catalogue) is not Worth.ELSEWHERE

    def __exit__(self, *_exc: object) -> None:
        self._give_up()

    def take_in(self, paths: Collection[str]) -> None:
        """These files were catalogued just now."""
        if self._writer is None or not paths:
            return
        self._folders = self._folders or self._catalogue.folders()
        marks = self._catalogue.feed.pending(paths)  # first: what changes from here on is taken in again
        try:
            put(self._writer, self._catalogue, paths, self._folders)
        except _FAILURES:
            self._give_up()
        self._taken |= marks

    def publish(self) -> None:
        """Nothing more is to come: the index answers from now on, unless another was made meanwhile."""
        if self._index is None or self._opened is None or is_filled(*self._where):
            self._give_up()
            return
        try:
            announce(self._index, self._archive, self._catalogue)
        except _FAILURES:
            self._give_up()
            return
        opened, self._opened, self._writer = self._opened, None, None
        with suppress(*_FAILURES):
            opened.__exit__(None, None, None)
            self._index.publish()
            self._catalogue.feed.settled(self._taken)

    def _give_up(self) -> None:
        opened, self._opened, self._writer = self._opened, None, None
        if opened is not None:
            with suppress(_UnfinishedError, *_FAILURES):
                opened.__exit__(_UnfinishedError, _UnfinishedError(), None)
