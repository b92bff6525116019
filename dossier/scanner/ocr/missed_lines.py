"""Find the lines of number and date that OCR of the whole page missed: written on dots, over letters.

The detector for handwriting sees such lines. Each is cut out, freed of its dots, and read as a
line by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dossier.model import Box
from dossier.scanner.ocr.dots import without_dots
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.ppocr import cut_out
from dossier.scanner.ocr.regions import without_red
from dossier.scanner.ocr.spans import date_span, number_span, text_of
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.ocr.looks import Loader
    from dossier.scanner.ocr.regions import Region

    Read = Callable[[Image], Recognised]

_TOP = 0.33  # fraction of the page height within which number and date stand
_MOTTO = re.compile(r"xa hoi chu nghia|doc lap.{1,3}tu do|dang cong san")
_TALLEST = 0.03  # of the page height: taller regions are no lines
_MARGIN = 0.2  # of a region's height, added around it
_COVERED = 0.5  # of a region's width: from which it was read already
_SHORT_SIDE = 480  # pixels of the top of a page, in which the detector sees lines; more take longer
_MOST = 8  # regions that are read


def with_missed_lines(seen: Recognised, page: Image, model: Loader, read: Read) -> Recognised:
    """Return the page with the lines of number and date of its head, if it has a head and lacks them.

    ``page``: the upright colour image from which ``seen`` was read; ``read``: recognises a part of a page.
    """
    head = [line for line in seen.lines if line.words[0].box.top < _TOP]
    if not any(_MOTTO.search(fold(text_of(line))) for line in head):
        return seen
    wanted = [span for span in (number_span, date_span) if not any(map(span, head))]
    handwriting = model() if wanted else None
    if handwriting is None:
        return seen
    lines: list[TextLine] = []
    top = page.crop((0, 0, page.width, round(_TOP * page.height)))
    regions = handwriting.find(top, _SHORT_SIDE)
    for region in [region for region in regions if _is_missed(region, page, head)][:_MOST]:
        lines += (line for line in _read_region(region, page, read) if any(span(line) for span in wanted))
    if not lines:
        return seen
    places = [line.words[0].box for line in lines]
    kept = (line for line in seen.lines if not any(_within(line, place) for place in places))
    return Recognised(tuple(sorted([*kept, *lines], key=lambda line: line.words[0].box.top)))


def _is_missed(region: Region, page: Image, head: Sequence[TextLine]) -> bool:
    """Whether a region is a line of which little was read."""
    if region.height > _TALLEST * page.height or region.width < region.height:
        return False
    middle = region.y / page.height
    left, right = (region.x - region.width / 2) / page.width, (region.x + region.width / 2) / page.width
    read = sum(
        max(0.0, min(word.box.right, right) - max(word.box.left, left))
        for line in head for word in line.words
        if word.box.top < middle < word.box.bottom and sum(map(str.isalnum, word.text)) > 1
    )  # fmt: skip
    return read < _COVERED * (right - left)


def _read_region(region: Region, page: Image, read: Read) -> list[TextLine]:
    """Recognise a region without its dots; boxes are those on the page."""
    wide = replace(region, width=region.width + region.height, height=region.height * (1 + 2 * _MARGIN))
    piece = without_dots(cut_out(page, wide), region.height)
    left, top = (wide.x - wide.width / 2) / page.width, (wide.y - wide.height / 2) / page.height
    place = Box(left, top, left + wide.width / page.width, top + wide.height / page.height)
    return [
        TextLine(tuple(word._replace(box=word.box.inside(place)) for word in line.words))
        for line in read(without_red(piece)).lines
    ]


def _within(line: TextLine, place: Box) -> bool:
    """Whether a line is a rest of what stands at the place: dots, a stroke."""
    box = line.words[0].box
    middle = (box.top + box.bottom) / 2
    rest = sum(sum(map(str.isalnum, word.text)) for word in line.words)
    return rest < 3 and place.top < middle < place.bottom
