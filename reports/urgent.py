"""What must be seen first: secret documents, overdue duties, the most incomplete dossiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dossier.i18n import _
from dossier.model import (
    AnyArchive,
    AnyDossier,
    ComplianceReport,
    DossierReport,
    Due,
    DueStatus,
    Either,
    Finding,
    PartResult,
    Status,
)
from dossier.model.one_by_one import sorted_by


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """One duty with one deadline, and the dossiers (path and name) for which it is open.

    ``late``: days since its deadline; 0 or less: not overdue. No ``dossiers``: a duty of the
    unit as a whole.
    """

    day: date
    what: str
    rule: str
    citation: str
    late: int
    dossiers: tuple[tuple[str, str], ...] = ()
    period: str = ""

    @property
    def year(self) -> str:
        """The year for which it is due."""
        return self.period[:4] or str(self.day.year)

    @property
    def overdue(self) -> bool:
        """Whether its deadline is past."""
        return self.late > 0

    @property
    def when(self) -> str:
        """How it stands, in words: ``quá 24 ngày``, ``hôm nay``, ``còn 3 ngày``."""
        if self.overdue:
            return _("quá {count} ngày").format(count=self.late)
        return _("còn {count} ngày").format(count=-self.late) if self.late else _("hôm nay")


def duties(report: AnyArchive) -> list[OpenDuty]:
    """What is overdue or falls due soon, a duty once with all its dossiers, the longest overdue first."""
    names: dict[str, str] = {}
    found: dict[tuple[date, str, str], list[Due]] = {}

    def note(dues: Iterable[Due]) -> None:
        for due in dues:
            if due.status in (DueStatus.OVERDUE, DueStatus.SOON):
                found.setdefault((due.day, due.rule, due.what), []).append(due)

    note(report.due)
    for dossier in report.dossiers:
        names[dossier.path] = dossier.name
        note(dossier.due)
    return [
        OpenDuty(
            day,
            what,
            rule,
            dues[0].citation,
            (report.today - day).days,
            tuple(
                dict.fromkeys(
                    (due.dossier, names.get(due.dossier, due.dossier)) for due in dues if due.dossier
                )
            ),
            dues[0].period,
        )
        for (day, rule, what), dues in sorted(found.items())
    ]


def secrets(report: ComplianceReport) -> list[Finding]:
    """What was found of papers that bear a stamp of secrecy, in the whole archive."""
    return report.secrets


def worst_first(dossiers: Sequence[Either]) -> Sequence[Either]:
    """Those with a secret paper, then those that lack most; names with numbers in the order people count."""
    return sorted_by(dossiers, lambda d: (not d.secret, d.complete, -d.errors, counted(d.name), d.path))


def counted(name: str) -> tuple[tuple[int, str], ...]:
    """A key under which “Tổ 2” stands before “Tổ 10”."""
    return tuple(
        (int(piece), "") if piece.isdigit() else (-1, piece.casefold())
        for piece in re.split(r"([0-9]{1,9})", name)
        if piece
    )


def lacking(dossier: AnyDossier, *, required: bool) -> list[str]:
    """What is missing, in words: the names of the papers, with the periods or steps where they recur."""
    return [
        _named(part) for part in _parts(dossier, required=required) if part.status is not Status.NEEDS_REVIEW
    ]


def overdue(dossier: DossierReport) -> list[Due]:
    """The duties whose paper is among what is :func:`lacking`: not those that others must answer, nor
    reminders of papers that are only advised."""
    lacked = {part.part for part in _parts(dossier, required=True)}
    return [due for due in dossier.due if due.status is DueStatus.OVERDUE and due.part in lacked]


def waiting(dossier: AnyDossier) -> list[str]:
    """The papers that are there in doubt only, so that a person has to look before they count."""
    found = (*_parts(dossier, required=True), *_parts(dossier, required=False))
    return [_named(part) for part in found if part.status is Status.NEEDS_REVIEW]


def _parts(dossier: AnyDossier, *, required: bool) -> Sequence[PartResult]:
    return [p for item in dossier.items for p in item.parts if p.open and p.required is required]


def _named(part: PartResult) -> str:
    return f"{part.title}: {', '.join(part.missing)}" if part.missing else part.title
