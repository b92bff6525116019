"""Create findings. Severity and citation come from the data of the rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dossier.checklists.rules import FIXED, by_id
from dossier.checklists.schema import Checklist
from dossier.compliance.periods import date_words
from dossier.i18n import _
from dossier.model import DossierReport, Finding, ItemResult, PartResult, Severity, Waiver


def finding(
    rule: str,
    message: str,
    documents: Iterable[str] = (),
    *,
    part: str = "",
    severity: Severity | None = None,
    citation: str = "",
    subject: tuple[str, ...] | None = None,
    noticed: datetime | None = None,
) -> Finding:
    """Create a finding of the rule.

    ``severity`` and ``citation``: from the checklist's data (an item, a link of the order, a
    deadline), or, for a rule of ``rules.toml``, to override its own where its text allows it.
    """
    data = by_id().get(rule)
    if severity is None:
        if data is None:
            raise LookupError(f"no data for rule {rule}")
        severity = Severity(data.severity)
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        citation=citation or (data.citation if data else ""),
        part=part,
        documents=tuple(dict.fromkeys(documents)),
        subject=subject,
        noticed=noticed,
    )


def milder(informative: bool) -> Severity | None:
    """Return the severity to pass for an ``informative`` finding: INFO, otherwise the rule's own."""
    return Severity.INFO if informative else None


OFF = "off"


def with_severities(
    report: DossierReport, checklist: Checklist, severities: Mapping[str, str]
) -> DossierReport:
    """Apply the archive's own severities by rule; ``off`` removes a rule's findings.

    A gap that is no longer an error leaves the dossier complete. Waived findings stay waived.
    """
    if not severities:
        return report
    items = tuple(_item(item, report.findings, checklist, severities) for item in report.items)
    findings = at_severities(report.findings, severities)
    return replace(report, items=items, findings=findings, complete=is_complete(items, findings))


def is_complete(items: Iterable[ItemResult], findings: Iterable[Finding]) -> bool:
    """Whether no required part is missing, partial or waiting for review, and no declared fact is wrong."""
    broken = any(f.rule == "TV-08" and f.severity is Severity.ERROR for f in findings)
    return not broken and not any(part.required and part.open for item in items for part in item.parts)


def mark_known(report: DossierReport, known: Collection[str]) -> DossierReport:
    """Mark the report's findings whose gaps are all in the baseline (``known`` keys)."""
    return replace(report, findings=marked(report.findings, known)) if known else report


def at_severities(findings: Iterable[Finding], severities: Mapping[str, str]) -> tuple[Finding, ...]:
    """Apply the archive's own severities and drop findings of rules that are off."""
    return tuple(_at_severity(f, severities) for f in findings if severities.get(f.rule) != OFF or f.waiver)


def marked(findings: Iterable[Finding], known: Collection[str]) -> tuple[Finding, ...]:
    """Mark the findings whose gaps are all in the baseline (``known`` keys)."""
    return tuple(replace(f, baseline=all(key in known for key in f.keys)) for f in findings)


def _at_severity(finding: Finding, severities: Mapping[str, str]) -> Finding:
    chosen = severities.get(finding.rule)
    if chosen is None or finding.waiver is not None:
        return finding
    return replace(finding, severity=Severity(chosen))


def _item(
    item: ItemResult, findings: tuple[Finding, ...], checklist: Checklist, severities: Mapping[str, str]
) -> ItemResult:
    rule = checklist.item_of(item.parts[0].part).rule
    chosen = severities.get(rule)
    if chosen is None:
        return item
    lacking = {f.part for f in findings if f.rule == rule}

    def part_of(part: PartResult) -> PartResult:
        if chosen == Severity.ERROR:
            return replace(part, required=part.required or part.part in lacking)
        return replace(part, required=False)

    return replace(item, parts=tuple(part_of(part) for part in item.parts))


def matching(waivers: Sequence[Waiver], rule: str, part: str) -> Waiver | None:
    """The first waiver for the rule that names no part or this part."""
    return next((w for w in waivers if w.rule == rule and w.part in ("", part)), None)


def pardoned(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    """Attach the matching waiver and lower the finding to information; unchanged if there is none."""
    if finding.rule in FIXED:
        return finding
    if finding.noticed is not None:  # accepting one event does not accept later ones
        waivers = [w for w in waivers if w.made_at >= finding.noticed]
    waiver = matching(waivers, finding.rule, finding.part)
    if waiver is None:
        return finding
    last = date_words(waiver.until)
    until = _("đến hết ngày {day}").format(day=last) if last else _("không thời hạn")
    note = _(" (đã được {author} chấp nhận, {until}: {reason})").format(
        author=waiver.author, until=until, reason=waiver.reason
    )
    return replace(finding, severity=Severity.INFO, message=finding.message + note, waiver=waiver)
