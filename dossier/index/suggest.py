"""“Did you mean”: words and numbers of the index that are nearest to those nobody wrote.

Only words that no document has are looked at, and only when a query finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from dossier.checklists.vocabulary import current
from dossier.index.interface import Engine, Sort
from dossier.index.query import number_tokens
from dossier.index.tree import Node, Words, leaves
from dossier.legacy.syllables import syllables
from dossier.vietnamese import fold, words

_WORD = re.compile(r"[^\W_]+")
_READ_AS = str.maketrans("oilszb", "011528")  # letters that are read or typed for digits
_DIGITS = re.compile(r"[0-9oilszb]*[0-9]")
_HAS_DIGIT = re.compile(r"[0-9]")
_MAX_WORDS = 8  # looked at in one query
_TEXT_FIELDS = ("head", "abstract", "body", "number")


def suggestion(engine: Engine, query: str, tree: Node) -> tuple[str, bool]:
    """The query with its unknown words or number replaced by known ones, and whether that is sure.

    Empty when there is no near one. A single word that could be Vietnamese may well have been meant: no
    other is put in its place unasked. Among others it is mended: the rest tells what was looked for.
    """
    numbers = [leaf for leaf in leaves(tree) if _is_number(leaf)]
    for leaf in numbers:
        better = _number(engine, leaf)
        if better:
            return _with_number(query, leaf, better), True
    changes: dict[str, str] = {}
    said = words(query).split()
    for leaf in leaves(tree):
        for word in leaf.folded[:_MAX_WORDS]:
            if word.isdigit() or word in changes or _known(engine, word):
                continue
            if len(word) > 3:
                changes[word] = _nearest(engine, word)
            elif len(said) > 2 and len(word) > 1 and word not in _syllables() and word not in _codes():
                changes[word] = _short(engine, word, said)
    changes = {word: better for word, better in changes.items() if better}
    if not changes:
        return "", False
    better = _WORD.sub(lambda found: changes.get(words(found[0]), found[0]), query)
    alone = len(words(query).split()) == 1
    return better, not (alone and any(word in _syllables() for word in changes))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(map(fold, syllables()))


def _codes() -> frozenset[str]:
    """What types of papers are called in short (``qd``), which is no slip where no paper is of that type."""
    return frozenset(map(fold, current().codes))


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


def _known(engine: Engine, word: str) -> bool:
    return any(term == word for field in _TEXT_FIELDS for term, _count in engine.terms(field, word))


def _nearest(engine: Engine, word: str) -> str:
    """The known word at the least distance, the most frequent of several; two words run together count."""
    for limit in (1,) if len(word) < 6 else (1, 2):
        for start in (word[:1], ""):
            counts: dict[str, int] = {}
            for field in ("abstract", "head", "body"):
                for term, count in engine.terms(field, start):
                    counts[term] = counts.get(term, 0) + count
            ranked = _ranked(word, counts, limit)
            if ranked:
                return ranked
        # A space left out is a smaller slip than two wrong letters.
        apart = _split(word, lambda part: _known(engine, part))
        if apart:
            return apart
    return ""


def _short(engine: Engine, word: str, said: list[str]) -> str:
    """The archive's own syllable that a short word was to be (a letter left out, doubled or wrong, the first
    one right), by what stands beside it in the query and in papers. Empty where two are as likely."""
    near = {
        term
        for field in ("abstract", "head", "body")
        for term, _count in engine.terms(field, word[:1])
        if len(term) >= len(word) and term in _syllables() and distance(word, term, 1) == 1
    }
    at = said.index(word) if word in said else 0
    before, after = said[max(at - 1, 0) : at], said[at + 1 : at + 2]
    counts = {
        term: sum(_together(engine, pair) for pair in ([*before, term], [term, *after]) if len(pair) > 1)
        for term in near
    }
    best, *others = sorted(counts, key=lambda term: (-counts[term], term)) or [""]
    return best if best and counts[best] > (2 * counts[others[0]] if others else 0) else ""


def _together(engine: Engine, pair: Sequence[str]) -> int:
    """How many papers have the words one behind the other."""
    phrase = Words(tuple(pair))
    return engine.find(phrase, sort=Sort.RELEVANCE, limit=1, offset=0, exact=False, facets=False).total


def _ranked(word: str, counts: dict[str, int], limit: int) -> str:
    best, score = "", (limit + 1, 0)
    for term, count in counts.items():
        if term.isdigit() or abs(len(term) - len(word)) > limit:
            continue
        found = (distance(word, term, limit), -count)
        if found[0] <= limit and found < score:
            best, score = term, found
    return best


def _split(word: str, known: Callable[[str], bool]) -> str:
    for at in range(2, len(word) - 1):
        if known(word[:at]) and known(word[at:]):
            return f"{word[:at]} {word[at:]}"
    return ""


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
