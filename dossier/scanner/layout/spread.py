"""Handle two pages side by side on one sheet (an open volume or a folded sheet): find the gutter, decide
which page comes first, and join their texts to one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dossier.model import Box, Segment
from dossier.vietnamese import fold

_WIDE = 1.2  # least ratio of width to height: two pages have 1.41, one page 0.71
_FEWEST = 40  # least words on each side
_PROSE = 4.0  # least mean number of words per line on each side: tables have fewer
_MIDDLE = (0.40, 0.60)  # range of the gutter, as fractions of the width
_GAP = 0.05  # least width of the gutter (the inner margins), as a fraction of the width
_HEAD = 6  # first lines of a page searched for the motto
_MOTTO = re.compile(r"h[o0]a xa hoi chu nghia|doc lap\W{1,5}tu do|dang cong san viet nam")

Reach = tuple[float, float]  # left and right end, as fractions of the width (0–1)


def gutter(lines: Iterable[Iterable[Reach]], width: float, height: float) -> float | None:
    """Return the position (0–1 of the width) between two pages on a sheet; ``None`` if it is a single page.

    ``lines``: for each line, the extents of the words with letters or digits.
    """
    if width < _WIDE * height:
        return None
    rows = [tuple(line) for line in lines]
    taken = sorted(word for row in rows for word in row)
    if len(taken) < 2 * _FEWEST:
        return None
    first, last = _MIDDLE
    reach, best, middle = 0.0, 0.0, 0.0
    for begin, end in taken:
        free = (max(reach, first), min(begin, last))
        if free[1] - free[0] > best:
            best, middle = free[1] - free[0], sum(free) / 2
        reach = max(reach, end)
    if best < _GAP:
        return None
    for side in (False, True):
        counts = [count for row in rows if (count := sum((begin > middle) == side for begin, _end in row))]
        if sum(counts) < _FEWEST or sum(counts) < _PROSE * len(counts):
            return None
    return middle


def second_first(left: str, right: str) -> bool:
    """Whether the right page is the first one: on the outer side of a folded sheet, the last page is left of
    the page with the head."""
    return _has_head(right) and not _has_head(left)


def _has_head(text: str) -> bool:
    return _MOTTO.search(fold("\n".join(text.lstrip().split("\n", _HEAD)[:_HEAD]))) is not None


def one_page(
    sides: Sequence[tuple[str, Sequence[Segment], Reach]],
) -> tuple[str, list[Segment]]:
    """Join the texts of both pages in the given order, and convert the boxes of their words to the whole
    sheet.

    ``sides``: text, segments and extent on the sheet of each page.
    """
    placed: list[Segment] = []
    start = 0
    for text, own, (left, right) in sides:
        part = Box(left, 0.0, right, 1.0)
        for segment in own:
            words = tuple(word._replace(box=word.box.inside(part)) for word in segment.words)
            placed.append(Segment(words, segment.start + start))
        start += len(text) + 1
    return "\n".join(text for text, _segments, _reach in sides), placed
