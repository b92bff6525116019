"""Invalidation of stored reports: each change of their input gives the dossiers concerned a new mark.

This is automatic: the statements of a transaction are observed, and a write to any table
except those below invalidates all reports unless the dossiers are named (:func:`concerns`). Reports computed
under an earlier mark are computed again, so the order of evaluation and change does not matter.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event, select

from dossier.catalogue import meta
from dossier.catalogue.tables import REVISION_UPSERT, revisions

# Tables on which no report depends, or that are read each time.
_FREE = frozenset(
    ["meta", "outbox", "unweighed", "nights", "adoptions", "unsealed", "revisions", "briefs", "doubts"]
)
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_WHOLE, _ALL = "revision", "revision_of_all"  # keys of ``meta``
_JUDGED = "judged_in_{language}"
_WROTE, _CONCERNED = "writes verdicts hang on", "dossiers concerned"  # keys of a connection's ``info``


@dataclass(frozen=True, slots=True)
class Revisions:
    """The marks at one time."""

    whole: str
    """Mark that differs after any change."""
    judged: str
    """Value of ``whole`` for which all stored reports were last found valid."""
    all: str
    marks: Mapping[str, int] = field(default_factory=dict)

    def of(self, dossier: str) -> str:
        """The revision under which a report on the dossier is stored."""
        return f"{self.all}:{self.marks.get(dossier, 0)}"


def look_at_statements(engine: Engine) -> None:
    """Observe every statement executed on the engine."""
    event.listen(engine, "before_cursor_execute", _look)


def begin(connection: Connection) -> None:
    """Reset the observations at the beginning of a writing transaction."""
    connection.info.pop(_CONCERNED, None)
    connection.info.pop(_WROTE, None)


def concerns(connection: Connection, dossiers: Iterable[str]) -> None:
    """Declare that this transaction only affects reports on these dossiers, and others named in further
    calls."""
    connection.info.setdefault(_CONCERNED, set()).update(dossiers)


def end(connection: Connection) -> None:
    """Write new marks at the end of the transaction, before its commit."""
    concerned: set[str] | None = connection.info.pop(_CONCERNED, None)
    if not connection.info.pop(_WROTE, False):
        return
    # Always in this order, to prevent deadlocks.
    if concerned:
        marks = [{"dossier": dossier, "mark": secrets.randbits(62)} for dossier in sorted(concerned)]
        connection.execute(REVISION_UPSERT, marks)
    keys = (_WHOLE, _ALL) if concerned is None else (_WHOLE,)
    for key in sorted(keys):
        meta.keep(connection, key, secrets.token_hex(8))


def current(connection: Connection, language: str) -> Revisions:
    """The current marks, for reports in that language."""
    judged = _JUDGED.format(language=language)
    kept = meta.values(connection, _WHOLE, judged, _ALL)
    marks = {row.dossier: row.mark for row in connection.execute(select(revisions))}
    return Revisions(kept.get(_WHOLE, ""), kept.get(judged, "-"), kept.get(_ALL, ""), marks)


def keep_judged(connection: Connection, language: str, whole: str) -> None:
    """Record that all stored reports in that language are valid at that revision."""
    meta.keep(connection, _JUDGED.format(language=language), whole)


def _look(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    written = _WRITES.match(statement)
    if written and written[1].lower() not in _FREE:
        connection.info[_WROTE] = True
