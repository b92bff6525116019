"""The engines that a setting may name: those that read printed text, and those that keep the index. One row
each, the only place that a new one is entered besides its own file.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

AUTO = "auto"  # the setting: the best that works on this machine
# Name → ``module:Class`` below the package; the better first, last the one that people are told to install.
OCR = {"tesserocr": "tesseract:TesseractLibrary", "tesseract": "tesseract:TesseractProgram"}
INDEX = {"tantivy": "tantivy_engine:TantivyEngine", "whoosh": "whoosh_engine:WhooshEngine"}


def load(package: str, row: str) -> Any:
    """The class that a row names. Raises :class:`ImportError`."""
    module, _colon, name = row.partition(":")
    return getattr(import_module(f"{package}.{module}"), name)
