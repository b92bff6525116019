"""The only maker of findings: severity and citation come from the data of the rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dossier.checklists.rules import FIXED, by_id
from dossier.checklists.schema import Checklist
from dossier.i18n import _
from dossier.model import DossierReport, Finding, ItemResult, PartResult, Severity, Waiver, is_complete


def finding(
    rule: str,
    message: str,
    documents: Iterable[str] = (),
    *,
    part: str = "",
    severity: Severity | None = None,
    mild: bool = False,
    citation: str = "",
    subject: tuple[str, ...] | None = None,
    noticed: datetime | None = None,
) -> Finding:
    """A finding of the rule.

    ``severity`` and ``citation``: those of the checklist's own data (an item, a link in the order, a
    deadline), or, for a rule of ``rules.toml``, another than its own where the rule's text says when.
    ``mild``: only as information.
    """
    data = by_id().get(rule)
    if severity is None:
        if data is None:
            raise LookupError(f"no data for rule {rule}")
        severity = Severity(data.severity)
    return Finding(
        rule=rule,
        severity=Severity.INFO if mild else severity,
        message=message,
        citation=citation or (data.citation if data else ""),
        part=part,
        documents=tuple(dict.fromkeys(documents)),
        subject=subject,
        noticed=noticed,
    )


OFF = "off"


def with_severities(
    report: DossierReport, checklist: Checklist, severities: Mapping[str, str]
) -> DossierReport:
    """The report with the archive's own severities by rule; ``off`` takes a rule's findings out.

    A gap that is no error any more leaves the dossier complete. What was waived stays waived.
    """
    if not severities:
        return report
    items = tuple(_item(item, report.findings, checklist, severities) for item in report.items)
    findings = at_severities(report.findings, severities)
    broken = any(f.rule == "TV-08" and f.severity is Severity.ERROR for f in findings)
    complete = is_complete(items) and not broken
    return replace(report, items=items, findings=findings, complete=complete)


def mark_known(report: DossierReport, known: Collection[str]) -> DossierReport:
    """The report with those findings marked whose every gap is in the baseline, by their keys."""
    return replace(report, findings=marked(report.findings, known)) if known else report


def at_severities(findings: Iterable[Finding], severities: Mapping[str, str]) -> tuple[Finding, ...]:
    """Findings with the archive's own severities, without those of rules that are off."""
    return tuple(_at_severity(f, severities) for f in findings if severities.get(f.rule) != OFF or f.waiver)


def marked(findings: Iterable[Finding], known: Collection[str]) -> tuple[Finding, ...]:
    """Findings, marked where every gap is in the baseline, by their keys."""
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
    """The first of the waivers that speaks of the rule and, where it names one, of the part."""
    return next((w for w in waivers if w.rule == rule and w.part in ("", part)), None)


def pardoned(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    """The finding as information, with the waiver that speaks of it, if any does."""
    if finding.rule in FIXED:
        return finding
    if finding.noticed is not None:  # to live with what happened once is not to expect it again
        waivers = [w for w in waivers if w.made_at >= finding.noticed]
    waiver = matching(waivers, finding.rule, finding.part)
    if waiver is None:
        return finding
    until = waiver.until.strftime("%d/%m/%Y") if waiver.until else _("không thời hạn")
    note = _(" (đã được {author} chấp nhận, {until}: {reason})").format(
        author=waiver.author, until=until, reason=waiver.reason
    )
    return replace(finding, severity=Severity.INFO, message=finding.message + note, waiver=waiver)
