"""Find an installed font with Vietnamese letters, as a substitute for Times New Roman.

The usual substitute (Liberation Serif) may lack half of these letters; they are then taken from another font
one by one, look uneven, and are copied from a PDF in the wrong order. Source: fc-list(1). Systems without
fontconfig (Windows, macOS) have Times New Roman.
"""

from __future__ import annotations

import shutil
from functools import lru_cache

from dossier.scanner._exec.program import ProgramError, run

WANTED = "Times New Roman"
_OTHERS = ("Tinos", "Noto Serif", "Source Serif 4", "DejaVu Serif")
_A_LETTER = "1ea1"  # ạ
_SECONDS = 20.0


@lru_cache(maxsize=1)
def substitute() -> str:
    """Return the substitute font; empty if Times New Roman is installed or no substitute is known."""
    if shutil.which("fc-list") is None:
        return ""
    try:
        told = run(["fc-list", f":charset={_A_LETTER}", "family"], b"", _SECONDS)
    except ProgramError:
        return ""
    families = {name for line in told.decode("utf-8", "replace").splitlines() for name in line.split(",")}
    if WANTED in families:
        return ""
    return next((name for name in _OTHERS if name in families), "")
