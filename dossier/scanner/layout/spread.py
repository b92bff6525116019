"""Two pages on one sheet, of an open volume or a folded one: where they part, which is read first, and their
texts made one page again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dossier.model import Box, Segment
from dossier.vietnamese import fold

_WIDE = 1.2  # times as wide as high: two pages side by side are 1.41, one is 0.71
_FEWEST = 40  # words on each side
_PROSE = 4.0  # words of a line on one side, in the mean: in tables they are fewer
_MIDDLE = (0.40, 0.60)  # of the width, where the pages part
_GAP = 0.05  # of the width, free of words: the inner margins of both
_HEAD = 6  # lines
_MOTTO = re.compile(r"h[o0]a xa hoi chu nghia|doc lap\W{1,5}tu do|dang cong san viet nam")

Reach = tuple[float, float]  # where a word begins and ends, 0–1 of the width


def gutter(lines: Iterable[Iterable[Reach]], width: float, height: float) -> float | None:
    """Where two pages part, 0–1 of the width of their sheet; ``None``: it is one. ``lines``: where their
    words, such as have letters or digits, stand."""
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
    """Whether the right page is the first: the outside of a folded sheet shows the last page left of the one
    with the head."""
    return _has_head(right) and not _has_head(left)


def _has_head(text: str) -> bool:
    return _MOTTO.search(fold("\n".join(text.lstrip().split("\n", _HEAD)[:_HEAD]))) is not None


def one_page(
    sides: Sequence[tuple[str, Sequence[Segment], Reach]],
) -> tuple[str, list[Segment]]:
    """The text of both pages in the order in which they are given, each with the part of the sheet that it
    takes, and the places of their words on the whole."""
    placed: list[Segment] = []
    start = 0
    for text, own, (left, right) in sides:
        for segment in own:
            words = tuple(word._replace(box=_within(word.box, left, right - left)) for word in segment.words)
            placed.append(Segment(words, segment.start + start))
        start += len(text) + 1
    return "\n".join(text for text, _segments, _reach in sides), placed


def _within(box: Box, left: float, width: float) -> Box:
    return Box(left + box.left * width, box.top, left + box.right * width, box.bottom)
