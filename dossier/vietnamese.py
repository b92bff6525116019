"""Normalisation of Vietnamese text: NFC for storage, folded forms for comparison.

Sources: Unicode NFC; the old and the new placement of the tone mark (``hoà``/``hòa``) are the
same word; ``đ`` has no canonical decomposition and is folded by hand.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from itertools import compress

_MARKS = re.compile(r"[\u0300-\u036f\u1dc4\u1dc5]+")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NOT_MARKED_WORD = re.compile(r"[\W_]+")
# Modern spelling puts the tone on the first vowel of an open oa, oe, uy, old spelling on the second. Two
# expressions that begin with a letter match five times as fast as one that does not.
_OLD_TONES = (re.compile(r"o[àáảãạèéẻẽẹ](?!\w)"), re.compile(r"u(?<!qu)[ỳýỷỹỵ](?!\w)"))
_TONE_PAIRS = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),  # noqa: SIM905
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),  # noqa: SIM905
        strict=True,
    )
)
_OLD_SPELLING = {new: old for old, new in _TONE_PAIRS.items()}
_ASCII_FOLD = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
# Vietnamese letters with diacritics → plain lower-case letters; ASCII is included because a failed look-up
# takes twice as long.
_PLAIN = {code: chr(code) for code in range(0x80)} | {
    ord(letter): base
    for base in "aeiouyd"
    for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
    if unicodedata.normalize("NFD", letter.translate(_ASCII_FOLD))[0].lower() == base
}
_BEYOND = re.compile("[\u00c0-\u1fff\u2070-\U0010ffff]")  # letters and marks of any other script


def nfc(text: str) -> str:
    """Compose to NFC, the form in which all text is stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without diacritics: ``Quyết định`` → ``quyet dinh``.

    For NFC input the result has as many characters as the input, so offsets carry over, save
    for the rare letters whose lower case is longer (``İ``) and free-standing combining marks.
    """
    if text.isascii():
        return text.lower()
    return _fold_known(text) if len(text) <= _OFTEN else _fold_marked(text)


def _fold_marked(text: str) -> str:
    folded = _by_table(text, _FOLDED)
    return _fold_any(text) if folded is None else folded


def _by_table(text: str, table: str) -> str | None:
    """Map each character by ``table``; ``None`` if one is not in :data:`_PAGE`."""
    try:
        return codecs.charmap_decode(codecs.charmap_encode(text, "strict", _CODES)[0], "strict", table)[0]
    except UnicodeEncodeError:
        return None


# Several steps fold the same lines and pages, so shorter texts are cached.
_OFTEN = 6000  # characters; bounds the memory of the cache
_fold_known = lru_cache(maxsize=512)(_fold_marked)


def _fold_any(text: str) -> str:
    """:func:`fold` for text with any character."""
    text = text.translate(_PLAIN)
    if _BEYOND.search(text):
        text = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_ASCII_FOLD)))
        text = unicodedata.normalize("NFC", text)
    return text.lower()


def _code_page() -> str:
    """The 256 characters of which nearly every Vietnamese text consists.

    The first is NUL, because only then :func:`codecs.charmap_build` returns a table instead of a dictionary.
    """
    ascii_ = [char for char in map(chr, range(128)) if char.isprintable() or char in "\t\n\v\f\r"]
    marks = ("", *"\u0300\u0301\u0303\u0309\u0323")
    small = [unicodedata.normalize("NFC", f"{base}{mark}") for base in "aăâeêioôơuưy" for mark in marks]
    letters = [char for char in (*small, "đ") if not char.isascii()]
    page = ["\0", *ascii_, *letters, *map(str.upper, letters), *"“”‘’–—…•\u00a0°§«»×−·²³±®©"]
    return "".join(page)


# Folding through this private code page is fifty times as fast as through a dictionary.
_PAGE = _code_page()
_CODES = codecs.charmap_build(_PAGE)
_FOLDED = "".join(map(_fold_any, _PAGE))
_FOLDED_WORDS = "".join(char if char.isascii() and char.isalnum() else " " for char in _FOLDED)
_MARKED_WORDS = "".join(char.lower() if char.isalnum() else " " for char in _PAGE)


def is_common(text: str) -> bool:
    """Whether a text consists of characters of printed Vietnamese: letters, digits, usual signs, spaces."""
    return _by_table(text, _PAGE) is not None


def squash(text: str) -> str:
    """One space between words, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def capitalised(text: str) -> str:
    """With a capital as the first letter, as a sentence begins; the rest is left as it is."""
    return text[:1].upper() + text[1:]


def words(text: str) -> str:
    """Folded words separated by single spaces, other characters dropped: for comparing names.

    ``06_QĐ-thành lập (bản 2).pdf`` → ``06 qd thanh lap ban 2 pdf``.
    """
    return _known_words(text) if len(text) <= _TITLE else _words(text)


def _words(text: str) -> str:
    common = _by_table(text, _FOLDED_WORDS)
    return _NOT_WORD.sub(" ", fold(text)).strip() if common is None else " ".join(common.split())


# Titles and names of bodies are compared with those of each other document of their dossier.
_TITLE = 500  # characters; bounds the memory of the cache
_known_words = lru_cache(maxsize=4096)(_words)


def marked_words(text: str) -> str:
    """Lower-case words with diacritics, separated by single spaces: ``Hoà-giải`` → ``hòa giải``.

    Distinguishes words that fold to the same letters: ``quỹ`` and ``quý``, ``dừng`` and ``dựng``.
    """
    common = _by_table(text, _MARKED_WORDS)
    if common is None:
        text = _NOT_MARKED_WORD.sub(" ", nfc(text).lower()).strip()
    else:
        text = " ".join(common.split())
    if not text.isascii():
        for old_tone in _OLD_TONES:
            text = old_tone.sub(lambda found: _TONE_PAIRS[found[0]], text)
    return text


def spellings(word: str) -> tuple[str, ...]:
    """All spellings of a word from :func:`marked_words`: ``hòa`` is also written ``hoà``, ``quý`` is not."""
    old = _OLD_SPELLING.get(word[-2:])
    if old is None or (word[-3:-2] == "q" and word[-2] == "u"):
        return (word,)
    return (word, word[:-2] + old)


@lru_cache(maxsize=64)  # several steps ask about the same fields of a document
def is_marked(text: str) -> bool:
    """Whether a text was written with diacritics: at least a third of its longer words have some."""
    words = text.split()
    # Loops in C, since texts may be long.
    longer = list(compress(words, map((2).__lt__, map(len, words))))
    numbers = list(compress(longer, map(str.isdigit, longer)))
    count = len(longer) - len(numbers)
    plain = sum(map(str.isascii, longer)) - sum(map(str.isascii, numbers))
    return 3 * (count - plain) >= max(count, 1)


def slug(text: str) -> str:
    """Folded words separated by hyphens: ``Quyết định`` → ``quyet-dinh``."""
    return words(text).replace(" ", "-")
