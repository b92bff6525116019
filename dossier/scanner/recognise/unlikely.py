"""Find words of an abstract read by OCR that hardly stand there: “Báo cáo vẻ việc” of “về việc”.

All looks at a line may misread a word alike, and a syllable with other diacritics is a word too. What tells
are its neighbours (:mod:`.word_pairs`) and how often offices use it, alone and beside them (``usage.txt``). A
rare word may be right, and papers have slips of their own, so the abstract is doubted, not changed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from dossier.legacy.syllables import is_syllable
from dossier.scanner.recognise.body_phrases import names_of_places
from dossier.scanner.recognise.word_pairs import is_known, spellings_of, tone_last, tones_last
from dossier.vietnamese import fold, nfc

_BOTH = 2  # neighbours
_OFTEN = 8  # by how much a likelier spelling that fits its neighbours better must be more frequent
_FAR_OFTEN = 100  # the same of one where neither fits
_BESIDE = 20  # by how much it must be more usual between its neighbours
_ALONE = 8  # the same where the word itself does not fit them
_CHARS = 40_000  # characters of a document in which the word is looked for again
_TOKEN = re.compile(r"[^\W_]+")

Pair = tuple[str, str]
Spellings = defaultdict[Pair, Counter[tuple[str, ...]]]  # pairs of words by their letters


def is_unlikely(abstract: str, text: str) -> bool:
    """Whether some word of an abstract is probably another one with other diacritics. ``text``: that of the
    document, which may use the word again, or spell a name otherwise."""
    tokens = _tokens(abstract)
    low = ["", "", *map(str.lower, tokens), "", ""]
    names = _names(abstract, tokens)
    spellings = _spellings(text)
    for at, word in enumerate(tokens):
        before, after = low[at : at + 2], low[at + 3 : at + 5]
        if at in names:
            if at + 1 in names and _spelled_otherwise(low[at + 2], after[0], spellings):
                return True
        elif word and is_syllable(word.lower()):
            again = max(_said(before[1], low[at + 2], spellings), _said(low[at + 2], after[0], spellings)) > 1
            if not again and _has_likelier(low[at + 2], before, after):
                return True
    return False


def _names(abstract: str, tokens: Sequence[str]) -> set[int]:
    """Return the indexes of words of proper names, which have free spelling: those of places, and words that
    begin with a capital inside a sentence."""
    capitals = () if abstract.isupper() else range(1, len(tokens))
    return names_of_places(tokens) | {at for at in capitals if tokens[at] and not tokens[at].islower()}


def _spelled_otherwise(one: str, other: str, spellings: Spellings) -> bool:
    """Whether the document spells two words of a name with other diacritics as often as so."""
    own = _said(one, other, spellings)
    others = (
        count for pair, count in spellings[fold(one), fold(other)].items() if pair != tones_last((one, other))
    )
    return max(others, default=0) >= max(own, 1)


def _said(one: str, other: str, spellings: Spellings) -> int:
    """Return how often the document says two words side by side."""
    return spellings[fold(one), fold(other)][tones_last((one, other))]


def _has_likelier(word: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether another spelling of a word is much more usual between its neighbours, or by itself if the word
    does not fit them. ``before``, ``after``: the two words on each side."""
    fits, most = _fits(word, before, after), bool(before[1]) + bool(after[0])
    beside = _beside(word, before, after)
    for other in spellings_of(word):
        better = _fits(other, before, after)
        if better >= fits and _beside(other, before, after) >= (_BESIDE if fits else _ALONE) * beside:
            return True
        if fits and fits == most:
            continue
        often = _count(other) / max(_count(word), 1)
        if (better == _BOTH and often >= 1) or (better > fits and often >= _OFTEN):
            return True
        if not fits and often >= _FAR_OFTEN:
            return True
    return False


def _beside(word: str, before: Sequence[str], after: Sequence[str]) -> int:
    """Return how usual a word is between its neighbours: the product of how often it stands beside each."""
    return (1 + _joined(before[1], word, before[0], before[1])) * (
        1 + _joined(word, after[0], after[0], after[1])
    )


def _fits(word: str, before: Sequence[str], after: Sequence[str]) -> int:
    """Return the number of neighbours with which the word is a known pair."""
    return sum(
        all(pair) and is_known(*pair) and not _is_rival(pair, rival)
        for pair, rival in (((before[1], word), tuple(before)), ((word, after[0]), tuple(after)))
    )


def _joined(one: str, other: str, *rival: str) -> int:
    """Return how often two words stand side by side; not if one of them belongs to its other neighbour."""
    return 0 if not one or not other or _is_rival((one, other), rival) else _count(f"{one} {other}")


def _is_rival(pair: Sequence[str], rival: Sequence[str]) -> bool:
    return all(rival) and _count(" ".join(rival)) >= _OFTEN * max(_count(" ".join(pair)), 1)


def _tokens(text: str) -> list[str]:
    """Return the words of a text; an empty one for figures, codes and marks between words."""
    found: list[str] = []
    end = 0
    for match in _TOKEN.finditer(nfc(text)):
        if text[end : match.start()].strip():
            found.append("")
        found.append(match[0] if match[0].isalpha() else "")
        end = match.end()
    return found


def _spellings(text: str) -> Spellings:
    """Count the spellings of the adjacent words of a text, by their letters."""
    found: Spellings = defaultdict(Counter)
    for one, other in pairwise(map(str.lower, _tokens(text[:_CHARS]))):
        if one and other:
            found[fold(one), fold(other)][tones_last((one, other))] += 1
    return found


@lru_cache(maxsize=4096)
def _count(said: str) -> int:
    return _counts().get(_key(said), 0)


def _key(said: str) -> str:
    return " ".join(map(tone_last, said.split(" ")))


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    """Return how often our own texts of offices use each syllable, and each pair that is not rare."""
    found: dict[str, int] = defaultdict(int)
    for line in files("dossier.scanner.recognise").joinpath("usage.txt").read_text("utf-8").splitlines():
        count, said = line.split(" ", 1)
        found[_key(said)] += int(count)
    return found
