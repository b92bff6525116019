"""A second look at the two columns of a scanned head, each by itself.

Their lines rarely stand at the same heights, least of all on a page that lies askew or bends, and who reads
across the page runs two of them together and makes nothing of both. Where words of a head are read badly,
each column is cut out and read once more; the better reading of each is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.regions import without_red

if TYPE_CHECKING:
    from PIL.Image import Image

    Read = Callable[[Image], Recognised]

_TOP = 0.3  # of the page: lower down no head begins
_MOST_LINES, _MOST_WORDS = 9, 16  # of a head, of one of its lines
_BADLY = 0.5  # confidence of a word that was not made out
_BETTER = 0.05  # mean confidence by which the second look must be surer
_GUTTERS = tuple(at / 100 for at in range(34, 60))  # of the width: where the columns may part
_WIDEST = 0.03  # of the width, that must be free between them


def columns_again(seen: Recognised, page: Image, read: Read) -> Recognised:
    """The page with the columns of its head as they are read best.

    ``page``: in colour, upright, as ``seen`` was read from it; ``read`` recognises a piece of a page.
    """
    gutter, head = _head(seen.lines)
    if not any(_bad(word) for line in head for word in line.words):
        return seen
    words = [word for line in head for word in line.words]
    top, bottom = min(word.box.top for word in words), max(word.box.bottom for word in words)
    around = (bottom - top) / (2 * len(head))
    below = min((word.box.top for line in seen.lines[len(head) :] for word in line.words), default=1.0)
    bottom = max(bottom, min(bottom + around, below))
    lines: list[TextLine] = []
    changed = False
    for left, right in ((0.0, gutter), (gutter, 1.0)):
        own = [TextLine(part) for line in head if (part := _between(line, left, right))]
        if any(_bad(word) for line in own for word in line.words):
            cut = Box(left, max(top - around, 0.0), right, bottom)
            again = _lines(cut, page, read)
            if again.confidence > Recognised(tuple(own)).confidence + _BETTER:
                own, changed = list(again.lines), True
        lines += own
    if not changed:
        return seen
    lines.sort(key=lambda line: line.words[0].box.top)
    return Recognised((*lines, *seen.lines[len(head) :]))


def _head(lines: Sequence[TextLine]) -> tuple[float, Sequence[TextLine]]:
    """Where two columns part at the top of the page, and the lines that have them; no lines where none do."""
    best: tuple[float, Sequence[TextLine]] = (0.0, ())
    for gutter in _GUTTERS:
        head = tuple(takewhile(lambda line, at=gutter: _parted(line, at), lines[:_MOST_LINES]))  # type: ignore[misc]
        sides = {word.box.left > gutter for line in head for word in line.words}
        if len(head) > len(best[1]) and len(head) > 1 and len(sides) == 2:
            best = gutter, head
    return best


def _parted(line: TextLine, gutter: float) -> bool:
    """Whether no word of the line stands where the columns part."""
    edge = _WIDEST / 2
    return (
        len(line.words) <= _MOST_WORDS
        and line.words[0].box.top < _TOP
        and all(word.box.right < gutter - edge or word.box.left > gutter + edge for word in line.words)
    )


def _between(line: TextLine, left: float, right: float) -> tuple[Word, ...]:
    return tuple(word for word in line.words if left <= word.box.left < right)


def _bad(word: Word) -> bool:
    return (word.confidence or 0.0) < _BADLY and sum(map(str.isalpha, word.text)) > 1


def _lines(cut: Box, page: Image, read: Read) -> Recognised:
    """What is read on a part of the page, with places on the page."""
    left, right = round(cut.left * page.width), round(cut.right * page.width)
    top, bottom = round(cut.top * page.height), round(cut.bottom * page.height)
    found = read(without_red(page.crop((left, top, right, bottom))))
    return Recognised(
        tuple(
            TextLine(tuple(word._replace(box=word.box.inside(cut)) for word in line.words))
            for line in found.lines
        )
    )
