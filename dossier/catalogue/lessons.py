"""Training data for the learned classifier: documents placed by people, and documents it may place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, exists, or_, select

from dossier.catalogue import encoding, rows
from dossier.catalogue.session import Session
from dossier.catalogue.tables import decisions, documents, files, texts
from dossier.model import OUTSIDE, LogicalDocument, Placement, Source


class Lessons:
    """Read-only queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def titles(self) -> list[tuple[str, int, str]]:
        """The training decisions: content hash, ordinal and stored placements, sorted."""
        c = decisions.c
        with self._session.reading() as connection:
            found = connection.execute(_taught(select(c.sha256, c.ordinal, c.placements))).all()
        return sorted({(row.sha256, row.ordinal, row.placements) for row in found})

    def all(self) -> Iterator[tuple[str, str, LogicalDocument, tuple[Placement, ...]]]:
        """Yield path, dossier, document and decision, each document once, oldest decision first."""
        decided = decisions.c.placements.label("decided")
        columns = select(files.c.path, files.c.dossier, files.c.sha256, documents, texts.c.text, decided)
        query = _taught(columns).join(texts, texts.c.document_id == documents.c.id)
        query = query.order_by(decisions.c.made_at, files.c.sha256, documents.c.ordinal, files.c.path)
        seen = set()
        with self._session.reading() as connection:
            for row in connection.execute(query).mappings():
                key = row["sha256"], row["ordinal"]
                if key in seen:  # a copy under another name
                    continue
                seen.add(key)
                yield (
                    row["path"],
                    row["dossier"],
                    rows.logical_of(row),
                    encoding.placements_from_text(row["decided"]),
                )

    def unsettled(self) -> frozenset[int]:
        """Ids of files with a document that the rules alone did not place."""
        c = documents.c
        learned = c.placements.contains(f'"{Source.LEARNED}"')
        with self._session.reading() as connection:
            return frozenset(
                connection.execute(
                    select(c.file_id).where(or_(c.review.is_(True), c.doubted.is_(True), learned))
                ).scalars()
            )

    def settled(self) -> Iterator[tuple[int, str, str, LogicalDocument, tuple[Placement, ...]]]:
        """Yield file id, path, dossier, document and placements of the documents placed with certainty by the
        rules and decided by nobody."""
        c = documents.c
        here = decisions.c.ended_at.is_(None) & (decisions.c.ordinal == c.ordinal)
        decided = exists().where(here, decisions.c.sha256 == files.c.sha256)
        columns = select(files.c.path, files.c.dossier, documents, texts.c.text)
        query = (
            columns.join(files, files.c.id == c.file_id)
            .join(texts, texts.c.document_id == c.id)
            .where(files.c.dossier != OUTSIDE, c.review.is_(False), c.doubted.is_(False))
            .where(c.security.is_(None), ~decided)
        )
        with self._session.reading() as connection:
            for row in connection.execute(query).mappings():
                places = encoding.placements_from_text(row["placements"])
                yield row["file_id"], row["path"], row["dossier"], rows.logical_of(row), places


def _taught(query: Select[Any]) -> Select[Any]:
    """Restrict a query to existing documents that are not secret and have a valid decision."""
    d = decisions.c
    joined = query.join_from(decisions, files, files.c.sha256 == d.sha256).join(
        documents, (documents.c.file_id == files.c.id) & (documents.c.ordinal == d.ordinal)
    )
    return joined.where(
        d.ended_at.is_(None),
        d.astray.is_(False),
        documents.c.security.is_(None),
        files.c.dossier != OUTSIDE,
    )
