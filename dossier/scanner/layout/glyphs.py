"""Characters with their places, and the runs of them that stand side by side at one height.

Lengths are in points, from the top left corner of the page as it is seen, downwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

_BY_TEXT = itemgetter(4, 1, 0, 2, 3)  # the text, then from top to bottom, then from left to right
_LOOK_BACK = 12  # runs of the same text that may stand at one height
SMALLEST = 0.7  # height below which nobody can read a character
_BLANK = frozenset(" \t\r\n\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000")
_NOTHING = frozenset("\x00\u200b\u200c\u200d\u2060\ufeff")  # has no shape and parts nothing
GAP = 0.13  # of the height: a wider gap parts words; a blank of common fonts is 0.2
_MARKS = re.compile("[\u0300-\u036f]")
_BACK = 0.3  # of the height: so far back may a character begin (kerning, marks)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page: ``text[i]`` stands in the box of the four lists at ``i``.

    A blank that was drawn has a width; one that only tells of a gap has none.
    ``stamped``: from this index on, characters come from the appearance of an annotation, in ``blocks``
    (left, top, right, bottom) those that may be a text of their own. ``cuts``: indices at which another
    run begins in any case. ``spell`` gives the letters of a word's runs where their fonts show others
    than their characters say. ``turns``: by how many quarters of a turn, clockwise, the text of each
    character is turned (4: by something between; 5: mirrored); ``None``: all of it runs from left to right.
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
        """Whether accents were drawn apart from their letters."""
        return _MARKS.search(self.text) is not None


class Run(NamedTuple):
    """Characters without a gap, or the words made of them.

    ``parted``: a blank was drawn before (1) or behind (2) them. ``first`` is the index of the first
    character in the :class:`Glyphs` (of a recognised word: of the word).
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    parted: int
    first: int


def runs_of(glyphs: Glyphs) -> list[Run]:
    """Runs in the order in which they were drawn; what nobody can see is left out."""
    runs: list[Run] = []
    add, new = runs.append, tuple.__new__  # half the time of Run(…)
    begun = -1  # index at which the current run began
    left = top = right = bottom = 0.0
    parted = 0
    text, cuts = glyphs.text, {*glyphs.cuts, glyphs.stamped}
    for index, (char, x, y, to_x, to_y) in enumerate(
        zip(text, glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms, strict=True)
    ):
        if begun >= 0:
            if char not in _BLANK and index not in cuts:
                height = bottom - top
                gap = x - right
                if y == top and to_y == bottom and -_BACK * height < gap < GAP * height:
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
    if begun >= 0:
        add(Run(left, top, right, bottom, text[begun:], parted, begun))
    return runs


def within(runs: Sequence[Run], width: float, height: float) -> list[Run]:
    """The runs whose middle lies on the page."""
    return [
        run
        for run in runs
        if 0 <= run.left + run.right <= 2 * width and 0 <= run.top + run.bottom <= 2 * height
    ]


def once(runs: Sequence[Run]) -> list[Run]:
    """The runs without those that were drawn again at (nearly) the same place, as false bold or shadow.

    They come sorted, so that what follows does not depend on the order of drawing.
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


def apart(run: Run, glyphs: Glyphs) -> Iterator[Run]:
    """The run as runs of one character."""
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
