"""SARIF 2.1.0 for tools that collect the results of analyses (OASIS standard, 27/03/2020)."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from dossier import __version__, machine_json
from dossier.i18n import _, language
from dossier.model import ComplianceReport, DossierReport, Finding, RuleNote, Severity
from reports import looks

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "ARCHIVE"


def render(report: ComplianceReport) -> bytes:
    """Render the report. Waived findings are suppressed, those of the baseline ``unchanged``."""
    return machine_json.dumps(_log(report), indent=1).encode() + b"\n"


def _log(report: ComplianceReport) -> dict[str, Any]:
    rules = sorted({finding.rule for finding in report.all_findings})
    index = {rule: at for at, rule in enumerate(rules)}
    drawn = any(finding.baseline for finding in report.all_findings)
    driver = {
        "name": "dossier",
        "version": __version__,
        "rules": [_descriptor(rule, report.rules.get(rule)) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language(),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": _("Thư mục gốc của kho hồ sơ.")}}},
        "results": [_result(dossier, finding, index, drawn) for dossier, finding in report.placed],
    }
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _descriptor(rule: str, note: RuleNote | None) -> dict[str, Any]:
    """The descriptor of a rule with its texts; only its id if there are none."""
    if note is None:
        return {"id": rule}
    why, fix, source = _("Vì sao"), _("Khắc phục"), _("Căn cứ")
    lines = (
        note.what,
        f"{why}: {note.why}",
        f"{fix}: {note.fix}",
        f"{source}: {looks.citation(note.citation)}",
    )
    marked = (
        note.what,
        f"**{why}.** {note.why}",
        f"**{fix}.** {note.fix}",
        f"*{source}: {looks.citation(note.citation)}*",
    )
    return {
        "id": rule,
        "shortDescription": {"text": note.title},
        "fullDescription": {"text": note.what},
        "help": {"text": "\n\n".join(lines), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": _LEVELS[note.severity]},
        "properties": {"citation": note.citation, "tags": [rule.split("-")[0]]},
    }


def _result(
    dossier: DossierReport | None, finding: Finding, index: dict[str, int], drawn: bool
) -> dict[str, Any]:
    where = dossier.path if dossier else ""
    known = "\n".join((where, *finding.keys))
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(path) for path in _paths(dossier, finding)],
        "partialFingerprints": {"finding/v1": hashlib.sha256(known.encode()).hexdigest()},
        "properties": {"dossier": where, "part": finding.part, "citation": finding.citation},
    }
    if drawn:
        result["baselineState"] = "unchanged" if finding.baseline else "new"
    if finding.waiver is not None:
        reason = finding.waiver.reason
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _paths(dossier: DossierReport | None, finding: Finding) -> list[str]:
    """Files of the finding, else the dossier's folder; for the archive as a whole, the documents named."""
    if dossier is None:
        return list(finding.documents) or ["./"]
    known = {document.id: document.path for document in dossier.documents}
    return list(dict.fromkeys(known.get(name, name) for name in finding.documents)) or [f"{dossier.path}/"]


def _location(path: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": quote(path), "uriBaseId": _BASE}}}
