"""Which engine reads printed text here."""

from __future__ import annotations

from dossier.scanner.ocr.interface import Engine


def engine() -> Engine:
    """The engine in use."""
    from dossier.scanner.ocr.tesseract_program import TesseractProgram

    return TesseractProgram()
