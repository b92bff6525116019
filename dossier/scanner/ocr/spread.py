"""Two pages of an open volume on one picture: where they part, and their texts made one page again."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Box, Segment
from dossier.scanner.ocr.interface import Recognised

_WIDE = 1.2  # times as wide as high: two pages side by side are 1.41, one is 0.71
_FEWEST = 40  # words on each side
_PROSE = 4.0  # words of a line on one side, in the mean: in tables they are fewer
_MIDDLE = (0.40, 0.60)  # of the width, where the pages part
_GAP = 0.05  # of the width, free of words: the inner margins of both


def gutter(seen: Recognised, size: tuple[int, int]) -> float | None:
    """Where two pages part, 0–1 of the width of a picture; ``None``: it shows one."""
    width, height = size
    words = [word for line in seen.lines for word in line.words if any(map(str.isalnum, word.text))]
    if width < _WIDE * height or len(words) < 2 * _FEWEST:
        return None
    first, last = _MIDDLE
    taken = sorted((word.box.left, word.box.right) for word in words)
    left, best, middle = 0.0, 0.0, 0.0
    for begin, end in taken:
        free = (max(left, first), min(begin, last))
        if free[1] - free[0] > best:
            best, middle = free[1] - free[0], sum(free) / 2
        left = max(left, end)
    if best < _GAP:
        return None
    sides = [
        [sum((word.box.left > middle) == side for word in line.words) for line in seen.lines]
        for side in (0, 1)
    ]
    for counts in sides:
        rows = [count for count in counts if count]
        if sum(rows) < _FEWEST or sum(rows) < _PROSE * len(rows):
            return None
    return middle


def side_by_side(
    texts: Sequence[str], segments: Sequence[Sequence[Segment]], middle: float
) -> tuple[str, list[Segment]]:
    """The text of both pages, the left one's first, with places on the picture that shows them."""
    parts = ((0.0, middle), (middle, 1.0))
    placed: list[Segment] = []
    start = 0
    for text, own, (left, right) in zip(texts, segments, parts, strict=True):
        for segment in own:
            words = tuple(word._replace(box=_within(word.box, left, right - left)) for word in segment.words)
            placed.append(Segment(words, segment.start + start))
        start += len(text) + 1
    return "\n".join(texts), placed


def _within(box: Box, left: float, width: float) -> Box:
    return Box(left + box.left * width, box.top, left + box.right * width, box.bottom)
