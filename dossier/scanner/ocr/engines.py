"""Which engine reads printed text here."""

from __future__ import annotations

from functools import lru_cache

from dossier.scanner.ocr.interface import Engine
from dossier.scanner.ocr.tesseract_library import TesseractLibrary
from dossier.scanner.ocr.tesseract_program import TesseractProgram


@lru_cache(maxsize=3)
def engine(name: str = "auto") -> Engine:
    """The engine of this name (``tesserocr``, ``tesseract``); ``auto``: Tesseract inside the process where
    it is installed, which is faster, else the program."""
    library = TesseractLibrary()
    if name == library.name or (name == "auto" and library.available()):
        return library
    return TesseractProgram()
