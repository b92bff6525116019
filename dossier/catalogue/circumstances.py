"""Queries and updates for placing doubtful documents by the other documents of their dossier."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, or_, select, update

from dossier.batches import batched
from dossier.catalogue import encoding, rows
from dossier.catalogue.decisions import in_force
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import (
    MOST_ASKED,
    UNWEIGHED_INSERT,
    corrections,
    documents,
    files,
    tell_index,
    texts,
    unweighed,
)
from dossier.model import Document, FieldSource, Header, LogicalDocument, PlacedDocument

_BY_HAND = (FieldSource.HANDWRITING, FieldSource.CITED, FieldSource.ORDER)
_READ_BY_HAND = (FieldSource.HANDWRITING, FieldSource.ORDER)
_SERIES_AT_ONCE = 50  # conditions of one query


@dataclass(frozen=True, slots=True)
class Weighable:
    """A document with its row's id; ``doubted``: its own content does not settle its placement.

    ``placements`` and ``review`` of ``document`` are a person's where one decided; ``stored`` are the columns
    of the placement computed before. ``corrected``: a person corrects, or once corrected, its header, so that
    its placement must be computed from that.
    """

    id: int
    document: Document
    doubted: bool
    decided: bool
    corrected: bool
    stored: Mapping[str, object]

    @property
    def weighed(self) -> bool:
        """Whether the placement computed before is by the document's surroundings too."""
        return bool(self.stored["weighed"])


