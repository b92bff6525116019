"""Marks that OCR got wrong in a name or an abstract, mended by how the same words stand in the text below.

Only diacritics change, and only where the text spells two words side by side otherwise, more often.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.vietnamese import fold, nfc

_LOOKED_AT = 20_000  # characters
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 2  # times a spelling must stand in the text
_STANDARD = 3  # times that the spelling of a body's name counts
_OFTENER = 2  # … times as often as the one at hand

Spellings = dict[tuple[str, str], Counter[tuple[str, str]]]


def spellings(text: str) -> Spellings:
    """How pairs of words side by side are spelt in a text, by their folded letters."""
    found: Spellings = defaultdict(Counter)
    words = [nfc(word).lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    plain = [fold(word) for word in words]
    for at in range(len(words) - 1):
        found[plain[at], plain[at + 1]][words[at], words[at + 1]] += 1
    return found


def with_names_of_bodies(known: Spellings) -> Spellings:
    """The spellings, with those of the words that names of bodies begin with."""
    both: Spellings = defaultdict(Counter, {pair: Counter(times) for pair, times in known.items()})
    for pair, spelt in _of_bodies(current()):
        both[pair][spelt] += _STANDARD
    return both


@lru_cache(maxsize=2)
def _of_bodies(vocabulary: Vocabulary) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    names = [nfc(name).lower().split() for name in vocabulary.bodies.begin]
    pairs = {pair for words in names for pair in pairwise(words)}
    return [((fold(one), fold(other)), (one, other)) for one, other in sorted(pairs)]


def respelt(value: str, known: Spellings) -> str:
    """The value with each word as the text spells it next to its neighbour."""
    found = list(_WORD.finditer(value))
    words = [match[0].lower() for match in found]
    plain = [fold(word) for word in words]
    votes: list[Counter[str]] = [Counter() for _word in words]
    for at in range(len(words) - 1):
        for pair, times in known.get((plain[at], plain[at + 1]), Counter()).items():
            votes[at][pair[0]] += times
            votes[at + 1][pair[1]] += times
    made, last = [], 0
    for match, word, vote in zip(found, words, votes, strict=True):
        made += [value[last : match.start()], _chosen(match[0], word, vote)]
        last = match.end()
    return "".join(made) + value[last:]


def _chosen(printed: str, word: str, vote: Counter[str]) -> str:
    if not vote:
        return printed
    best, times = vote.most_common(1)[0]
    if best == word or times < _FEWEST or times < _OFTENER * vote[word] or len(best) != len(word):
        return printed
    if printed.isupper():
        return best.upper()
    return best.capitalize() if printed[:1].isupper() else best
