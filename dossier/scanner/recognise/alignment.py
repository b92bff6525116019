"""How the lines below a title are aligned: centred like a title, or indented like a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dossier.model import Box
from dossier.scanner.recognise.lines import Line

_COLUMNS = 2  # of a head
LONG = 115  # characters; a longer line is a paragraph
_ASKEW, _INSET = 0.03, 0.025  # fractions of the page's width
_ONE_MIDDLE = 0.02  # twice the distance (in page widths) up to which two lines share their centre
# Twice the distance from which a line does not belong to lines that share their centre, and from which it
# need not; then those of a scan, which may be askew and has stamps on its lines.
_ASIDE, _PRECISE = 0.04, 0.01
_ASIDE_OF_SCAN, _PRECISE_OF_SCAN = 0.1, 0.03
_SHORT = 0.7  # of the text's width: a line on which the first word of the next one would have fitted


class Layout(NamedTuple):
    """``edges``: the left and right edge of the text as fractions of the page width, equal if boxes are
    unknown. ``width``: characters per line of wrapped text; 0 if each paragraph is a single line, as in Word
    files. ``scanned``: lines were read by OCR."""

    edges: tuple[float, float]
    width: int
    scanned: bool


def layout_of(lines: Sequence[Line], *, scanned: bool) -> Layout:
    """Return the layout of lines of text."""
    boxes = [line.box for line in lines if line.box]
    edges = (min(box.left for box in boxes), max(box.right for box in boxes)) if boxes else (0.0, 0.0)
    longest = max((len(line.text) for line in lines), default=0)
    return Layout(edges, longest if longest <= LONG else 0, scanned)


def axis_of(title: Line, line: Line) -> float | None:
    """Return the middle that a title and a line below it share (twice, as a fraction of the page's width), if
    positions are known and both are centred there."""
    if not title.box or not line.box:
        return None
    middle, own = (box.left + box.right for box in (title.box, line.box))
    return own if abs(middle - own) < _ONE_MIDDLE and abs(title.box.left - line.box.left) > _INSET else None


def alignment_of(lines: Sequence[Line], above: Line | None, layout: Layout, axis: float | None = None) -> str:
    """Return how the first of the lines is aligned under the one above: ``centred`` (titles), ``indented``
    (paragraphs), or ``""`` if uncertain. ``axis``: the middle of the title's lines (:func:`axis_of`)."""
    line, edges = lines[0], layout.edges
    if above and above.centred:
        if not line.centred:
            return "indented"
        all_are = line.after_blank or all(other.centred for other in lines)  # says nothing about this one
        return "" if all_are else "centred"
    if not line.box or not above or not above.box or edges[0] == edges[1]:
        return ""
    if axis is not None:
        off = abs(line.box.left + line.box.right - axis)
        aside, precise = (_ASIDE_OF_SCAN, _PRECISE_OF_SCAN) if layout.scanned else (_ASIDE, _PRECISE)
        short = above.box.right - above.box.left < _SHORT * (edges[1] - edges[0])
        if off > aside or ((off > precise or short) and _wraps(lines, edges[0], axis - edges[0])):
            return "indented"
        inset = line.box.left - edges[0] > _INSET
        if off < _ONE_MIDDLE and (inset or _goes_on_centred(lines, axis, layout)):
            return "centred"
    return _of_one(line.box, above.box, edges) or _of_paragraph(lines, above.box, edges)


def _goes_on_centred(lines: Sequence[Line], axis: float, layout: Layout) -> bool:
    """Whether below a line of the whole width its sentence ends on a line with the title's middle: that of a
    paragraph would begin at the left edge."""
    box = lines[1].box if len(lines) > 1 else None
    if box is None or lines[1].upper or lines[1].after_blank or lines[0].text[-1] in ".:;":
        return False
    room = min(box.left - layout.edges[0], layout.edges[1] - box.right)
    return room > _INSET and abs(box.left + box.right - axis) < _ONE_MIDDLE


def _wraps(lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether the first line is that of an indented paragraph: the one below begins at the left edge, with a
    word for which there was no room before the right edge."""
    if len(lines) < 2 or not lines[0].box or not lines[1].box:
        return False
    box, below, text = lines[0].box, lines[1].box, lines[1].text
    word = (below.right - below.left) * (len(text.split(" ", 1)[0]) + 1) / len(text)
    full = box.right + word > right - _INSET
    return full and box.left - left > _INSET > below.left - left


def _of_one(box: Box, above: Box, edges: tuple[float, float]) -> str:
    left, right = box.left - edges[0], edges[1] - box.right
    middle, middle_above = (each.left + each.right for each in (box, above))  # twice each
    if abs(middle - middle_above) < _ONE_MIDDLE and abs(box.left - above.left) > _INSET:
        return "centred" if min(left, above.left - edges[0]) > _INSET else ""
    if abs(left - right) < _ASKEW and min(left, right) > _INSET:
        return "centred"
    return "indented" if left > _INSET and right < _INSET else ""


def _of_paragraph(lines: Sequence[Line], above: Box, edges: tuple[float, float]) -> str:
    """Return ``indented`` for the first line of a paragraph without indent below a centred line: full lines,
    and a last one that begins at the left edge."""
    if min(above.left - edges[0], edges[1] - above.right) < _INSET:
        return ""
    for line in lines:
        if not line.box or line.box.left - edges[0] > _INSET:
            return ""
        if edges[1] - line.box.right > _INSET:
            return "indented" if line is not lines[0] else ""
    return ""


def is_row_of_table(line: Line) -> bool:
    """Whether a line has more columns than a head; signs far from their words are none."""
    return sum(any(map(str.isalnum, text)) for text, _folded in line.pieces) > _COLUMNS
