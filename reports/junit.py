"""JUnit XML for tools that show test results: a dossier is a suite, a part or another finding a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport, Finding, RuleNote, Severity, Status
from reports import looks
from reports.looks import printable

if TYPE_CHECKING:
    from lxml.etree import _Element


def render(report: ComplianceReport) -> bytes:
    """Render the report. Errors fail; warnings and information are output of a passing case; waived
    findings, and errors in the baseline, are skipped."""
    from lxml import etree

    suites = [_suite(dossier.path, list(_cases(dossier, report)), report) for dossier in report.dossiers]
    if report.findings:
        whole = _("(toàn kho)")
        # Dossiers with a secret document come before findings on the whole archive.
        at = 0 if any(f.secret for f in report.findings) else sum(d.secret for d in report.dossiers)
        suites.insert(at, _suite(whole, [_of_rule(whole, f, report) for f in report.findings], report))
    root = etree.Element("testsuites", {"name": "dossier", **_totals(suites)})
    root.extend(suites)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _totals(suites: list[_Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors")  # the schemas allow no "skipped" here
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in names}


def _suite(name: str, cases: list[_Element], report: ComplianceReport) -> _Element:
    from lxml import etree

    suite = etree.Element(
        "testsuite",
        name=printable(name),
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors="0",
        skipped=str(sum(case.find("skipped") is not None for case in cases)),
        timestamp=report.scanned_at.replace(tzinfo=None).isoformat(timespec="seconds"),
    )
    suite.extend(cases)
    return suite


def _cases(dossier: DossierReport, report: ComplianceReport) -> Iterator[_Element]:
    parts = {part.part: part for item in dossier.items for part in item.parts}
    of_part: dict[str, list[Finding]] = {part: [] for part in parts}
    rest: list[Finding] = []
    for finding in dossier.findings:
        of_part.get(finding.part, rest).append(finding)
    for finding in rest:
        if finding.secret:
            yield _of_rule(dossier.path, finding, report)
    for part in parts.values():
        if part.status is not Status.NOT_APPLICABLE or of_part[part.part]:
            yield _case(dossier.path, f"{part.part} {part.title}", of_part[part.part], report.rules)
    for finding in rest:
        if not finding.secret:
            yield _of_rule(dossier.path, finding, report)


def _of_rule(place: str, finding: Finding, report: ComplianceReport) -> _Element:
    """A case for a finding without a part, named after its rule and documents."""
    note = report.rules.get(finding.rule)
    name = f"{finding.rule} {note.title}" if note else finding.rule
    about = ", ".join(finding.documents)
    return _case(place, f"{name}: {about}" if about else name, [finding], report.rules)


def _case(place: str, name: str, findings: list[Finding], rules: Mapping[str, RuleNote]) -> _Element:
    from lxml import etree

    case = etree.Element("testcase", classname=printable(place), name=printable(name), time="0")
    errors = [f for f in findings if f.severity is Severity.ERROR and not f.baseline]
    excused = [f for f in findings if f.waiver or (f.severity is Severity.ERROR and f.baseline)]
    if errors:
        told: dict[str, Any] = {"type": errors[0].rule, "message": printable(errors[0].message)}
        failure = etree.SubElement(case, "failure", **told)
        failure.text = "\n".join([*map(_line, errors), *_fixes(errors, rules)])
    elif excused:
        etree.SubElement(case, "skipped", message=printable(excused[0].message))
    others = [f for f in findings if f not in errors]
    if others:
        etree.SubElement(case, "system-out").text = "\n".join(_line(f) for f in others)
    return case


def _fixes(findings: list[Finding], rules: Mapping[str, RuleNote]) -> Iterator[str]:
    for rule in dict.fromkeys(finding.rule for finding in findings):
        if rule in rules:
            yield printable(f"{_('Khắc phục')} ({rule}): {rules[rule].fix}")


def _line(finding: Finding) -> str:
    return printable(
        f"[{finding.rule}, {finding.severity.value}] {finding.message} ({looks.citation(finding.citation)})"
    )
