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

# The most frequent syllables of Guidance 22/HD-BCA-V05. Any list gives the same answers; a longer one
# makes more phrases fast and the index larger (36 syllables: 5 % of the text). Whoever changes it
# raises the engine's version.
_COMMON = (
    "hinh mo co dung dong thuc dien bao nhan xay to cong cua hoat an cac de ket so thanh dan ve quan ban"
    " tham gia chuc trong hien chi dinh the tinh tu va qua"
)
COMMON = tuple(_COMMON.split())
MARK = "+"  # begins a pair; no word has it
_PAIRS = {(first, second): f"{MARK}{first}{MARK}{second}" for first in COMMON for second in COMMON}
# The tokenizer's word for a syllable with its pair, and the parts it is taken apart into, in one place.
_JOINED = {both: both[0] + pair for both, pair in _PAIRS.items()}
PARTS = [*COMMON, *_PAIRS.values()]


def with_pairs(text: str) -> str:
    """The folded words of a text in NFC, common ones with the pair they begin."""
    raised = any(map(text.__contains__, "¹²³"))  # to translate takes longer than all else here
    plain = words(text.translate(RAISED) if raised else text).split()
    joined = _JOINED.get
    return " ".join([joined(both, both[0]) for both in zip(plain, [*plain[1:], ""], strict=False)])


def cover(phrase: Sequence[str]) -> list[tuple[int, str]]:
    """As few and as rare words as say the same: (place in the phrase, word or pair)."""
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
            made.append((at, phrase[at]))
            at += 1
    return made
