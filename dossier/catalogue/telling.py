"""Facts entered by people, and duties reported as done. Never deleted, only ended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from dossier.catalogue import encoding
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import told
from dossier.model import FactValue, ToldFact

_IN_FORCE = told.c.ended_at.is_(None)


class Telling:
    """Stores facts of dossiers and duties of the unit as a whole (dossier ``.``)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def tell(self, facts: Iterable[ToldFact]) -> None:
        """Record facts, which supersede earlier entries, in one transaction."""
        with self._session.writing() as connection:
            for fact in facts:
                _end(connection, fact.dossier, fact.key, fact.author, fact.made_at)
                connection.execute(
                    insert(told),
                    {
                        "dossier": encoding.safe(fact.dossier),
                        "key": fact.key,
                        "value": encoding.safe(_text(fact.value)),
                        "author": encoding.safe(fact.author),
                        "made_at": encoding.instant(fact.made_at),
                        "ended_at": None,
                        "ended_by": "",
                    },
                )

    def untell(self, dossier: str, key: str, author: str) -> bool:
        """Revoke a fact; false if there was none."""
        with self._session.writing() as connection:
            return _end(connection, dossier, key, author, datetime.now(UTC))

    def told(self, dossier: str | None = None, *, history: bool = False) -> tuple[ToldFact, ...]:
        """Facts in force, oldest first; with ``history`` also ended ones."""
        with self._session.reading() as connection:
            return told_facts(connection, dossier, history=history)


def told_facts(
    connection: Connection, dossier: str | None = None, *, history: bool = False
) -> tuple[ToldFact, ...]:
    """See :meth:`Telling.told`."""
    query = select(told).order_by(told.c.id)
    if dossier is not None:
        query = query.where(told.c.dossier == dossier)
    found = connection.execute(query if history else query.where(_IN_FORCE)).mappings()
    return tuple(map(_fact, found))


def _end(connection: Connection, dossier: str, key: str, author: str, at: datetime) -> bool:
    concerns(connection, [dossier])
    where = _IN_FORCE & (told.c.dossier == dossier) & (told.c.key == key)
    values = {"ended_at": encoding.instant(at), "ended_by": encoding.safe(author)}
    return bool(connection.execute(update(told).where(where).values(**values)).rowcount)


def _fact(row: RowMapping) -> ToldFact:
    ended = row["ended_at"]
    return ToldFact(
        row["dossier"],
        row["key"],
        _value(row["value"]),
        row["author"],
        datetime.fromisoformat(row["made_at"]),
        datetime.fromisoformat(ended) if ended else None,
        row["ended_by"],
    )


def _text(value: FactValue) -> str:
    return json.dumps({"day": value.isoformat()} if isinstance(value, date) else value, ensure_ascii=False)


def _value(text: str) -> FactValue:
    value = json.loads(text)
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    return tuple(value) if isinstance(value, list) else value
