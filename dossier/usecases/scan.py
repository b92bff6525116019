"""Bring the catalogue and the index up to date with the disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dossier.archive import Archive, check_kinds
from dossier.catalogue import Catalogue, is_made, open_catalogue
from dossier.model import FileRecord
from dossier.scanner import VERSION
from dossier.scanner.changes import Change, in_turns
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Outcome, Pool
from dossier.usecases.filling import Filling
from dossier.usecases.heap import seldom_collected
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import Turns, clear_leftovers, taking_turns, working
from dossier.usecases.mounted import check_known
from dossier.usecases.reading import pool_for
from dossier.usecases.updating import ScanCounts, Update

__all__ = ["ScanCounts", "scan"]

Progress = Callable[[int, int, str], None]  # done, total, path
_AT_ONCE, _AT_LATEST = 32, 1.0  # files, or seconds since the first of them was read


def scan(
    archive: Archive,
    *,
    full: bool = False,
    accept_missing: bool = False,
    workers: int = 0,
    progress: Progress | None = None,
) -> ScanCounts:
    """Walk, read what changed, catalogue and index it.

    ``full`` reads every file again; ``accept_missing`` takes dossiers for deleted however many are gone;
    ``workers`` 0 takes the configured number. Raises
    :class:`~dossier.errors.LockedError` while another process writes, and other
    :class:`~dossier.errors.DossierError` when archive or state cannot be used.
    """
    check_kinds(archive)
    state = archive.ready_state()
    with (
        seldom_collected(),
        working(archive, "scan"),
        taking_turns(archive, "scan") as turns,
        pool_for(archive, workers or archive.config.scan.workers) as pool,
        _ready(archive, pool) as (catalogue, filling),
    ):
        clear_leftovers(state)
        update = Update(archive, catalogue, turns=turns)
        turns.free()
        if not accept_missing:
            check_known(archive, catalogue)
        update.look()
        turns.take()
        changes = update.begin(full=full, accept_missing=accept_missing)
        _read(update, changes.read, pool, progress, turns, filling, full=full)
        pool.close()  # nothing is left to read
        if filling is not None:
            filling.publish()
        update.finish()
        catch_up(archive, catalogue, turns=turns)
        return update.counts


@contextmanager
def _ready(
    archive: Archive, pool: Pool[Task, FileRecord | Same]
) -> Iterator[tuple[Catalogue, Filling | None]]:
    """The catalogue; of a new one also the index to be filled. While it is made, the processes that read
    come up: a first scan reads files."""
    if is_made(archive):
        with open_catalogue(archive, VERSION) as catalogue:
            yield catalogue, None
        return
    pool.warm_up()
    with open_catalogue(archive, VERSION) as catalogue, Filling(archive, catalogue) as filling:
        yield catalogue, filling


class _Settling:
    """Catalogues what was read, many files at a time: a transaction and a turn for each file would take half
    as long as to read it. An interrupted scan keeps what it has read."""

    def __init__(self, update: Update, turns: Turns, filling: Filling | None) -> None:
        self._update = update
        self._turns = turns
        self._filling = filling
        self._read: list[tuple[Change, Outcome[FileRecord | Same]]] = []
        self._since = 0.0  # when the first of them was read

    def __enter__(self) -> _Settling:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.settle()

    def add(self, change: Change, outcome: Outcome[FileRecord | Same]) -> None:
        """One more file was read."""
        self._since = self._since if self._read else time.monotonic()
        self._read.append((change, outcome))
        if len(self._read) >= _AT_ONCE or time.monotonic() - self._since > _AT_LATEST:
            self.settle()

    def settle(self) -> None:
        """Catalogue them."""
        read, self._read = self._read, []
        if read:
            self._turns.take()
            self._update.settle_all(read)
            self._turns.give_way()
            self._turns.free()
            if self._filling is not None:
                self._filling.take_in([change.entry.path for change, _outcome in read])


def _read(
    update: Update,
    todo: list[Change],
    pool: Pool[Task, FileRecord | Same],
    progress: Progress | None,
    turns: Turns,
    filling: Filling | None,
    *,
    full: bool,
) -> None:
    if todo:
        done = 0
        with _Settling(update, turns, filling) as settling:
            for batch in in_turns(todo):
                by_path = {change.entry.raw_path: change for change in update.compared(batch, full=full)}
                turns.free()  # reading a scan takes long
                for task, outcome in pool.run(update.task(change) for change in by_path.values()):
                    settling.add(by_path[task.entry.raw_path], outcome)
                    done += 1
                    if progress:
                        progress(done, len(todo), task.entry.path)
                settling.settle()
                turns.take()
    update.forget(update.gone)