class Circumstances:
    """Dossiers that changed since the last weighing, and the results of weighing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pending(self, only: Collection[str] | None = None) -> tuple[list[str], list[str]]:
        """Changed dossiers with a doubtful document, and changed dossiers without one; ``only``: of a few."""
        of_file = documents.c.file_id == files.c.id
        doubted = exists().where(
            files.c.dossier == unweighed.c.dossier, of_file, documents.c.doubted.is_(True)
        )
        query = select(unweighed.c.dossier, doubted).order_by(unweighed.c.dossier)
        if only is not None:
            query = query.where(unweighed.c.dossier.in_(only))
        with self._session.reading() as connection:
            found = connection.execute(query).all()
        return [path for path, doubt in found if doubt], [path for path, doubt in found if not doubt]

    def documents(self, dossier: str) -> list[Weighable]:
        """The documents of a dossier except secret ones, by path and ordinal."""
        return [each for _dossier, each in self._found(files.c.dossier == dossier)]

    def numbered(self, registers: Iterable[tuple[str, str]]) -> list[tuple[str, Weighable]]:
        """The documents, with their dossiers, of these registers (symbol and year); without secret ones."""
        found = []
        for some in batched(registers, _SERIES_AT_ONCE):
            in_one = [
                and_(
                    documents.c.number_symbol.endswith(symbol, autoescape=True),
                    documents.c.date.startswith(f"{year}-"),
                )
                for symbol, year in some
            ]
            found += self._found(or_(*in_one))
        return found

    def handwritten(self) -> set[tuple[str, str]]:
        """Number and year of each dated document with a field read from handwriting."""
        read = (documents.c.details.contains(f'"{source}"', autoescape=True) for source in _READ_BY_HAND)
        with self._session.reading() as connection:
            return _numbers_and_years(connection, or_(*read))

    def registers(self, dossiers: Collection[str]) -> set[tuple[str, str]]:
        """Number and year of each dated document in these dossiers."""
        found = set[tuple[str, str]]()
        with self._session.reading() as connection:
            for some in batched(dossiers, MOST_ASKED):
                found |= _numbers_and_years(connection, files.c.dossier.in_(some))
        return found

    def _found(self, condition: ColumnElement[bool]) -> list[tuple[str, Weighable]]:
        query = rows.select_documents().where(condition, documents.c.security.is_(None))
        with self._session.reading() as connection:
            words = in_force(connection)
            ever = select(corrections.c.sha256, corrections.c.ordinal).distinct()
            corrected = {(sha, ordinal) for sha, ordinal in connection.execute(ever)}
            return [
                (
                    row["dossier"],
                    Weighable(
                        row["id"],
                        rows.document_of(row, words.places, words.fields),
                        bool(row["doubted"]),
                        (row["sha256"], row["ordinal"]) in words.places,
                        (row["sha256"], row["ordinal"]) in corrected,
                        {name: row[name] for name in rows.PLACING},
                    ),
                )
                for row in connection.execute(query).mappings()
            ]

    def logical(self, weighable: Weighable) -> LogicalDocument:
        """The document with its text."""
        query = select(texts.c.text).where(texts.c.document_id == weighable.id)
        with self._session.reading() as connection:
            text = encoding.unpack_text(connection.execute(query).scalar_one())
        return weighable.document.logical(text)

    def place(self, placed: Sequence[tuple[Weighable, PlacedDocument]]) -> None:
        """Store placements by the documents' own texts; their dossiers are weighed again."""
        with self._session.writing() as connection:
            for old, new in placed:
                _change(connection, old, rows.placing_row(new))
            dossiers = _concerns(connection, {old.document.path for old, _new in placed})
            if dossiers:
                connection.execute(UNWEIGHED_INSERT, [{"dossier": dossier} for dossier in dossiers])

    def filled_in(self, dossiers: Collection[str]) -> list[str]:
        """Those of a few dossiers that have documents with a hand-written number or day."""
        by_hand = [documents.c.details.contains(f'"{source}"') for source in _BY_HAND]
        query = (
            select(files.c.dossier)
            .join(documents, documents.c.file_id == files.c.id)
            .where(
                files.c.dossier.in_(dossiers),
                documents.c.security.is_(None),
                or_(*by_hand),
            )
            .distinct()
            .order_by(files.c.dossier)
        )
        with self._session.reading() as connection:
            return list(connection.execute(query).scalars())

    def reread(self, told: Sequence[tuple[Weighable, Header]]) -> None:
        """Store headers changed by the evidence of other documents of the dossier."""
        with self._session.writing() as connection:
            for old, header in told:
                values = {
                    "number_symbol": header.number_symbol,
                    "date": header.date.isoformat() if header.date else None,
                    "details": encoding.details_to_text(header),
                }
                _change(connection, old, values)
            _concerns(connection, {old.document.path for old, _header in told})

    def any_corrected(self) -> bool:
        """Whether there was ever a correction."""
        with self._session.reading() as connection:
            return connection.execute(select(corrections.c.id).limit(1)).first() is not None

    def settle(self, weighed: Sequence[str], found: Sequence[tuple[Weighable, PlacedDocument]]) -> None:
        """Store the results for weighed dossiers."""
        changed = []
        for old, placed in found:
            values = rows.placing_row(placed)
            if values != old.stored:
                changed.append((old, values))
        with self._session.writing() as connection:
            concerns(connection, weighed)
            for old, values in changed:
                _change(connection, old, values)
            tell_index(connection, (old.document.path for old, _values in changed))
            gone = [{"gone": path} for path in weighed]
            if gone:
                connection.execute(delete(unweighed).where(unweighed.c.dossier == bindparam("gone")), gone)


def _change(connection: Connection, document: Weighable, values: Mapping[str, object]) -> None:
    connection.execute(update(documents).where(documents.c.id == document.id).values(**values))


def _concerns(connection: Connection, paths: Collection[str]) -> Sequence[str]:
    """Mark the reports and index entries of these files as outdated; return their dossiers."""
    around = select(files.c.dossier).where(files.c.path.in_(paths)).distinct()
    dossiers = connection.execute(around).scalars().all()
    concerns(connection, dossiers)
    tell_index(connection, paths)
    return dossiers


def _numbers_and_years(connection: Connection, condition: ColumnElement[bool]) -> set[tuple[str, str]]:
    """Number and year of each dated document that meets a condition."""
    query = (
        select(documents.c.number_symbol, documents.c.date)
        .join(files, documents.c.file_id == files.c.id)
        .where(condition, documents.c.date.is_not(None))
        .distinct()
    )
    return {(number, day[:4]) for number, day in connection.execute(query)}
