"""Find text that lacks letters because its font has none for them (``NGUY N V N A``, ``Nguy?n V?n A``).

Programs that write PDFs with fonts for other languages leave such letters out, or draw a box or another sign
for each. A page shows it by its motto, whose letters are known, and by words without a vowel: ``đnh mt s``.
"""

from __future__ import annotations

import re
from functools import cache

from dossier.vietnamese import nfc

_MOTTOS = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc", "đảng cộng sản việt nam")
_HEAD = 4000  # characters of a page that are searched for its motto
_SIGNS = "?□■▯\ufffd"  # what stands instead of letters
_INSTEAD = rf"[{_SIGNS}\s]?"
_HOLE = re.compile(rf"[^\W\d_][{_SIGNS}][^\W\d_]|[{_SIGNS.replace('?', '')}]")
# What Ghostscript writes for letters whose codes it has lost: “Nguyßn”, “CÞNG”, “CàNG”. None of these
# stands in a Vietnamese word, and hardly any in a foreign name.
_OTHERS = "\x01-\x08\x0e-\x1f¿¾ßÞþÿĀā"
_OTHER = re.compile(f"[{_OTHERS}]")
_REPLACED = re.compile(rf"[^\W\d_][{_OTHERS}]|[{_OTHERS}][^\W\d_]")
_AMONG_CAPITALS = re.compile("[A-ZĐƯƠĂÂÊÔ][à-ÿ][A-ZĐƯƠĂÂÊÔ]")
# Words without a vowel, in small letters; otherwise only units and abbreviations are written so: kg, tr.đ
_VOWELLESS = re.compile(r"(?<![\w/.])[b-df-hj-np-tv-xzđ]{2,4}(?![\w/.]|\s?\d)")
_UNITS = frozenset(
    ("km", "kg", "cm", "mm", "dm", "ml", "kw", "vs", "tr", "vnđ", "đvt", "gr", "hz", "th", "mb", "gb")
)
_DIFFERENT, _VOWELLESS_SHARE = 3, 0.02  # fewest different ones, and least share of all words
_BESIDE = re.compile(r"[\W_]+")


def has_holes(value: str) -> bool:
    """Whether a value contains signs or other letters that stand for letters."""
    return _HOLE.search(value) is not None or has_replaced(value)


def has_replaced(text: str) -> bool:
    """Whether a text contains letters or signs in place of Vietnamese letters."""
    head = text[:_HEAD]
    other = _OTHER.search(head) and _REPLACED.search(head)  # the first one is fast, and finds nothing
    return bool(other or _AMONG_CAPITALS.search(head))


def lost_letters(text: str) -> bool:
    """Whether the motto on a page lacks some of its letters with diacritics, and only of those, or many words
    lack their vowels."""
    return any(said != motto for motto, said in _mottos(text)) or _lacks_vowels(text)


def regained(text: str, lacking: str) -> bool:
    """Whether ``text`` has all letters of each motto that lacks some in ``lacking``, and its words vowels."""
    whole = {motto for motto, said in _mottos(text) if said == motto}
    said_whole = all(said == motto or motto in whole for motto, said in _mottos(lacking))
    return said_whole and not (_lacks_vowels(text) and _lacks_vowels(lacking))


def _lacks_vowels(text: str) -> bool:
    """Whether many words of a page have no vowel."""
    found = [word for word in _VOWELLESS.findall(text[:_HEAD]) if word not in _UNITS]
    return len(set(found)) >= _DIFFERENT and len(found) >= _VOWELLESS_SHARE * len(text[:_HEAD].split())


def _mottos(text: str) -> list[tuple[str, str]]:
    """Return each motto with what the page has of it, both without spaces and signs."""
    head = nfc(text[:_HEAD]).lower().replace("hoà", "hòa")
    matches = ((motto, whole.search(head)) for motto, end, whole in _patterns() if end.search(head))
    return [(_BESIDE.sub("", motto), _BESIDE.sub("", match[0])) for motto, match in matches if match]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Each motto with the pattern of its end, which begins with a letter that is never lacking and is so
    searched far faster, and that of the whole."""
    found = []
    for motto in _MOTTOS:
        words = motto.split()
        first = next(at for at, word in enumerate(words) if word[0].isascii())
        end, whole = (r"[\W_]*".join(map(_word, words[at:])) for at in (first, 0))
        found.append((motto, re.compile(end), re.compile(rf"(?<!\w){whole}(?!\w)")))
    return tuple(found)


def _word(word: str) -> str:
    # A letter may stand apart (“Đ ộc lập”), as web pages print it where a line is drawn between.
    return r"\s?".join(letter if letter.isascii() else f"(?:{letter}|{_INSTEAD})" for letter in word)
