"""The truth about a sample archive, beside it as JSON: what every file is, what every dossier lacks.

Paths are NFC and relative to the archive. A paper that bears no number, date, issuer or signer of its own
has the empty string, or ``null`` for the date; a regulation or list attached to a decision goes under the
decision's number and date.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from dossier.demo.files import Bundle
from dossier.demo.paper import Paper
from dossier.demo.printing import Printing
from dossier.demo.requirements import Gaps, Life
from dossier.vietnamese import slug

Json = dict[str, Any]


def nfc(path: str) -> str:
    """The path as the truth spells it."""
    return unicodedata.normalize("NFC", path)


def file_truth(
    path: str, dossier: str, bundle: Bundle, pages: Sequence[tuple[int, int]], how: Printing
) -> Json:
    """The entry of one file. ``printed``: how it came out of the office (:class:`Printing`)."""
    return {
        "path": nfc(path),
        "dossier": nfc(dossier),
        "format": "pdf" if bundle.format == "scan" else bundle.format,
        "scan": bundle.format == "scan",
        "printed": how.name,
        "documents": [
            _document(ordinal, paper, span)
            for ordinal, (paper, span) in enumerate(zip(bundle.papers, pages, strict=True), 1)
        ],
    }


def _document(ordinal: int, paper: Paper, pages: tuple[int, int]) -> Json:
    return {
        "ordinal": ordinal,
        "pages": list(pages),
        "type": paper.type,
        "number_symbol": paper.symbol,
        "date": paper.date and paper.date.isoformat(),
        "issuing_body": paper.issuer,
        "abstract": paper.abstract,
        "signer": paper.signer,
        "rank": slug(paper.rank),
        "cites": paper.cites,
        "placements": [
            {"item": p.item, "part": p.part, "step": p.step, "period": p.period} for p in paper.places
        ],
    }


def dossier_truth(path: str, name: str, unit: str, life: Life, party: bool, gaps: Gaps) -> Json:
    """The entry of one dossier."""
    facts: Json = {}
    if life.kind == "mo-hinh":
        facts = {
            "founded": _iso(life.founded),
            "ended": _iso(life.ended),
            "linked": life.linked,
            "fund": life.fund,
            "pilot": life.pilot,
            "party_committee": party,
        }
    return {
        "path": nfc(path),
        "kind": life.kind,
        "name": name,
        "unit": unit,
        "complete": gaps.complete,
        "facts": facts,
        "missing": list(gaps.missing),
        "warning_only": list(gaps.warning_only),
        "periods_missing": gaps.periods,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def as_text(truth: Json) -> str:
    """The JSON text of the truth."""
    return json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
