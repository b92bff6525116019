"""Corrections of misspelt words, each with a cost.

Typists leave the keys of their input method in the word (Telex ``quyeets``, VNI ``quye6t1``), omit a letter,
double it, hit a neighbouring key, swap two letters, or forget the space between words.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

from dossier.legacy.syllables import syllables
from dossier.vietnamese import fold

# Costs of the corrections: keys of an input method determine the intended word.
KEYS, SWAPPED, LETTER, JOINED, FIRST_LETTER = 0.5, 2.5, 3.0, 1.0, 1.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWO_SLIPS = 6  # minimal length of a word with two errors
_LONGEST = 40  # maximal length of joined words that are split
_PIECES = 8
_ONSET = re.compile(r"[^aeiouyw]*")
_TONE_KEYS = re.compile(r"[sfrxjzwd]")
_DOUBLED = re.compile(r"([adeow])\1+")
_LATE = re.compile(r"([aeo])([^aeiouy]+)\1$")  # circumflex typed at the end of the word: “quyete”


def could_be(word: str) -> bool:
    """Whether a word without diacritics could be a Vietnamese syllable."""
    return word in _plain()


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    return frozenset(map(fold, syllables()))


def meant(word: str, known: Mapping[str, int]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield corrections of ``word`` (folded) by words in ``known``, each with its cost; possibly repeated.
    ``known``: words with their number of documents. Where removing the keys of an input method gives a known
    word, it is the only correction."""
    bare = without_keys(word)
    cost = KEYS if bare else 0.0
    if bare in known and could_be(bare):
        yield (bare,), cost
        return
    for own, slip in {word: 0.0, bare: cost}.items():
        if own:
            yield from (((term,), slip + size) for term, size in _near(own, known))
            yield from ((pieces, slip + JOINED * (len(pieces) - 1)) for pieces in _apart(own, known))


@lru_cache(maxsize=256)
def without_keys(word: str) -> str:
    """Remove the keys of Telex or VNI from a word: ``hoac5h``, ``hoachj`` → ``hoach``. Empty where there are
    none."""
    letters = word if word.isalpha() else re.sub(r"(?<=[a-z])[0-9]+", "", word)
    if letters == word:
        start = _ONSET.match(_DOUBLED.sub(r"\1", word))[0]  # type: ignore[index]  # matches always
        rime = _DOUBLED.sub(r"\1", word)[len(start) :]
        if rime.startswith("w"):
            rime = "u" + rime[1:]
        rime = _DOUBLED.sub(r"\1", _TONE_KEYS.sub("", rime))
        letters = start + _LATE.sub(r"\1\2", rime)
    return letters if letters != word else ""


def _near(word: str, known: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """Known words at one edit; for long words without any, those at two edits."""
    found = {other: size for other, size in _edits(word).items() if other in known and not other.isdigit()}
    if not found and len(word) >= _TWO_SLIPS:
        for between, size in _edits(word).items():
            for other, more in _edits(between).items():
                if other in known and other != word:
                    found[other] = min(size + more, found.get(other, size + more))
    yield from found.items()


def _edits(word: str) -> dict[str, float]:
    """All words at one edit, with their costs."""
    found: dict[str, float] = {}
    for at in range(len(word) + 1):
        size = LETTER + (FIRST_LETTER if at == 0 else 0)
        head, tail = word[:at], word[at:]
        for letter in _LETTERS:
            found.setdefault(head + letter + tail, size)
            if tail:
                found.setdefault(head + letter + tail[1:], size)
        if tail:
            found.setdefault(head + tail[1:], size)
        if len(tail) > 1:
            found[head + tail[1] + tail[0] + tail[2:]] = SWAPPED
    found.pop(word, None)
    return found


def _apart(word: str, known: Container[str]) -> Iterator[tuple[str, ...]]:
    """Ways to split a word into known syllables."""
    if not 4 <= len(word) <= _LONGEST:
        return
    ways: list[list[tuple[str, ...]]] = [[()]]  # by number of letters used
    for end in range(1, len(word) + 1):
        ways.append([
            (*way, word[start:end])
            for start in range(max(end - 7, 0), end - 1)  # no syllable has more than seven letters
            if could_be(word[start:end]) and word[start:end] in known
            for way in ways[start]
            if len(way) < _PIECES
        ][:64])  # fmt: skip
    yield from (way for way in ways[-1] if len(way) > 1)
