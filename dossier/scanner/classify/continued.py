"""Pages of one document that were photographed or scanned as separate files: IMG_0001.jpg, IMG_0002.jpg …

A page without a head, whose file number follows that of a page with one, continues that document.
Pure functions; the result is only a proposal, which a person's decision overrides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from dossier.i18n import _
from dossier.model import Form, Placement, Source
from dossier.scanner.classify.papers import ContextPaper, counted

FEWEST = 40  # least number of words on a page; a photograph of a banner has fewer
_MOST = 0.89  # confidence: never certain


def continuing(papers: Iterable[ContextPaper]) -> Mapping[str, ContextPaper]:
    """Return, by the file of every further page, the document that the page continues.

    ``papers``: documents of files with a single page that has enough words.
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


def continued_placements(paper: ContextPaper, placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Return placements for a further page of ``paper``, equal to ``placements`` but never certain."""
    template = _("trang tiếp theo của “{name}”: tên tệp liền nhau, không có phần đầu văn bản riêng")
    why = (template.format(name=paper.name),)
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
