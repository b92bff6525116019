"""Papers to files: which share a file, in which format, and the bytes of each."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from dossier.demo.docx_writer import write_docx
from dossier.demo.paper import Paper
from dossier.demo.pdf_writer import write_pdf
from dossier.demo.printing import Printing, prepared
from dossier.demo.scan_writer import write_scan
from dossier.demo.txt_writer import write_txt
from dossier.demo.typeset import Sheet, typeset

_FORMATS = ("docx", "pdf", "scan", "txt")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one file will hold. ``format`` is ``docx``, ``pdf``, ``scan`` or ``txt``."""

    papers: tuple[Paper, ...]
    format: str

    @property
    def suffix(self) -> str:
        """The file's ending."""
        return ".pdf" if self.format == "scan" else f".{self.format}"


def bundled(rng: random.Random, groups: Iterable[list[Paper]], scans: bool) -> list[Bundle]:
    """Give every group of papers a file; now and then two to six papers go into one PDF."""
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
        bundles.append(Bundle(tuple(papers), form))
    return bundles


def rendered(
    bundle: Bundle, rng: random.Random, author: str, how: Printing
) -> tuple[bytes, list[tuple[int, int]]]:
    """The file's bytes, and first and last page of each paper (Word and text files count as one page)."""
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
