"""Where people say documents belong. A decision is kept by content and is never lost, only ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from dossier.catalogue import rows
from dossier.catalogue.session import Session
from dossier.catalogue.tables import OUTBOX_INSERT, UNWEIGHED_INSERT, decisions, documents, files
from dossier.model import Decision

Pages = tuple[int, int]
_IN_FORCE = decisions.c.ended_at.is_(None)


def decided_placements(connection: Connection) -> dict[tuple[str, int], str]:
    """Every decision in force that still fits its file, by content hash and ordinal, as stored."""
    c = decisions.c
    query = select(c.sha256, c.ordinal, c.placements).where(_IN_FORCE, c.astray.is_(False)).order_by(c.id)
    return {(sha, ordinal): placements for sha, ordinal, placements in connection.execute(query)}


def refit(known: Sequence[tuple[int, Pages | None]], now: Mapping[int, Pages]) -> list[int | None]:
    """The ordinal that each decision (ordinal, pages) has in a file that is split as ``now`` says.

    The same ordinal with the same pages is the same document; so is another ordinal whose pages are
    those, and no other document's. ``None``: the document it was about is not there any more.
    """
    by_pages: dict[Pages, list[int]] = {}
    for ordinal, there in now.items():
        by_pages.setdefault(there, []).append(ordinal)
    found: list[int | None] = []
    for ordinal, pages in known:
        alike = by_pages.get(pages, []) if pages else [ordinal] if ordinal in now else []
        found.append(ordinal if ordinal in alike else alike[0] if len(alike) == 1 else None)
    # Two decisions for one document can only be a guess about one of them: neither is then sure.
    return [ordinal if found.count(ordinal) == 1 else None for ordinal in found]


def refit_content(connection: Connection, sha256: str, now: Mapping[int, Pages]) -> None:
    """Let the decisions about a content follow the way its file is split ``now``."""
    c = decisions.c
    of_content = select(c.id, c.ordinal, c.first_page, c.last_page, c.astray).where(
        _IN_FORCE, c.sha256 == sha256
    )
    known = connection.execute(of_content).all()
    asked = [(row.ordinal, (row.first_page, row.last_page) if row.first_page else None) for row in known]
    for row, ordinal in zip(known, refit(asked, now), strict=True):
        pages = now.get(ordinal or row.ordinal) if row.first_page is None else None
        values: dict[str, Any] = {"astray": ordinal is None, "ordinal": ordinal or row.ordinal}
        if ordinal is not None and pages:  # it came without them: from now on it is bound to them
            values |= {"first_page": pages[0], "last_page": pages[1]}
        connection.execute(update(decisions).where(c.id == row.id).values(**values))


class Decisions:
    """The decisions of an archive."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def decide(self, made: Iterable[Decision]) -> None:
        """Record decisions in place of earlier ones about the same documents, in one transaction."""
        with self._session.writing() as connection:
            contents = set()
            for decision in made:
                at = decision.made_at.astimezone(UTC)
                self._end(connection, decision, at, decision.author)
                connection.execute(insert(decisions), _row(decision))
                contents.add(decision.sha256)
            for sha256 in sorted(contents):
                self._fit(connection, sha256)
                self._tell_of_content(connection, sha256)

    def undecide(self, sha256: str, ordinal: int, author: str) -> bool:
        """Take back what is decided about a document; false when nothing was."""
        with self._session.writing() as connection:
            old = Decision(sha256, ordinal, (), author, datetime.now(UTC))
            undone = self._end(connection, old, old.made_at, author, or_astray=True)
            self._tell_of_content(connection, sha256)
            return undone

    def decisions(self, *, history: bool = False) -> tuple[Decision, ...]:
        """Decisions in force, oldest first; with ``history`` also those that have ended."""
        query = select(decisions).order_by(decisions.c.made_at, decisions.c.id)
        with self._session.reading() as connection:
            found = connection.execute(query if history else query.where(_IN_FORCE)).mappings()
            return tuple(_decision(row) for row in found)

    @staticmethod
    def _end(
        connection: Connection, decision: Decision, at: datetime, author: str, *, or_astray: bool = False
    ) -> bool:
        c = decisions.c
        here = _IN_FORCE & (c.sha256 == decision.sha256) & (c.ordinal == decision.ordinal)
        if not or_astray:
            here &= c.astray.is_(False)
        values = {"ended_at": _instant(at), "ended_by": rows.safe(author)}
        return bool(connection.execute(update(decisions).where(here).values(**values)).rowcount)

    @staticmethod
    def _fit(connection: Connection, sha256: str) -> None:
        query = (
            select(documents.c.ordinal, documents.c.first_page, documents.c.last_page)
            .join(files, files.c.id == documents.c.file_id)
            .where(files.c.sha256 == sha256)
        )
        now = {row.ordinal: (row.first_page, row.last_page) for row in connection.execute(query)}
        if now:
            refit_content(connection, sha256, now)

    @staticmethod
    def _tell_of_content(connection: Connection, sha256: str) -> None:
        where = select(files.c.path, files.c.dossier).where(files.c.sha256 == sha256)
        for path, dossier in connection.execute(where).all():
            connection.execute(OUTBOX_INSERT, {"path": path})
            connection.execute(UNWEIGHED_INSERT, {"dossier": dossier})


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _row(decision: Decision) -> dict[str, Any]:
    first, last = decision.pages or (None, None)
    return {
        "sha256": decision.sha256,
        "ordinal": decision.ordinal,
        "first_page": first,
        "last_page": last,
        "path": rows.safe(decision.path),
        "placements": rows.placements_to_text(decision.placements),
        "author": rows.safe(decision.author),
        "made_at": _instant(decision.made_at),
        "ended_at": None,
        "ended_by": "",
        "astray": False,
    }


def _decision(row: RowMapping) -> Decision:
    return Decision(
        sha256=row["sha256"],
        ordinal=row["ordinal"],
        placements=rows.placements_from_text(row["placements"]),
        author=row["author"],
        made_at=datetime.fromisoformat(row["made_at"]),
        pages=(row["first_page"], row["last_page"]) if row["first_page"] else None,
        path=row["path"],
        ended_at=datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None,
        ended_by=row["ended_by"],
        astray=bool(row["astray"]),
    )
