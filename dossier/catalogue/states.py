"""Read-only queries for the state of dossiers, and of files in no dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, select

from dossier.batches import batched
from dossier.catalogue import departed, encoding, meta, rows
from dossier.catalogue.decisions import in_force
from dossier.catalogue.people import fact_of
from dossier.catalogue.records import loaded
from dossier.catalogue.tables import MOST_ASKED, dossiers, files, told, waivers
from dossier.model import OUTSIDE, Document, DossierState, IgnoredFile, Outside, UnreadFile, Waiver

IGNORED_OUTSIDE = "ignored_outside"  # key of ``meta``
Made = TypeVar("Made")


def of_dossiers(
    connection: Connection, dossier: str | None = None, last: str | None = None
) -> list[DossierState]:
    """The state of all dossiers, of the one at that path, or of the range from there to ``last``, by path."""
    inside = files.c.dossier != OUTSIDE
    folders = select(dossiers).order_by(dossiers.c.path)
    pardons = select(waivers).where(waivers.c.ended_at.is_(None)).order_by(waivers.c.id)
    known = select(told).where(told.c.ended_at.is_(None)).order_by(told.c.id)
    if dossier is not None:
        inside &= _from_to(files.c.dossier, dossier, last)
        folders = folders.where(_from_to(dossiers.c.path, dossier, last))
        pardons = pardons.where(_from_to(waivers.c.dossier, dossier, last))
        known = known.where(_from_to(told.c.dossier, dossier, last))
    documents = _documents(connection, inside)
    unread = _unread(connection, inside)
    altered_rows = select(files).where(files.c.altered_at.is_not(None), inside).order_by(files.c.path)
    altered = _by_dossier(connection.execute(altered_rows).mappings(), rows.altered_of)
    given = _by_dossier(connection.execute(pardons).mappings(), lambda row: loaded(Waiver, row))
    facts = _by_dossier(connection.execute(known).mappings(), fact_of)
    missed = departed.of_dossiers(connection, dossier, last)
    count = Counter(connection.execute(select(files.c.dossier).where(inside)).scalars())
    return [
        DossierState(
            folder=rows.folder_of(row),
            documents=tuple(documents.get(row["path"], ())),
            unread=tuple(unread.get(row["path"], ())),
            ignored=encoding.ignored_from_text(row["ignored"]),
            waivers=tuple(given.get(row["path"], ())),
            files=count[row["path"]],
            altered=tuple(altered.get(row["path"], ())),
            departed=tuple(missed.get(row["path"], ())),
            told=tuple(facts.get(row["path"], ())),
        )
        for row in connection.execute(folders).mappings()
    ]


def _from_to(path: Column[str], first: str, last: str | None) -> ColumnElement[bool]:
    return path == first if last in (None, first) else (path >= first) & (path <= last)


def outside(connection: Connection) -> Outside:
    """The state of the files in no dossier."""
    found = outside_where(connection, files.c.dossier == OUTSIDE)
    return replace(found, ignored=ignored_outside(connection))


def outside_where(connection: Connection, there: ColumnElement[bool]) -> Outside:
    """Like :func:`outside` for the files that meet a condition, without ignored files."""
    return Outside(
        tuple(connection.execute(select(files.c.path).where(there).order_by(files.c.path)).scalars()),
        tuple(_documents(connection, there).get(OUTSIDE, ())),
        tuple(_unread(connection, there).get(OUTSIDE, ())),
    )


def outside_paths(connection: Connection) -> list[str]:
    """Sorted paths of the files in no dossier."""
    query = select(files.c.path).where(files.c.dossier == OUTSIDE).order_by(files.c.path)
    return list(connection.execute(query).scalars())


def documents_at(connection: Connection, paths: Sequence[str]) -> dict[tuple[str, int, str], Document]:
    """The documents of files at these paths, by path, ordinal and content."""
    words = in_force(connection)
    found = {}
    for some in batched(paths, MOST_ASKED):
        query = rows.select_documents().where(files.c.path.in_(some))
        for row in connection.execute(query).mappings():
            found[row["path"], row["ordinal"], row["sha256"]] = rows.document_of(
                row, words.places, words.fields
            )
    return found


def ignored_outside(connection: Connection) -> tuple[IgnoredFile, ...]:
    """Ignored files in no dossier, as found by the last walk."""
    return encoding.ignored_from_text(meta.value(connection, IGNORED_OUTSIDE) or "[]")


def _documents(connection: Connection, where: ColumnElement[bool]) -> dict[str, list[Document]]:
    words = in_force(connection)
    found = connection.execute(rows.select_documents().where(where)).mappings()
    return _by_dossier(found, lambda row: rows.document_of(row, words.places, words.fields))


def _unread(connection: Connection, where: ColumnElement[bool]) -> dict[str, list[UnreadFile]]:
    query = select(files).where(files.c.reason.is_not(None), where).order_by(files.c.path)
    decided = in_force(connection).places
    return _by_dossier(connection.execute(query).mappings(), lambda row: rows.unread_of(row, decided))


def _by_dossier(found: Iterable[rows.Row], make: Callable[[rows.Row], Made]) -> dict[str, list[Made]]:
    by: dict[str, list[Made]] = {}
    for row in found:
        by.setdefault(row["dossier"], []).append(make(row))
    return by
