"""Let the full-text index follow the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from dossier.advance import counted
from dossier.archive import Archive
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
from dossier.usecases.following import Worth, check_here, drop, place_of, worth
from dossier.usecases.known import open_known
from dossier.usecases.locking import Turns, writing

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

_BATCH = 1000  # files whose texts are held at once
_COMMIT = 1000  # files per commit: what a crash makes us index again, and for how long others wait
_KIND_FOLDER = re.compile(r"(?:^|/)[^/]+/[^/]+$")  # the dossier, and the folder of its kind
_YEAR = re.compile(r"(?:nam |năm )?\d{4}", re.IGNORECASE)


def index_of(archive: Archive) -> Index:
    """The archive's full-text index.

    Raises :class:`~dossier.errors.IndexUnusableError` when there is none that can be used.
    """
    return open_index(archive.state / "index", archive.config.index.engine)


def catch_up(
    archive: Archive,
    catalogue: Catalogue,
    *,
    only: Callable[[str], bool] | None = None,
    turns: Turns | None = None,
) -> int:
    """Index what is in the catalogue's outbox; the number of files taken in. For the writer only.

    The outbox is emptied only after the index has committed, so a crash in between costs work,
    never a document. An index that is missing, older or damaged is made anew from the catalogue's
    texts, beside the one in force, which it replaces when it is complete. Where another machine keeps the
    index, nothing is done and what is left of one here goes. ``only``: of these paths, and nothing where
    there is no index that follows the catalogue; ``turns``: others are let in between two commits.
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
        if not pending and is_filled(archive.state / "index", archive.config.index.engine):
            return 0
        try:
            index = index_of(archive)
            waiting = iter(pending.items())
            while some := dict(islice(waiting, _COMMIT)):
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
    """A new index of the files given, all of them, in force when this returns. With ``turns`` it is filled
    while others may write: what they change stays in the outbox."""
    sealing = catalogue.secrecy.sealing()  # before any text is looked at
    index = new_index(archive.state / "index", archive.config.index.engine)
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
    """Put the files into the index, in one commit."""
    folders = catalogue.folders()
    paths = counted(pending, what=_("chỉ mục tìm kiếm"))
    with index.writer() as writer:
        while batch := list(islice(paths, _BATCH)):
            put(writer, catalogue, batch, folders)
        announce(index, archive, catalogue)


def announce(index: Index, archive: Archive, catalogue: Catalogue) -> None:
    """The index is about to commit: say so in the catalogue, then in the index. Cut short in between, it is
    still known by the commit before, and the outbox keeps what it was to take in.

    Raises :class:`IndexUnusableError` when another index took its place meanwhile; :class:`OSError`.
    """
    in_force_here = in_force(archive.state / "index", archive.config.index.engine)
    folder = index.folder if isinstance(index, NewIndex) else in_force_here
    if folder is None:
        raise IndexUnusableError(_("Chỉ mục này đã được thay bằng chỉ mục khác."))
    own = index_folder.marks_of(folder)
    fed = catalogue.feed.committing(place_of(archive), own.fed)
    index_folder.mark(folder, replace(own, fed=fed))


def put(
    writer: Writer, catalogue: Catalogue, paths: Collection[str], folders: Mapping[str, DossierFolder]
) -> None:
    """Give the writer these files as they are catalogued now; ``folders``: the dossiers by their paths."""
    found = catalogue.feed.to_index(list(paths))
    for path in paths:
        # What is secret is in no index, not even by its file's name.
        documents = [entry for entry in found.get(path, ()) if entry[0].security is None]
        if documents:
            writer.replace(
                path, [_record(document, text, folders.get(where)) for document, text, where in documents]
            )
        else:
            writer.remove(path)


def rebuild(archive: Archive) -> Index:
    """Fill a new index from the catalogue's texts; no file is read.

    Raises :class:`~dossier.errors.LockedError` while another process writes.
    """
    archive.ready_state()
    with writing(archive, "index"), open_known(archive) as catalogue:
        catalogue.feed.everything_pending()
        return anew(archive, catalogue, catalogue.feed.pending())


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The index as it is: engine, documents, size in bytes, files it has yet to take in, what is wrong."""

    engine: str
    documents: int
    size: int
    pending: int
    trouble: str = ""


def status(archive: Archive) -> IndexStatus:
    """How the index is; changes nothing. Raises :class:`~dossier.errors.ArchiveError` before any scan."""
    pending, documents, trouble = 0, 0, ""
    try:
        with open_known(archive) as catalogue:
            pending = catalogue.feed.behind()
            check_here(archive, catalogue)
        documents = index_of(archive).count()
    except (IndexUnusableError, IndexElsewhereError) as error:
        trouble = f"{error.message} {error.advice}".strip()
    files = (archive.state / "index").rglob("*")
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
    """Who keeps a dossier: as declared, else the folder above that of its kind, unless that is a year."""
    if folder is None:
        return ""
    if folder.manifest.unit:
        return folder.manifest.unit
    above = _KIND_FOLDER.sub("", folder.path).rpartition("/")[2]
    return "" if _YEAR.fullmatch(above) else above


def _states(document: Document) -> list[str]:
    """What the document is in, by the names of :data:`~dossier.index.fields.STATES`."""
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
