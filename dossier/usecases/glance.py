"""How an archive stands, in a few numbers: for a glance, and for programs that watch it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossier.archive import Archive
from dossier.model import DueStatus
from dossier.usecases import shelf
from dossier.usecases.assess import outcome
from dossier.usecases.overview import overview


@dataclass(frozen=True, slots=True)
class Glance:
    """``night`` is the day of the last good report of a night (``None``: there was none); ``late`` counts
    what is overdue, a duty once for each dossier; ``longest`` the days of what is overdue longest."""

    name: str
    scanned_at: datetime
    night: date | None
    dossiers: int
    complete: int
    late: int
    longest: int
    secrets: int
    review: int
    unread: int
    code: int


def glance(archive: Archive, today: date | None = None) -> Glance:
    """How the archive stood at its last scan, judged as of ``today``."""
    brief = overview(archive, today)
    late = [(brief.today - due.day).days for due in brief.open_dues if due.status is DueStatus.OVERDUE]
    counts = brief.summary
    night = shelf.latest(archive.state)
    return Glance(
        name=archive.name,
        scanned_at=brief.scanned_at,
        night=date.fromisoformat(night) if night else None,
        dossiers=counts["dossiers"],
        complete=counts["complete"],
        late=len(late),
        longest=max(late, default=0),
        secrets=len(brief.alarms),
        review=counts["needs_review"],
        unread=counts["unread"],
        code=int(outcome(brief)),
    )
