"""Results kept night by night, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.checklists.schema import Checklist
from dossier.compliance.archive_wide import LOST
from dossier.compliance.finding import OFF
from dossier.compliance.naming import period_words, title
from dossier.compliance.rules import all_rules
from dossier.i18n import _
from dossier.model import (
    ChangesSince,
    ComplianceReport,
    DossierAtNight,
    DossierReport,
    Finding,
    FindingChange,
    Night,
    Severity,
    Status,
    Tally,
)
from dossier.usecases.assess import Sweep
from dossier.usecases.heap import uncollected
from dossier.usecases.judging import severities_of
from dossier.usecases.known import open_known

if TYPE_CHECKING:
    from reports.digest import Digest

_WAIVED = "waived"
_TOLD = (Severity.ERROR.value, Severity.WARNING.value)


def record(archive: Archive, report: ComplianceReport) -> Night:
    """Keep the result of the whole archive for ``report.today``, in place of an earlier one of the day.

    Takes no lock: the catalogue writes it in one transaction.
    """
    found = night(archive, report if report.changes else replace(report, changes=changes(archive, report)))
    with open_known(archive) as catalogue:
        catalogue.nights.keep(found)
    return found


@uncollected()
def judge_night(archive: Archive, today: date) -> Night:
    """Judge everything and keep the result, as :func:`record` does; no verdict stays in memory."""
    with open_known(archive) as catalogue:
        sweep = Sweep(archive, catalogue, today)
        making = _Making(archive, catalogue.nights.before(today))
        for verdict in sweep:
            making.add(verdict)
        found = making.night(sweep.report(()))
        catalogue.nights.keep(found)
    return found


def night(archive: Archive, report: ComplianceReport) -> Night:
    """What is kept of a report, with how much its ``changes`` say is new and mended."""
    making = _Making(archive, None)
    for dossier in report.dossiers:
        making.add(dossier)
    found = report.changes
    if found is None or found.since is None:
        return making.night(report)
    return replace(making.night(report), new=len(found.new), mended=len(found.mended))


class _Making:
    """The result of a night, of verdicts that are added one after the other. ``before``: the night that what
    is new and mended is counted against."""

    def __init__(self, archive: Archive, before: Night | None) -> None:
        self._off = _off(archive)
        self._earlier = None if before is None else _Earlier(before, self._off)
        self._tally = Tally()
        self._standing: dict[str, DossierAtNight] = {}
        self._new = self._mended = 0

    def add(self, dossier: DossierReport) -> None:
        self._tally.add(dossier)
        self._standing[dossier.path] = _standing(dossier)
        self._compare(dossier, dossier.findings)

    def _compare(self, place: DossierReport | None, findings: Iterable[Finding]) -> None:
        if self._earlier is not None:
            differing = self._earlier.against(place, findings)
            self._new += len(differing.new)
            self._mended += len(differing.mended)

    def night(self, whole: ComplianceReport) -> Night:
        """``whole``: what is said of the archive beside its dossiers."""
        self._compare(None, whole.findings)
        since = self._earlier is not None
        return Night(
            day=whole.today,
            counts=self._tally.summary(whole.outside),
            score=self._tally.score,
            units=self._tally.units,
            standing=self._standing,
            findings=_weights(whole.findings),
            off=self._off,
            new=self._new if since else None,
            mended=self._mended if since else None,
        )


def changes(archive: Archive, report: ComplianceReport) -> ChangesSince:
    """What is new, mended and still there since the last night kept before ``report.today``."""
    with open_known(archive) as catalogue:
        before = catalogue.nights.before(report.today)
    return _compare(archive, report, before)


def nights(archive: Archive) -> list[Night]:
    """Every kept night, oldest first, without its dossiers."""
    with open_known(archive) as catalogue:
        return catalogue.nights.all()


def last_two(archive: Archive) -> tuple[Night, ...]:
    """The newest night and the one before it, oldest first, both with their dossiers; fewer where no more
    are kept."""
    with open_known(archive) as catalogue:
        newest = catalogue.nights.before(date.max)
        earlier = catalogue.nights.before(newest.day) if newest else None
    return tuple(night for night in (earlier, newest) if night is not None)


def _off(archive: Archive) -> tuple[str, ...]:
    return tuple(rule for rule, weight in severities_of(archive).items() if weight == OFF)


def _standing(dossier: DossierReport) -> DossierAtNight:
    return DossierAtNight(dossier.name, dossier.complete, dossier.score, _weights(dossier.findings))


def _weights(findings: Iterable[Finding]) -> dict[str, str]:
    return {key: _WAIVED if f.waiver else f.severity.value for f in findings for key in f.keys}


def _compare(archive: Archive, report: ComplianceReport, before: Night | None) -> ChangesSince:
    if before is None:
        return ChangesSince()
    earlier = _Earlier(before, _off(archive))
    words = _Words(archive)
    new: list[FindingChange] = []
    mended: list[FindingChange] = []
    still = 0
    # What concerns the archive as a whole, then what concerns each dossier.
    for place in (None, *report.dossiers):
        differing = earlier.against(place, report.findings if place is None else place.findings)
        new += (words.of_finding(place, finding, key) for key, finding in differing.new.items())
        mended += (words.of_key(place, key, severity) for key, severity in differing.mended.items())
        still += differing.still
    stands = {dossier.path: dossier for dossier in report.dossiers}
    return ChangesSince(
        since=before.day,
        new=tuple(new),
        mended=tuple(mended),
        still=still,
        appeared=tuple(path for path in stands if path not in before.standing),
        gone=tuple(path for path in before.standing if path not in stands),
        completed=tuple(_completed(before, report)),
    )


def _completed(before: Night, report: ComplianceReport) -> Iterator[str]:
    for dossier in report.dossiers:
        stood = before.standing.get(dossier.path)
        if stood and dossier.complete and not stood.complete:
            yield dossier.path


@dataclass(frozen=True, slots=True)
class _Differing:
    """By the keys of findings, what is new and what was mended; ``still``: how many stay."""

    new: dict[str, Finding]
    mended: dict[str, Severity]
    still: int


class _Earlier:
    """A night that others are compared with, without the rules that are switched off then or now."""

    def __init__(self, before: Night, off: Iterable[str]) -> None:
        self._before = before
        self._silent = {*before.off, *off}

    def against(self, place: DossierReport | None, findings: Iterable[Finding]) -> _Differing:
        """``place``: the dossier that they are about, or the archive as a whole."""
        stood = self._before.standing.get(place.path) if place else None
        earlier = self._before.findings if place is None else stood.findings if stood else {}
        now = {key: finding for finding in findings for key in finding.keys}
        told = {
            key: finding
            for key, finding in now.items()
            if finding.severity.value in _TOLD and finding.rule not in self._silent
        }
        new = {key: finding for key, finding in told.items() if earlier.get(key) not in _TOLD}
        mended = {
            key: Severity(severity)
            for key, severity in earlier.items()
            if severity in _TOLD and key not in now and key.split("|")[0] not in self._silent
        }
        return _Differing(new, mended, len(told) - len(new))


class _Words:
    """A finding's key in words: what was mended is in no report any more."""

    def __init__(self, archive: Archive) -> None:
        self._checklists = archive.checklists
        self._rules = {rule.id: rule.title for rule in all_rules(archive.checklists)}

    def of_finding(self, dossier: DossierReport | None, finding: Finding, key: str) -> FindingChange:
        what = self._lack(dossier, finding, key) if len(finding.keys) > 1 else finding.message
        return FindingChange(*_place(dossier, key), finding.rule, finding.part, finding.severity, what, key)

    def of_key(self, dossier: DossierReport | None, key: str, severity: Severity) -> FindingChange:
        rule, part, _subject = key.split("|", 2)
        return FindingChange(*_place(dossier, key), rule, part, severity, self._gap(dossier, key), key)

    def _lack(self, dossier: DossierReport | None, finding: Finding, key: str) -> str:
        """One gap of several, as a sentence."""
        gap = self._gap(dossier, key)
        parts = [part for item in dossier.items for part in item.parts] if dossier else []
        status = next((part.status for part in parts if part.part == finding.part), None)
        if status is Status.NEEDS_REVIEW:
            return _("Cần người xem: {gap}").format(gap=gap)
        return _("Thiếu {gap}").format(gap=gap) if status in (Status.MISSING, Status.PARTIAL) else gap

    def _gap(self, dossier: DossierReport | None, key: str) -> str:
        rule, part, subject = key.split("|", 2)
        checklist = self._checklists.get(dossier.kind) if dossier else None
        known = {p.id for item in checklist.items for p in item.parts} if checklist else set()
        if checklist is None or part not in known or rule != checklist.item_of(part).rule:
            name, about = self._rules.get(rule, rule), subject
        else:
            name, about = title(checklist.part(part)), _subject(checklist, part, subject)
        return _("{what}: {about}").format(what=name, about=about) if about else name


