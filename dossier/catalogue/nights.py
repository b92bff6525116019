"""Nightly results of the archive: one compact row per day."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update

from dossier.catalogue import encoding
from dossier.catalogue.session import Session
from dossier.catalogue.tables import nights
from dossier.machine_json import fields
from dossier.model import DossierAtNight, Night

_SUMMARY = "counts score units findings off new mended"


class Nights:
    """Stores nightly results. A second run on a day replaces the first."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, night: Night) -> None:
        """Store ``night``, replacing an earlier result of its day."""
        summary = fields(night, _SUMMARY)
        standing = {path: asdict(stood) for path, stood in night.standing.items()}
        with self._session.writing() as connection:
            connection.execute(delete(nights).where(nights.c.day == night.day.isoformat()))
            connection.execute(
                insert(nights),
                {
                    "day": night.day.isoformat(),
                    "summary": encoding.safe(json.dumps(summary, ensure_ascii=False)),
                    "standing": encoding.pack_text(encoding.safe(json.dumps(standing, ensure_ascii=False))),
                },
            )

    def thin(self, oldest: date) -> None:
        """Reduce nights before ``oldest``, except the newest of all, to numbers: the findings of each dossier
        are only compared with the following night."""
        c = nights.c
        newest = select(func.max(c.day)).scalar_subquery()
        old = (c.day < oldest.isoformat()) & (c.standing != b"") & (c.day != newest)
        with self._session.writing() as connection:
            connection.execute(update(nights).where(old).values(standing=b""))

    def day_before(self, day: date) -> date | None:
        """The day of the last night stored before ``day``."""
        query = select(func.max(nights.c.day)).where(nights.c.day < day.isoformat())
        with self._session.reading() as connection:
            found = connection.execute(query).scalar()
        return date.fromisoformat(found) if found else None

    def before(self, day: date) -> Night | None:
        """The last night stored before ``day`` that still has the results of its dossiers."""
        whole = (nights.c.day < day.isoformat()) & (nights.c.standing != b"")
        query = select(nights).where(whole).order_by(nights.c.day.desc()).limit(1)
        with self._session.reading() as connection:
            row = connection.execute(query).mappings().first()
        return _night(row, row["standing"]) if row else None

    def all(self) -> list[Night]:
        """All nights, without the results of dossiers, oldest first."""
        query = select(nights.c.day, nights.c.summary).order_by(nights.c.day)
        with self._session.reading() as connection:
            return [_night(row) for row in connection.execute(query).mappings()]


def _night(row: RowMapping, standing: bytes | None = None) -> Night:
    summary: dict[str, Any] = json.loads(row["summary"])
    stood = json.loads(encoding.unpack_text(standing)) if standing is not None else {}
    standing_by_path = {path: DossierAtNight(**each) for path, each in stood.items()}
    told = {name: summary[name] for name in _SUMMARY.split()} | {"off": tuple(summary["off"])}
    return Night(day=date.fromisoformat(row["day"]), standing=standing_by_path, **told)
