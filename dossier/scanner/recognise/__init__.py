"""Split the text of a file into logical documents and read their headers. Pure; bounded in time.

Source for the layout of documents: Nghị định 30/2020/NĐ-CP, annexes I and III; for Party documents, Quy
định 66-QĐ/TW and Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.model import Content, LogicalDocument, Page, Reading, Segment
from dossier.model.places import Flat, flattened, pack
from dossier.scanner.layout import Segments
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.placed_fields import placed
from dossier.scanner.recognise.split import Position, is_backwards, starts

__all__ = ["recognise"]

_PAGE_BREAK = "\n\f"  # between the pages of a document's text


def recognise(content: Content) -> tuple[LogicalDocument, ...]:
    """Return the documents of a file in order, at least one; together they contain its whole text.

    Page ranges are consecutive; two documents share a page if the second begins in the middle of it.
    Every embedded file (in an archive or e-mail) begins a new document, whatever its first page looks like.
    """
    pages = content.pages or (Page(1, "", Reading.NONE),)
    begins: list[Position] = []
    backwards: set[Position] = set()  # beginnings of documents whose pages lie in reverse order
    for first, own in _files(pages):
        if is_backwards(own):
            begins.append(Position(first, 0))
            backwards.add(begins[-1])
        else:
            begins += starts(own, first)
    ends = [*begins[1:], Position(len(pages), 0)]
    return tuple(
        _document(ordinal, pages, begin, end, backwards=begin in backwards)
        for ordinal, (begin, end) in enumerate(zip(begins, ends, strict=True), start=1)
    )


def _files(pages: Sequence[Page]) -> Iterator[tuple[int, Sequence[Page]]]:
    """Yield the runs of pages that belong to one embedded file each, with the index of the first page."""
    first = 0
    for index in range(1, len(pages) + 1):
        if index == len(pages) or pages[index].inner != pages[first].inner:
            yield first, pages[first:index]
            first = index


def _document(
    ordinal: int, pages: Sequence[Page], begin: Position, end: Position, *, backwards: bool
) -> LogicalDocument:
    """Build the document between two positions; ``end`` is where the next document begins.

    ``backwards``: its head is on its last page. The text keeps the order of the file, so that passages are
    shown with their pages.
    """
    own = pages[begin.page : end.page + bool(end.offset)]
    texts = [page.text for page in own]
    if end.offset:
        texts[-1] = texts[-1][: end.offset].removesuffix("\n")
    texts[0] = texts[0][begin.offset :]
    turn = -1 if backwards else 1
    text, leaves = "\n".join(texts[::turn]), own[::turn]
    paged = _PAGE_BREAK.join(texts)  # page breaks let a passage be shown with its page
    readings = {page.reading for page, its in zip(own, texts, strict=True) if its.strip()} or {Reading.NONE}
    sure = [page.confidence for page in own if page.confidence is not None]
    header = read_header(
        text, scanned=leaves[0].reading is Reading.OCR, segments=leaves[0].segments, shift=begin.offset
    )
    return LogicalDocument(
        ordinal=ordinal,
        pages=(own[0].number, own[-1].number),
        header=placed(header, leaves, begin.offset),
        text=paged,
        reading=readings.pop() if len(readings) == 1 else Reading.MIXED,
        confidence=min(sure) if sure else None,
        name=own[0].inner,
        places=pack(_places(own, texts, begin.offset)),
    )


def _places(pages: Sequence[Page], texts: Sequence[str], begin: int) -> Iterator[tuple[int, Flat]]:
    """Yield page number and word boxes for each page of a document.

    ``texts`` are the parts of the pages that belong to the document; ``begin``: offset of the first part.
    """
    at = 0  # offset of the page in the document's text
    for page, text in zip(pages, texts, strict=True):
        own: Sequence[Segment] = page.segments
        if len(text) < len(page.text):  # the rest belongs to another document
            own = [one for one in own if begin <= one.start and one.end <= begin + len(text)]
        if own:
            flat = own.flat() if isinstance(own, Segments) else flattened(own)
            shift = at - begin
            yield (
                page.number,
                replace(flat, starts=[start + shift for start in flat.starts]) if shift else flat,
            )
        at += len(text) + len(_PAGE_BREAK)
        begin = 0
