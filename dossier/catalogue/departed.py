"""Records of files that vanished or whose content was replaced.

They hold no text: only path, hash, size, number, date and part; for a secret file only path, hash and
size. A record is deleted when its content is found again anywhere in the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, true, update

from dossier.batches import batched
from dossier.catalogue import encoding, meta, rows
from dossier.catalogue.revisions import concerns
from dossier.catalogue.tables import MOST_ASKED, departed, documents, dossiers, files
from dossier.model import DepartedFile, FileRecord, KnownFile


def vanished(connection: Connection, gone: list[dict[str, Any]]) -> None:
    """Store records of removed files, except those whose content exists elsewhere."""
    for paths in batched((record["path"] for record in gone), MOST_ASKED):
        before = select(departed.c.dossier).where(departed.c.path.in_(paths))
        concerns(connection, connection.execute(before).scalars())
    for record in gone:
        connection.execute(delete(departed).where(departed.c.path == record["path"]))
        if connection.execute(select(files.c.id).where(_elsewhere(record)).limit(1)).first() is None:
            connection.execute(insert(departed), record)


def _elsewhere(record: dict[str, Any]) -> Any:
    """Condition for files with the same content; without a known hash, with the same name and size."""
    if record["sha256"]:
        return files.c.sha256 == record["sha256"]
    name = record["path"].rpartition("/")[2]
    return (files.c.size == record["size"]) & files.c.path.endswith(f"/{name}", autoescape=True)


def arrived(connection: Connection, found: Sequence[tuple[FileRecord, dict[str, Any] | None]]) -> None:
    """Update the records for catalogued files: delete those of contents found again, add replaced contents.

    Each file comes with the record of the content it replaced, if known.
    """
    missing = connection.execute(select(departed.c.path).limit(1)).first() is not None
    for record, before in found:
        if missing or before is not None:
            _arrived(connection, record, before)
            missing = True


def _arrived(connection: Connection, record: FileRecord, before: dict[str, Any] | None) -> None:
    path, sha = encoding.safe(record.entry.path), record.sha256
    at_path = departed.c.path == path
    known = connection.execute(
        select(departed).where(at_path | ((departed.c.sha256 == sha) & (departed.c.sha256 != "")))
    ).mappings().all()  # fmt: skip
    concerns(connection, (row["dossier"] for row in known))
    here = next((row for row in known if row["path"] == path), None)
    for row in known:
        if row["sha256"] == sha or (row is here and not (sha and row["sha256"])):
            connection.execute(delete(departed).where(departed.c.path == row["path"]))
    if here is not None:
        if sha and here["sha256"] not in ("", sha) and (before or not here["replaced"]):
            changed = {"replaced": True, "noticed_at": encoding.now(), "dossier": record.entry.dossier}
            connection.execute(update(departed).where(at_path).values(changed))
    elif before is not None:
        # The file now has a stamp of secrecy, so its former number and date are not kept either.
        unsaid = {"number_symbol": "", "date": None} if any(d.security for d in record.documents) else {}
        connection.execute(insert(departed), before | {"replaced": True} | unsaid)


def record_of(connection: Connection, file: KnownFile) -> dict[str, Any]:
    """The row of ``departed`` for a catalogued file."""
    query = (
        select(
            documents.c.number_symbol, documents.c.date, documents.c.placements, documents.c.security,
            files.c.verified_at,
        )
        .join_from(files, documents, documents.c.file_id == files.c.id, isouter=True)
        .where(files.c.id == file.id)
        .order_by(documents.c.ordinal)
    )  # fmt: skip
    held = connection.execute(query).mappings().all()
    secret = any(row["security"] for row in held)
    first = held[0] if held and held[0]["placements"] is not None and not secret else None
    places = encoding.placements_from_text(first["placements"]) if first else ()
    scanned = meta.value(connection, "scanned_at")
    seen = [at for at in (scanned, held[0]["verified_at"] if held else None) if at]
    return {
        "path": file.path,
        "dossier": file.dossier,
        "sha256": file.sha256,
        "size": file.size,
        "number_symbol": first["number_symbol"] if first else "",
        "date": first["date"] if first else None,
        "part": places[0].part if places else "",
        "seen_at": max(seen, default=None),
        "noticed_at": encoding.now(),
        "replaced": False,
    }


def of_lost_dossiers(connection: Connection) -> dict[str, list[DepartedFile]]:
    """Missing files of dossiers that no longer exist, by the dossier's path."""
    known = select(dossiers.c.path)
    return _by_dossier(connection, departed.c.dossier.not_in(known) & departed.c.replaced.is_(False))


def of_dossiers(
    connection: Connection, dossier: str | None, last: str | None = None
) -> dict[str, list[DepartedFile]]:
    """Missing and replaced files by dossier: of all dossiers, of one, or of the range from ``dossier`` to
    ``last``."""
    if dossier is None:
        return _by_dossier(connection, true())
    # Not "between": PostgreSQL's grammar has no COLLATE before its "and".
    there = (departed.c.dossier >= dossier) & (departed.c.dossier <= (last or dossier))
    return _by_dossier(connection, there)


def _by_dossier(connection: Connection, where: ColumnElement[bool]) -> dict[str, list[DepartedFile]]:
    found: dict[str, list[DepartedFile]] = {}
    query = select(departed).where(where).order_by(departed.c.dossier, departed.c.path)
    for row in connection.execute(query).mappings():
        found.setdefault(row["dossier"], []).append(rows.departed_of(row))
    return found
