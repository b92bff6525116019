"""Tesseract as the program that is installed on the machine: one process for each page."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from dossier.model import Box, Word
from dossier.scanner._exec import tesseract
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.ocr.interface import Engine, EngineError, Recognised, TextLine
from dossier.vietnamese import nfc

if TYPE_CHECKING:
    from PIL.Image import Image


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


class TesseractProgram(Engine):
    """A page that breaks it breaks only its own process; a page that takes too long is given up."""

    name = tesseract.NAME

    def available(self) -> bool:
        """See :meth:`Engine.available`."""
        return tesseract.reads_vietnamese()

    def recognise(self, page: Image, dpi: int, seconds: float, *, piece: bool = False) -> Recognised:
        """See :meth:`Engine.recognise`. The image goes through a pipe: nothing is left on disk."""
        program = tesseract.available()
        if program is None:
            raise EngineError("tesseract: not found")
        try:
            table = tesseract.recognise(program, _bmp(page), dpi, seconds, piece=piece)
        except ProgramError as error:
            raise EngineError(str(error)) from error
        return parse_tsv(table, *page.size)

    def quarter_turn(self, page: Image, seconds: float) -> int:
        """See :meth:`Engine.quarter_turn`."""
        program = tesseract.available()
        return tesseract.quarter_turn(program, _bmp(page), seconds) if program else 0


def _bmp(page: Image) -> bytes:
    """The format Tesseract's library loads fastest: of a PGM it fetches every pixel by itself."""
    out = BytesIO()
    page.save(out, "BMP")
    return out.getvalue()
