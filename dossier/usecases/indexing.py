"""Let the full-text index follow the catalogue."""

from __future__ import annotations

from itertools import islice

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.index import Index, IndexedDocument, is_filled, open_index
from dossier.model import Document
from dossier.usecases.assess import open_known
from dossier.usecases.locking import writing

_BATCH = 1000  # files per commit: bounds what a crash makes us index again


def index_of(archive: Archive) -> Index:
    """The archive's full-text index, made when it is not there."""
    return open_index(archive.state / "index")


def catch_up(archive: Archive, catalogue: Catalogue) -> int:
    """Index what is in the catalogue's outbox; the number of files taken in.

    The outbox is emptied only after the index has committed, so a crash in between costs work,
    never a document.
    """
    pending = catalogue.feed.pending()
    if not pending and is_filled(archive.state / "index"):
        return 0
    index = index_of(archive)
    if index.empty_because:
        catalogue.feed.everything_pending()
        pending = catalogue.feed.pending()
    folders = catalogue.folders()
    paths = iter(pending)
    while batch := list(islice(paths, _BATCH)):
        found = catalogue.feed.to_index(batch)
        with index.writer() as writer:
            for path in batch:
                # What is secret is in no index, not even by its file's name.
                documents = [entry for entry in found.get(path, ()) if entry[0].security is None]
                if documents:
                    writer.replace(path, [_record(*doc, *folders.get(doc[2], ("", ""))) for doc in documents])
                else:
                    writer.remove(path)
        catalogue.feed.settled(batch)
    return len(pending)


def rebuild(archive: Archive) -> Index:
    """Throw the index away and fill it from the catalogue's texts; no file is read.

    Raises :class:`~dossier.errors.LockedError` while another process writes.
    """
    with writing(archive.ready_state(), "index"), open_known(archive) as catalogue:
        open_index(archive.state / "index", anew=True)
        catch_up(archive, catalogue)
    return index_of(archive)


def _record(document: Document, text: str, dossier: str, name: str, kind: str) -> IndexedDocument:
    header = document.header
    placements = () if document.review else document.placements
    return IndexedDocument(
        path=document.path,
        ordinal=document.ordinal,
        dossier=dossier,
        dossier_name=name,
        kind=kind,
        items=tuple(dict.fromkeys(p.item for p in placements)),
        parts=tuple(p.part for p in placements),
        type=header.type,
        number_symbol=header.number_symbol,
        date=header.date,
        issuing_body=header.issuing_body,
        signer=header.signer,
        abstract=header.abstract,
        name=document.path.rsplit("/", 1)[-1],
        body=text,
        review=document.review,
    )
