"""Store read files in the catalogue, many in one transaction.

A scan stores thousands of files, so each query and update covers all files of a batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from dossier.catalogue import departed, encoding, rows
from dossier.catalogue.decisions import refit_content, spoken_of
from dossier.catalogue.revisions import concerns
from dossier.catalogue.tables import FILE_INSERT, UNWEIGHED_INSERT, documents, files, tell_index, texts
from dossier.model import OUTSIDE, FileRecord, KnownFile

_DOCUMENT_INSERT = insert(documents).returning(documents.c.id, sort_by_parameter_order=True)
_TEXT_INSERT = insert(texts)
# Deletes only the known row: others may have written since, and ids may be reused.
_FILE_DELETE = delete(files).where(
    files.c.id == bindparam("file"), files.c.path == bindparam("at"), files.c.sha256 == bindparam("content")
)


def store(connection: Connection, found: Sequence[tuple[FileRecord, KnownFile | None]], reader: int) -> int:
    """Store records, replacing the previous ones, and notify the index; return the number stored.

    A file that another process catalogued meanwhile is skipped. ``reader``: ``VERSION`` of the
    scanner.
    """
    told: set[str] = set()
    touched: set[str] = set()
    stored: dict[int, FileRecord] = {}  # by the id of its row
    missed: dict[int, dict[str, Any]] = {}  # records of replaced contents
    for record, replaces in found:
        values = rows.file_row(record, reader)
        before = None
        if replaces is not None:
            altered = _alteration(connection, record, replaces)
            values |= altered
            if not altered and replaces.dossier != OUTSIDE and _replaced(record, replaces):
                before = departed.record_of(connection, replaces)
            if take_out(connection, replaces):
                told.add(replaces.path)
                touched.add(replaces.dossier)
        file_id = connection.execute(FILE_INSERT, values).scalar()
        if file_id is None:  # another process has stored a row
            continue
        told.add(encoding.safe(record.entry.path))
        touched.add(encoding.safe(record.entry.dossier))
        stored[file_id] = record
        if before is not None:
            missed[file_id] = before
    _store_documents(connection, stored)
    concerns(connection, touched)
    departed.arrived(connection, [(record, missed.get(id_)) for id_, record in stored.items()])
    tell_index(connection, told)
    if touched:
        connection.execute(UNWEIGHED_INSERT, [{"dossier": dossier} for dossier in sorted(touched)])
    return len(stored)


def take_out(connection: Connection, file: KnownFile) -> bool:
    """Delete a file with its dependent rows; false if its row has changed."""
    known = {"file": file.id, "at": file.path, "content": file.sha256}
    return bool(connection.execute(_FILE_DELETE, known).rowcount)


def _store_documents(connection: Connection, stored: Mapping[int, FileRecord]) -> None:
    """Store the documents of files, given by row id."""
    placed = [(id_, placed) for id_, record in stored.items() for placed in record.documents]
    if not placed:
        return
    ids = connection.execute(_DOCUMENT_INSERT, [rows.document_row(*each) for each in placed]).scalars().all()
    bodies = [
        {
            "document_id": id_,
            "text": encoding.pack_text(each.document.text),
            "places": each.document.places or None,
        }
        for id_, (_file_id, each) in zip(ids, placed, strict=True)
    ]
    connection.execute(_TEXT_INSERT, bodies)
    splits = {
        record.sha256: {each.document.ordinal: each.document.pages for each in record.documents}
        for record in stored.values()
        if record.documents
    }
    for sha256 in sorted(spoken_of(connection, splits)):
        refit_content(connection, sha256, splits[sha256])


def _alteration(connection: Connection, record: FileRecord, old: KnownFile) -> dict[str, str]:
    """Columns on an alteration (content changed while size and time did not), old or new."""
    entry, c = record.entry, files.c
    if (entry.size, entry.mtime_ns, entry.inode) != (old.size, old.mtime_ns, old.inode):
        return {}  # the file was saved: an ordinary change
    query = select(c.altered_at, c.altered_from).where(c.id == old.id)
    found = connection.execute(query).one_or_none()
    if found is not None and found.altered_from:
        return {"altered_at": found.altered_at, "altered_from": found.altered_from}
    if old.doubtful or not old.sha256 or not record.sha256 or old.sha256 == record.sha256:
        return {}
    return {"altered_at": encoding.now(), "altered_from": old.sha256}


def _replaced(record: FileRecord, old: KnownFile) -> bool:
    """Whether the file's content was replaced; contents read while still being written do not count."""
    known = bool(old.sha256 and record.sha256) and not old.doubtful
    return known and old.sha256 != record.sha256 and old.path == encoding.safe(record.entry.path)
