"""Convert between the model's values and the catalogue's rows. No database access."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, select

from dossier.catalogue.encoding import (
    details_from_text,
    details_to_text,
    ignored_to_text,
    now,
    placements_from_text,
    placements_to_text,
    safe,
    sentence_from_text,
    sentence_to_text,
    sentences_from_text,
    sentences_to_text,
    signatures_from_text,
    signatures_to_text,
    unpack_text,
)
from dossier.catalogue.records import loaded
from dossier.catalogue.tables import documents, files
from dossier.model import (
    AlteredFile,
    DepartedFile,
    Document,
    DossierFolder,
    FileRecord,
    Form,
    Header,
    IgnoredFile,
    KnownFile,
    LogicalDocument,
    Manifest,
    PlacedDocument,
    Reading,
    UnreadFile,
    UnreadReason,
    corrected,
)

Row = RowMapping
KNOWN_COLUMNS = tuple(
    files.c[name]
    for name in (
        "id", "path", "dossier", "size", "mtime_ns", "inode", "doubtful", "reader", "sha256", "lacks",
        "ctime_ns",
    )
)  # fmt: skip
_HEADER_TEXTS = (
    "type",
    "number_symbol",
    "place",
    "issuing_body",
    "superior_body",
    "abstract",
    "signer",
    "signer_rank",
    "signer_title",
)


def known_of(row: Sequence[Any]) -> KnownFile:
    """Build a :class:`KnownFile` from the values of :data:`KNOWN_COLUMNS`."""
    id_, path, dossier, size, mtime, inode, doubt, reader, sha, lacks, ctime = row
    programs = tuple(lacks.split())
    return KnownFile(id_, path, dossier, size, mtime, int(inode), bool(doubt), reader, sha, programs, ctime)


def file_row(record: FileRecord, reader: int) -> dict[str, Any]:
    """The row of table ``files``."""
    entry, unread = record.entry, record.unread
    return {
        "raw_path": entry.raw_path,
        "path": entry.path,
        "dossier": entry.dossier,
        "size": entry.size,
        "mtime_ns": entry.mtime_ns,
        "inode": str(entry.inode),
        "ctime_ns": entry.ctime_ns,
        "doubtful": record.doubtful,
        "reader": reader,
        "sha256": record.sha256,
        "format": record.format,
        "reason": unread.reason if unread else None,
        "detail": sentence_to_text(unread.detail) if unread else "",
        "candidates": placements_to_text(unread.candidates) if unread else "[]",
        "notes": sentences_to_text(record.notes),
        "lacks": " ".join(record.lacks),
        "signatures": signatures_to_text(record.signatures),
        "verified_at": now() if record.sha256 else None,
        "altered_at": None,
        "altered_from": None,
    }


PLACING = ("placements", "review", "doubted", "weighed")


def placing_row(placed: PlacedDocument) -> dict[str, Any]:
    """The columns :data:`PLACING` of table ``documents``, which say where the document belongs."""
    return {
        "placements": placements_to_text(placed.placements),
        "review": placed.review,
        "doubted": placed.doubted,
        "weighed": placed.weighed,
    }


def document_row(file_id: int, placed: PlacedDocument) -> dict[str, Any]:
    """The row of table ``documents``."""
    document, header = placed.document, placed.document.header
    return {
        "file_id": file_id,
        "ordinal": document.ordinal,
        "first_page": document.pages[0],
        "last_page": document.pages[1],
        "reading": document.reading,
        "confidence": document.confidence,
        "form": header.form,
        "date": header.date.isoformat() if header.date else None,
        "draft": header.draft,
        "copy": header.copy,
        "details": details_to_text(header),
        "inner_name": safe(document.name),
        "security": placed.security,
        **placing_row(placed),
        **{name: safe(getattr(header, name)) for name in _HEADER_TEXTS},
    }


def header_of(row: Row) -> Header:
    """The header stored in a row of ``documents``."""
    return Header(
        form=Form(row["form"]),
        date=date.fromisoformat(row["date"]) if row["date"] else None,
        draft=bool(row["draft"]),
        copy=row["copy"],
        **details_from_text(row["details"]),
        **{name: row[name] for name in _HEADER_TEXTS},
    )


def select_documents(*more: ColumnElement[Any]) -> Select[Any]:
    """The query for rows accepted by :func:`document_of`, by path and ordinal; ``more``: additional
    columns."""
    of_file = (
        files.c.path,
        files.c.dossier,
        files.c.sha256,
        files.c.format,
        files.c.size,
        files.c.signatures,
        files.c.notes,
    )
    joined = select(*of_file, documents, *more).join(documents, documents.c.file_id == files.c.id)
    return joined.order_by(files.c.path, documents.c.ordinal)


def document_of(
    row: Row, decided: Mapping[tuple[str, int], str], fields: Mapping[tuple[str, int], Mapping[str, str]]
) -> Document:
    """Build a document from a joined row of ``files`` and ``documents``; people's decisions (``decided``) and
    corrections (``fields``) override stored values."""
    key = row["sha256"], row["ordinal"]
    decision = decided.get(key) if decided else None
    return Document(
        path=row["path"],
        ordinal=row["ordinal"],
        pages=(row["first_page"], row["last_page"]),
        sha256=row["sha256"],
        format=row["format"],
        size=row["size"],
        reading=Reading(row["reading"]),
        header=corrected(header_of(row), fields.get(key, {})) if fields else header_of(row),
        placements=placements_from_text(row["placements"] if decision is None else decision),
        review=bool(row["review"]) and decision is None,
        security=row["security"],
        confidence=row["confidence"],
        signatures=signatures_from_text(row["signatures"]),
        inner=row["inner_name"],
        notes=sentences_from_text(row["notes"]),
    )


def logical_of(row: Row) -> LogicalDocument:
    """The document as read, of a row joined with its text and, where wanted, the places of its words."""
    return LogicalDocument(
        row["ordinal"],
        (row["first_page"], row["last_page"]),
        header_of(row),
        unpack_text(row["text"]),
        Reading(row["reading"]),
        row["confidence"],
        row["inner_name"],
        row.get("places") or b"",
    )


def unread_of(row: Row, decided: Mapping[tuple[str, int], str] = MappingProxyType({})) -> UnreadFile:
    """Build an unread file from a row of ``files``, with the placements decided by a person."""
    decision = decided.get((row["sha256"], 1))
    return UnreadFile(
        row["path"],
        UnreadReason(row["reason"]),
        sentence_from_text(row["detail"]),
        placements_from_text(row["candidates"]) if decision is None else (),
        placements_from_text(decision) if decision is not None else (),
        row["sha256"],
    )


def altered_of(row: Row) -> AlteredFile:
    """Build an altered file from a row of ``files``."""
    return AlteredFile(row["path"], datetime.fromisoformat(row["altered_at"]))


def departed_of(row: Row) -> DepartedFile:
    """Build a vanished or replaced file from its row."""
    seen = datetime.fromisoformat(row["seen_at"]) if row["seen_at"] else None
    return loaded(DepartedFile, row, seen=seen, noticed=datetime.fromisoformat(row["noticed_at"]))


def dossier_row(folder: DossierFolder, ignored: Sequence[IgnoredFile]) -> dict[str, Any]:
    """The row of table ``dossiers``."""
    declared = {
        f.name: value for f in fields(Manifest) if (value := getattr(folder.manifest, f.name)) is not None
    }
    return {
        "path": safe(folder.path),
        "raw_path": folder.raw_path,
        "kind": folder.kind,
        "name": safe(folder.name),
        "manifest": json.dumps(declared, ensure_ascii=False, default=str, sort_keys=True),
        "problems": sentences_to_text(folder.problems),
        "ignored": ignored_to_text(ignored),
    }


def folder_of(row: Row) -> DossierFolder:
    """The inverse of :func:`dossier_row`, without the ignored files."""
    declared = json.loads(row["manifest"])
    for key in ("founded", "ended", "handed_over"):
        if key in declared:
            declared[key] = date.fromisoformat(declared[key])
    if "members" in declared:
        declared["members"] = tuple(declared["members"])
    return DossierFolder(
        row["path"],
        row["raw_path"],
        row["kind"],
        row["name"],
        Manifest(**declared),
        sentences_from_text(row["problems"]),
    )
