"""Summaries of reports: what lists, screens and totals show of a dossier and of an archive; no documents.

The catalogue stores one summary per dossier, so that an overview needs no new evaluation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import TypeVar

from dossier.model.dossiers import Proposal
from dossier.model.findings import Finding, ItemResult, Severity, Waiver
from dossier.model.owed import DONE, Due
from dossier.model.tally import mean_score
from dossier.model.verdicts import ComplianceReport, DossierReport, Outside, Unsorted


@dataclass(frozen=True, slots=True)
class DossierBrief:
    """Summary of the report on one dossier, for one day and in one language."""

    path: str
    kind: str
    kind_title: str
    name: str
    unit: str
    complete: bool
    score: float
    failing: bool
    """Whether a command exits with 1 because of it: it has an error that is not in the baseline."""
    items: tuple[ItemResult, ...]
    """The evaluated items; the ``documents`` of their parts are left empty."""
    due: tuple[Due, ...]
    """Duties not done yet, by due day."""
    alarms: tuple[str, ...]
    """A sentence for each paper that bears a stamp of secrecy."""
    next: str
    """Message of the most severe finding that is not waived; empty when there is none."""
    errors: int
    warnings: int
    pardoned: int
    """Number of waived findings."""
    known: int
    """Number of errors and warnings that are in the baseline."""
    documents: int
    needs_review: int
    """Documents that a review asks a person about."""
    sealed: int
    """Documents with a stamp of secrecy."""
    files: int
    unread: int
    unplaced: int
    """Unread files without a placement."""
    ignored: int

    @property
    def secret(self) -> bool:
        """Whether a document of the dossier bears a stamp of secrecy."""
        return bool(self.alarms)

    @property
    def worst(self) -> Severity:
        """The highest severity among the findings; ``INFO`` when there are none."""
        return Severity.ERROR if self.errors else Severity.WARNING if self.warnings else Severity.INFO

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the parts that are missing in whole or in part."""
        return tuple(part for item in self.items for part in item.missing)


@dataclass(frozen=True, slots=True)
class OutsideBrief:
    """Counts of what is in no dossier. ``first`` is the path of one such file, to show as an example."""

    files: int = 0
    first: str = ""
    documents: int = 0
    sealed: int = 0
    unread: int = 0
    unplaced: int = 0
    ignored: int = 0

    @property
    def count(self) -> int:
        """Number of files; the same name as in :class:`~dossier.model.Outside`."""
        return self.files


