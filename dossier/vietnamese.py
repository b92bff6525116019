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
_NOT_MARKED_WORD = re.compile(r"[\W_]+")
# The tone stands on the first vowel of an open oa, oe, uy today, on the second one before.
_OLD_TONE = re.compile(r"(?<!q)(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
_TONE_PAIRS = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),  # noqa: SIM905
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),  # noqa: SIM905
        strict=True,
    )
)
_ASCII_FOLD = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
# Every Vietnamese letter with marks, to its plain small letter: one pass for nearly all text.
_PLAIN = {
    ord(letter): base
    for base in "aeiouyd"
    for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
    if unicodedata.normalize("NFD", letter.translate(_ASCII_FOLD))[0].lower() == base
}
_BEYOND = re.compile("[\u00c0-\u1fff\u2070-\U0010ffff]")  # letters and marks of any other script


def nfc(text: str) -> str:
    """Compose to NFC, the only form kept anywhere."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without diacritics: ``Quyết định`` → ``quyet dinh``.

    For NFC input the result has as many characters as the input, so offsets carry over, save
    for the rare letters whose lower case is longer (``İ``) and free-standing combining marks.
    """
    if not text.isascii():
        text = text.translate(_PLAIN)
        if _BEYOND.search(text):
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


def marked_words(text: str) -> str:
    """Lower-case words with their marks, parted by single spaces: ``Hoà-giải`` → ``hòa giải``.

    For telling words apart that fold to the same letters: ``quỹ`` and ``quý``, ``dừng`` and ``dựng``.
    """
    text = _NOT_MARKED_WORD.sub(" ", nfc(text).lower()).strip()
    return text if text.isascii() else _OLD_TONE.sub(lambda found: _TONE_PAIRS[found[0]], text)


def is_marked(text: str) -> bool:
    """Whether a text was written with its diacritics: at least a third of its longer words have some."""
    longer = [word for word in text.split() if len(word) > 2 and not word.isdigit()]
    return 3 * sum(not word.isascii() for word in longer) >= max(len(longer), 1)


def slug(text: str) -> str:
    """Folded words parted by hyphens: ``Quyết định`` → ``quyet-dinh``."""
    return words(text).replace(" ", "-")
