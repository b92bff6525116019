"""Queries for the inbox: waiting files, copies already in dossiers, cited documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from dossier.batches import batched
from dossier.catalogue import rows, states
from dossier.catalogue.session import Session
from dossier.catalogue.tables import MOST_ASKED, documents, files
from dossier.model import OUTSIDE, Outside


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered document of a dossier. ``day``: its date in ISO form, or empty; ``parts``: its certain
    placements."""

    number: str
    day: str
    dossier: str
    parts: tuple[str, ...]


class Waiting:
    """Read-only queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def below(self, folder: str) -> Outside:
        """Files below a folder that are in no dossier, without ignored ones."""
        there = (files.c.dossier == OUTSIDE) & files.c.path.startswith(f"{folder}/", autoescape=True)
        with self._session.reading() as connection:
            return states.outside_where(connection, there)

    def at(self, path: str) -> Outside:
        """The state of a file that is in no dossier."""
        with self._session.reading() as connection:
            return states.outside_where(connection, (files.c.dossier == OUTSIDE) & (files.c.path == path))

    def copies_of(self, hashes: Collection[str]) -> dict[str, list[str]]:
        """Paths of files in dossiers with these contents, by SHA-256."""
        found: dict[str, list[str]] = {}
        with self._session.reading() as connection:
            for some in _in_turns(hashes):
                query = select(files.c.sha256, files.c.path).where(
                    files.c.sha256.in_(some), files.c.dossier != OUTSIDE
                )
                for sha, path in connection.execute(query.order_by(files.c.path)):
                    found.setdefault(sha, []).append(path)
        return found

    def numbered(self, numbers: Collection[str]) -> list[Numbered]:
        """Documents in dossiers with one of these numbers, except secret ones."""
        found = []
        with self._session.reading() as connection:
            for some in _in_turns(numbers):
                query = rows.select_documents().where(
                    documents.c.number_symbol.in_(some),
                    documents.c.security.is_(None),
                    files.c.dossier != OUTSIDE,
                )
                for row in connection.execute(query).mappings():
                    document = rows.document_of(row, {}, {})
                    sure = () if document.review else tuple(p.part for p in document.placements)
                    found.append(
                        Numbered(document.header.number_symbol, document.header.dated, row["dossier"], sure)
                    )
        return found


def _in_turns(values: Collection[str]) -> Iterator[list[str]]:
    return batched(sorted(set(values) - {""}), MOST_ASKED)
