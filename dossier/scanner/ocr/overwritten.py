"""Detect handwritten digits that were written over another one: what OCR reads there is one of the two.

Such a digit has much more ink than the other digits of its value would have in its place, or strokes that are
much thicker than all of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dossier.scanner.ocr.ppocr import Character

# How long the strokes of each digit are, as a multiple of its height. A 1 has a flag and a foot or neither:
# nothing is concluded from its ink.
_LONG = {"0": 2.6, "2": 2.2, "3": 2.4, "4": 2.2, "5": 2.4, "6": 2.4, "7": 1.7, "8": 3.1, "9": 2.4}
_ONE = 1.1
_HEAVIER = 1.8  # factor of ink from which a digit is written twice
_THICK = 0.15  # share of a digit's ink that is thicker than all strokes of the others
_LEAST = 0.3  # of a digit's ink, which each of the others has too
_MOST_LAYERS = 12  # half the thickness of the thickest stroke, in pixels


def overwritten(letters: Sequence[Character], ink: Any) -> frozenset[int]:
    """Return the indexes of the digits that were written over others.

    ``ink``: boolean array of the pixels of the letters' line; ``letters``: with their positions on it.
    """
    groups, digits = list[list[int]](), [letter.text.isdecimal() for letter in letters]
    for at, digit in enumerate(digits):
        if digit and at and digits[at - 1]:
            groups[-1].append(at)
        elif digit:
            groups.append([at])
    found: set[int] = set()
    for group in groups:
        if len(group) > 1:
            found |= _heavy(group, letters, ink)
    return frozenset(found)


def _heavy(group: Sequence[int], letters: Sequence[Character], ink: Any) -> set[int]:
    """Return those of adjacent digits that are much heavier than the others."""
    pieces = [ink[:, left:right] for left, right in _reaches(group, letters, ink)]
    layers = [_layers(piece) for piece in pieces]
    read = [letters[at].text for at in group]
    amounts = [sum(each) / _LONG.get(digit, _ONE) for each, digit in zip(layers, read, strict=True)]
    found = set()
    for place, at in enumerate(group):
        others = [k for k in range(len(group)) if k != place]
        if not amounts[place] or min(amounts[k] for k in others) < _LEAST * amounts[place]:
            continue  # the digits were not parted where they are
        alike = [amounts[k] for k in others if read[k] in _LONG]
        if read[place] in _LONG and len(alike) > 1 and amounts[place] >= _HEAVIER * median(alike):
            found.add(at)
        thickest = max(len(layers[k]) for k in others)
        if sum(layers[place][thickest:]) >= _THICK * sum(layers[place]) > 0:
            found.add(at)
    return found


def _reaches(group: Sequence[int], letters: Sequence[Character], ink: Any) -> list[tuple[int, int]]:
    """Return the first and last column of each digit: between it and its neighbours is the least ink."""
    columns = ink.sum(axis=0)
    wide = len(columns)

    def between(one: int, other: int) -> int:
        left = round(letters[one].at * wide) if one >= 0 else 0
        right = round(letters[other].at * wide) if other < len(letters) else wide
        middle = (left + right) // 2
        near = range(left + (middle - left) // 2, middle + (right - middle) // 2 + 1)
        return (
            min(near, key=lambda x: (columns[x], abs(x - middle)), default=middle) if right > left else left
        )

    edges = [between(at, at + 1) for at in (group[0] - 1, *group)]
    return [(left, max(left, right)) for left, right in pairwise(edges)]


def _layers(piece: Any) -> list[int]:
    """Return how many pixels of the ink are in each layer, from the outermost to the innermost."""
    import numpy as np

    found, rest = list[int](), piece
    while rest.any() and len(found) < _MOST_LAYERS:
        padded = np.pad(rest, 1)
        inner = rest & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        found.append(int(rest.sum() - inner.sum()))
        rest = inner
    return found