def _place(dossier: DossierReport | None, key: str) -> tuple[str, str]:
    """Path and name of what a finding is about: a dossier, one that vanished, or the unit as a whole."""
    if dossier is not None:
        return dossier.path, dossier.name
    rule, _part, subject = key.split("|", 2)
    return (subject, subject.rpartition("/")[2]) if rule == LOST else ("", _("(toàn đơn vị)"))


def _subject(checklist: Checklist, part_id: str, subject: str) -> str:
    part = checklist.part(part_id)
    step = next((step for step in part.steps if step.id == subject), None)
    if step is not None:
        return title(step)
    return period_words(part, subject) if subject[:4].isdecimal() else subject


def with_history(archive: Archive, report: ComplianceReport) -> ComplianceReport:
    """The report of the whole archive with what changed and with the kept nights up to its day."""
    kept = tuple(night for night in nights(archive) if night.day < report.today)
    return replace(report, changes=changes(archive, report), nights=(*kept, night(archive, report)))


def digest(archive: Archive, report: ComplianceReport, found: ChangesSince | None = None) -> Digest:
    """The night in a few lines; ``reports.digest`` writes it as text and HTML, ``subject`` heads the mail."""
    from reports.digest import Digest

    found = found or report.changes or changes(archive, report)
    return Digest.of(archive.name, replace(report, changes=found))
