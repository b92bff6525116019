"""The report for machines: the JSON contract, schema 1.

Keys may be added but not removed. ``files`` counts the files that are not ignored, so
``files + ignored`` are all files on disk, and ``files`` = files with documents + ``unread``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dossier import machine_json
from dossier.model import (
    ComplianceReport,
    Document,
    DossierReport,
    Due,
    Fact,
    FactSource,
    FieldReading,
    Finding,
    IgnoredFile,
    ItemResult,
    PartResult,
    Placement,
    Retention,
    Signature,
    UnreadFile,
)
from reports import proposals, versions

SCHEMA = 1


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    return b"".join(_lines(report))


def write(report: ComplianceReport, path: Path) -> None:
    """Write the report to a file, piece by piece."""
    with path.open("wb") as out:
        out.writelines(_lines(report))


def _lines(report: ComplianceReport) -> Iterator[bytes]:
    """Yield one line per dossier, document and file, so that nights can be compared by line, and only one
    of them is in memory."""
    lead = "{"
    for name, value in _members(report).items():
        if isinstance(value, Iterator):
            yield f'{lead}"{name}": ['.encode()
            between = "\n "
            for each in value:
                yield (between + machine_json.dumps(each)).encode()
                between = ",\n "
            yield b"]"
        else:
            yield f'{lead}"{name}": {machine_json.dumps(value)}'.encode()
        lead = ",\n "
    yield b"}\n"


def as_dict(report: ComplianceReport) -> dict[str, Any]:
    """The whole report as a dictionary with the keys of the contract."""
    members = _members(report).items()
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in members}


def _members(report: ComplianceReport) -> dict[str, Any]:
    """Like :func:`as_dict`, with iterators for long lists."""
    return {
        "schema": SCHEMA,
        "archive": report.archive,
        "scanned_at": report.scanned_at.isoformat(),
        "today": report.today.isoformat(),
        "summary": report.summary,
        "score": report.score,
        "units": dict(report.units),
        "severity": dict(report.adjusted),
        "waivers": {"in_force": len(report.waivers), "expired": len(report.expired)},
        "baseline": report.known,
        "dossiers": map(_dossier, report.dossiers),
        "documents": map(_document, report.documents),
        "unread": map(_unread, report.unread),
        "ignored": map(_ignored, report.ignored),
        "outside": list(report.outside.files),
        "proposals": [proposals.plain(each) for each in report.proposals],
        "unsorted": report.unsorted and report.unsorted.value,
        "problems": list(report.problems),
        "findings": [_finding(finding) for finding in report.findings],
        "due": [due(each) for each in report.due],
    }


def plain(known: object) -> object:
    """Convert what is known of one path: a dossier, the documents of a file, an unread or ignored file."""
    if isinstance(known, DossierReport):
        documents = [_document(document) for document in known.documents]
        unread = [_unread(file) for file in known.unread]
        ignored = [_ignored(file) for file in known.ignored]
        return _dossier(known) | {"documents": documents, "unread": unread, "ignored": ignored}
    if isinstance(known, UnreadFile):
        return _unread(known)
    if isinstance(known, IgnoredFile):
        return _ignored(known)
    if isinstance(known, tuple):
        return [_document(document) for document in known]
    raise TypeError(f"no JSON form for {type(known).__name__}")


def _dossier(dossier: DossierReport) -> dict[str, Any]:
    return {
        "path": dossier.path,
        "kind": dossier.kind,
        "name": dossier.name,
        "unit": dossier.unit,
        "status": "complete" if dossier.complete else "incomplete",
        "score": dossier.score,
        "files": dossier.files,
        "facts": _facts(dossier.facts),
        "items": [_item(item) for item in dossier.items],
        "findings": [_finding(finding) for finding in dossier.findings],
        "retention": retention(dossier.retention),
        "due": [due(each) for each in dossier.due],
        "papers": versions.plain(dossier.papers),
    }


def due(what: Due) -> dict[str, Any]:
    """Convert a duty."""
    return {
        "day": what.day.isoformat(),
        "rule": what.rule,
        "what": what.what,
        "citation": what.citation,
        "dossier": what.dossier or None,
        "status": what.status.value,
        "part": what.part or None,
        "period": what.period or None,
    }


def _facts(facts: Mapping[str, Fact]) -> dict[str, dict[str, Any]]:
    """Known facts; assumed ones have the source ``default``."""
    shown = {}
    for key, fact in facts.items():
        if fact.value is None or (fact.source is FactSource.DEFAULT and fact.value in ("", ())):
            continue
        shown[key] = {
            "value": plain_value(fact.value),
            "source": fact.source.value,
            "from": fact.origin or None,
        }
    return shown


def plain_value(value: object) -> object:
    """A fact's value for machines: days in ISO form, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _item(item: ItemResult) -> dict[str, Any]:
    return {
        "item": item.item,
        "title": item.title,
        "status": item.status.value,
        "parts": [_part(part) for part in item.parts],
        "missing": list(item.missing),
        "periods_missing": list(item.periods_missing),
    }


