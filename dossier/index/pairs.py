"""Pairs of very common syllables as words of their own, so that phrases of them are found at once.

A phrase is found by comparing the places of its words in every document that has all of them. The
commonest syllables of administrative Vietnamese are in nearly every document, so a phrase of theirs
would be compared in the whole archive. Where two of them stand together, the index also has the pair
as one word in the place of the first: ``"mô hình an ninh"`` is then the pair ``mo hinh``, two places
on the pair ``an ninh``; both are rarer than their syllables, and half as many.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.index.fields import RAISED
from dossier.vietnamese import words

# The 36 most frequent syllables of Guidance 22/HD-BCA-V05, and three that reports and decisions have in
# nearly every heading (báo cáo, chỉ đạo, về việc). Any list gives the same answers; a longer one makes
# more phrases fast and the index larger (39 syllables: 6 % of the text). Whoever changes it raises the
# engine's version.
_COMMON = (
    "hinh mo co dung dong thuc dien bao nhan xay to cong cua hoat an cac de ket so thanh dan ve quan ban"
    " tham gia chuc trong hien chi dinh the tinh tu va qua dao cao viec"
)
COMMON = tuple(_COMMON.split())
_SYLLABLE, _PAIR = "+", "~"  # begin a common syllable and a pair in the index; no word has them
_MARKED = {word: _SYLLABLE + word for word in COMMON}
_PAIRS = {(first, second): f"{_PAIR}{first}{_PAIR}{second}" for first in COMMON for second in COMMON}
# The tokenizer's word for a syllable with its pair, and the parts it is taken apart into, in one place.
# Syllables are marked because it would take any word apart that is made of them: “tuan” into “tu” and “an”.
_JOINED = {both: _MARKED[both[0]] + pair for both, pair in _PAIRS.items()}
PARTS = [*_MARKED.values(), *_PAIRS.values()]


def with_pairs(text: str) -> str:
    """The folded words of a text in NFC as they are indexed, common ones with the pair they begin."""
    raised = any(map(text.__contains__, "¹²³"))  # to translate takes longer than all else here
    plain = words(text.translate(RAISED) if raised else text).split()
    both = zip(plain, [*plain[1:], ""], strict=False)
    # Loops in C: all words of the archive go through here.
    return " ".join(map(_JOINED.get, both, map(_MARKED.get, plain, plain)))


def indexed(word: str) -> str:
    """A word as it is in the index."""
    return _MARKED.get(word, word)


def told(term: str) -> str:
    """The word that is in the index so; empty for a pair."""
    return "" if term.startswith(_PAIR) else term.removeprefix(_SYLLABLE)


def beginnings(prefix: str) -> tuple[str, str]:
    """What words that begin so begin with in the index."""
    return prefix, _SYLLABLE + prefix


def cover(phrase: Sequence[str]) -> list[tuple[int, str]]:
    """As few and as rare words as say the same: (place in the phrase, word or pair as it is indexed)."""
    made: list[tuple[int, str]] = []
    at = 0
    while at < len(phrase):
        if pair := _PAIRS.get((phrase[at], phrase[at + 1])) if at + 1 < len(phrase) else None:
            made.append((at, pair))
            at += 2
        elif pair := _PAIRS.get((phrase[at - 1], phrase[at])) if at else None:
            made.append((at - 1, pair))
            at += 1
        else:
            made.append((at, indexed(phrase[at])))
            at += 1
    return made
