"""Status of every dossier and list of doubtful documents, using stored assessments that are still valid
(:mod:`dossier.usecases.briefing`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.compliance import unit
from dossier.compliance.doubts import importance
from dossier.compliance.neighbours import Neighbours
from dossier.model import (
    OUTSIDE,
    ArchiveBrief,
    DossierBrief,
    DueStatus,
    OutsideBrief,
    secret_first,
)
from dossier.usecases import night_folders
from dossier.usecases.assess import outcome
from dossier.usecases.briefing import Briefing, Doubtful, Memory
from dossier.usecases.heap import uncollected
from dossier.usecases.judging import Whole
from dossier.usecases.known import open_known

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


@uncollected()
def overview(archive: Archive, today: date | None = None) -> ArchiveBrief:
    """Return the status of the archive on ``today``: a summary of :func:`~dossier.usecases.assess.assess`."""
    today = today or date.today()
    with open_known(archive) as catalogue:
        return _brief(archive, catalogue, Briefing(archive, catalogue, today), today)


@dataclass(frozen=True, slots=True)
class WholeArchive:
    """Status of the archive, its doubtful documents (most important first), and the dossiers' relations to
    each other."""

    brief: ArchiveBrief
    doubts: list[Doubtful]
    around: Neighbours


@uncollected()
def everything(archive: Archive, today: date | None, memory: Memory) -> WholeArchive:
    """Return the results of :func:`overview` and :func:`in_doubt` from one pass over the catalogue.
    ``memory``: cache of a caller that asks repeatedly in one language."""
    today = today or date.today()
    with open_known(archive) as catalogue:
        briefing = Briefing(archive, catalogue, today, memory)
        brief = _brief(archive, catalogue, briefing, today)
        return WholeArchive(brief, _weightiest_first(briefing.in_doubt()), briefing.judge.around)


def _brief(archive: Archive, catalogue: Catalogue, briefing: Briefing, today: date) -> ArchiveBrief:
    whole = Whole(archive, catalogue, briefing.judge, today)
    kept = briefing.of()
    outside = kept.pop(OUTSIDE)
    dossiers = [kept[path] for path in sorted(kept)]
    valid, expired = whole.waivers()
    sent = ((rule, unit.Sent(day, path)) for each in (outside, *dossiers) for rule, day, path in each.sent)
    dues, of_unit = whole.duties({each.occasion for each in dossiers}, sent, valid)
    stray = catalogue.outside_paths()
    return ArchiveBrief(
        archive=str(archive.root),
        name=archive.name,
        scanned_at=whole.scanned_at,
        today=today,
        dossiers=secret_first(each.brief for each in dossiers),
        outside=_outside(outside.brief, stray, sum(file.files for file in catalogue.ignored_outside())),
        proposals=whole.proposals,
        unsorted=whole.unsorted(catalogue.count_inside(), stray, len(briefing.kinds)),
        problems=whole.problems,
        findings=whole.findings(outside.secrets, of_unit, valid),
        due=dues,
        waivers=valid,
        expired=expired,
        adjusted=briefing.judge.severities,
    )


@uncollected()
def in_doubt(archive: Archive, today: date | None = None, dossier: str | None = None) -> list[Doubtful]:
    """Return the doubtful documents of all dossiers or of one, each with its dossier, most important
    first."""
    with open_known(archive) as catalogue:
        return _weightiest_first(Briefing(archive, catalogue, today or date.today()).in_doubt(dossier))


def _weightiest_first(found: Iterable[Doubtful]) -> list[Doubtful]:
    return sorted(found, key=lambda each: importance(each[2]))


def _outside(kept: DossierBrief, paths: Sequence[str], ignored: int) -> OutsideBrief:
    return OutsideBrief(
        files=len(paths),
        first=paths[0] if paths else "",
        documents=kept.documents,
        sealed=kept.sealed,
        unread=kept.unread,
        unplaced=kept.unplaced,
        ignored=ignored,
    )


@dataclass(frozen=True, slots=True)
class Glance:
    """Key figures of an archive. ``night``: day of the last successful nightly report, if any; ``late``:
    number of overdue duties, counted per dossier; ``longest``: days of the duty overdue longest."""

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
    """Return the archive's key figures as of its last scan, assessed on ``today``."""
    brief = overview(archive, today)
    late = [(brief.today - due.day).days for due in brief.open_dues if due.status is DueStatus.OVERDUE]
    counts = brief.summary
    night = night_folders.latest(archive.state)
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
