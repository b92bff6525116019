"""For how long verdicts hold, and a counter by which it is seen that nothing they hang on has changed.

Triggers of the database move the counter, so that no way of writing can forget it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dossier.catalogue import rows
from dossier.catalogue.session import Session
from dossier.catalogue.tables import meta, verdicts

Days = tuple[date, date]  # the first and the last on which a verdict is the same
_REVISION, _TOLD = "revision", "verdict"


class Verdicts:
    """The verdict on the whole archive that was kept last."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def revision(self) -> int:
        """Moves whenever a file's content or place, a dossier, a decision, a waiver, what is missed or
        the baseline changes."""
        with self._session.reading() as connection:
            return int(connection.execute(select(meta.c.value).where(meta.c.key == _REVISION)).scalar_one())

    def keep(self, told: Mapping[str, Any], windows: Mapping[str, Days]) -> None:
        """Keep what was told of the whole archive (JSON), and for how long it holds by dossier."""
        with self._session.writing() as connection:
            connection.execute(delete(verdicts))
            if windows:
                connection.execute(insert(verdicts), [_row(*each) for each in windows.items()])
            self._tell(connection, told)

    def renew(self, told: Mapping[str, Any], windows: Mapping[str, Days]) -> None:
        """The same verdict, told again: these dossiers were looked at anew, the others hold."""
        with self._session.writing() as connection:
            for row in (_row(*each) for each in windows.items()):
                here = verdicts.c.dossier == row["dossier"]
                connection.execute(update(verdicts).where(here).values(row))
            self._tell(connection, told)

    def told(self) -> dict[str, Any] | None:
        """What was kept last."""
        with self._session.reading() as connection:
            found = connection.execute(select(meta.c.value).where(meta.c.key == _TOLD)).scalar()
        told: dict[str, Any] | None = json.loads(found) if found else None
        return told

    def beyond(self, day: date) -> list[str]:
        """The dossiers whose verdict is not known to hold on ``day``."""
        c, on = verdicts.c, day.isoformat()
        query = select(c.dossier).where((c.first_day > on) | (c.last_day < on)).order_by(c.dossier)
        with self._session.reading() as connection:
            return list(connection.execute(query).scalars())

    @staticmethod
    def _tell(connection: Connection, told: Mapping[str, Any]) -> None:
        connection.execute(delete(meta).where(meta.c.key == _TOLD))
        value = rows.safe(json.dumps(told, ensure_ascii=False, default=str))
        connection.execute(insert(meta), {"key": _TOLD, "value": value})


def _row(dossier: str, days: Days) -> dict[str, str]:
    first, last = days
    return {"dossier": dossier, "first_day": first.isoformat(), "last_day": last.isoformat()}
