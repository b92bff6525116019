"""People's decisions and corrections on documents. Stored by content hash; never deleted, only ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Table, bindparam, select, update

from dossier.batches import batched
from dossier.catalogue import encoding
from dossier.catalogue.records import Records, dumped, loaded
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import (
    MOST_ASKED,
    UNWEIGHED_INSERT,
    corrections,
    decisions,
    documents,
    files,
    tell_index,
)
from dossier.model import Correction, Decision

Pages = tuple[int, int]
Key = tuple[str, int]  # content hash and ordinal
Made = TypeVar("Made", Decision, Correction)
# Queries for what is in force for a content: built once, since they run for every catalogued file.
_OF_CONTENT = {
    table: select(table.c.id, table.c.ordinal, table.c.first_page, table.c.last_page, table.c.astray).where(
        table.c.ended_at.is_(None), table.c.sha256 == bindparam("content")
    )
    for table in (decisions, corrections)
}
_ANY_OF_CONTENTS = [
    select(table.c.sha256).where(
        table.c.ended_at.is_(None), table.c.sha256.in_(bindparam("contents", expanding=True))
    )
    for table in _OF_CONTENT
]


@dataclass(frozen=True, slots=True)
class DecisionsInForce:
    """Decisions (``places``, as stored) and corrections (``fields``, by name) in force that fit their
    file."""

    places: Mapping[Key, str] = field(default_factory=dict)
    fields: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)


def in_force(connection: Connection) -> DecisionsInForce:
    """All decisions and corrections in force that fit their file."""
    return DecisionsInForce(_payloads(connection, decisions, "placements"), {
        key: json.loads(values) for key, values in _payloads(connection, corrections, "fields").items()
    })  # fmt: skip


def _payloads(connection: Connection, table: Table, column: str) -> dict[Key, str]:
    c = table.c
    query = select(c.sha256, c.ordinal, c[column]).where(c.ended_at.is_(None), c.astray.is_(False))
    return {(sha, ordinal): payload for sha, ordinal, payload in connection.execute(query.order_by(c.id))}


def refit(known: Sequence[tuple[int, Pages | None]], now: Mapping[int, Pages]) -> list[int | None]:
    """Map each decision (ordinal, pages) to an ordinal of the file as it is split now.

    The same ordinal with the same pages is the same document; so is another ordinal with exactly those
    pages. ``None``: the document no longer exists.
    """
    by_pages: dict[Pages, list[int]] = {}
    for ordinal, there in now.items():
        by_pages.setdefault(there, []).append(ordinal)
    found: list[int | None] = []
    for ordinal, pages in known:
        alike = by_pages.get(pages, []) if pages else [ordinal] if ordinal in now else []
        found.append(ordinal if ordinal in alike else alike[0] if len(alike) == 1 else None)
    # If two decisions map to one document, neither is certain.
    return [ordinal if found.count(ordinal) == 1 else None for ordinal in found]


def spoken_of(connection: Connection, contents: Iterable[str]) -> set[str]:
    """Those of the content hashes for which a decision or correction is in force."""
    found: set[str] = set()
    for some in batched(contents, MOST_ASKED):
        for any_of_contents in _ANY_OF_CONTENTS:
            found.update(connection.execute(any_of_contents, {"contents": some}).scalars())
    return found


def refit_content(connection: Connection, sha256: str, now: Mapping[int, Pages]) -> None:
    """Adapt decisions and corrections of a content to the way its file is split ``now``."""
    concerns(connection, _dossiers_with(connection, sha256))
    for table, of_content in _OF_CONTENT.items():
        known = connection.execute(of_content, {"content": sha256}).all()
        asked = [(row.ordinal, (row.first_page, row.last_page) if row.first_page else None) for row in known]
        for row, ordinal in zip(known, refit(asked, now), strict=True):
            pages = now.get(ordinal or row.ordinal) if row.first_page is None else None
            values: dict[str, Any] = {"astray": ordinal is None, "ordinal": ordinal or row.ordinal}
            if ordinal is not None and pages:  # recorded without pages: bind it to them now
                values |= {"first_page": pages[0], "last_page": pages[1]}
            connection.execute(update(table).where(table.c.id == row.id).values(**values))


def kept_decisions(session: Session) -> Records[Decision]:
    """The table of decisions on placements."""
    return _kept(
        session, decisions, Decision, ("placements", "placements"), encoding.placements_to_text,
        encoding.placements_from_text,
    )  # fmt: skip


def kept_corrections(session: Session) -> Records[Correction]:
    """The table of corrections of headers."""
    return _kept(session, corrections, Correction, ("values", "fields"), _values_to_text, json.loads)


def _values_to_text(values: Mapping[str, str]) -> str:
    return encoding.safe(json.dumps(dict(values), ensure_ascii=False))


def _kept(
    session: Session,
    table: Table,
    made: type[Made],
    payload: tuple[str, str],
    to_text: Callable[[Any], str],
    from_text: Callable[[str], Any],
) -> Records[Made]:
    """A table of decisions or of corrections. ``payload``: the field that says what was decided, and its
    column."""
    field, column = payload

    def dump(record: Made) -> dict[str, Any]:
        first, last = record.pages or (None, None)
        row = dumped(record, first_page=first, last_page=last)
        del row["pages"], row[field]
        return row | {column: to_text(getattr(record, field))}

    def load(row: RowMapping) -> Made:
        pages = (row["first_page"], row["last_page"]) if row["first_page"] else None
        return loaded(made, row, pages=pages, **{field: from_text(row[column])})

    return Records(session, table, made, ("sha256", "ordinal"), changed=_fit_and_tell, load=load, dump=dump)


def _fit_and_tell(connection: Connection, sha256: str) -> None:
    _fit(connection, sha256)
    _tell_of_content(connection, sha256)


def _fit(connection: Connection, sha256: str) -> None:
    query = (
        select(documents.c.ordinal, documents.c.first_page, documents.c.last_page)
        .join(files, files.c.id == documents.c.file_id)
        .where(files.c.sha256 == sha256)
    )
    now = {row.ordinal: (row.first_page, row.last_page) for row in connection.execute(query)}
    if now:
        refit_content(connection, sha256, now)


def _tell_of_content(connection: Connection, sha256: str) -> None:
    where = select(files.c.path, files.c.dossier).where(files.c.sha256 == sha256)
    found = connection.execute(where).all()
    tell_index(connection, (path for path, _dossier in found))
    concerns(connection, (dossier for _path, dossier in found))
    for dossier in sorted({dossier for _path, dossier in found}):
        connection.execute(UNWEIGHED_INSERT, {"dossier": dossier})


def _dossiers_with(connection: Connection, sha256: str) -> Iterable[str]:
    return connection.execute(select(files.c.dossier).where(files.c.sha256 == sha256)).scalars()
