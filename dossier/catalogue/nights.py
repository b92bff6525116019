"""How the archive stood, night by night: one compact row a day."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select

from dossier.catalogue import rows
from dossier.catalogue.session import Session
from dossier.catalogue.tables import nights
from dossier.model import Night, Standing


class Nights:
    """Kept results, oldest first. A second run on a day takes the place of the first."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, night: Night) -> None:
        """Record ``night`` in place of an earlier result of its day."""
        summary = {
            "counts": dict(night.counts),
            "score": night.score,
            "units": dict(night.units),
            "off": list(night.off),
            "new": night.new,
            "mended": night.mended,
        }
        standing = {path: asdict(stood) for path, stood in night.standing.items()}
        with self._session.writing() as connection:
            connection.execute(delete(nights).where(nights.c.day == night.day.isoformat()))
            connection.execute(
                insert(nights),
                {
                    "day": night.day.isoformat(),
                    "summary": rows.safe(json.dumps(summary, ensure_ascii=False)),
                    "standing": rows.pack_text(rows.safe(json.dumps(standing, ensure_ascii=False))),
                },
            )

    def before(self, day: date) -> Night | None:
        """The last night kept before ``day``, with every dossier's standing."""
        query = select(nights).where(nights.c.day < day.isoformat()).order_by(nights.c.day.desc()).limit(1)
        with self._session.reading() as connection:
            row = connection.execute(query).mappings().first()
        return _night(row, row["standing"]) if row else None

    def all(self) -> list[Night]:
        """Every night without its dossiers, oldest first."""
        query = select(nights.c.day, nights.c.summary).order_by(nights.c.day)
        with self._session.reading() as connection:
            return [_night(row) for row in connection.execute(query).mappings()]


def _night(row: RowMapping, standing: bytes | None = None) -> Night:
    summary: dict[str, Any] = json.loads(row["summary"])
    stood = json.loads(rows.unpack_text(standing)) if standing is not None else {}
    return Night(
        day=date.fromisoformat(row["day"]),
        counts=summary["counts"],
        score=summary["score"],
        units=summary["units"],
        standing={path: Standing(**each) for path, each in stood.items()},
        off=tuple(summary["off"]),
        new=summary["new"],
        mended=summary["mended"],
    )
