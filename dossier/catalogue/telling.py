"""Facts entered by people, and duties reported as done. Never deleted, only ended."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import RowMapping

from dossier.catalogue import encoding
from dossier.catalogue.records import Records, dumped, loaded
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import told
from dossier.model import FactValue, ToldFact


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
