"""The baseline of an old archive: gaps known when it is set no longer fail a night, later ones do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossier.archive import Archive
from dossier.model import ComplianceReport, Finding, Severity
from dossier.usecases.assess import assess
from dossier.usecases.judging import WHOLE
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.whole_acts import whole_act
from dossier.workspace import person


@dataclass(frozen=True, slots=True)
class BaselineSummary:
    """Summary of the baseline: who set it and when (``None``: there is none), how many gaps it contains, and
    how many of these are still open."""

    author: str
    drawn: datetime | None
    held: int
    still: int


def create(archive: Archive, today: date | None = None) -> int:
    """Set the baseline to all current errors and warnings; return the number of gaps."""
    report = assess(archive, today)
    found = {
        path: [key for f in findings if f.severity is not Severity.INFO for key in f.keys]
        for path, findings in _by_place(report).items()
    }
    with writing(archive, "baseline"), open_known(archive) as catalogue, whole_act(archive, catalogue) as say:
        say("baseline", gaps=sum(map(len, found.values())))
        return catalogue.baseline.draw(found, person())


def remove(archive: Archive) -> int:
    """Remove the baseline; return the number of gaps in it."""
    with writing(archive, "baseline"), open_known(archive) as catalogue, whole_act(archive, catalogue) as say:
        say("baseline-remove")
        return catalogue.baseline.remove()


def drawn(archive: Archive) -> BaselineSummary:
    """Return the baseline without evaluating the archive: ``still`` is not computed and equals ``held``."""
    with open_known(archive) as catalogue:
        known, made = catalogue.baseline.known(), catalogue.baseline.drawn()
    author, at = made or ("", None)
    held = sum(map(len, known.values()))
    return BaselineSummary(author, at, held, held)


def show(archive: Archive, today: date | None = None) -> tuple[BaselineSummary, ComplianceReport]:
    """Return the baseline and the current report with the baseline's findings marked."""
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
