"""How an archive lives with its findings: its own severities, and the baseline of what was always there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dossier.checklists.schema import Checklist
from dossier.compliance import completeness
from dossier.model import DossierReport, Finding, ItemResult, PartResult, Severity

OFF = "off"


def weigh(report: DossierReport, checklist: Checklist, severities: Mapping[str, str]) -> DossierReport:
    """The report with the archive's own severities by rule; ``off`` takes a rule's findings out.

    A gap that is no error any more leaves the dossier complete. What was waived stays waived.
    """
    if not severities:
        return report
    items = tuple(_item(item, report.findings, checklist, severities) for item in report.items)
    findings = weighed(report.findings, severities)
    broken = any(f.rule == "TV-08" and f.severity is Severity.ERROR for f in findings)
    complete = completeness.is_complete(items) and not broken
    return replace(report, items=items, findings=findings, complete=complete)


def mark_known(report: DossierReport, known: Collection[str]) -> DossierReport:
    """The report with those findings marked whose every gap is in the baseline, by their keys."""
    return replace(report, findings=marked(report.findings, known)) if known else report


def weighed(findings: Iterable[Finding], severities: Mapping[str, str]) -> tuple[Finding, ...]:
    """Findings with the archive's own severities, without those of rules that are off."""
    return tuple(_weighed(f, severities) for f in findings if severities.get(f.rule) != OFF or f.waiver)


def marked(findings: Iterable[Finding], known: Collection[str]) -> tuple[Finding, ...]:
    """Findings, marked where every gap is in the baseline, by their keys."""
    return tuple(replace(f, baseline=all(key in known for key in f.keys)) for f in findings)


def _weighed(finding: Finding, severities: Mapping[str, str]) -> Finding:
    chosen = severities.get(finding.rule)
    if chosen is None or finding.waiver is not None:
        return finding
    return replace(finding, severity=Severity(chosen))


def _item(
    item: ItemResult, findings: tuple[Finding, ...], checklist: Checklist, severities: Mapping[str, str]
) -> ItemResult:
    rule = checklist.item_of(item.parts[0].part).rule if item.parts else ""
    chosen = severities.get(rule)
    if chosen is None:
        return item
    lacking = {f.part for f in findings if f.rule == rule}

    def part_of(part: PartResult) -> PartResult:
        if chosen == Severity.ERROR:
            return replace(part, required=part.required or part.part in lacking)
        return replace(part, required=False)

    return replace(item, parts=tuple(part_of(part) for part in item.parts))
