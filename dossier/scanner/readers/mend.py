"""Letters that a font's table names wrongly, put right where the language proves it: ``hƣớng`` is ``hướng``.

Known faults: O with a horn's neighbour in Unicode for Ư, the Icelandic and the African D for Đ, Cyrillic
and Greek letters that look like Latin ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossier.legacy.syllables import is_syllable

_INSTEAD = str.maketrans(
    "ƢƣÐðƉɖАВЕКМНОРСТУХаеорсухіІΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ƯưĐđĐđABEKMHOPCTYXaeopcyxiIABEZHIKMNOPTYX",
)
_WRONG = re.compile("[ƢƣÐðƉɖАВЕКМНОРСТУХаеорсухіІΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]")
_ALIEN = re.compile("[\u0370-\u04ff]")  # Greek and Cyrillic
_PROOF = 0.6  # share of the words in question that become Vietnamese; abbreviations never do
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-zÀ-ÏÑ-ïñ-ƀḀ-ỹ]")


def mended(words: Iterable[str]) -> dict[str, str]:
    """For each word of a page that was read wrongly what it is; empty where nothing is proved.

    Words keep their length. A word of Cyrillic or Greek letters alone may be one, so a page of such
    words stays as it is.
    """
    wrong = [word for word in words if not word.isascii() and _WRONG.search(word)]
    instead = {word: word.translate(_INSTEAD) for word in wrong}
    proofs = [_proves(word, instead[word]) for word in instead if not _is_abbreviation(instead[word])]
    return instead if proofs and sum(proofs) >= _PROOF * len(proofs) else {}


def _proves(word: str, instead: str) -> bool:
    """Whether a word was read wrongly: it becomes Vietnamese, or it mixes two alphabets."""
    mixed = _ALIEN.search(word) and _LATIN.search(word)
    return bool(mixed) or _is_vietnamese(instead)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and not _is_vietnamese(word)


def _is_vietnamese(word: str) -> bool:
    parts = _LETTERS.findall(word)
    return bool(parts) and all(map(is_syllable, parts))
