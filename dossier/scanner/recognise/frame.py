"""Boxes of lines in the frame in which they are read: pages may lie on their side or be upside down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossier.model import Box
from dossier.scanner.recognise.lines import Line

_LONG = 20  # characters of a line that is longer than high
_FEW = 3  # such lines tell nothing about a page


def as_read(lines: Sequence[Line], boxes: Sequence[Box | None]) -> Sequence[Box | None]:
    """Return the boxes of the lines, in the order of their text, as fractions of the page as it is read."""
    long = [box for line, box in zip(lines, boxes, strict=True) if box and len(line.text) > _LONG]
    if len(long) < _FEW:
        return boxes
    lying = sum(box.bottom - box.top > box.right - box.left for box in long) > len(long) / 2
    if lying:
        leftwards = sum(below.left < above.left for above, below in pairwise(long)) > len(long) / 2
        return [box and (_from_right if leftwards else _from_left)(box) for box in boxes]
    upwards = sum(below.bottom <= above.top for above, below in pairwise(long)) > len(long) / 2
    return [box and _from_below(box) for box in boxes] if upwards else boxes


def _from_right(box: Box) -> Box:
    """The box on a page whose lines go down, the first one at its right edge."""
    return Box(box.top, 1 - box.right, box.bottom, 1 - box.left)


def _from_left(box: Box) -> Box:
    """The box on a page whose lines go up, the first one at its left edge."""
    return Box(1 - box.bottom, box.left, 1 - box.top, box.right)


def _from_below(box: Box) -> Box:
    """The box on a page that is upside down."""
    return Box(1 - box.right, 1 - box.bottom, 1 - box.left, 1 - box.top)
