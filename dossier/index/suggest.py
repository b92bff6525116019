"""“Did you mean”: the query with its slips mended, by what stands side by side in the archive's own papers.

Looked for only when a query finds nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from dossier.checklists.vocabulary import current
from dossier.index.interface import Engine, Filters, Sort
from dossier.index.query import number_tokens
from dossier.index.slips import LETTER, SWAPPED, could_be, meant
from dossier.index.tree import All, Either, Node, Words, leaves
from dossier.vietnamese import fold, words

_WORD = re.compile(r"[^\W_]+")
_READ_AS = str.maketrans("oilszb", "011528")  # letters that are read or typed for digits
_DIGITS = re.compile(r"[0-9oilszb]*[0-9]")
_HAS_DIGIT = re.compile(r"[0-9]")
_MAX_WORDS = 12  # looked at in one query
_TEXT_FIELDS = ("head", "abstract", "body", "number")
_PAPERS, _READ = 150, 6000  # papers that are read for what stands side by side in them; letters of each
_LIKELIEST = 12  # of what a word may have been, when papers are looked for
_SPELLED = 3.0  # against changing a word that papers have
_BESIDE = 0.05  # of a word's places, where it was never seen beside another
_KEPT = 24  # unfinished ways to mend the query, the likeliest
_FAR = 5.0  # between two ways: one is not to be thought of beside the other
_LETTERS_A_SLIP = 2.5  # with fewer letters to each slip, anything may have been meant


@dataclass(frozen=True, slots=True)
class Mended:
    """A query as it may have been meant. ``sure``: it is near enough, and no word was changed that may well
    have been meant, though no paper has it; ``further``: how much less likely than the likeliest."""

    query: str
    sure: bool
    further: float = 0.0


def mended(engine: Engine, query: str, tree: Node, filters: Filters) -> Iterator[Mended]:
    """The query with its unknown number or its misspelt words replaced by known ones, the likeliest first.

    ``filters``: only papers that fit them tell which words stand side by side.
    """
    for leaf in leaves(tree):
        if _is_number(leaf) and (better := _number(engine, leaf)):
            yield Mended(_with_number(query, leaf, better), True)
            return
    said = [
        found for found in _WORD.finditer(query)
        if any(words(found[0]) in leaf.folded and not leaf.prefix for leaf in leaves(tree))
    ]  # fmt: skip
    if not said or len(said) > _MAX_WORDS or (len(said) == 1 and len(said[0][0]) < 4):
        return
    typed = [words(found[0]) for found in said]
    known = _vocabulary(engine)
    # Between quotation marks stands what is to be found as it is.
    held = {word for leaf in leaves(tree) if len(leaf.folded) > 1 for word in leaf.folded if word in known}
    choices = [[((word,), 0.0)] if word in held else _choices(word, known) for word in typed]
    beside = _Beside.of(engine, choices, filters)
    ways = _ways(typed, choices, beside, {word: n for word, n in known.items() if word not in held})
    changed = [way for way in ways if way.changed]
    alone = len(typed) == 1 and could_be(typed[0])
    for way in changed:
        further = way.against - changed[0].against
        if further <= _FAR:
            yield Mended(_with_words(query, said, way), not alone and further <= _FAR / 2, further)


Choice = tuple[tuple[str, ...], float]  # words that were meant, and what is against it


@dataclass(frozen=True, slots=True)
class _Way:
    """The first words of the query mended: (words of the query it takes, what stands there then, how large
    the slip is) for each."""

    pieces: tuple[tuple[int, tuple[str, ...], float], ...] = ()
    against: float = 0.0
    slips: float = 0.0
    last: str = ""
    changed: bool = False


def _vocabulary(engine: Engine) -> dict[str, int]:
    known: Counter[str] = Counter()
    for field in _TEXT_FIELDS:
        known.update(dict(engine.terms(field)))
    return known


def _choices(word: str, known: dict[str, int]) -> list[Choice]:
    """The word itself, where it may stay, and what it may have been, nearest first."""
    stays = word in known or word.isdigit() or word in _codes()
    found: dict[tuple[str, ...], float] = {(word,): 0.0} if stays else {}
    if not word.isdigit() and word not in _codes() and (len(word) > 1 or not stays):
        for way, size in meant(word, known):
            size += _SPELLED if stays else 0.0
            found[way] = min(size, found.get(way, size))
    return sorted(
        found.items() or [((word,), 4 * LETTER)],
        key=lambda choice: (choice[1], -min(known.get(each, 0) for each in choice[0])),
    )


def _codes() -> frozenset[str]:
    """What types of papers are called in short (``qd``), which is no slip where no paper is of that type."""
    return frozenset(map(fold, current().codes))


@dataclass(frozen=True, slots=True)
class _Beside:
    """How often words stand in some of the papers that have words of the query, and behind one another."""

    single: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, engine: Engine, choices: Sequence[Sequence[Choice]], filters: Filters) -> _Beside:
        meant_ = [Either(tuple(_all_of(way) for way, _size in each[:_LIKELIEST])) for each in choices]
        for about in (All(tuple(meant_)), Either(tuple(meant_))):
            found = engine.find(
                filters.around(about) or about,
                sort=Sort.RELEVANCE, limit=_PAPERS, offset=0, exact=False, facets=False,
            )  # fmt: skip
            if found.total:
                break
        single, pairs = Counter[str](), Counter[tuple[str, str]]()
        for paper in found.documents:
            for text in (paper.abstract, paper.dossier_name, paper.body[:_READ]):
                said = words(text).split()
                single.update(said)
                pairs.update(pairwise(said))
        return cls(single, pairs)

    def against(self, before: str, word: str) -> float:
        """What is against the word behind the other; ``before`` empty: at the beginning."""
        if not before:
            return -log((self.single[word] + _BESIDE) / (self.single.total() + 1))
        return -log((self.pairs[before, word] + _BESIDE) / (self.single[before] + 1))


def _all_of(way: tuple[str, ...]) -> Node:
    return All(tuple(Words((word,), (word,)) for word in way))


def _ways(
    typed: Sequence[str], choices: Sequence[Sequence[Choice]], beside: _Beside, known: dict[str, int]
) -> list[_Way]:
    """The likeliest ways to mend the whole query, best first. Two words may have been one."""
    ends: list[list[_Way]] = [[_Way()], *([] for _ in typed)]
    for at, own in enumerate(choices):
        ways = sorted(ends[at], key=lambda way: way.against)[:_KEPT]
        steps = [(1, choice) for choice in own]
        both = typed[at : at + 2]
        joined = "".join(both)
        if len(both) > 1 and joined in known and could_be(joined):
            spelled = all(word in known and len(word) > 1 for word in both)
            steps.append((2, ((joined,), LETTER + (_SPELLED if spelled else 0.0))))
        for way in ways:
            for taken, (meant_, size) in steps:
                against, slips, last = way.against + size, way.slips + size, way.last
                for word in meant_:
                    against, last = against + beside.against(last, word), word
                changed = way.changed or taken > 1 or meant_ != (typed[at],)
                ends[at + taken].append(
                    _Way((*way.pieces, (taken, meant_, size)), against, slips, last, changed)
                )
    most = LETTER * max(sum(map(len, typed)) / _LETTERS_A_SLIP, 1)
    likely = [way for way in ends[-1] if way.slips <= most and _guessed(way, beside) < 2]
    return sorted(likely, key=lambda way: way.against)[:_KEPT]


def _guessed(way: _Way, beside: _Beside) -> int:
    """Words of other letters than were typed that no paper has beside those before or behind them."""
    said = [(word, size >= SWAPPED) for _taken, meant_, size in way.pieces for word in meant_]
    near = [beside.pairs[one, other] > 0 for (one, _), (other, _) in pairwise(said)]
    return sum(other and not any(near[max(at - 1, 0) : at + 1]) for at, (_word, other) in enumerate(said))


def _with_words(query: str, said: Sequence[re.Match[str]], way: _Way) -> str:
    """The query as typed, but for what was mended."""
    made, copied, at = "", 0, 0
    for taken, meant_, _size in way.pieces:
        first, last = said[at], said[at + taken - 1]
        if taken > 1 or meant_ != (words(first[0]),):
            made += query[copied : first.start()] + " ".join(meant_)
            copied = last.end()
        at += taken
    return made + query[copied:]


def _is_number(leaf: Words) -> bool:
    """Whether a number and symbol may be meant, its digits misread or run together with its letters too."""
    first = leaf.folded[0]
    if leaf.field not in ("", "number") or not first[0].translate(_READ_AS).isdigit():
        return False
    if len(leaf.folded) == 1:
        return len(first) > 4 and _HAS_DIGIT.search(first) is not None and not first.isdigit()
    return first.translate(_READ_AS).isdigit() and _HAS_DIGIT.search(first) is not None


def _with_number(query: str, leaf: Words, better: str) -> str:
    """The query with the number in place of the words that were meant as one."""
    written = re.compile(r"[\W_]*".join(f"0*{token}" for token in leaf.folded), re.IGNORECASE)
    # Folding keeps every letter at its place, save in rare scripts that no number is written in.
    found = written.search(fold(query))
    return query[: found.start()] + better + query[found.end() :] if found else better


def _number(engine: Engine, leaf: Words) -> str:
    """The number and symbol that differs least from what was typed, by at most two letters."""
    first, *rest = leaf.folded
    digits = _DIGITS.match(first)
    first = first[: digits.end()].translate(_READ_AS) + first[digits.end() :] if digits else first
    typed = "".join(number_tokens(" ".join([first, *rest])))
    best, nearest = "", 3
    for symbol, _count in engine.terms("number_symbol"):
        pieces = number_tokens(symbol)
        apart = distance(typed, "".join(pieces), min(nearest - 1, 2))
        if apart < nearest:
            best, nearest = symbol, apart
    return best if nearest < 3 and nearest * 3 < len(typed) else ""


def distance(one: str, other: str, limit: int) -> int:
    """Letters to put in, take out, change, or swap with their neighbour; ``limit`` + 1 for more than that."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
