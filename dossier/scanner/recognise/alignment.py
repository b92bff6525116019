"""How the lines below a title are aligned: centred like a title, or indented like a paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Box
from dossier.scanner.recognise.lines import Line

_COLUMNS = 2  # of a head
LONG = 115  # characters; a longer line is a paragraph
_ASKEW, _INSET = 0.03, 0.025  # fractions of the page's width
_ONE_MIDDLE = 0.02  # twice the distance (in page widths) up to which two lines share their centre
_ASIDE = 0.1  # twice the distance from which a line does not belong to lines that share theirs


def text_edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the left and right edge of the text as fractions of the page width; equal if boxes are
    unknown."""
    boxes = [line.box for line in lines if line.box]
    return (min(box.left for box in boxes), max(box.right for box in boxes)) if boxes else (0.0, 0.0)


def axis_of(title: Line, line: Line) -> float | None:
    """Return the middle that a title and a line below it share (twice, as a fraction of the page's width), if
    positions are known and both are centred there."""
    if not title.box or not line.box:
        return None
    middle, own = (box.left + box.right for box in (title.box, line.box))
    return own if abs(middle - own) < _ONE_MIDDLE and abs(title.box.left - line.box.left) > _INSET else None


def alignment_of(
    lines: Sequence[Line], above: Line | None, edges: tuple[float, float], axis: float | None = None
) -> str:
    """Return how the first of the lines is aligned under the one above: ``centred`` (titles), ``indented``
    (paragraphs), or ``""`` if uncertain. ``axis``: the middle of the title's lines (:func:`axis_of`)."""
    line = lines[0]
    if above and above.centred:
        if not line.centred:
            return "indented"
        all_are = line.after_blank or all(other.centred for other in lines)  # says nothing about this one
        return "" if all_are else "centred"
    if not line.box or not above or not above.box or edges[0] == edges[1]:
        return ""
    if axis is not None:
        off = abs(line.box.left + line.box.right - axis)
        if off > _ASIDE:
            return "indented"
        if off < _ONE_MIDDLE and line.box.left - edges[0] > _INSET:
            return "centred"
    return _of_one(line.box, above.box, edges) or _of_paragraph(lines, above.box, edges)


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


def text_width(lines: Sequence[Line]) -> int:
    """Characters per line of wrapped text; 0 if each paragraph is a single line, as in Word files."""
    longest = max((len(line.text) for line in lines), default=0)
    return longest if longest <= LONG else 0


def is_row_of_table(line: Line) -> bool:
    """Whether a line has more columns than a head; signs far from their words are none."""
    return sum(any(map(str.isalnum, text)) for text, _folded in line.pieces) > _COLUMNS
