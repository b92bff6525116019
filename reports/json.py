"""The report for machines: the JSON contract, schema 1.

Keys may be added but not removed. ``files`` counts the files that are not ignored, so
``files + ignored`` are all files on disk, and ``files`` = files with documents + ``unread``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dossier import machine_json
from dossier.machine_json import fields
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
    return b"".join(pieces(report))


def pieces(report: ComplianceReport) -> Iterator[bytes]:
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
        "documents": (_document(document) for part in report.parts for document in part.documents),
        "unread": (_unread(file) for part in report.parts for file in part.unread),
        "ignored": (_ignored(file) for part in report.parts for file in part.ignored),
        "outside": list(report.outside.files),
        "proposals": [proposals.plain(each) for each in report.proposals],
        "unsorted": report.unsorted and report.unsorted.value,
        "problems": list(report.problems),
        "findings": [_finding(finding) for finding in report.findings],
        "due": [due(each) for each in report.due],
    }


def plain(known: object) -> object:
    """Convert what is known of one path: of a folder of dossiers, a dossier, or a file, read or not."""
    if isinstance(known, ComplianceReport):
        return as_dict(known)
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
    return fields(dossier, "path kind name unit") | {
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
    return fields(what, "day rule what citation dossier? status part? period?")


def _facts(facts: Mapping[str, Fact]) -> dict[str, dict[str, Any]]:
    """Known facts; assumed ones have the source ``default``."""
    shown = {}
    for key, fact in facts.items():
        if fact.value is None or (fact.source is FactSource.DEFAULT and fact.value in ("", ())):
            continue
        shown[key] = fields(fact, "value source from=origin?")
    return shown


def _item(item: ItemResult) -> dict[str, Any]:
    return (
        fields(item, "item title status")
        | {"parts": [_part(part) for part in item.parts]}
        | fields(item, "missing periods_missing")
    )


def _part(part: PartResult) -> dict[str, Any]:
    return fields(part, "part title status required documents missing periods_missing periods_unsure")


def _finding(finding: Finding) -> dict[str, Any]:
    waived = {"waived": finding.waiver is not None, "baseline": finding.baseline}
    return fields(finding, "rule part? severity message citation documents") | waived


def retention(retention: Retention) -> dict[str, Any]:
    """Convert the retention of a dossier."""
    reason = "row title period citation flag verified documents"
    limit = "row title day citation flag verified drives"
    return (
        fields(retention, "pack title citation period verified handover_due expires period_title? clock")
        | {"reasons": [fields(kept, reason) for kept in retention.reasons]}
        | {"limits": [fields(each, limit) for each in retention.limits]}
        | fields(retention, "review hold?")
    )


_HEADER = (
    "form type number_symbol date=dated? place issuing_body superior_body abstract signer signer_rank "
    "signer_title signer_capacity? issuer_level recipients"
)


def _document(document: Document) -> dict[str, Any]:
    header = document.header
    return (
        fields(document, "path ordinal pages inner? notes sha256 format size reading confidence")
        | fields(header, _HEADER)
        | {"references": [fields(each, "type number_symbol date") for each in header.references]}
        | fields(header, "rank? percentage periods members draft copy?")
        | fields(document, "security needs_review")
        | {"fields": {name: _field(reading) for name, reading in header.fields.items()}}
        | {"placements": [_placement(placement) for placement in document.placements]}
        | {"signatures": [_signature(signature) for signature in document.signatures]}
    )


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
    return fields(signature, "kind signer at intact trusted checked amended detail inner?")


def _placement(placement: Placement) -> dict[str, Any]:
    return fields(placement, "item part step? period? confidence source evidence")


def _unread(file: UnreadFile) -> dict[str, Any]:
    return fields(file, "path reason detail") | {
        "placements": [_placement(placement) for placement in file.placements],
        "candidates": [_placement(placement) for placement in file.candidates],
    }


def _ignored(file: IgnoredFile) -> dict[str, Any]:
    return fields(file, "path why files")
