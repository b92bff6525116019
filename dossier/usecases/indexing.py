"""Let the full-text index follow the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dossier.advance import counted
from dossier.archive import Archive
from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.index import Index, IndexedDocument, NewIndex, Writer, chosen, is_filled, new_index, open_index
from dossier.index import folder as index_folder
from dossier.index.fields import COPY, DECIDED, DRAFT, OCR, PLACED, REVIEW, UNPLACED
from dossier.model import Document, DossierFolder, Reading, Source
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
    texts, beside the one in force, which it replaces when it is complete. ``only``: of these paths, and
    nothing where there is no index; ``turns``: others are let in between two commits.
    """
    pending = catalogue.feed.pending()
    if only is not None:
        pending = {path: mark for path, mark in pending.items() if only(path)}
    outlived = only is None and outlives_the_sealed(archive, catalogue)
    if not pending and not outlived and is_filled(archive.state / "index", archive.config.index.engine):
        return 0
    if not outlived:
        try:
            index = index_of(archive)
            waiting = iter(pending.items())
            while some := dict(islice(waiting, _COMMIT)):
                _take_in(index, catalogue, some)
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


def outlives_the_sealed(archive: Archive, catalogue: Catalogue) -> bool:
    """Whether this machine's index is older than the removal of what papers said that are sealed now: another
    machine sealed them, in a catalogue that both share."""
    forgotten = catalogue.secrecy.forgotten_at()
    made = index_folder.made_at(archive.state / "index")
    return forgotten is not None and made is not None and made < forgotten.timestamp()


def anew(
    archive: Archive, catalogue: Catalogue, pending: Mapping[str, int], turns: Turns | None = None
) -> NewIndex:
    """A new index of the files given, all of them, in force when this returns. With ``turns`` it is filled
    while others may write: what they change stays in the outbox."""
    index = new_index(archive.state / "index", archive.config.index.engine)
    if turns is not None:
        turns.free()
    _take_in(index, catalogue, pending)
    if turns is not None:
        turns.take()
    index.publish()
    catalogue.feed.settled(pending)
    return index


def _take_in(index: Index, catalogue: Catalogue, pending: Collection[str]) -> None:
    """Put the files into the index, in one commit."""
    folders = catalogue.folders()
    paths = counted(pending, what=_("chỉ mục tìm kiếm"))
    with index.writer() as writer:
        while batch := list(islice(paths, _BATCH)):
            put(writer, catalogue, batch, folders)
        catalogue.feed.committing()


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
    with open_known(archive) as catalogue:
        pending = len(catalogue.feed.pending())
    documents, trouble = 0, ""
    try:
        documents = index_of(archive).count()
    except IndexUnusableError as error:
        trouble = f"{error.message} {error.advice}".strip()
    files = (archive.state / "index").rglob("*")
    size = sum(file.stat().st_size for file in files if file.is_file())
    return IndexStatus(chosen(archive.config.index.engine), documents, size, pending, trouble)


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
