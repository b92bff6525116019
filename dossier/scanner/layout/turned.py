"""Arrange text that does not run from left to right: rotated tables, labels on a margin, watermarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.model import Box
from dossier.scanner.layout.glyphs import Glyphs, Run

ASLANT = 4  # in Glyphs.turns: at an angle that is no multiple of a quarter turn
MIRRORED = 5  # in Glyphs.turns: from right to left, with rows from top to bottom
_TOKEN = re.compile(r"\S+")


def by_turn(glyphs: Glyphs) -> Iterator[tuple[int, Glyphs]]:
    """Yield the characters of each direction, most frequent first; characters of other directions are line
    feeds."""
    turns = glyphs.turns or ()
    counted = Counter(turn for turn, char in zip(turns, glyphs.text, strict=True) if not char.isspace())
    for turn, _count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        text = "".join([char if one == turn else "\n" for char, one in zip(glyphs.text, turns, strict=True)])
        yield turn, replace(glyphs, text=text, turns=None)


def upright(glyphs: Glyphs, turn: int, width: float, height: float) -> tuple[Glyphs, float, float]:
    """Rotate a page so that its text runs from left to right; return it with its new width and height."""
    lefts, tops, rights, bottoms = glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms
    from_right, from_left = [width - x for x in lefts], [width - x for x in rights]
    if turn == MIRRORED:
        return _moved(glyphs, from_left, tops, from_right, bottoms), width, height
    if turn == 2:
        from_foot, from_top = [height - y for y in tops], [height - y for y in bottoms]
        return _moved(glyphs, from_left, from_top, from_right, from_foot), width, height
    if turn == 1:
        moved = _moved(glyphs, tops, from_left, bottoms, from_right)
    elif turn == 3:
        moved = _moved(glyphs, [height - y for y in bottoms], lefts, [height - y for y in tops], rights)
    else:
        return glyphs, width, height
    return moved, height, width


def _moved(
    glyphs: Glyphs,
    lefts: Sequence[float],
    tops: Sequence[float],
    rights: Sequence[float],
    bottoms: Sequence[float],
) -> Glyphs:
    return replace(glyphs, lefts=lefts, tops=tops, rights=rights, bottoms=bottoms, blocks=())


def turned_back(box: Box, turn: int) -> Box:
    """Convert a box on a page rotated by :func:`upright` back to the page as displayed."""
    if turn == 1:
        return Box(1 - box.bottom, box.left, 1 - box.top, box.right)
    if turn == 2:
        return Box(1 - box.right, 1 - box.bottom, 1 - box.left, 1 - box.top)
    if turn == 3:
        return Box(box.top, 1 - box.right, box.bottom, 1 - box.left)
    if turn == MIRRORED:
        return Box(1 - box.right, box.top, 1 - box.left, box.bottom)
    return box


def aslant_rows(glyphs: Glyphs) -> list[list[Run]]:
    """Return the rows of text at an angle: each text drawn in one operation is a row, with words in that
    order."""
    rows: list[list[Run]] = []
    end = -2
    for found in _TOKEN.finditer(glyphs.text):
        at = range(found.start(), found.end())
        run = Run(
            min(glyphs.lefts[i] for i in at),
            min(glyphs.tops[i] for i in at),
            max(glyphs.rights[i] for i in at),
            max(glyphs.bottoms[i] for i in at),
            found[0],
            0,
            found.start(),
        )
        if found.start() == end + 1 and glyphs.text[end] == " ":
            rows[-1].append(run)
        else:
            rows.append([run])
        end = found.end()
    return sorted(rows, key=lambda row: (row[0].top, row[0].left, row[0].text))
