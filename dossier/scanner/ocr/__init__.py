"""Reading what is only a picture: engines that recognise text, and what is done to a page before."""

from __future__ import annotations

from functools import lru_cache

from dossier.scanner.ocr.interface import Engine
from dossier.scanner.ocr.tesseract import TesseractLibrary, TesseractProgram

# The better first: Tesseract inside the process is faster. The last is what people are told to install.
ENGINES: tuple[type[Engine], ...] = (TesseractLibrary, TesseractProgram)


@lru_cache(maxsize=8)
def engine(name: str = "auto") -> Engine:
    """The engine of that name, from it on the first that is installed; ``auto``: the first of all. Where none
    is, the last: who installs that has all that is needed."""
    names = [each.name for each in ENGINES]
    engines = [each() for each in ENGINES[names.index(name) if name in names else 0 :]]
    return next((each for each in engines if each.available()), engines[-1])
