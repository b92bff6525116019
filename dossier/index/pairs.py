"""Pairs of very common syllables, indexed as words of their own to make phrase queries fast.

A phrase query compares the positions of its words in every document that has all of them. The
most common syllables of administrative Vietnamese are in nearly every document, so that such a phrase
would be compared in the whole archive. Where two of them are adjacent, the index also stores the pair
as one word at the position of the first: ``"mô hình an ninh"`` becomes the pair ``mo hinh`` and, two
positions later, the pair ``an ninh``; both are rarer than their syllables, and half as many.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.index.fields import RAISED
from dossier.vietnamese import words

# The 36 most frequent syllables of Guidance 22/HD-BCA-V05, and three that are in nearly every heading of
# reports and decisions (báo cáo, chỉ đạo, về việc). Results do not depend on the list; a longer one makes
# more phrases fast and the index larger (39 syllables: 6 % of the text). Raise the engine's version when
# changing it.
_COMMON = (
    "hinh mo co dung dong thuc dien bao nhan xay to cong cua hoat an cac de ket so thanh dan ve quan ban"
    " tham gia chuc trong hien chi dinh the tinh tu va qua dao cao viec"
)
COMMON = tuple(_COMMON.split())
_SYLLABLE, _PAIR = "+", "~"  # prefixes of common syllables and pairs in the index; no word contains them
_MARKED = {word: _SYLLABLE + word for word in COMMON}
_PAIRS = {(first, second): f"{_PAIR}{first}{_PAIR}{second}" for first in COMMON for second in COMMON}
# The token for a syllable with its pair, which the tokenizer splits into these parts at one position.
# Syllables are marked because it would split any word composed of them: “tuan” into “tu” and “an”.
_JOINED = {both: _MARKED[both[0]] + pair for both, pair in _PAIRS.items()}
PARTS = [*_MARKED.values(), *_PAIRS.values()]


def with_pairs(text: str) -> str:
    """Return the folded words of a text (NFC) as indexed: common ones with the pair they begin."""
    raised = any(map(text.__contains__, "¹²³"))  # translating takes longer than everything else here
    plain = words(text.translate(RAISED) if raised else text).split()
    both = zip(plain, [*plain[1:], ""], strict=False)
    # Loops in C, since every word of the archive is processed here.
    return " ".join(map(_JOINED.get, both, map(_MARKED.get, plain, plain)))


def indexed(word: str) -> str:
    """The form of a word in the index."""
    return _MARKED.get(word, word)


def plain_word(term: str) -> str:
    """The word for a term of the index; empty for a pair."""
    return "" if term.startswith(_PAIR) else term.removeprefix(_SYLLABLE)


def indexed_prefixes(prefix: str) -> tuple[str, str]:
    """The prefixes in the index of words that begin with ``prefix``."""
    return prefix, _SYLLABLE + prefix


def cover(phrase: Sequence[str]) -> list[tuple[int, str]]:
    """The fewest and rarest terms equivalent to the phrase: (position in the phrase, term of the index)."""
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
