"""Characters as a page draws them, for the tests of the layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dossier.scanner.layout import Arranged, Glyphs, arranged_glyphs

WIDTH, HEIGHT = 595.0, 842.0


@dataclass(frozen=True)
class Drawing:
    """One piece of text drawn at once: left and foot of its letters in points, from the top."""

    text: str
    left: float
    foot: float
    size: float = 14.0
    spaced: float = 0.0  # between letters
    tall: float = 1.1  # height of a cell; fonts differ

    def cells(self) -> Iterable[tuple[str, float, float, float, float]]:
        x = self.left
        for char in self.text:
            wide = self.size * (0.25 if char == " " else 0.5)
            yield char, x, self.foot - 0.88 * self.size * self.tall, x + wide, self.foot + 0.22 * self.size
            x += wide + self.spaced


def page(*drawings: Drawing, width: float = WIDTH) -> Arranged:
    """The page on which these are drawn one after the other."""
    cells = [cell for drawing in drawings for cell in (*drawing.cells(), ("\n", 0.0, 0.0, 0.0, 0.0))]
    text = "".join(char for char, *_box in cells)
    lefts, tops, rights, bottoms = ([cell[at] for cell in cells] for at in range(1, 5))
    return arranged_glyphs(Glyphs(text, lefts, tops, rights, bottoms), width, HEIGHT)
