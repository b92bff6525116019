"""Bring the full-text index up to date with the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.batches import batched
from dossier.errors import IndexElsewhereError, IndexUnusableError
from dossier.i18n import _
from dossier.index import (
    Index,
    IndexedDocument,
    NewIndex,
    Writer,
    chosen_engine,
    in_force,
    is_filled,
    new_index,
    open_index,
)
from dossier.index import folder as index_folder
from dossier.index.fields import COPY, DECIDED, DRAFT, OCR, PLACED, REVIEW, UNPLACED
from dossier.model import Document, DossierFolder, Reading, Source
from dossier.progress import counted
from dossier.usecases.following import Worth, check_here, drop, place_of, worth
from dossier.usecases.known import open_known
from dossier.usecases.locking import Turns, writing

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

_BATCH = 1000  # files whose texts are in memory at a time
_COMMIT = 1000  # files per commit: the work lost by a crash, and the time for which other writers wait
_KIND_FOLDER = re.compile(r"(?:^|/)[^/]+/[^/]+$")  # the dossier's folder and the folder of its kind above it
_YEAR = re.compile(r"(?:nam |năm )?\d{4}", re.IGNORECASE)


def index_of(archive: Archive) -> Index:
    """Open the archive's full-text index.

    Raises :class:`~dossier.errors.IndexUnusableError` if there is no usable one.
    """
    return open_index(archive.index_folder, archive.config.index.engine)


def catch_up(
    archive: Archive,
    catalogue: Catalogue,
    *,
    only: Callable[[str], bool] | None = None,
    turns: Turns | None = None,
) -> int:
    """Index the files in the catalogue's outbox; return their number. The caller holds the archive's lock.

    The outbox is emptied only after the index has committed, so a crash in between costs work, never a
    document. A missing, outdated or damaged index is rebuilt from the catalogue's texts beside the one in
    force, and replaces it when complete. If another machine keeps the index, an index left here is deleted
    and nothing else is done. ``only``: index only paths for which it is true, and never rebuild; ``turns``:
    lets other writers in between two commits.
    """
    pending = catalogue.feed.pending()
    if only is not None:
        pending = {path: mark for path, mark in pending.items() if only(path)}
    own = worth(archive, catalogue)
    if own is Worth.ELSEWHERE:
        drop(archive)
        return 0
    if own is Worth.BEHIND and only is not None:
        return 0
    if own is Worth.FOLLOWS:
        if not pending and is_filled(archive.index_folder, archive.config.index.engine):
            return 0
        try:
            index = index_of(archive)
            for some in map(dict, batched(pending.items(), _COMMIT)):
                _take_in(index, archive, catalogue, some)
                catalogue.feed.settled(some)
                if turns is not None:
                    turns.give_way()
            return len(pending)
        except IndexUnusableError:
            if only is not None:
                return 0
    catalogue.feed.everything_pending()
    pending = catalogue.feed.pending()
    anew(archive, catalogue, pending, turns)
    return len(pending)


def anew(
    archive: Archive, catalogue: Catalogue, pending: Mapping[str, int], turns: Turns | None = None
) -> NewIndex:
    """Build a new index of the ``pending`` files (all of the archive's), put it in force and return it. With
    ``turns``, others may write meanwhile: files that they change stay in the outbox."""
    sealing = catalogue.secrecy.sealing()  # before any text is read
    index = new_index(archive.index_folder, archive.config.index.engine)
    index_folder.mark(index.folder, index_folder.Marks(sealing=sealing))
    if turns is not None:
        turns.free()
    _take_in(index, archive, catalogue, pending)
    if turns is not None:
        turns.take()
    index.publish()
    catalogue.feed.settled(pending)
    return index


def _take_in(index: Index, archive: Archive, catalogue: Catalogue, pending: Collection[str]) -> None:
    """Add the files to the index in one commit."""
    folders = catalogue.folders()
    paths = counted(pending, what=_("chỉ mục tìm kiếm"))
    with index.writer() as writer:
        for batch in batched(paths, _BATCH):
            index_files(writer, catalogue, batch, folders)
        announce(index, archive, catalogue)


def announce(index: Index, archive: Archive, catalogue: Catalogue) -> None:
    """Store the mark of the next commit in the catalogue, then in the index. After a crash in between, the
    index is still recognised by the previous mark, and the outbox still has the files.

    Raises :class:`IndexUnusableError` if another index has been put in force meanwhile; :class:`OSError`.
    """
    in_force_here = in_force(archive.index_folder, archive.config.index.engine)
    folder = index.folder if isinstance(index, NewIndex) else in_force_here
    if folder is None:
        raise IndexUnusableError(_("Chỉ mục này đã được thay bằng chỉ mục khác."))
    own = index_folder.marks_of(folder)
    fed = catalogue.feed.committing(place_of(archive), own.fed)
    index_folder.mark(folder, replace(own, fed=fed))


def index_files(
    writer: Writer, catalogue: Catalogue, paths: Collection[str], folders: Mapping[str, DossierFolder]
) -> None:
    """Write the given files as currently catalogued to the index; ``folders``: the dossiers by path."""
    found = catalogue.feed.to_index(list(paths))
    for path in paths:
        # Secret documents are not indexed at all, not even by file name.
        documents = [entry for entry in found.get(path, ()) if entry[0].security is None]
        if documents:
            writer.replace(
                path, [_record(document, text, folders.get(where)) for document, text, where in documents]
            )
        else:
            writer.remove(path)


def rebuild(archive: Archive) -> Index:
    """Rebuild the index from the catalogue's texts without reading files.

    Raises :class:`~dossier.errors.LockedError` while another process writes.
    """
    archive.ready_state()
    with writing(archive, "index"), open_known(archive) as catalogue:
        catalogue.feed.everything_pending()
        return anew(archive, catalogue, catalogue.feed.pending())


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """State of the index: engine, number of documents, size in bytes, number of files not yet indexed,
    trouble in words."""

    engine: str
    documents: int
    size: int
    pending: int
    trouble: str = ""


def status(archive: Archive) -> IndexStatus:
    """Return the state of the index; changes nothing. Raises :class:`~dossier.errors.ArchiveError` before the
    first scan."""
    pending, documents, trouble = 0, 0, ""
    try:
        with open_known(archive) as catalogue:
            pending = catalogue.feed.behind()
            check_here(archive, catalogue)
        documents = index_of(archive).count()
    except (IndexUnusableError, IndexElsewhereError) as error:
        trouble = error.in_full
    files = archive.index_folder.rglob("*")
    size = sum(file.stat().st_size for file in files if file.is_file())
    return IndexStatus(chosen_engine(archive.config.index.engine), documents, size, pending, trouble)


def _record(document: Document, text: str, folder: DossierFolder | None) -> IndexedDocument:
    header = document.header
    placements = () if document.review else document.placements
    return IndexedDocument(
        path=document.path,
        ordinal=document.ordinal,
        dossier=folder.path if folder else "",
        dossier_name=folder.name if folder else "",
        kind=folder.kind if folder else "",
        items=tuple(dict.fromkeys(p.item for p in placements)),
        parts=tuple(dict.fromkeys(p.part for p in placements)),
        type=header.type,
        number_symbol=header.number_symbol,
        dated=header.dated,
        issuing_body=header.issuing_body,
        signer=header.signer,
        abstract=header.abstract,
        name=document.path.rsplit("/", 1)[-1],
        body=text,
        unit=_unit(folder) or header.issuing_body,
        states=tuple(_states(document)),
        first_page=document.pages[0],
    )


def _unit(folder: DossierFolder | None) -> str:
    """Return the unit that keeps a dossier: the declared one, else the name of the folder above that of its
    kind, unless that is a year."""
    if folder is None:
        return ""
    if folder.manifest.unit:
        return folder.manifest.unit
    above = _KIND_FOLDER.sub("", folder.path).rpartition("/")[2]
    return "" if _YEAR.fullmatch(above) else above


def _states(document: Document) -> list[str]:
    """Return the document's states, by the names of :data:`~dossier.index.fields.STATES`."""
    placed = bool(document.placements) and not document.review
    return [
        state
        for state, holds in (
            (REVIEW, document.review),
            (PLACED, placed),
            (UNPLACED, not placed and not document.review),
            (DECIDED, any(p.source is Source.PERSON for p in document.placements)),
            (DRAFT, document.header.draft),
            (COPY, bool(document.header.copy)),
            (OCR, document.reading in (Reading.OCR, Reading.MIXED)),
        )
        if holds
    ]
