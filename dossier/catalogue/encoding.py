"""Convert values of the model to and from the text and bytes stored in rows."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from dossier.i18n import packed, unpacked
from dossier.model import (
    Box,
    FieldReading,
    FieldSource,
    Header,
    IgnoredFile,
    Level,
    Placement,
    Reference,
    Signature,
    Source,
)


def instant(at: datetime) -> str:
    """A moment as it is stored: in UTC, to the second, so that it sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def dump(value: object) -> str:
    """Serialise as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def safe(text: str) -> str:
    """Replace characters that databases reject: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def sentence_to_text(text: str) -> str:
    """Convert a sentence to its source message (:func:`dossier.i18n.packed`); other text unchanged."""
    kept = packed(text)
    return safe(kept if isinstance(kept, str) else dump(kept))


def sentence_from_text(text: str) -> str:
    """The inverse of :func:`sentence_to_text`, in the language in use."""
    return unpacked(json.loads(text)) if text.startswith('{"says":') else text


def sentences_to_text(texts: Iterable[str]) -> str:
    """Convert sentences to a JSON list."""
    return safe(dump([packed(text) for text in texts]))


def sentences_from_text(text: str) -> tuple[str, ...]:
    """The inverse of :func:`sentences_to_text`, in the language in use."""
    return tuple(map(unpacked, json.loads(text)))


def now() -> str:
    """The current time in the form in which it is stored."""
    return instant(datetime.now(UTC))


def placements_to_text(placements: Iterable[Placement]) -> str:
    """JSON list, one short list per placement."""
    return safe(
        dump(
            [
                [p.item, p.part, p.confidence, p.source, [*map(packed, p.evidence)], p.step, p.period]
                for p in placements
            ]
        )
    )


def placements_from_text(text: str) -> tuple[Placement, ...]:
    """The inverse of :func:`placements_to_text`."""
    if text == "[]":
        return ()
    return tuple(
        Placement(item, part, confidence, Source(source), tuple(map(unpacked, evidence)), step, period)
        for item, part, confidence, source, evidence, step, period in json.loads(text)
    )


def signatures_to_text(signatures: Iterable[Signature]) -> str:
    """JSON list, one short list per signature, its time in ISO form with its zone."""
    return safe(
        dump(
            [
                [
                    s.kind,
                    s.signer,
                    s.at and s.at.isoformat(),
                    s.intact,
                    s.trusted,
                    packed(s.detail),
                    s.checked,
                    s.amended,
                    s.inner,
                ]
                for s in signatures
            ]
        )
    )


def signatures_from_text(text: str) -> tuple[Signature, ...]:
    """The inverse of :func:`signatures_to_text`."""
    if text == "[]":
        return ()
    return tuple(
        Signature(
            kind, signer, datetime.fromisoformat(at) if at else None, intact, trusted, unpacked(detail), *rest
        )
        for kind, signer, at, intact, trusted, detail, *rest in json.loads(text)
    )


_DETAILS = (
    "signer_capacity", "issuer_level", "recipients", "rank", "ranked", "periods", "members", "date_flaw",
    "partial_date",
)  # fmt: skip
_OR_UNKNOWN = ("percentage", "criteria", "mentions")  # None: not known, which is not the same as empty


def details_to_text(header: Header) -> str:
    """JSON object of the header's minor fields, without empty ones."""
    found = {name: getattr(header, name) for name in _DETAILS} | {
        "references": [[r.type, r.number_symbol, r.date and r.date.isoformat()] for r in header.references],
        "fields": {name: _reading_to_list(reading) for name, reading in header.fields.items()},
    }
    told: dict[str, object] = {name: value for name, value in found.items() if value}
    told |= {name: value for name in _OR_UNKNOWN if (value := getattr(header, name)) is not None}
    return safe(dump(told))


def details_from_text(text: str) -> dict[str, Any]:
    """The inverse of :func:`details_to_text`: keyword arguments for :class:`Header`."""
    if text == "{}":
        return {}
    told: dict[str, Any] = json.loads(text)
    for name in ("recipients", "periods", "members"):
        told[name] = tuple(told.get(name, ()))
    told["ranked"] = tuple((name, rank) for name, rank in told.get("ranked", ()))
    told["references"] = tuple(
        Reference(type_, number, date.fromisoformat(day) if day else None)
        for type_, number, day in told.get("references", ())
    )
    told["fields"] = {name: _reading(*stored) for name, stored in told.get("fields", {}).items()}
    if "mentions" in told:
        told["mentions"] = tuple(told["mentions"])
    level = told.get("issuer_level")
    return told | {"issuer_level": Level(level) if level else None}


def _reading_to_list(reading: FieldReading) -> list[object]:
    box = reading.box
    edges = [round(edge, 4) for edge in (box.left, box.top, box.right, box.bottom)] if box else None
    return [reading.confidence, reading.source, reading.candidates, reading.page, edges]


def _reading(
    confidence: float, source: str, candidates: list[str], page: int | None, edges: list[float] | None
) -> FieldReading:
    return FieldReading(
        confidence, FieldSource(source), tuple(candidates), page, Box(*edges) if edges else None
    )


def ignored_to_text(ignored: Iterable[IgnoredFile]) -> str:
    """JSON list, one short list per file."""
    return safe(dump([[i.path, packed(i.why), *([] if i.files == 1 else [i.files])] for i in ignored]))


def ignored_from_text(text: str) -> tuple[IgnoredFile, ...]:
    """The inverse of :func:`ignored_to_text`."""
    return tuple(IgnoredFile(path, unpacked(why), *count) for path, why, *count in json.loads(text))


def pack_text(text: str) -> bytes:
    """Compress text for storage, at the fastest level."""
    return zlib.compress(safe(text).encode(), 1)


def unpack_text(data: bytes) -> str:
    """The inverse of :func:`pack_text`."""
    return zlib.decompress(data).decode()
