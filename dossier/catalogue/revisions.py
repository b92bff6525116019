"""When verdicts turn stale: every change to what they hang on gives the dossiers concerned another mark.

No act has to remember that: the statements of a transaction are looked at, and one that writes to any table
but those below makes all verdicts stale unless it says which (:func:`concerns`). What was judged by an
earlier mark is judged again, so it does not matter whether judging or changing comes first.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event, select

from dossier.catalogue.tables import META_UPSERT, REVISION_UPSERT, meta, revisions

# No verdict hangs on these, or it looks at them each time.
_FREE = frozenset(
    ["meta", "outbox", "unweighed", "nights", "adoptions", "unsealed", "revisions", "briefs", "doubts"]
)
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_WHOLE, _ALL = "revision", "revision_of_all"  # keys of ``meta``
_JUDGED = "judged_in_{language}"
_WROTE, _CONCERNED = "writes verdicts hang on", "dossiers concerned"  # keys of a connection's ``info``


@dataclass(frozen=True, slots=True)
class Revisions:
    """The marks of one moment."""

    whole: str
    """Another one after any change."""
    judged: str
    """``whole`` when all that was told of other dossiers was last found to hold."""
    all: str
    marks: Mapping[str, int] = field(default_factory=dict)

    def of(self, dossier: str) -> str:
        """What a verdict on the dossier is kept by."""
        return f"{self.all}:{self.marks.get(dossier, 0)}"


def look_at_statements(engine: Engine) -> None:
    """Have every statement on the engine looked at, whoever sends it."""
    event.listen(engine, "before_cursor_execute", _look)


def begin(connection: Connection) -> None:
    """A transaction begins in which something may be written."""
    connection.info.pop(_CONCERNED, None)
    connection.info.pop(_WROTE, None)


def concerns(connection: Connection, dossiers: Iterable[str]) -> None:
    """Whatever this transaction writes changes no verdict but on these dossiers, and on those named in it
    before or after."""
    connection.info.setdefault(_CONCERNED, set()).update(dossiers)


def end(connection: Connection) -> None:
    """The transaction is about to be committed: give new marks, in it."""
    concerned: set[str] | None = connection.info.pop(_CONCERNED, None)
    if not connection.info.pop(_WROTE, False):
        return
    # In this order in every transaction, so that two of them never wait for each other.
    if concerned:
        marks = [{"dossier": dossier, "mark": secrets.randbits(62)} for dossier in sorted(concerned)]
        connection.execute(REVISION_UPSERT, marks)
    keys = (_WHOLE, _ALL) if concerned is None else (_WHOLE,)
    connection.execute(META_UPSERT, [{"key": key, "value": secrets.token_hex(8)} for key in sorted(keys)])


def current(connection: Connection, language: str) -> Revisions:
    """The marks now, for verdicts in that language."""
    judged = _JUDGED.format(language=language)
    wanted = select(meta.c.key, meta.c.value).where(meta.c.key.in_((_WHOLE, judged, _ALL)))
    kept = {row.key: row.value for row in connection.execute(wanted)}
    marks = {row.dossier: row.mark for row in connection.execute(select(revisions))}
    return Revisions(kept.get(_WHOLE, ""), kept.get(judged, "-"), kept.get(_ALL, ""), marks)


def keep_judged(connection: Connection, language: str, whole: str) -> None:
    """All that the verdicts kept in that language were told of other dossiers holds at that revision."""
    connection.execute(META_UPSERT, {"key": _JUDGED.format(language=language), "value": whole})


def _look(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    written = _WRITES.match(statement)
    if written and written[1].lower() not in _FREE:
        connection.info[_WROTE] = True
