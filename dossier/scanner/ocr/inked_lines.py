"""Read the head of a page again without coloured ink, where notes by hand or stamps lie over its lines.

A leader writes across the title in blue, and stamps stand askew over it: OCR of the page reads neither
print nor ink there. In a colour scan black print is told from them. Number and date are written in the same
ink, but those are read from the page itself (:mod:`.number_and_day`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dossier.model import Box
from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.regions import coloured_ink, part_of, without_red, without_tint
from dossier.scanner.ocr.spans import date_span, number_span

if TYPE_CHECKING:
    from PIL.Image import Image

    Read = Callable[[Image], Recognised]

_HEAD = 0.45  # of the page height
_DARK = 150  # of 255, in the red channel: darker coloured ink is seen by OCR
_INK = 0.0004  # of the head's pixels: less is specks, and the edges of letters
_ROW = 0.004  # of the page width: ink in a row of pixels from which the row is written on
_SURE = 0.7  # confidence below which a word does not count as read
_KEPT = 0.8  # share of the letters read before that must be read without the ink too


# Of number and date: the stroke of a symbol, the month; a stamp's own have neither.
_BESIDE = re.compile(r"[/\-–]\s?[A-ZĐ]{2}|th[áa]ng")


class Inked(NamedTuple):
    """A page's text, and the picture it was read from."""

    recognised: Recognised
    page: Image


def without_ink_over(seen: Recognised, page: Image, read: Read) -> Inked:
    """Return the page with the lines of its head read without coloured ink if they are read better so.

    ``page``: the colour image from which ``seen`` was read; ``read``: recognises a part of a page. As it was
    read, if what the recogniser of handwriting needs is not installed.
    """
    head = [line for line in seen.lines if _bottom(line) < _HEAD] if ppocr.available() else []
    reach = _written_over(head, page) if head and page.mode == "RGB" else None
    own = (
        [] if reach is None else [line for line in head if _bottom(line) > reach[0] and _top(line) < reach[1]]
    )
    if not own:
        return Inked(seen, page)
    others = [line for line in seen.lines if line not in own]
    top, bottom = min(map(_top, own)), max(map(_bottom, own))
    above = max((_bottom(line) for line in others if _bottom(line) <= top), default=0.0)
    below = min((_top(line) for line in others if _top(line) >= bottom), default=1.0)
    cut = Box(0.0, (above + top) / 2, 1.0, (bottom + below) / 2)
    clean = without_tint(part_of(page, cut))
    again = [
        TextLine(tuple(word._replace(box=word.box.inside(cut)) for word in line.words))
        for line in read(clean).lines
    ]
    (read_now, now), (read_before, before) = _letters(again), _letters(own)
    if read_now < _KEPT * read_before or read_now - now <= read_before - before:
        return Inked(seen, page)  # the print itself is coloured, or nothing is gained
    cleaned = without_red(page)
    cleaned.paste(clean, (0, round(cut.top * page.height)))
    lines = sorted((*again, *others), key=_top)
    return Inked(Recognised(tuple(lines)), cleaned)


def _bottom(line: TextLine) -> float:
    return max(word.box.bottom for word in line.words)


def _top(line: TextLine) -> float:
    return min(word.box.top for word in line.words)


def _written_over(head: Sequence[TextLine], page: Image) -> tuple[float, float] | None:
    """Return how far down from where, as shares of the page height, coloured ink reaches in the head that
    OCR sees, besides that of number and date; ``None`` if there is none."""
    import numpy as np
    from PIL import ImageChops

    part = page.crop((0, 0, page.width, round(page.height * _HEAD)))
    ink = coloured_ink(part)
    if ink is None:
        return None
    seen = without_red(part).point([255 if value < _DARK else 0 for value in range(256)])
    ink = ImageChops.darker(ink, seen)
    for line in head:
        for span in filter(None, (number_span(line), date_span(line))):
            if not _BESIDE.search(span.text, span.begin, span.end):
                continue  # of a stamp
            left, top, right, bottom = span.box
            tall = bottom - top
            corner = (round((left - tall) * page.width), round((top - tall) * page.height))
            other = (round((right + tall) * page.width), round((bottom + tall / 2) * page.height))
            ink.paste(0, (*corner, *other))
    rows = np.asarray(ink).sum(axis=1) / 255
    written = np.flatnonzero(rows > _ROW * page.width)
    if not written.size or rows.sum() < _INK * part.width * part.height:
        return None
    return float(written[0]) / page.height, float(written[-1]) / page.height


def _letters(lines: Sequence[TextLine]) -> tuple[int, int]:
    """Return the number of letters in words that are read well, and in those that are not."""
    sure = other = 0
    for line in lines:
        for word in line.words:
            letters = sum(map(str.isalpha, word.text))
            if (word.confidence or 0) >= _SURE:
                sure += letters
            else:
                other += letters
    return sure, other
