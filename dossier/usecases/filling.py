"""Build the first full-text index of an archive while its files are read.

The texts are in memory then, and the parent process indexes while it waits for workers and the disk; at the
end of the scan, only one processor core would be busy.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager, suppress

from dossier.archive import Archive
from dossier.batches import batched
from dossier.catalogue import Catalogue
from dossier.errors import IndexUnusableError
from dossier.index import NewIndex, Writer, is_filled, new_index
from dossier.index.folder import Marks, mark
from dossier.model import DossierFolder
from dossier.usecases.following import Worth, worth
from dossier.usecases.indexing import announce, index_files

_AT_ONCE = 500  # files whose texts are fetched together
_FAILURES = (OSError, ValueError, IndexUnusableError)  # errors of index engines and of the disk


class _UnfinishedError(Exception):
    """Passed to a writer's ``__exit__`` so that nothing is committed."""


class Filling:
    """A new index for an archive that has none: files are added as they are catalogued, then it is published.

    A file that changes after it was added stays in the outbox, so catching up afterwards gives the same index
    as one built at the end of the scan. After any failure the new index is dropped and the index is built at
    the end. Use as a context manager; the caller holds the archive's lock.
    """

    def __init__(self, archive: Archive, catalogue: Catalogue) -> None:
        self._where = archive.index_folder, archive.config.index.engine
        self._archive, self._catalogue = archive, catalogue
        self._folders: dict[str, DossierFolder] = {}  # as of the walk, before files are read
        self._taken: dict[str, int] = {}  # path → outbox mark of the state that was added
        self._index: NewIndex | None = None
        self._opened: AbstractContextManager[Writer] | None = None
        self._writer: Writer | None = None

    def __enter__(self) -> Filling:
        if not is_filled(*self._where) and self._is_ours():
            sealing = self._catalogue.secrecy.sealing()  # before any text is read
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
        """Add files that were catalogued just now."""
        if self._writer is None or not paths:
            return
        self._folders = self._folders or self._catalogue.folders()
        for some in batched(paths, _AT_ONCE):
            if self._writer is None:
                return
            # First, so that files that change from here on are indexed again.
            marks = self._catalogue.feed.pending(some)
            try:
                index_files(self._writer, self._catalogue, some, self._folders)
            except _FAILURES:
                self._give_up()
            self._taken |= marks

    def publish(self) -> None:
        """Commit the index and put it in force, unless another one was made meanwhile."""
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
