"""Bring the catalogue and the index up to date with the disk."""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from dossier.archive import Archive, check_kinds
from dossier.catalogue import Catalogue, is_made, open_catalogue
from dossier.errors import DossierError
from dossier.model import FileRecord
from dossier.progress import report_progress
from dossier.scanner import VERSION
from dossier.scanner.changes import Change, ReadingOrder
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Outcome, Pool
from dossier.usecases.filling import Filling
from dossier.usecases.heap import seldom_collected
from dossier.usecases.inbox import filing
from dossier.usecases.indexing import catch_up
from dossier.usecases.known import check_moved
from dossier.usecases.locking import Turns, clear_leftovers, taking_turns, working
from dossier.usecases.mounted import check_known
from dossier.usecases.reading import pool_for
from dossier.usecases.updating import ScanCounts, Update
from dossier.usecases.whole_acts import settle_at_rest

__all__ = ["ScanCounts", "scan"]

_AT_ONCE, _AT_LATEST = 32, 1.0  # batch: number of files, or seconds since its first file was read
_WEIGHED_AT_ONCE = 16  # dossiers per batch
_MOST_UNINDEXED = 1000  # files that wait for their dossiers: more would have to be indexed at the end


def scan(
    archive: Archive,
    *,
    full: bool = False,
    accept_missing: bool = False,
    workers: int = 0,
    pool: Pool[Task, FileRecord | Same] | None = None,
) -> ScanCounts:
    """Walk the archive, read changed files, catalogue and index them.

    ``full``: read every file again; ``accept_missing``: treat missing dossiers as deleted, however many;
    ``workers`` 0: the configured number; ``pool``: the processes to read with, if there are some; they are
    ended. Raises :class:`~dossier.errors.LockedError` while another process
    writes, and other :class:`~dossier.errors.DossierError` if archive or state cannot be used.
    """
    check_kinds(archive)
    check_moved(archive)
    state = archive.ready_state()
    with suppress(DossierError):  # what cannot be moved now waits; the journal tells of it
        filing.recover(archive)
    with (
        seldom_collected(),
        working(archive, "scan"),
        taking_turns(archive, "scan") as turns,
        pool or pool_for(archive, workers) as pool,
        _ready(archive, pool) as (catalogue, filling),
    ):
        clear_leftovers(state)
        settle_at_rest(archive, catalogue)
        update = Update(archive, catalogue, turns=turns)
        turns.free()
        if not accept_missing:
            check_known(archive, catalogue)
        update.look()
        turns.take()
        changes = update.begin(full=full, accept_missing=accept_missing)
        _read(update, changes.read, pool, turns, filling, full=full)
        pool.close()  # all files are read
        if filling is not None:
            filling.publish()
        update.finish()
        catch_up(archive, catalogue, turns=turns)
        return update.counts


@contextmanager
def _ready(
    archive: Archive, pool: Pool[Task, FileRecord | Same]
) -> Iterator[tuple[Catalogue, Filling | None]]:
    """Open the catalogue; on a first scan also create the index to be filled, and start the worker processes
    meanwhile, since there are files to read."""
    if is_made(archive):
        with open_catalogue(archive, VERSION) as catalogue:
            yield catalogue, None
        return
    pool.warm_up()
    with open_catalogue(archive, VERSION) as catalogue, Filling(archive, catalogue) as filling:
        yield catalogue, filling


class _Reading:
    """Reads files and catalogues them in batches: a transaction and a lock per file would take half the time
    of reading it. An interrupted scan keeps what it has read.

    A dossier is weighed (see :mod:`~dossier.usecases.weighing`) and then indexed once its last file is read,
    while workers read other files: done at the end, one process would work and the workers would be idle.
    """

    def __init__(
        self, update: Update, todo: list[Change], turns: Turns, filling: Filling | None, *, full: bool
    ) -> None:
        self._update = update
        self._turns = turns
        self._filling = filling
        self._full = full
        self._order = ReadingOrder(todo)
        self._ready: deque[Change] = deque()
        self._at_work: dict[bytes, Change] = {}  # by raw path
        self._read: list[tuple[Change, Outcome[FileRecord | Same]]] = []
        self._since = 0.0  # monotonic time when the first file of the batch was read
        self._left = Counter(change.entry.dossier for change in todo)  # files to read, by dossier
        self._whole: list[str] = []  # dossiers whose files are all read, to be weighed
        self._paths: dict[str, list[str]] = defaultdict(list)  # of catalogued files to be indexed, by dossier

    def __enter__(self) -> _Reading:
        self._ready.extend(self._update.compared(self._order.first, full=self._full))
        self._turns.free()  # others may write meanwhile: reading a scanned image takes long
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._read:
            self._turns.take()
            self._catalogue()

    def run(self, pool: Pool[Task, FileRecord | Same]) -> Iterator[str]:
        """Read all files; yield the path of each when it is read."""
        while self._ready:
            for task, outcome in pool.run(self._tasks()):
                self._since = self._since if self._read else time.monotonic()
                self._read.append((self._at_work.pop(task.entry.raw_path), outcome))
                if len(self._read) >= _AT_ONCE or time.monotonic() - self._since > _AT_LATEST:
                    self._settle()
                yield task.entry.path
            self._settle(at_least=1)

    def _tasks(self) -> Iterator[Task]:
        while self._ready:
            change = self._ready.popleft()
            self._at_work[change.entry.raw_path] = change
            yield self._update.task(change)

    def _settle(self, at_least: int = _WEIGHED_AT_ONCE) -> None:
        """Catalogue the batch, queue the files that waited for it, and weigh and index the complete dossiers
        if there are ``at_least`` so many."""
        if not self._read and len(self._whole) < at_least:
            return
        self._turns.take()
        read = self._catalogue()
        if released := self._order.released_by(read):
            # They go to the front of the queue, so that their dossiers are complete sooner.
            self._ready.extendleft(reversed(self._update.compared(released, full=self._full)))
        whole = self._whole if len(self._whole) >= at_least else []
        if whole:
            self._whole = []
            self._update.weigh(whole)
        self._turns.give_way()
        self._turns.free()
        if self._filling is not None:
            self._index(self._filling, whole)

    def _index(self, filling: Filling, whole: Sequence[str]) -> None:
        """Index the files of these dossiers: before they are weighed, some would be indexed twice."""
        if sum(map(len, self._paths.values())) > _MOST_UNINDEXED:
            whole = list(self._paths)
        filling.take_in([path for dossier in whole for path in self._paths.pop(dossier, ())])

    def _catalogue(self) -> list[Change]:
        read, self._read = self._read, []
        self._update.settle_all(read)
        changes = [change for change, _outcome in read]
        for entry in (change.entry for change in changes):
            self._paths[entry.dossier].append(entry.path)
            self._left[entry.dossier] -= 1
            if not self._left[entry.dossier]:
                self._whole.append(entry.dossier)
        return changes


def _read(
    update: Update,
    todo: list[Change],
    pool: Pool[Task, FileRecord | Same],
    turns: Turns,
    filling: Filling | None,
    *,
    full: bool,
) -> None:
    if todo:
        with _Reading(update, todo, turns, filling, full=full) as reading:
            for done, path in enumerate(reading.run(pool), start=1):
                report_progress(done, len(todo), path)
        turns.take()
    update.forget(update.gone)
