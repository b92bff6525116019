"""Second OCR pass over the two columns of a scanned head, each column separately.

Lines of the two columns rarely have the same height, especially on skewed or bent pages; OCR of the whole
page then merges two lines and misreads both, or loses one. If words of a head have low confidence, each
column is cut out and read again, and the better result of each is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.regions import part_of, without_red

if TYPE_CHECKING:
    from PIL.Image import Image

    Read = Callable[[Image], Recognised]

_TOP = 0.3  # fraction of the page height within which a head begins
_MOST_LINES, _MOST_WORDS = 9, 16  # lines of a head; words of one of its lines
_BADLY = 0.5  # confidence below which a word counts as illegible
_BETTER = 0.05  # mean confidence that the second pass must gain
_GUTTERS = tuple(at / 100 for at in range(34, 60))  # possible gutters, as fractions of the page width
_WIDEST = 0.03  # width of the gutter, as a fraction of the page width


def columns_again(seen: Recognised, page: Image, read: Read) -> Recognised:
    """Return the page with the best reading of each column of its head.

    ``page``: the upright colour image from which ``seen`` was read; ``read``: recognises a part of a page.
    """
    gutter, head = _head_lines(seen.lines)
    if not any(_is_illegible(word) for line in head for word in line.words):
        return seen
    words = [word for line in head for word in line.words]
    top, bottom = min(word.box.top for word in words), max(word.box.bottom for word in words)
    around = (bottom - top) / (2 * len(head))
    below = min((word.box.top for line in seen.lines[len(head) :] for word in line.words), default=1.0)
    bottom = max(bottom, min(bottom + around, below))
    lines: list[TextLine] = []
    changed = False
    for left, right in ((0.0, gutter), (gutter, 1.0)):
        own = Recognised(tuple(TextLine(part) for line in head if (part := _between(line, left, right))))
        again = _read_part(Box(left, max(top - around, 0.0), right, bottom), page, read)
        if _is_better(again, own):
            own, changed = again, True
        lines += own.lines
    if not changed:
        return seen
    lines.sort(key=lambda line: line.words[0].box.top)
    return Recognised((*lines, *seen.lines[len(head) :]))


def _is_better(again: Recognised, own: Recognised) -> bool:
    """Whether a column was read better: more surely where words were illegible, or else with a line more, as
    OCR of the whole page loses a line beside one that it cannot read."""
    if any(_is_illegible(word) for line in own.lines for word in line.words):
        return again.confidence > own.confidence + _BETTER
    more = _words(again) - _words(own)
    return more > 1 and again.confidence > own.confidence - _BETTER


def _words(seen: Recognised) -> int:
    """Count the words of several letters."""
    return sum(sum(map(str.isalpha, word.text)) > 1 for line in seen.lines for word in line.words)


def _head_lines(lines: Sequence[TextLine]) -> tuple[float, Sequence[TextLine]]:
    """Return the gutter between two columns at the top of the page, and the lines they consist of (or
    none)."""
    best: tuple[float, Sequence[TextLine]] = (0.0, ())
    for gutter in _GUTTERS:
        head = tuple(takewhile(lambda line, at=gutter: _fits_gutter(line, at), lines[:_MOST_LINES]))  # type: ignore[misc]
        sides = {word.box.left > gutter for line in head for word in line.words}
        if len(head) > len(best[1]) and len(head) > 1 and len(sides) == 2:
            best = gutter, head
    return best


def _fits_gutter(line: TextLine, gutter: float) -> bool:
    """Whether the line may belong to a head with this gutter: no word of it crosses the gutter."""
    edge = _WIDEST / 2
    return (
        len(line.words) <= _MOST_WORDS
        and line.words[0].box.top < _TOP
        and all(word.box.right < gutter - edge or word.box.left > gutter + edge for word in line.words)
    )


def _between(line: TextLine, left: float, right: float) -> tuple[Word, ...]:
    return tuple(word for word in line.words if left <= word.box.left < right)


def _is_illegible(word: Word) -> bool:
    """Whether a word of several letters has a low confidence."""
    return (word.confidence or 0.0) < _BADLY and sum(map(str.isalpha, word.text)) > 1


def _read_part(cut: Box, page: Image, read: Read) -> Recognised:
    """Recognise a part of the page; the boxes are those on the whole page."""
    found = read(without_red(part_of(page, cut)))
    return Recognised(
        tuple(
            TextLine(tuple(word._replace(box=word.box.inside(cut)) for word in line.words))
            for line in found.lines
        )
    )
