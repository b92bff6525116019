"""Detect the encoding from the text alone, if no font names it.

Every word is decoded with every table; the right table turns nearly all words into Vietnamese
syllables, a wrong one nearly none. Text that is valid as it is is never taken for legacy text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossier.legacy.convert import code_points, convert, has_strangers
from dossier.legacy.syllables import is_syllable
from dossier.legacy.tables import Encoding

_SAMPLE = 20_000  # characters examined
_CANDIDATES = (Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.VPS, Encoding.CP1258)
# Separators in every encoding: ASCII only, since any higher code point may be a letter.
_SEPARATORS = re.compile(r"[\t\n\v\f\r !-@\[-`{-~\x7f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEYOND = re.compile("[^\x00-\xff]")  # after Windows-1252 was mapped back
# Letters and marks that no legacy text has; those of Windows-1252 are excluded.
_MODERN = re.compile(
    "[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f-\u0191\u0193-\u02c5\u02c7-\u02db\u02dd-\u036f"
    "\u1e00-\u1eff]"
)
_VOWEL = re.compile("[^\\W\\d_b-df-hj-np-tv-xz\u0111]", re.I)  # any letter but a consonant
# Signs that are never adjacent to a letter in modern text: "®i", "x·" are "đi", "xã".
_ODD = re.compile(
    r"[^\W\d_][\x80-\xbf\xd7\xf7]+[^\W\d_]"
    r"|[\x80\x81\x83\x86-\x90\x98-\xa6\xa8\xac-\xaf\xb1\xb4-\xb6\xb8\xbf\xd7\xf7][^\W\d_]"
    r"|[^\W\d_][\x80\x81\x83\x86-\x90\x98-\x9f\xa1-\xa8\xac\xaf\xb1\xb4\xb6-\xb8\xbf\xd7\xf7]"
)


@dataclass(frozen=True, slots=True)
class _Tally:
    """Counts of words decoded with an encoding: ``won`` became syllables, ``lost`` were syllables before,
    ``bad`` are none either way."""

    won: int = 0
    lost: int = 0
    bad: int = 0

    @property
    def score(self) -> int:
        return self.won - 2 * self.lost - self.bad


def guess(text: str) -> Encoding | None:
    """Return the encoding of legacy text whose font is unknown, or ``None``.

    ``text`` as read from a PDF, Word or a file system (see :func:`convert`). Text with letters that no
    legacy encoding has, such as ``ế`` or ``đ`` themselves, is Unicode; short
    text needs two different words that are syllables in one encoding only, and no contrary one.
    """
    text = text[:_SAMPLE]
    if has_modern_letters(text) or (text.isascii() and not _has_viscii_controls(text)):
        return None
    found = _best(code_points(text), needed=2)
    # Signs of Windows-1252 between letters: what a conversion leaves as it is was never in that encoding.
    return found if found is not None and convert(text, found) != text else None


def guess_bytes(data: bytes) -> Encoding | None:
    """Return the encoding of bytes that are not valid Unicode: one matching word is sufficient."""
    return _best(data[:_SAMPLE].decode("latin-1"), needed=1)


def has_modern_letters(text: str) -> bool:
    """Whether text has Unicode letters or marks that no legacy encoding has (``ế``, ``đ``)."""
    return _MODERN.search(text) is not None


def fits(text: str, encoding: Encoding) -> bool:
    """Whether text in a legacy font is in that font's encoding.

    Office programs also accept Unicode text in a legacy font, and show it in another one.
    """
    text = text[:_SAMPLE]
    if has_modern_letters(text):
        return False
    tally = _tally(_words(code_points(text)), encoding)
    return tally.lost <= tally.won


def _has_viscii_controls(text: str) -> bool:
    return any(letter in text for letter in "\x02\x05\x06\x14\x19\x1e")


def _words(text: str) -> list[str]:
    words = dict.fromkeys(_SEPARATORS.split(_BEYOND.sub(" ", text)))
    words.pop("", None)
    return list(words)


def _best(text: str, needed: int) -> Encoding | None:
    words = _words(text)
    plain = [
        word for word in words if word.isascii() and len(word) > 1 and word.isalpha() and not word.isupper()
    ]
    marked = [word for word in words if not word.isascii() or _has_viscii_controls(word)]
    tallies = [(_tally(marked, encoding), encoding) for encoding in _CANDIDATES]
    tallies.sort(key=lambda item: -item[0].score)
    (best, encoding), (second, _other) = tallies[:2]
    if best.won < needed or best.score <= second.score or best.score < max(1, best.won // 2):
        return None
    # Words without diacritics must look Vietnamese too: French and German letters may match.
    sense = best.won + sum(map(is_syllable, plain))
    if 2 * sense < len(plain) + best.won:
        return None
    return encoding


def _tally(words: list[str], encoding: Encoding) -> _Tally:
    won = lost = bad = 0
    for word in words:
        modern = word.replace("\xad", "")
        before: bool | None = False if _ODD.search(modern) else _reads(modern)
        after: bool | None = False
        if not has_strangers(word, encoding):
            after = _reads(convert(word, encoding), any_case=encoding is Encoding.TCVN3)
        won += after is True and before is False
        lost += before is True and after is False
        bad += before is not True and after is False
    return _Tally(won, lost, bad)


def _reads(word: str, any_case: bool = False) -> bool | None:
    """Whether a word consists of syllables; ``None`` for abbreviations (``QĐ``), which are not counted.

    ``any_case`` for TCVN3, which has no capitals with tones.
    """
    parts = [part for part in _LETTERS.findall(word.lower() if any_case else word) if _VOWEL.search(part)]
    return all(map(is_syllable, parts)) if parts else None
