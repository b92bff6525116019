"""Find an installed font with Vietnamese letters, as a substitute for Times New Roman.

A font that lacks some of these letters (older releases of Liberation Serif) is none: they are then taken from
another font one by one, look uneven, and are copied from a PDF in the wrong order. Source: fc-list(1).
Systems without fontconfig (Windows, macOS) have Times New Roman.
"""

from __future__ import annotations

import shutil
from functools import lru_cache

from dossier.scanner._exec.program import ProgramError, run

WANTED = "Times New Roman"
# Those as wide as it first, then the narrower: in a wide one a date no longer fits its column.
_OTHERS = (
    "Liberation Serif", "Tinos", "FreeSerif", "Source Serif 4", "Noto Serif", "DejaVu Serif Condensed",
    "DejaVu Serif",
)  # fmt: skip
_LETTERS = "111 1a1 1b0 1ea0-1ef9"  # đ, ơ, ư, and all with a tone
_SECONDS = 20.0


@lru_cache(maxsize=1)
def substitute() -> str:
    """Return the substitute font; empty if Times New Roman is installed or no substitute is known."""
    if shutil.which("fc-list") is None:
        return ""
    try:
        told = run(["fc-list", f":charset={_LETTERS}", "family"], b"", _SECONDS)
    except ProgramError:
        return ""
    return best(told.decode("utf-8", "replace"))


def best(listed: str) -> str:
    """Return the substitute among the families that fc-list names, of which one may have several names."""
    families = {name for line in listed.splitlines() for name in line.split(",")}
    if WANTED in families:
        return ""
    return next((name for name in _OTHERS if name in families), "")
