"""Group runs or words, given in any order, into rows, and split rows into columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from dossier.scanner.layout.glyphs import Run

_TEXT = itemgetter(4)
_FROM_LEFT = itemgetter(0, 2, 1, 3, 4)  # left, right, top, bottom, text
_NEARLY_ALL = 0.75  # vertical overlap of letters of one line, as a fraction of the smaller height
_SHARED = 0.5  # vertical overlap of items of one row, as a fraction of the smaller height
_NEIGHBOURS = 6  # rows above and below that are compared
_COVERED = 0.5  # horizontal overlap, as a fraction of the width, from which items are not in one row
_DOTTED = re.compile(r"[.…_]{3}|…")
_LOW = frozenset(",.;:")  # signs under which no text was printed over
_FILLED = 5  # most digits of a number
_TOUCHED = 0.2  # of a blank's height: by how much digits that fill it in overlap it
_SHIFTED = 0.2  # vertical shift, as a fraction of the height, from which overlapping items are two rows


class _Row:
    """A row: top and bottom of the strip it was created from, and all its items."""

    __slots__ = ("bottom", "items", "middle", "top")

    def __init__(self, top: float, bottom: float, items: list[Run]) -> None:
        self.top = top
        self.bottom = bottom
        self.middle = (top + bottom) / 2
        self.items = items


def rows_of(items: Sequence[Run]) -> list[list[Run]]:
    """Group items into rows from top to bottom, each from left to right.

    Items with the same top and bottom form a strip. Strips that overlap nearly completely form lines,
    starting with the longest; lines that overlap enough form rows, so that a line joins another as a whole or
    not at all.
    """
    strips: dict[tuple[float, float], list[Run]] = {}
    for item in items:
        strips.setdefault((item.top, item.bottom), []).append(item)
    lines = _merged(list(strips.items()), _NEARLY_ALL)
    rows = _merged([((line.top, line.bottom), line.items) for line in lines], _SHARED)
    for row in rows:
        row.items.sort(key=_FROM_LEFT)
    return _filled([row.items for row in rows])


def _filled(rows: list[list[Run]]) -> list[list[Run]]:
    """Move digits that were stamped above or below a blank of a form into the row of the blank."""
    moved = list[tuple[Run, list[Run]]]()
    for at, row in enumerate(rows):
        if not any(map(str.isdecimal, map(_TEXT, row))):
            continue
        near = (*rows[max(at - 2, 0) : at], *rows[at + 1 : at + 3])
        for item in [item for place, item in enumerate(row) if _stands_alone(row, place)]:
            blank = next((other for other in near if _fills(item, other)), None)
            if blank is not None:
                moved.append((item, blank))
                row.remove(item)
    for item, blank in moved:
        blank.append(item)
        blank.sort(key=_FROM_LEFT)
    return [row for row in rows if row]


def _stands_alone(row: Sequence[Run], place: int) -> bool:
    """Whether an item of a row is a few digits without a neighbour."""
    item = row[place]
    if not item.text.isdecimal() or len(item.text) > _FILLED:
        return False
    high = item.bottom - item.top
    before, after = row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None
    return not (before and item.left - before.right < high) and not (after and after.left - item.right < high)


def _fills(digits: Run, row: Sequence[Run]) -> bool:
    """Whether digits stand over a blank of the row, and touch its line."""
    for before, after in pairwise(row):
        if not before.left < digits.left < after.left or not _to_be_filled_in(before.text, after.text):
            continue
        shared = min(digits.bottom, before.bottom) - max(digits.top, before.top)
        over = min(digits.right, after.left) - max(digits.left, before.right)
        if shared > _TOUCHED * (before.bottom - before.top) and over > _SHARED * (digits.right - digits.left):
            return True
    return False


def _merged(strips: list[tuple[tuple[float, float], list[Run]]], share: float) -> list[_Row]:
    """Merge strips whose vertical overlap is at least ``share`` of the smaller height."""
    rows: list[_Row] = []
    middles: list[float] = []
    for (top, bottom), strip in sorted(strips, key=_fullest_first):
        middle = (top + bottom) / 2
        at = bisect_left(middles, middle)
        row = _best_row(rows[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS], top, bottom, strip, share)
        if row is not None:
            row.items.extend(strip)
            continue
        rows.insert(at, _Row(top, bottom, list(strip)))
        middles.insert(at, middle)
    return rows


def _fullest_first(strip: tuple[tuple[float, float], list[Run]]) -> tuple[float, float, float]:
    (top, bottom), items = strip
    return -sum(map(len, map(_TEXT, items))), top, bottom


def _best_row(
    near: Sequence[_Row], top: float, bottom: float, strip: Sequence[Run], share: float
) -> _Row | None:
    """Return the row with the largest overlap with the strip, if it is enough and the row has room for it."""
    best: _Row | None = None
    most = (0.0, 0.0)  # largest overlap; with the smallest distance of the middles (negative)
    for row in near:
        row_top, row_bottom = row.top, row.bottom
        if row_top > bottom or row_bottom < top:
            continue
        # Without min and max for speed: every line of a page is compared with its neighbours.
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
    """Whether items of the strip overlap items of the row horizontally, like a stamp over a line.

    Digits on the dotted line of a form do not count, nor a comma alone, which lies under the horn of Ơ and Ư.
    """
    if len(items) * len(strip) > 20_000:  # a page of noise
        return False
    width = covered = 0.0
    for item in strip:
        if item.text in _LOW:
            continue
        width += item.right - item.left
        for other in items:
            both = min(item.right, other.right) - max(item.left, other.left)
            if both > 0 and not (item.text.isdecimal() and _DOTTED.search(other.text)):
                covered += both
    return covered > _COVERED * width


_WIDE = 1.3  # of the height: a wider gap separates columns by itself
_WIDEST = 2.5  # of the height: wider than any gap in justified lines
_NARROW = 0.45  # of the height: a wider gap separates columns if rows above or below have a wide one there
_STRETCHED = 1.8  # least ratio to the usual gap of the row: in justified lines all gaps are wide
_REACH = 3  # rows above and below that are compared
_OPEN = 12.0  # of the height: widest gap left for filling in by hand

# A gap left for filling in a number or day does not separate columns: Số:      /QĐ-UBND, ngày     tháng.
_BEFORE = re.compile(r"(?:.*\bsố|.*\bngày|.*\btháng|.*\bnăm)\s?[:.]?|.*[…_.]{2,}", re.IGNORECASE)
_BEHIND = re.compile(r"/.*|[-–][A-ZĐ].*|tháng\b.*|năm\b.*|\d{1,4}[,.]?|[.…_]{2,}.*", re.IGNORECASE)

Gap = tuple[float, float]  # left and right end


def columns_of(rows: Sequence[Sequence[Run]]) -> list[list[list[Run]]]:
    """Split each row into its columns, from left to right."""
    gaps = [_gaps(row) for row in rows]
    wide = [[gap for gap, is_wide in found if is_wide] for found in gaps]
    return [_split(row, found, wide, at) for at, (row, found) in enumerate(zip(rows, gaps, strict=True))]


def _gaps(row: Sequence[Run]) -> list[tuple[Gap, bool]]:
    """Return the gaps between the words of a row, each with whether it separates columns by itself."""
    if len(row) < 2:
        return []
    sizes = [after[0] - before[2] for before, after in pairwise(row)]
    if max(sizes) < _NARROW * (row[0].bottom - row[0].top):
        return []  # the usual case: running text
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
    """Whether the gap between two words is left for filling in a number or day."""
    return _BEHIND.fullmatch(after) is not None and _BEFORE.fullmatch(before) is not None


def _split(
    row: Sequence[Run], gaps: Sequence[tuple[Gap, bool]], wide: Sequence[Sequence[Gap]], at: int
) -> list[list[Run]]:
    """Split row number ``at`` into columns at its wide gaps, and at gaps below or above wide ones of other
    rows."""
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
    """Whether a nearby row has a wide gap above or below this one."""
    near = [*wide[max(0, at - _REACH) : at], *wide[at + 1 : at + 1 + _REACH]]
    return any(other[0] < end and start < other[1] for row in near for other in row)
