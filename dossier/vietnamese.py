"""Vietnamese text as the whole product compares it: one form for letters, one for matching.

Sources: Unicode NFC; the old and the new placement of the tone mark (``hoà``/``hòa``) are the
same word; ``đ`` has no canonical decomposition and is folded by hand.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[\u0300-\u036f\u1dc4\u1dc5]+")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_ASCII_FOLD = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})


def nfc(text: str) -> str:
    """Compose to NFC, the only form kept anywhere."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without diacritics: ``Quyết định`` → ``quyet dinh``.

    For NFC input the result has as many characters as the input, so offsets carry over, save
    for the rare letters whose lower case is longer (``İ``) and free-standing combining marks.
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_ASCII_FOLD)))
        text = unicodedata.normalize("NFC", text)
    return text.lower()


def squash(text: str) -> str:
    """One space between words, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def words(text: str) -> str:
    """Folded words parted by single spaces, everything else dropped: for matching names.

    ``06_QĐ-thành lập (bản 2).pdf`` → ``06 qd thanh lap ban 2 pdf``.
    """
    return _NOT_WORD.sub(" ", fold(text)).strip()


def slug(text: str) -> str:
    """Folded words parted by hyphens: ``Quyết định`` → ``quyet-dinh``."""
    return words(text).replace(" ", "-")