@dataclass(frozen=True, slots=True)
class ArchiveBrief:
    """Summary of the report on an archive; fields as in :class:`~dossier.model.ComplianceReport`."""

    archive: str
    name: str
    scanned_at: datetime
    today: date
    dossiers: tuple[DossierBrief, ...]
    outside: OutsideBrief = OutsideBrief()
    proposals: tuple[Proposal, ...] = ()
    unsorted: Unsorted | None = None
    problems: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    due: tuple[Due, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    adjusted: Mapping[str, str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The mean of the dossiers' scores, 0–100, never rounded up; 100 without any dossier."""
        return mean_score([dossier.score for dossier in self.dossiers])

    @property
    def alarms(self) -> list[str]:
        """A sentence for each paper that bears a stamp of secrecy."""
        whole = [finding.message for finding in self.findings if finding.secret]
        return [*whole, *(said for dossier in self.dossiers for said in dossier.alarms)]

    @property
    def pardoned(self) -> int:
        """Number of waived findings, of the archive as a whole and of its dossiers."""
        whole = sum(finding.waiver is not None for finding in self.findings)
        return whole + sum(dossier.pardoned for dossier in self.dossiers)

    @property
    def known(self) -> int:
        """Number of errors and warnings that are in the baseline."""
        return _known(self.findings) + sum(dossier.known for dossier in self.dossiers)

    @property
    def open_dues(self) -> tuple[Due, ...]:
        """Duties of the unit and of its dossiers that are not done yet, by due day."""
        found = [due for due in self.due if due.status not in DONE]
        found += (due for dossier in self.dossiers for due in dossier.due)
        return tuple(sorted(found, key=lambda due: (due.day, due.rule, due.dossier, due.period)))

    @property
    def sealed(self) -> int:
        """Documents with a stamp of secrecy."""
        return self.outside.sealed + sum(dossier.sealed for dossier in self.dossiers)

    @property
    def asked(self) -> int:
        """Number of documents that a review asks a person about."""
        return sum(dossier.needs_review for dossier in self.dossiers)

    @property
    def summary(self) -> dict[str, int]:
        """Counts by the names of the JSON contract's ``summary``; ``needs_review`` here as in the dossiers'
        briefs."""
        complete = sum(dossier.complete for dossier in self.dossiers)
        parts: tuple[DossierBrief | OutsideBrief, ...] = (*self.dossiers, self.outside)
        return {
            "dossiers": len(self.dossiers),
            "complete": complete,
            "incomplete": len(self.dossiers) - complete,
            "files": sum(part.files for part in parts),
            "documents": sum(part.documents for part in parts),
            "unread": sum(part.unread for part in parts),
            "ignored": sum(part.ignored for part in parts),
            "needs_review": self.asked,
            "outside": self.outside.files,
        }


AnyDossier = DossierReport | DossierBrief
AnyArchive = ComplianceReport | ArchiveBrief
Either = TypeVar("Either", DossierReport, DossierBrief)


def in_brief(report: ComplianceReport) -> ArchiveBrief:
    """Summarise a report on an archive."""
    apart = ("dossiers", "outside")
    same = {each.name: getattr(report, each.name) for each in fields(ArchiveBrief) if each.name not in apart}
    return ArchiveBrief(
        **same,
        dossiers=tuple(map(dossier_in_brief, report.dossiers)),
        outside=outside_in_brief(report.outside),
    )


def dossier_in_brief(report: DossierReport) -> DossierBrief:
    """Summarise the report on one dossier."""
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    grave = [f for f in report.findings if f.waiver is None and f.severity is not Severity.INFO]
    grave.sort(key=lambda f: (f.severity is not Severity.ERROR, f.rule))
    return DossierBrief(
        path=report.path,
        kind=report.kind,
        kind_title=report.kind_title,
        name=report.name,
        unit=report.unit,
        complete=report.complete,
        score=report.score,
        failing=not all(f.baseline for f in errors) or not (errors or report.complete),
        items=tuple(_without_documents(item) for item in report.items),
        due=tuple(due for due in report.due if due.status not in DONE),
        alarms=tuple(f.message for f in report.findings if f.secret),
        next=next((f.message for f in grave if not f.secret), ""),
        errors=len(errors),
        warnings=sum(f.severity is Severity.WARNING for f in report.findings),
        pardoned=sum(f.waiver is not None for f in report.findings),
        known=_known(report.findings),
        documents=len(report.documents),
        needs_review=len(report.asked),
        sealed=sum(document.security is not None for document in report.documents),
        files=report.files,
        unread=len(report.unread),
        unplaced=sum(not file.placements for file in report.unread),
        ignored=sum(file.files for file in report.ignored),
    )


def outside_in_brief(outside: Outside) -> OutsideBrief:
    """Summarise what is in no dossier."""
    return OutsideBrief(
        files=len(outside.files),
        first=outside.files[0] if outside.files else "",
        documents=len(outside.documents),
        sealed=sum(document.security is not None for document in outside.documents),
        unread=len(outside.unread),
        unplaced=sum(not file.placements for file in outside.unread),
        ignored=sum(file.files for file in outside.ignored),
    )


def _without_documents(item: ItemResult) -> ItemResult:
    return replace(item, parts=tuple(replace(part, documents=()) for part in item.parts))


def _known(findings: tuple[Finding, ...]) -> int:
    return sum(finding.baseline and finding.severity is not Severity.INFO for finding in findings)
