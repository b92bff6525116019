"""What stands side by side: rows of runs or words, whatever order they came in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from dossier.scanner.layout.glyphs import Run

_FROM_LEFT = itemgetter(0, 2, 1, 3, 4)  # left, right, top, bottom, text
_NEARLY_ALL = 0.75  # of the lower one's height: so much of it letters of one line have in common
_SHARED = 0.5  # of the lower one's height: so much of it two things of one row have in common
_NEIGHBOURS = 6  # rows above and below that are looked at
_COVERED = 0.5  # of its width: what lies over others by so much stands in no row with them
_SHIFTED = 0.2  # of the height: from here on two things that cover each other are two rows


class _Row:
    """A row: the height of what it was founded on, and all that stands in it."""

    __slots__ = ("bottom", "items", "middle", "top")

    def __init__(self, top: float, bottom: float, items: list[Run]) -> None:
        self.top = top
        self.bottom = bottom
        self.middle = (top + bottom) / 2
        self.items = items


def rows_of(items: Sequence[Run]) -> list[list[Run]]:
    """The rows from top to bottom, each from left to right.

    Things of exactly the same height and place make a strip. Strips that share nearly all make lines, the
    fullest first; lines that share enough make rows, so that a line goes with another as a whole or not.
    """
    strips: dict[tuple[float, float], list[Run]] = {}
    for item in items:
        strips.setdefault((item.top, item.bottom), []).append(item)
    lines = _gathered(list(strips.items()), _NEARLY_ALL)
    rows = _gathered([((line.top, line.bottom), line.items) for line in lines], _SHARED)
    for row in rows:
        row.items.sort(key=_FROM_LEFT)
    return [row.items for row in rows]


def _gathered(strips: list[tuple[tuple[float, float], list[Run]]], share: float) -> list[_Row]:
    """Strips put together with those that have such a share of the lower one's height in common."""
    rows: list[_Row] = []
    middles: list[float] = []
    for (top, bottom), strip in sorted(strips, key=_fullest_first):
        middle = (top + bottom) / 2
        at = bisect_left(middles, middle)
        row = _best(rows[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS], top, bottom, strip, share)
        if row is not None:
            row.items.extend(strip)
            continue
        rows.insert(at, _Row(top, bottom, list(strip)))
        middles.insert(at, middle)
    return rows


def _fullest_first(strip: tuple[tuple[float, float], list[Run]]) -> tuple[float, float, float]:
    (top, bottom), items = strip
    return -sum(len(item.text) for item in items), top, bottom


def _best(near: Sequence[_Row], top: float, bottom: float, strip: Sequence[Run], share: float) -> _Row | None:
    """The row that shares most with the strip, if any shares enough and has room for it."""
    best: _Row | None = None
    most = (0.0, 0.0)  # that is shared; and how near, where two share as much
    for row in near:
        shared = min(bottom, row.bottom) - max(top, row.top)
        lower = min(bottom - top, row.bottom - row.top)
        if shared < share * lower:
            continue
        shares = shared, -abs(row.middle - (top + bottom) / 2)
        if best is not None and shares <= most:
            continue
        shift = max(abs(bottom - row.bottom), abs(top - row.top))
        if shift > _SHIFTED * lower and _covers(row.items, strip):
            continue
        best, most = row, shares
    return best


def _covers(items: Sequence[Run], strip: Sequence[Run]) -> bool:
    """Whether things of the strip lie over things of the row, as a stamp lies over a line."""
    if len(items) * len(strip) > 20_000:  # a page of noise
        return False
    width = covered = 0.0
    for item in strip:
        width += item.right - item.left
        for other in items:
            both = min(item.right, other.right) - max(item.left, other.left)
            if both > 0:
                covered += both
    return covered > _COVERED * width
