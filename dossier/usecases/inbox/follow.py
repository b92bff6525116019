"""Update the catalogue and the decisions after a file was moved; a file with unchanged content is not read
again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import Document, UnreadFile
from dossier.scanner.pipeline import Processor, Same
from dossier.scanner.sandbox import Done
from dossier.scanner.walk_result import readable
from dossier.usecases import decide
from dossier.usecases.decide import as_read
from dossier.usecases.inbox.journal import Move
from dossier.usecases.indexing import catch_up
from dossier.usecases.reading import pool_for
from dossier.usecases.updating import Update
from dossier.usecases.viewing import view_file
from dossier.usecases.weighing import weigh_now
from dossier.workspace import acting, current


def follow_move(archive: Archive, catalogue: Catalogue, move: Move, processor: Processor) -> None:
    """Update the catalogue, the decisions and the index for a move. Idempotent. The caller must hold the
    archive's lock."""
    _catalogue(archive, catalogue, move, processor)
    with acting(move.actor, archive.root, move.at, current().way):
        if move.takes_back is None:
            _decide(archive, catalogue, move)
        else:
            _undecide(catalogue, move)
    weigh_now(archive, catalogue, processor, move.dossier)
    catch_up(archive, catalogue)


def _catalogue(archive: Archive, catalogue: Catalogue, move: Move, processor: Processor) -> None:
    """Catalogue the file at the new path, from the old path's record if the content is the same, then remove
    the old path."""
    update = Update(archive, catalogue, processor)
    changes = update.begin([readable(move.source), readable(move.target)])
    gone = [file for file in update.gone if file.path == readable(move.source)]
    for change in changes.read:
        if change.entry.raw_path != move.target:
            continue
        same = next((known for known in gone if known.sha256 == move.sha256), None)
        if same is not None:
            update.settle(replace(change, twin=same), Done(Same(move.sha256, doubtful=True)))
        else:
            with pool_for(archive, 1) as pool:
                for _task, outcome in pool.run([update.task(change)]):
                    update.settle(change, outcome)
    update.forget(gone)


def _decide(archive: Archive, catalogue: Catalogue, move: Move) -> None:
    shown = view_file(archive, readable(move.target))
    if shown is None or not shown.dossier or shown.secret or not move.places:
        return
    checklist = archive.checklists[catalogue.kinds()[shown.dossier]]
    things: list[Document | UnreadFile] = list(shown.documents) or ([shown.unread] if shown.unread else [])
    made = []
    for thing in things:
        places = move.places.get(thing.ordinal)
        if places:
            placements = decide.placements_of(checklist, places)
            made.append(decide.new_decision(thing, as_read(checklist, thing, placements)))
    known = {(d.sha256, d.ordinal, _second(d.made_at)) for d in catalogue.decisions.all(history=True)}
    fresh = [d for d in made if (d.sha256, d.ordinal, _second(d.made_at)) not in known]
    if fresh:
        catalogue.decisions.record(fresh)


def _undecide(catalogue: Catalogue, move: Move) -> None:
    with catalogue.together():
        for ordinal in move.places:
            catalogue.decisions.end(move.sha256, ordinal, author=move.actor)


def _second(at: datetime) -> float:
    return at.replace(microsecond=0).timestamp()
