"""Bring the catalogue and the index up to date with the disk."""

from __future__ import annotations

import os
from collections.abc import Callable

from dossier.archive import Archive, check_kinds
from dossier.catalogue import open_catalogue
from dossier.scanner.changes import Change, in_turns
from dossier.scanner.pipeline import VERSION
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import Turns, clear_leftovers, taking_turns, working
from dossier.usecases.mounted import check_known
from dossier.usecases.reading import pool_for
from dossier.usecases.updating import ScanCounts, Update

__all__ = ["ScanCounts", "scan"]

Progress = Callable[[int, int, str], None]  # done, total, path


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
        working(archive, "scan"),
        taking_turns(archive, "scan") as turns,
        open_catalogue(archive, VERSION) as catalogue,
    ):
        clear_leftovers(state)
        update = Update(archive, catalogue, turns=turns)
        turns.free()
        if not accept_missing:
            check_known(archive, catalogue)
        update.look()
        turns.take()
        changes = update.begin(full=full, accept_missing=accept_missing)
        _read(update, changes.read, workers or archive.config.scan.workers, progress, turns, full=full)
        update.finish()
        catch_up(archive, catalogue, turns=turns)
        return update.counts


def _read(
    update: Update,
    todo: list[Change],
    workers: int,
    progress: Progress | None,
    turns: Turns,
    *,
    full: bool,
) -> None:
    if todo:
        done = 0
        with pool_for(update.archive, min(workers or os.cpu_count() or 1, len(todo))) as pool:
            for batch in in_turns(todo):
                by_path = {change.entry.raw_path: change for change in update.compared(batch, full=full)}
                turns.free()  # reading a scan takes long
                for task, outcome in pool.run(update.task(change) for change in by_path.values()):
                    turns.take()
                    update.settle(by_path[task.entry.raw_path], outcome)
                    done += 1
                    if progress:
                        progress(done, len(todo), task.entry.path)
                    turns.give_way()
                    turns.free()
                turns.take()
    update.forget(update.gone)
