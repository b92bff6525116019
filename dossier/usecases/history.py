"""Store the archive's result night by night, and compute the changes since the previous night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
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
_REPORTED = (Severity.ERROR.value, Severity.WARNING.value)


def record(archive: Archive, report: ComplianceReport) -> Night:
    """Store the result of the whole archive for ``report.today``, replacing an earlier one of that day.

    Takes no lock: the catalogue writes it in one transaction.
    """
    found = night(archive, report if report.changes else replace(report, changes=changes(archive, report)))
    with open_known(archive) as catalogue:
        catalogue.nights.keep(found)
    return found


@uncollected()
def judge_night(archive: Archive, today: date) -> Night:
    """Evaluate the whole archive and store the result as :func:`record` does, without keeping verdicts in
    memory."""
    with open_known(archive) as catalogue:
        sweep = Sweep(archive, catalogue, today)
        making = _Making(archive, catalogue.nights.before(today))
        for verdict in sweep:
            making.add(verdict)
        found = making.night(sweep.report(()))
        catalogue.nights.keep(found)
    return found


def night(archive: Archive, report: ComplianceReport) -> Night:
    """Return a report's result as stored, with the numbers of new and mended findings from ``changes``."""
    making = _Making(archive, None)
    for dossier in report.dossiers:
        making.add(dossier)
    found = report.changes
    if found is None or found.since is None:
        return making.night(report)
    return replace(making.night(report), new=len(found.new), mended=len(found.mended))


class _Making:
    """Accumulator of a night's result from verdicts added one by one. ``before``: the night with which new
    and mended findings are counted; ``None``: not counted."""

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
        """Return the result. ``whole``: the archive's report, for the findings outside dossiers."""
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
    """Return findings that are new, mended and unchanged since the last stored night before
    ``report.today``."""
    with open_known(archive) as catalogue:
        before = catalogue.nights.before(report.today)
    return _compare(archive, report, before)


def nights(archive: Archive) -> list[Night]:
    """Return every stored night, oldest first, without its dossiers."""
    with open_known(archive) as catalogue:
        return catalogue.nights.all()


def last_two(archive: Archive) -> tuple[Night, ...]:
    """Return the newest two nights, oldest first, with their dossiers; fewer if not so many are stored."""
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
    stands: dict[str, bool] = {}  # the path of a dossier, and whether it is complete
    # Findings about the archive as a whole, then those of each dossier.
    for place in chain([None], report.dossiers):
        if place is not None:
            stands[place.path] = place.complete
        differing = earlier.against(place, report.findings if place is None else place.findings)
        new += (words.of_finding(place, finding, key) for key, finding in differing.new.items())
        mended += (words.of_key(place, key, severity) for key, severity in differing.mended.items())
        still += differing.still
    return ChangesSince(
        since=before.day,
        new=tuple(new),
        mended=tuple(mended),
        still=still,
        appeared=tuple(path for path in stands if path not in before.standing),
        gone=tuple(path for path in before.standing if path not in stands),
        completed=tuple(
            path
            for path, complete in stands.items()
            if complete and path in before.standing and not before.standing[path].complete
        ),
    )


@dataclass(frozen=True, slots=True)
class _Differing:
    """Difference of two nights by keys of findings: new ones, mended ones, number of unchanged ones."""

    new: dict[str, Finding]
    mended: dict[str, Severity]
    still: int


class _Earlier:
    """The previous night, for comparison; leaves out rules that are switched off then or now."""

    def __init__(self, before: Night, off: Iterable[str]) -> None:
        self._before = before
        self._silent = {*before.off, *off}

    def against(self, place: DossierReport | None, findings: Iterable[Finding]) -> _Differing:
        """Compare ``findings`` of a dossier, or of the archive as a whole (``None``), with this night's."""
        stood = self._before.standing.get(place.path) if place else None
        earlier = self._before.findings if place is None else stood.findings if stood else {}
        now = {key: finding for finding in findings for key in finding.keys}
        reported = {
            key: finding
            for key, finding in now.items()
            if finding.severity.value in _REPORTED and finding.rule not in self._silent
        }
        new = {key: finding for key, finding in reported.items() if earlier.get(key) not in _REPORTED}
        mended = {
            key: Severity(severity)
            for key, severity in earlier.items()
            if severity in _REPORTED and key not in now and key.split("|")[0] not in self._silent
        }
        return _Differing(new, mended, len(reported) - len(new))


class _Words:
    """Converter of findings' keys to sentences: mended findings are in no report, only their keys are
    stored."""

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
        """Return one of a finding's gaps as a sentence."""
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
    """Return path and name of the subject of a finding: a dossier, a vanished dossier, or the whole unit."""
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
    """Return the archive's report with changes and with the stored nights up to its day."""
    kept = tuple(night for night in nights(archive) if night.day < report.today)
    return replace(report, changes=changes(archive, report), nights=(*kept, night(archive, report)))


def digest(archive: Archive, report: ComplianceReport, found: ChangesSince | None = None) -> Digest:
    """Return the night's digest; ``reports.digest`` formats it as text and HTML, its ``subject`` is that of
    the mail."""
    from reports.digest import Digest

    found = found or report.changes or changes(archive, report)
    return Digest.of(archive.name, replace(report, changes=found))
