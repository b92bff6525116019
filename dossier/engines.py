"""Registry of the OCR and index engines, and of the databases on servers, that settings may name. A new one
needs one row here beside its own file.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

AUTO = "auto"  # setting for the best engine that works on this machine
# Name → ``module:Class`` below the package, best first; people are advised to install the last one.
OCR = {"tesserocr": "tesseract:TesseractLibrary", "tesseract": "tesseract:TesseractProgram"}
INDEX = {"tantivy": "tantivy_engine:TantivyEngine", "whoosh": "whoosh_engine:WhooshEngine"}

# Scheme of a server's address → module in the catalogue's package, with ``open_server``, ``is_made``,
# ``health``, ``ServerLock`` and ``ServerPulse``.
DATABASES = {"postgresql": "postgres", "postgres": "postgres"}


def load(package: str, row: str) -> Any:
    """Import the class named by a row. Raises :class:`ImportError`."""
    module, _colon, name = row.partition(":")
    return getattr(import_module(f"{package}.{module}"), name)
