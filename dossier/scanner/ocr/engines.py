"""Which engine reads printed text here."""

from __future__ import annotations

from functools import lru_cache

from dossier.scanner.ocr.interface import Engine
from dossier.scanner.ocr.tesseract_library import TesseractLibrary
from dossier.scanner.ocr.tesseract_program import TesseractProgram


@lru_cache(maxsize=3)
def engine(name: str = "auto") -> Engine:
    """``tesseract``: the program. ``auto``, ``tesserocr``: Tesseract inside the process where it is
    installed, which is faster, else the program too: who installs that has all that is needed."""
    library = TesseractLibrary()
    return library if name != TesseractProgram.name and library.available() else TesseractProgram()
