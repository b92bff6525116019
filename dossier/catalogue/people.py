"""What people said of dossiers: waivers, facts and duties done, which are never deleted, only ended; and the
baseline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, delete, func, insert, select

from dossier.catalogue import encoding
from dossier.catalogue.records import Records, dumped, loaded
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import baseline, told, waivers
from dossier.model import FactValue, ToldFact, Waiver


def kept_waivers(session: Session) -> Records[Waiver]:
    """The table of waivers; those in force include expired ones."""
    return Records(
        session, waivers, Waiver, ("dossier", "rule", "part"),
        changed=lambda connection, dossier: concerns(connection, [dossier]),
    )  # fmt: skip


def kept_facts(session: Session) -> Records[ToldFact]:
    """The table of facts of dossiers and of duties of the unit as a whole (dossier ``.``)."""
    return Records(
        session, told, ToldFact, ("dossier", "key"),
        changed=lambda connection, dossier: concerns(connection, [dossier]),
        load=fact_of,
        dump=lambda fact: dumped(fact, value=encoding.safe(_text(fact.value))),
    )  # fmt: skip


def fact_of(row: RowMapping) -> ToldFact:
    """A fact from its row."""
    return loaded(ToldFact, row, value=_value(row["value"]))


def _text(value: FactValue) -> str:
    return json.dumps({"day": value.isoformat()} if isinstance(value, date) else value, ensure_ascii=False)


def _value(text: str) -> FactValue:
    value = json.loads(text)
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    return tuple(value) if isinstance(value, list) else value


class Baseline:
    """The baseline: keys of known findings by dossier. There is at most one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw(self, found: Mapping[str, Sequence[str]], author: str) -> int:
        """Replace the baseline by these keys by dossier; return their number."""
        made_at = encoding.now()
        lines = [
            {"dossier": path, "finding": key, "author": encoding.safe(author), "made_at": made_at}
            for path, keys in found.items()
            for key in dict.fromkeys(map(encoding.safe, keys))
        ]
        with self._session.writing() as connection:
            connection.execute(delete(baseline))
            if lines:
                connection.execute(insert(baseline), lines)
        return len(lines)

    def remove(self) -> int:
        """Delete the baseline; return its number of findings."""
        with self._session.writing() as connection:
            return int(connection.execute(delete(baseline)).rowcount)

    def known(self) -> dict[str, set[str]]:
        """The keys of known findings by dossier."""
        found: dict[str, set[str]] = {}
        with self._session.reading() as connection:
            for path, key in connection.execute(select(baseline.c.dossier, baseline.c.finding)):
                found.setdefault(path, set()).add(key)
        return found

    def drawn(self) -> tuple[str, datetime] | None:
        """Author and time of the baseline; ``None`` without one."""
        query = select(func.max(baseline.c.author), func.max(baseline.c.made_at))
        with self._session.reading() as connection:
            author, made_at = connection.execute(query).one()
        return (author, datetime.fromisoformat(made_at)) if made_at else None
