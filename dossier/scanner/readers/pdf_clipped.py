"""Find objects of PDF pages that a clip path cuts off: words outside it are not displayed.

Word and LibreOffice clip each paragraph to a rectangle that contains it, so the first test is a quick one.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from enum import IntEnum
from itertools import repeat

from dossier.scanner.readers.pdf_calls import call

Bounds = tuple[float, float, float, float]  # left, bottom, right, top in PDF page space
_MOST_POINTS = 2000  # of a clip path that are examined
_CORNERS = 5  # points of a rectangle: its corners, and the first one again
_SLACK = 2.0  # points that may be cut off a word without hiding a letter
_LEGIBLE = 0.25  # least share of the height of a line of text that shows what it says


class Clip(IntEnum):
    """How much of an object is displayed: all, perhaps a part, or nothing that can be read."""

    WHOLE = 0
    CUT = 1
    OUTSIDE = 2


def clipped(items: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return those of the objects (addresses) that are outside their clip paths, and those that may be cut
    by them."""
    clips = list(map(call("FPDFPageObj_GetClipPath"), items))
    counts = list(map(call("FPDFClipPath_CountPaths"), clips))
    own = [at for at, count in enumerate(counts) if count > 0]
    outside: set[int] = set()
    cut: set[int] = set()
    for at, bounds in zip(own, bounds_of([items[at] for at in own]), strict=True):
        if bounds[1] == bounds[3]:  # spaces
            continue
        areas = [_area(clips[at], path) for path in range(counts[at])]
        lefts, bottoms, rights, tops = zip(*(box for box, _full in areas), strict=True)
        shown = max(lefts), max(bottoms), min(rights), min(tops)
        if _is_outside(bounds, shown):
            outside.add(items[at])
        elif not (_is_inside(bounds, shown) and all(full for _box, full in areas)):
            cut.add(items[at])
    return outside, cut


def clip_of(item: int) -> Clip:
    """Return how much of an object its clip paths let through."""
    outside, cut = clipped([item])
    return Clip.OUTSIDE if outside else Clip.CUT if cut else Clip.WHOLE


def bounds_of(items: Sequence[int]) -> list[Bounds]:
    """Return the bounds of objects on the page; zeros where PDFium knows none."""
    cells = array("f", bytes(16 * len(items)))
    start, _length = cells.buffer_info()
    sides = (range(start + 4 * side, start + 4 * side + 16 * len(items), 16) for side in range(4))
    deque(map(call("FPDFPageObj_GetBounds"), items, *sides), maxlen=0)
    return list(zip(cells[0::4], cells[1::4], cells[2::4], cells[3::4], strict=True))


def _area(clip: int, path: int) -> tuple[Bounds, bool]:
    """Return the bounds of a path, and whether it is the rectangle with these bounds."""
    count = min(call("FPDFClipPath_CountPathSegments")(clip, path), _MOST_POINTS)
    cells = array("f", bytes(8 * count))
    start, _length = cells.buffer_info()
    points = map(call("FPDFClipPath_GetPathSegment"), repeat(clip), repeat(path), range(count))
    xs, ys = range(start, start + 8 * count, 8), range(start + 4, start + 4 + 8 * count, 8)
    deque(map(call("FPDFPathSegment_GetPoint"), points, xs, ys), maxlen=0)
    across, along = cells[0::2] or (0.0,), cells[1::2] or (0.0,)
    left, bottom, right, top = min(across), min(along), max(across), max(along)
    corners = all(x in (left, right) and y in (bottom, top) for x, y in zip(across, along, strict=True))
    return (left, bottom, right, top), corners and count <= _CORNERS


def _is_inside(bounds: Bounds, shown: Bounds) -> bool:
    x0, y0, x1, y1 = bounds
    left, bottom, right, top = shown
    return x0 >= left - _SLACK and x1 <= right + _SLACK and y0 >= bottom - _SLACK and y1 <= top + _SLACK


def _is_outside(bounds: Bounds, shown: Bounds) -> bool:
    """Whether so little of the object is inside that nobody can read it."""
    x0, y0, x1, y1 = bounds
    left, bottom, right, top = shown
    wide, high = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
    if wide <= 0 or high <= 0:
        return True
    across, along = (wide, x1 - x0), (high, y1 - y0)
    seen, size = along if along[1] <= across[1] else across  # the shorter side is the line's height
    return seen < _LEGIBLE * size
