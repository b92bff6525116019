"""The line under an old archive: what is there today fails no night, what comes after does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossier.archive import Archive
from dossier.model import ComplianceReport, Finding, Severity
from dossier.usecases import audit
from dossier.usecases.assess import assess
from dossier.usecases.judging import WHOLE
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.workspace import person


@dataclass(frozen=True, slots=True)
class BaselineSummary:
    """The baseline: who drew it and when (``None``: there is none), how many gaps it holds, and how
    many of these are still there."""

    author: str
    drawn: datetime | None
    held: int
    still: int


def create(archive: Archive, today: date | None = None) -> int:
    """Take every error and warning of today as known; how many gaps they are."""
    report = assess(archive, today)
    found = {
        path: [key for f in findings if f.severity is not Severity.INFO for key in f.keys]
        for path, findings in _by_place(report).items()
    }
    with writing(archive, "baseline"), open_known(archive) as catalogue:
        audit.note(archive, "baseline", gaps=sum(map(len, found.values())))
        return catalogue.baseline.draw(found, person())


def remove(archive: Archive) -> int:
    """Forget the baseline; how many gaps it held."""
    with writing(archive, "baseline"), open_known(archive) as catalogue:
        audit.note(archive, "baseline-remove")
        return catalogue.baseline.remove()


def drawn(archive: Archive) -> BaselineSummary:
    """The baseline by itself: nothing is judged, so how many gaps are still there is not looked for."""
    with open_known(archive) as catalogue:
        known, made = catalogue.baseline.known(), catalogue.baseline.drawn()
    author, at = made or ("", None)
    held = sum(map(len, known.values()))
    return BaselineSummary(author, at, held, held)


def show(archive: Archive, today: date | None = None) -> tuple[BaselineSummary, ComplianceReport]:
    """The baseline, and the report in which its findings are marked."""
    report = assess(archive, today)
    with open_known(archive) as catalogue:
        known, drawn = catalogue.baseline.known(), catalogue.baseline.drawn()
    author, at = drawn or ("", None)
    still = 0
    for path, findings in _by_place(report).items():
        now = {key for f in findings if f.severity is not Severity.INFO for key in f.keys}
        still += len(known.get(path, set()) & now)
    return BaselineSummary(author, at, sum(map(len, known.values())), still), report


def _by_place(report: ComplianceReport) -> dict[str, tuple[Finding, ...]]:
    return {WHOLE: report.findings} | {dossier.path: dossier.findings for dossier in report.dossiers}
