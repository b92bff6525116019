"""What stands side by side: rows of runs or words, whatever order they came in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from dossier.scanner.layout.glyphs import Run

_TEXT = itemgetter(4)
_FROM_LEFT = itemgetter(0, 2, 1, 3, 4)  # left, right, top, bottom, text
_NEARLY_ALL = 0.75  # of the lower one's height: so much of it letters of one line have in common
_SHARED = 0.5  # of the lower one's height: so much of it two things of one row have in common
_NEIGHBOURS = 6  # rows above and below that are looked at
_COVERED = 0.5  # of its width: what lies over others by so much stands in no row with them
_DOTTED = re.compile(r"[.…_]{3}|…")
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
    return -sum(map(len, map(_TEXT, items))), top, bottom


def _best(near: Sequence[_Row], top: float, bottom: float, strip: Sequence[Run], share: float) -> _Row | None:
    """The row that shares most with the strip, if any shares enough and has room for it."""
    best: _Row | None = None
    most = (0.0, 0.0)  # that is shared; and how near, where two share as much
    for row in near:
        row_top, row_bottom = row.top, row.bottom
        if row_top > bottom or row_bottom < top:
            continue
        # No calls of min and max: every line of a page is compared with its neighbours.
        shared = (bottom if bottom < row_bottom else row_bottom) - (top if top > row_top else row_top)
        height, row_height = bottom - top, row_bottom - row_top
        lower = height if height < row_height else row_height
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
    """Whether things of the strip lie over things of the row, as a stamp lies over a line; not figures on the
    dots of a form, which belong there."""
    if len(items) * len(strip) > 20_000:  # a page of noise
        return False
    width = covered = 0.0
    for item in strip:
        width += item.right - item.left
        for other in items:
            both = min(item.right, other.right) - max(item.left, other.left)
            if both > 0 and not (item.text.isdecimal() and _DOTTED.search(other.text)):
                covered += both
    return covered > _COVERED * width


_WIDE = 1.3  # of the height: such a gap parts columns by itself
_WIDEST = 2.5  # of the height: justified lines have no such gaps
_NARROW = 0.45  # of the height: such a gap does where rows above or below have a wide one there
_STRETCHED = 1.8  # times the usual gap of its row: justified lines have wide gaps that part nothing
_REACH = 3  # rows above and below
_OPEN = 12.0  # of the height: the widest gap that may be left to be filled in by hand

# A gap left for a number or a day to be filled in parts no columns: Số:      /QĐ-UBND, ngày     tháng.
_BEFORE = re.compile(r"(?:.*\bsố|.*\bngày|.*\btháng|.*\bnăm)\s?[:.]?|.*[…_.]{2,}", re.IGNORECASE)
_BEHIND = re.compile(r"/.*|[-–][A-ZĐ].*|tháng\b.*|năm\b.*|\d{1,4}[,.]?|[.…_]{2,}.*", re.IGNORECASE)

Gap = tuple[float, float]  # from, to


def columns_of(rows: Sequence[Sequence[Run]]) -> list[list[list[Run]]]:
    """For each row its columns, from left to right."""
    gaps = [_gaps(row) for row in rows]
    wide = [[gap for gap, is_wide in found if is_wide] for found in gaps]
    return [_split(row, found, wide, at) for at, (row, found) in enumerate(zip(rows, gaps, strict=True))]


def _gaps(row: Sequence[Run]) -> list[tuple[Gap, bool]]:
    """The gaps between the words of a row, and whether each parts columns by itself."""
    if len(row) < 2:
        return []
    sizes = [after[0] - before[2] for before, after in pairwise(row)]
    if max(sizes) < _NARROW * (row[0].bottom - row[0].top):
        return []  # running text, nearly always
    usual = sorted(sizes)[(len(sizes) - 1) // 2] if len(sizes) > 2 else 0.0
    found: list[tuple[Gap, bool]] = []
    reach = row[0].right
    for before, after, size in zip(row, row[1:], sizes, strict=False):
        reach = max(reach, before.right)
        height = min(before.bottom - before.top, after.bottom - after.top)
        wide = size > _WIDE * height and (size > _STRETCHED * usual or size > _WIDEST * height)
        if wide and size < _OPEN * height and _to_be_filled_in(before.text, after.text):
            wide = False
        found.append(((before.right, after.left), wide))
    return found


def _to_be_filled_in(before: str, after: str) -> bool:
    return _BEHIND.fullmatch(after) is not None and _BEFORE.fullmatch(before) is not None


def _split(
    row: Sequence[Run], gaps: Sequence[tuple[Gap, bool]], wide: Sequence[Sequence[Gap]], at: int
) -> list[list[Run]]:
    if not gaps:
        return [list(row)]
    columns: list[list[Run]] = [[row[0]]]
    sizes = sorted(end - start for (start, end), _wide in gaps)
    striking = _STRETCHED * sizes[(len(sizes) - 1) // 2] if len(sizes) > 2 else float("inf")
    for ((start, end), parts), (before, word) in zip(gaps, pairwise(row), strict=True):
        if not parts and end - start > max(striking, _NARROW * (word.bottom - word.top)):
            parts = _continued(start, end, wide, at) and not _to_be_filled_in(before.text, word.text)
        if parts:
            columns.append([word])
        else:
            columns[-1].append(word)
    return columns


def _continued(start: float, end: float, wide: Sequence[Sequence[Gap]], at: int) -> bool:
    """Whether a row near by has a wide gap above or below this one."""
    near = [*wide[max(0, at - _REACH) : at], *wide[at + 1 : at + 1 + _REACH]]
    return any(other[0] < end and start < other[1] for row in near for other in row)
