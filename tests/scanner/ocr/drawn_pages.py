"""Lines as printers and pens make them."""

from __future__ import annotations

import font_roboto
from PIL import Image, ImageDraw, ImageFont

# Strokes of digits in a box of 10 × 16, as pens draw them: lines from point to point.
STROKES = {
    "0": [[(5, 1), (2, 3), (1, 8), (2, 13), (5, 15), (8, 13), (9, 8), (8, 3), (5, 1)]],
    "1": [[(4, 4), (6, 1), (5, 15)]],
    "2": [[(1, 4), (3, 1), (7, 1), (8, 4), (6, 8), (2, 13), (1, 15), (9, 14)]],
    "3": [[(2, 2), (5, 1), (8, 3), (7, 6), (4, 8), (8, 10), (8, 13), (5, 15), (1, 13)]],
    "5": [[(8, 1), (3, 1), (2, 7), (6, 6), (9, 9), (8, 13), (4, 15), (1, 13)]],
    "8": [
        [(5, 8), (2, 5), (3, 2), (5, 1), (8, 2), (8, 5), (5, 8), (1, 12), (4, 15), (7, 15), (9, 12), (5, 8)]
    ],
}


def by_hand(
    page: Image.Image, digits: str, left: float, top: float, size: float = 3.2, ink: str = "navy"
) -> float:
    """Draw digits as if with a pen; the x at which they end."""
    draw = ImageDraw.Draw(page)
    for digit in digits:
        for stroke in STROKES[digit]:
            points = [(left + x * size, top + y * size) for x, y in stroke]
            draw.line(points, fill=ink, width=5, joint="curve")
        left += 12 * size
    return left


def printed(
    page: Image.Image, text: str, left: float, top: float, size: int = 40, ink: str = "black"
) -> float:
    """Print a line; the x at which it ends."""
    font = ImageFont.truetype(font_roboto.Roboto, size)
    ImageDraw.Draw(page).text((left, top), text, font=font, fill=ink)
    return left + font.getlength(text)