def _part(part: PartResult) -> dict[str, Any]:
    return {
        "part": part.part,
        "title": part.title,
        "status": part.status.value,
        "required": part.required,
        "documents": list(part.documents),
        "missing": list(part.missing),
        "periods_missing": list(part.periods_missing),
        "periods_unsure": list(part.periods_unsure),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "part": finding.part or None,
        "severity": finding.severity.value,
        "message": finding.message,
        "citation": finding.citation,
        "documents": list(finding.documents),
        "waived": finding.waiver is not None,
        "baseline": finding.baseline,
    }


def retention(retention: Retention) -> dict[str, Any]:
    """Convert the retention of a dossier."""
    return {
        "pack": retention.pack,
        "title": retention.title,
        "citation": retention.citation,
        "period": retention.period,
        "verified": retention.verified,
        "handover_due": plain_value(retention.handover_due),
        "expires": plain_value(retention.expires),
        "period_title": retention.period_title or None,
        "clock": plain_value(retention.clock),
        "reasons": [
            {
                "row": kept.row,
                "title": kept.title,
                "period": kept.period,
                "citation": kept.citation,
                "flag": kept.flag,
                "verified": kept.verified,
                "documents": list(kept.documents),
            }
            for kept in retention.reasons
        ],
        "limits": [
            {
                "row": limit.row,
                "title": limit.title,
                "day": plain_value(limit.day),
                "citation": limit.citation,
                "flag": limit.flag,
                "verified": limit.verified,
                "drives": limit.drives,
            }
            for limit in retention.limits
        ],
        "review": retention.review,
        "hold": retention.hold or None,
    }


def _document(document: Document) -> dict[str, Any]:
    header = document.header
    return {
        "path": document.path,
        "ordinal": document.ordinal,
        "pages": list(document.pages),
        "inner": document.inner or None,
        "notes": list(document.notes),
        "sha256": document.sha256,
        "format": document.format,
        "size": document.size,
        "reading": document.reading.value,
        "confidence": document.confidence,
        "form": header.form.value,
        "type": header.type,
        "number_symbol": header.number_symbol,
        "date": header.dated or None,
        "place": header.place,
        "issuing_body": header.issuing_body,
        "superior_body": header.superior_body,
        "abstract": header.abstract,
        "signer": header.signer,
        "signer_rank": header.signer_rank,
        "signer_title": header.signer_title,
        "signer_capacity": header.signer_capacity or None,
        "issuer_level": header.issuer_level and header.issuer_level.value,
        "recipients": list(header.recipients),
        "references": [
            {"type": r.type, "number_symbol": r.number_symbol, "date": plain_value(r.date)}
            for r in header.references
        ],
        "rank": header.rank or None,
        "percentage": header.percentage,
        "periods": list(header.periods),
        "members": list(header.members),
        "draft": header.draft,
        "copy": header.copy or None,
        "security": document.security,
        "needs_review": document.needs_review,
        "fields": {name: _field(reading) for name, reading in header.fields.items()},
        "placements": [_placement(placement) for placement in document.placements],
        "signatures": [_signature(signature) for signature in document.signatures],
    }


def _field(reading: FieldReading) -> dict[str, Any]:
    """Convert the reading of a field; the box as left, top, width, height in fractions of the page."""
    box = reading.box
    return {
        "confidence": round(reading.confidence, 3),
        "source": reading.source.value,
        "candidates": list(reading.candidates),
        "page": reading.page,
        "box": [round(part, 4) for part in (box.left, box.top, box.right - box.left, box.bottom - box.top)]
        if box
        else None,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "kind": signature.kind,
        "signer": signature.signer,
        "at": signature.at.isoformat() if signature.at else None,
        "intact": signature.intact,
        "trusted": signature.trusted,
        "checked": signature.checked,
        "amended": signature.amended,
        "detail": signature.detail,
        "inner": signature.inner or None,
    }


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "item": placement.item,
        "part": placement.part,
        "step": placement.step or None,
        "period": placement.period or None,
        "confidence": placement.confidence,
        "source": placement.source.value,
        "evidence": list(placement.evidence),
    }


def _unread(file: UnreadFile) -> dict[str, Any]:
    return {
        "path": file.path,
        "reason": file.reason.value,
        "detail": file.detail,
        "placements": [_placement(placement) for placement in file.placements],
        "candidates": [_placement(placement) for placement in file.candidates],
    }


def _ignored(file: IgnoredFile) -> dict[str, Any]:
    return {"path": file.path, "why": file.why, "files": file.files}
