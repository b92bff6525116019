"""The truth about a sample archive, beside it as JSON: what every file is, what every dossier lacks.

Paths are NFC and relative to the archive. A paper that bears no number, date, issuer or signer of its own
has the empty string, or ``null`` for the date; a regulation or list attached to a decision goes under the
decision's number and date.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dossier.demo.docx_writer import write_docx
from dossier.demo.paper import Block, Columns, Grid, PageBreak, Paragraph, SamplePaper
from dossier.demo.pdf_writer import write_pdf
from dossier.demo.printing import Printing, prepared
from dossier.demo.requirements import Gaps, SampleLife
from dossier.demo.scan_writer import write_scan
from dossier.demo.typeset import Sheet, typeset
from dossier.vietnamese import slug


def write_txt(papers: list[tuple[Block, ...]]) -> bytes:
    """Return UTF-8 text with Windows line ends; the columns of a head follow each other."""
    lines: list[str] = []
    for blocks in papers:
        for block in blocks:
            match block:
                case Columns():
                    lines += [line.text for line in block.left] + [line.text for line in block.right] + [""]
                case Paragraph():
                    lines.append(block.text)
                case Grid():
                    lines += ["\t".join(row) for row in block.rows] + [""]
                case PageBreak():
                    lines.append("")
        lines += ["", ""]
    return "\r\n".join(lines).encode()


_FORMATS = ("docx", "pdf", "scan", "txt")


@dataclass(frozen=True, slots=True)
class SampleFile:
    """The documents of one file. ``format``: ``docx``, ``pdf``, ``scan`` or ``txt``."""

    papers: tuple[SamplePaper, ...]
    format: str

    @property
    def suffix(self) -> str:
        """The file's extension."""
        return ".pdf" if self.format == "scan" else f".{self.format}"


def bundled(rng: random.Random, groups: Iterable[list[SamplePaper]], scans: bool) -> list[SampleFile]:
    """Assign every group of documents to a file; sometimes two to six documents share one PDF."""
    lean = rng.choice(((45, 35, 19, 1), (62, 28, 8, 2), (22, 38, 40, 0)))
    weights = lean if scans else (lean[0] + lean[2] // 2, lean[1] + lean[2] // 2, 0, lean[3])
    waiting = list(groups)
    bundles = []
    while waiting:
        papers = list(waiting.pop(0))
        form = rng.choices(_FORMATS, weights)[0]
        if form in ("pdf", "scan") and rng.random() < 0.07:
            for _ in range(rng.randint(1, 3)):
                if waiting and len(papers) + len(waiting[0]) <= 6:
                    papers += waiting.pop(0)
        bundles.append(SampleFile(tuple(papers), form))
    return bundles


def rendered(
    bundle: SampleFile, rng: random.Random, author: str, how: Printing
) -> tuple[bytes, list[tuple[int, int]]]:
    """Return the file's content, and first and last page of each document (Word and text files count as one
    page)."""
    if bundle.format == "docx":
        blocks = [paper.blocks for paper in bundle.papers]
        return write_docx(blocks, bundle.papers[0].day, author), [(1, 1)] * len(blocks)
    if bundle.format == "txt":
        return write_txt([paper.blocks for paper in bundle.papers]), [(1, 1)] * len(bundle.papers)
    sheets: list[Sheet] = []
    pages: list[tuple[int, int]] = []
    signed: list[int] = []
    for paper in bundle.papers:
        own = typeset(prepared(paper.blocks, how))
        pages.append((len(sheets) + 1, len(sheets) + len(own)))
        sheets += own
        if paper.signer:
            signed.append(len(sheets) - 1)
    if bundle.format == "scan":
        return write_scan(sheets, rng, signed, how), pages
    return write_pdf(sheets, how), pages


Json = dict[str, Any]


def nfc(path: str) -> str:
    """Return the path as spelled in the truth (NFC)."""
    return unicodedata.normalize("NFC", path)


def file_truth(
    path: str, dossier: str, bundle: SampleFile, pages: Sequence[tuple[int, int]], how: Printing
) -> Json:
    """Return the entry of one file. ``how``: how the file was produced."""
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


def _document(ordinal: int, paper: SamplePaper, pages: tuple[int, int]) -> Json:
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


def dossier_truth(path: str, name: str, unit: str, life: SampleLife, party: bool, gaps: Gaps) -> Json:
    """Return the entry of one dossier."""
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
    """Return the truth as JSON."""
    return json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
