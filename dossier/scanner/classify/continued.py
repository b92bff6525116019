"""Pages of one paper that were photographed or scanned one by one: IMG_0001.jpg, IMG_0002.jpg …

A page without a head of its own, whose file is numbered next after that of a paper with one, goes on with it.
Pure; only a proposal: a person's word on such a page holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dossier.i18n import _
from dossier.model import Form, Placement, Source
from dossier.scanner.classify.around import ContextPaper, counted

FEWEST = 40  # words of a page: a picture of a banner has fewer
_MOST = 0.89  # confidence: never certain


def continuing(papers: Iterable[ContextPaper]) -> Mapping[str, ContextPaper]:
    """For the file of every further page the paper that it goes on with.

    ``papers``: of files that show one page each, with enough words on it.
    """
    series: dict[tuple[tuple[str, ...], str], list[tuple[int, ContextPaper]]] = defaultdict(list)
    for paper in papers:
        if numbered := counted(paper.name):
            series[paper.folders, numbered[0]].append((numbered[1], paper))
    found: dict[str, ContextPaper] = {}
    for pages in series.values():
        head, last = None, 0
        for number, paper in sorted(pages, key=lambda page: (page[0], page[1].file)):
            if _has_head(paper):
                head = paper
            elif head is None or number != last + 1 or not _headless(paper):
                head = None
            else:
                found[paper.file] = head
            last = number
    return found


def going_on(paper: ContextPaper, placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Where a further page of the paper lies: where that does."""
    said = _("trang tiếp theo của “{name}”: tên tệp liền nhau, không có phần đầu văn bản riêng")
    why = (said.format(name=paper.name),)
    return tuple(
        replace(place, confidence=min(place.confidence, _MOST), source=Source.CONTINUED, evidence=why)
        for place in placements
    )


def _has_head(paper: ContextPaper) -> bool:
    header = paper.header
    return header.form is not Form.NONE or bool(header.type and (header.number_symbol or header.dated))


def _headless(paper: ContextPaper) -> bool:
    header = paper.header
    return header.form is Form.NONE and not (header.type or header.number_symbol or header.dated)
