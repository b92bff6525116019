"""The code of a whole package: short enough for the signed record of the hand-over.

The lists of a package hold its files, and the list of lists holds the lists; nothing in the package holds
that one. Whoever changes a file and writes all lists anew leaves a package that agrees with itself: only a
code that stands elsewhere, on signed paper and in the giver's log, tells.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_LIST_OF_LISTS = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
_DIGITS = 32  # of the SHA-256: what a person compares; 128 bits
_BETWEEN = re.compile(r"[\s.\-–]")  # what people put between the groups


def code(place: Path) -> str:
    """The code in groups of four digits; empty for a package without a list of its lists, which others may
    make and ours never are."""
    for name in _LIST_OF_LISTS:
        if (place / name).is_file():
            digits = hashlib.sha256((place / name).read_bytes()).hexdigest()[:_DIGITS]
            return " ".join(digits[at : at + 4] for at in range(0, _DIGITS, 4))
    return ""


def same(one: str, other: str) -> bool:
    """Whether two codes are one, however they were typed."""
    return _BETWEEN.sub("", one).casefold() == _BETWEEN.sub("", other).casefold() != ""
