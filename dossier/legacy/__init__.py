"""Legacy Vietnamese encodings: TCVN3 (ABC), VNI-Windows, VISCII and Windows-1258.

Pure functions on strings. Legacy text is represented as a string of code points 0x00–0xFF.
"""

from __future__ import annotations

from dossier.legacy.convert import convert, encode
from dossier.legacy.guess import fits, guess, guess_bytes, has_modern_letters
from dossier.legacy.tables import Encoding, encoding_of_font

__all__ = [
    "Encoding",
    "convert",
    "encode",
    "encoding_of_font",
    "fits",
    "guess",
    "guess_bytes",
    "has_modern_letters",
]
