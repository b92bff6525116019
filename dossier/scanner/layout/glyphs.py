"""Characters with positions, and their runs: adjacent characters of the same height.

Lengths are in points, from the top left corner of the page as displayed, downwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

_BY_TEXT = itemgetter(4, 1, 0, 2, 3)  # by text, then from top to bottom, then from left to right
_LOOK_BACK = 12  # earlier runs of the same text at one height that are compared
SMALLEST = 0.7  # height below which a character is illegible
_BLANK = frozenset(" \t\r\n\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000")
_NOTHING = frozenset("\x00\u200b\u200c\u200d\u2060\ufeff")  # invisible, and no word separator
GAP = 0.13  # of the height: a wider gap separates words (a space in common fonts is 0.2)
# A space that kerning narrows, where no syllable goes on: ẤP AN. Fonts kern P and A together, not apart.
KERNED = 0.08  # of the height
_AFTER_P = frozenset("AÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬ")
_MARKS = re.compile("[\u0300-\u036f]")
_BACK = 0.3  # of the height: largest overlap of a character with the one before (kerning, accents)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page: ``text[i]`` has the box given by the four lists at index ``i``.

    A space that was drawn has a width; one that only marks a gap has none. ``stamped``: index of the first
    character from the appearance of an annotation; ``blocks``: boxes (left, top, right, bottom) of
    annotations that may be a separate text. ``cuts``: indices at which a new run must begin. ``spell``:
    returns the letters of a word's runs if their fonts display others than the characters encode. ``turns``:
    clockwise rotation of each character in quarter turns (4: another angle; 5: mirrored); ``None``: all text
    runs from left to right.
    """

    text: str
    lefts: Sequence[float]
    tops: Sequence[float]
    rights: Sequence[float]
    bottoms: Sequence[float]
    stamped: int = 1 << 60
    blocks: Sequence[tuple[float, float, float, float]] = ()
    cuts: Collection[int] = ()
    spell: Callable[[Sequence[Run]], str] | None = None
    turns: Sequence[int] | None = None

    @property
    def marks(self) -> bool:
        """Whether some accents were drawn separately from their letters."""
        return _MARKS.search(self.text) is not None


class Run(NamedTuple):
    """Adjacent characters without a gap; later also whole words.

    ``parted``: bit 1 if a space was drawn before, bit 2 if one was drawn after. ``first``: index of the first
    character in the :class:`Glyphs` (for words from OCR: index of the word).
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    parted: int
    first: int


def runs_of(glyphs: Glyphs) -> list[Run]:
    """Group characters into runs, in the order of drawing; invisible characters are left out."""
    runs: list[Run] = []
    add, new = runs.append, tuple.__new__  # twice as fast as Run(…)
    begun = -1  # index at which the current run began, -1 if there is none
    left = top = right = bottom = 0.0
    back = gap_of_words = gap_of_kerning = 0.0  # of the current run, by its height
    parted = 0
    text, cuts = glyphs.text, {*glyphs.cuts, glyphs.stamped}
    for index, (char, x, y, to_x, to_y) in enumerate(
        zip(text, glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms, strict=True)
    ):
        if begun >= 0:
            if char not in _BLANK and index not in cuts:
                gap = x - right
                near = y == top and to_y == bottom and back < gap < gap_of_words
                if near and (gap < gap_of_kerning or not kerned(text[index - 1], char)):
                    if to_x > right:
                        right = to_x
                    continue
                add(new(Run, (left, top, right, bottom, text[begun:index], parted, begun)))
                parted = 0
            else:
                drawn = to_x > x and char in _BLANK
                add(new(Run, (left, top, right, bottom, text[begun:index], parted | 2 * drawn, begun)))
                parted = int(drawn)
            begun = -1
        if char in _BLANK:
            parted = int(to_x > x)
        elif char not in _NOTHING and to_y - y >= SMALLEST:
            begun, left, top, right, bottom = index, x, y, to_x, to_y
            height = bottom - top
            back, gap_of_words, gap_of_kerning = -_BACK * height, GAP * height, KERNED * height
    if begun >= 0:
        add(Run(left, top, right, bottom, text[begun:], parted, begun))
    return runs


def kerned(before: str, after: str) -> bool:
    """Whether fonts narrow a space between the two letters so much that it is no wider than a gap."""
    return before == "P" and after in _AFTER_P


def on_page(runs: Sequence[Run], width: float, height: float) -> list[Run]:
    """Return the runs whose centre is on the page."""
    return [
        run
        for run in runs
        if 0 <= run.left + run.right <= 2 * width and 0 <= run.top + run.bottom <= 2 * height
    ]


def without_duplicates(runs: Sequence[Run]) -> list[Run]:
    """Remove runs drawn again at nearly the same place (simulated bold, shadow).

    The result is sorted, so that later steps do not depend on the order of drawing.
    """
    ordered = sorted(runs, key=_BY_TEXT)
    kept: list[Run] = []
    for run in ordered:
        if not kept or kept[-1][4] != run[4]:
            kept.append(run)
            continue
        near = 0.2 * (run.bottom - run.top)
        again = False
        for before in reversed(kept[-_LOOK_BACK:]):
            if before.text != run.text or run.top - before.top > near:
                break
            if abs(run.left - before.left) <= near:
                again = True
                break
        if not again:
            kept.append(run)
    return kept


def single_characters(run: Run, glyphs: Glyphs) -> Iterator[Run]:
    """Split a run into runs of one character."""
    last = run.first + len(run.text) - 1
    for index in range(run.first, last + 1):
        parted = (run.parted & 1 if index == run.first else 0) | (run.parted & 2 if index == last else 0)
        yield Run(
            glyphs.lefts[index],
            glyphs.tops[index],
            glyphs.rights[index],
            glyphs.bottoms[index],
            glyphs.text[index],
            parted,
            index,
        )
