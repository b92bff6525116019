"""Where a row of words falls apart into columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dossier.scanner.layout.glyphs import Run

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
