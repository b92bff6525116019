"""Remove the dots that a form prints for a number or day: OCR loses the digits that are written on them."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_INK = 0.75  # of the paper's brightness: darker pixels are ink; dots are paler than letters
_LARGEST = 0.24  # of the letters' height: largest width and height of a dot
_LEVEL = 0.12  # of that height: by how much the middles of dots of one line differ
_FEWEST = 4  # dots of a line; the dots of letters and a colon are fewer
_EDGE = 2  # pixels around a dot, in which its edge fades


def without_dots(piece: Image, tall: float) -> Image:
    """Return an image of a line without its dotted line; ``tall``: height of the letters in pixels."""
    import numpy as np

    from dossier.scanner.ocr.regions import components

    grey = np.asarray(piece.convert("L"))
    paper = np.median(grey)
    dots = []
    for rows, starts, ends in components(grey < paper * _INK):
        left, right = min(starts), max(ends)
        if max(right - left, rows[-1] + 1 - rows[0]) <= max(_LARGEST * tall, 3):
            dots.append((left, rows[0], right, rows[-1] + 1))
    if len(dots) < _FEWEST:
        return piece
    level = median((top + low) / 2 for _left, top, _right, low in dots)
    near = max(_LEVEL * tall, 1)
    line = [dot for dot in dots if abs((dot[1] + dot[3]) / 2 - level) <= near]
    line = [dot for dot in line if not any(_is_above(other, dot, near) for other in dots)]
    if len(line) < _FEWEST:
        return piece
    colour = tuple(int(np.median(np.asarray(band))) for band in piece.split())
    cleaned = piece.copy()
    for left, top, right, low in line:
        cleaned.paste(colour, (left - _EDGE, top - _EDGE, right + _EDGE, low + _EDGE))
    return cleaned


def _is_above(other: tuple[int, int, int, int], dot: tuple[int, int, int, int], near: float) -> bool:
    """Whether a dot is the upper one of a colon."""
    return other[3] < dot[1] and abs(other[0] + other[2] - dot[0] - dot[2]) <= 2 * near
