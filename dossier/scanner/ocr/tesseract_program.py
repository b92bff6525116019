"""Tesseract as the program that is installed on the machine: one process for each page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from dossier.scanner._exec import tesseract
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.ocr.interface import Engine, EngineError, Recognised
from dossier.scanner.ocr.tsv import parse_tsv

if TYPE_CHECKING:
    from PIL.Image import Image


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
