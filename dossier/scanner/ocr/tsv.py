"""Tesseract's table of words, as lines of words with boxes.

text. Source: tesseract(1), version 5.
"""

from __future__ import annotations

from itertools import groupby

from dossier.model import Box, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.vietnamese import nfc

_WORD = "5"


def parse_tsv(table: str, width: int, height: int) -> Recognised:
    """The lines of a page of ``width`` × ``height`` pixels, in Tesseract's order."""
    rows = [cells for row in table.split("\n") if len(cells := row.split("\t")) >= 12 and cells[0] == _WORD]
    lines: list[TextLine] = []
    for _place, cells_of_line in groupby(rows, key=lambda cells: cells[2:5]):
        words = tuple(_word(cells, width, height) for cells in cells_of_line if cells[11].strip())
        if words:
            lines.append(TextLine(words))
    return Recognised(tuple(lines))


def _word(cells: list[str], width: int, height: int) -> Word:
    left, top, across, down = map(int, cells[6:10])
    box = Box(left / width, top / height, (left + across) / width, (top + down) / height)
    return Word(nfc(cells[11].strip()), box, round(float(cells[10]) / 100, 3))
