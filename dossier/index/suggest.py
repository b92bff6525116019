"""“Did you mean”: correct a query by the words that are adjacent in the archive's own documents.

Used only for a query without hits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from dossier.checklists.vocabulary import current
from dossier.edit_distance import distance
from dossier.index.interface import Engine, Filters, SearchOptions
from dossier.index.query import MINUS, number_tokens
from dossier.index.tree import All, Either, Node, Words, leaves
from dossier.legacy.syllables import syllables
from dossier.vietnamese import fold, words

# Costs of the corrections: keys of an input method determine the intended word.
KEYS, SWAPPED, LETTER, JOINED, FIRST_LETTER = 0.5, 2.5, 3.0, 1.0, 1.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWO_SLIPS = 6  # minimal length of a word with two errors
_LONGEST = 40  # maximal length of joined words that are split
_PIECES = 8
_ONSET = re.compile(r"[^aeiouyw]*")
_TONE_KEYS = re.compile(r"[sfrxjzw]")
_LATE_BAR = re.compile(r"d(?!.*d)")  # the second d of đ, typed after the rime: “dongd”
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
        rime = _LATE_BAR.sub("", rime) if start == "d" else rime
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


_WORD = re.compile(r"[^\W_]+")
_READ_AS = str.maketrans("oilszb", "011528")  # letters confused with digits
_DIGITS = re.compile(r"[0-9oilszb]*[0-9]")
_HAS_DIGIT = re.compile(r"[0-9]")
_MAX_WORDS = 12  # longer queries are not corrected
_ASKED_WORDS = 6  # longer ones are titles that were copied, in which a minus is a dash
_TEXT_FIELDS = ("head", "abstract", "body", "number")
_PAPERS, _READ = 150, 6000  # documents sampled for adjacent words; characters read of each
_LIKELIEST = 12  # candidates per word used to select the sample
_SPELLED = 3.0  # cost of changing a word that documents have
_BESIDE = 0.05  # smoothing of the frequency of a pair never seen
_KEPT = 24  # beam width: partial corrections kept, with and without words changed that documents have
_TRIED = 12  # corrections offered, of either sort
_FAR = 5.0  # difference in cost above which the costlier correction is dropped
_LETTERS_A_SLIP = 2.5  # with fewer letters per error the result is too uncertain


@dataclass(frozen=True, slots=True)
class Mended:
    """A corrected query. ``sure``: it is close enough to the typed one, and no plausible word was changed
    merely for being in no document; ``further``: its cost above that of the most likely correction."""

    query: str
    sure: bool
    further: float = 0.0


def mended_queries(engine: Engine, query: str, tree: Node, filters: Filters) -> Iterator[Mended]:
    """Yield the query with its unknown number or misspelt words replaced by known ones, most likely first:
    before all others those that keep every word that documents have.

    ``filters``: only documents that match them are sampled for adjacent words.
    """
    if MINUS.search(query) and len(query.split()) > _ASKED_WORDS:
        yield Mended(MINUS.sub("- ", query), True)
    asked = leaves(tree)
    plain = tuple(word for leaf in asked if not (leaf.field or leaf.prefix) for word in leaf.folded)
    for leaf in [*asked, *([Words(plain)] if len(asked) > 1 and plain else [])]:  # also a number with blanks
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
    # Words in quotation marks are not corrected.
    held = {word for leaf in leaves(tree) if len(leaf.folded) > 1 for word in leaf.folded if word in known}
    choices = [[((word,), 0.0)] if word in held else _choices(word, known) for word in typed]
    beside = _Beside.of(engine, choices, filters)
    ways = _ways(typed, choices, beside, {word: n for word, n in known.items() if word not in held})
    alone = len(typed) == 1 and could_be(typed[0])
    # A word that documents have is changed only where no change of the others finds anything.
    changed = [way for way in ways if way.changed]
    kept = [way for way in changed if not way.respelt]
    for so_far, group in ((0.0, kept), (_FAR if kept else 0.0, [way for way in changed if way.respelt])):
        for way in group[:_TRIED]:
            further = way.against - group[0].against
            if further <= _FAR:
                sure = not alone and further <= _FAR / 2
                yield Mended(_with_words(query, said, way), sure, so_far + further)


Choice = tuple[tuple[str, ...], float]  # replacement words, and their cost


@dataclass(frozen=True, slots=True)
class _Way:
    """A correction of the first words of the query: for each piece the number of typed words it replaces, the
    replacement, and its cost. ``respelt``: also words that documents have were changed."""

    pieces: tuple[tuple[int, tuple[str, ...], float], ...] = ()
    against: float = 0.0
    slips: float = 0.0
    last: str = ""
    changed: bool = False
    respelt: bool = False


def _vocabulary(engine: Engine) -> dict[str, int]:
    known: Counter[str] = Counter()
    for field in _TEXT_FIELDS:
        known.update(dict(engine.terms(field)))
    return known


def _choices(word: str, known: dict[str, int]) -> list[Choice]:
    """Candidates for a word, nearest first; the word itself where it may stay."""
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
    """Codes of document types (``qd``), which are no errors even if no document is of that type."""
    return frozenset(map(fold, current().codes))


@dataclass(frozen=True, slots=True)
class _Beside:
    """Frequencies of words and adjacent pairs in a sample of documents that have words of the query."""

    single: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, engine: Engine, choices: Sequence[Sequence[Choice]], filters: Filters) -> _Beside:
        meant_ = [Either(tuple(_all_of(way) for way, _size in each[:_LIKELIEST])) for each in choices]
        for about in (All(tuple(meant_)), Either(tuple(meant_))):
            found = engine.find(filters.around(about) or about, SearchOptions(limit=_PAPERS))
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
        """Negative log probability of ``word`` after ``before``; empty ``before``: at the beginning."""
        if not before:
            return -log((self.single[word] + _BESIDE) / (self.single.total() + 1))
        return -log((self.pairs[before, word] + _BESIDE) / (self.single[before] + 1))


def _all_of(way: tuple[str, ...]) -> Node:
    return All(tuple(Words((word,), (word,)) for word in way))


def _ways(
    typed: Sequence[str], choices: Sequence[Sequence[Choice]], beside: _Beside, known: dict[str, int]
) -> list[_Way]:
    """Beam search for the most likely corrections of the whole query, best first. Two words may be joined."""
    ends: list[list[_Way]] = [[_Way()], *([] for _ in typed)]
    for at, own in enumerate(choices):
        ways = _best(ends[at])
        steps = [(1, choice) for choice in own]
        both = typed[at : at + 2]
        joined = "".join(both)
        if len(both) > 1 and joined in known and could_be(joined):
            whole = all(word in known and len(word) > 1 for word in both)
            steps.append((2, ((joined,), LETTER + (_SPELLED if whole else 0.0))))
        for way in ways:
            for taken, (meant_, size) in steps:
                against, slips, last = way.against + size, way.slips + size, way.last
                for word in meant_:
                    against, last = against + beside.against(last, word), word
                replaced = tuple(typed[at : at + taken])
                changed = way.changed or meant_ != replaced
                spelled = all(word in known and word.isalpha() for word in replaced)
                respelt = way.respelt or (meant_ != replaced and spelled)
                pieces = (*way.pieces, (taken, meant_, size))
                ends[at + taken].append(_Way(pieces, against, slips, last, changed, respelt))
    most = LETTER * max(sum(map(len, typed)) / _LETTERS_A_SLIP, 1)
    likely = [way for way in ends[-1] if way.slips <= most and _guessed(way, beside) < 2]
    return _best(likely)


def _best(ways: Iterable[_Way]) -> list[_Way]:
    """The most likely corrections that change no word that documents have, then those of the others."""
    by_cost = sorted(ways, key=lambda way: way.against)
    kept = [way for way in by_cost if not way.respelt]
    return kept[:_KEPT] + [way for way in by_cost if way.respelt][:_KEPT]


def _guessed(way: _Way, beside: _Beside) -> int:
    """Number of changed words that no document of the sample has next to their neighbours."""
    said = [(word, size >= SWAPPED) for _taken, meant_, size in way.pieces for word in meant_]
    near = [beside.pairs[one, other] > 0 for (one, _), (other, _) in pairwise(said)]
    return sum(other and not any(near[max(at - 1, 0) : at + 1]) for at, (_word, other) in enumerate(said))


def _with_words(query: str, said: Sequence[re.Match[str]], way: _Way) -> str:
    """Apply a correction to the typed query, leaving the rest unchanged."""
    made, copied, at = "", 0, 0
    for taken, meant_, _size in way.pieces:
        first, last = said[at], said[at + taken - 1]
        if taken > 1 or meant_ != (words(first[0]),):
            made += query[copied : first.start()] + " ".join(meant_)
            copied = last.end()
        at += taken
    return made + query[copied:]


def _is_number(leaf: Words) -> bool:
    """Whether the words may be a number and symbol, even with misread digits or joined to its letters."""
    first = leaf.folded[0]
    if leaf.field not in ("", "number") or not first[0].translate(_READ_AS).isdigit():
        return False
    if len(leaf.folded) == 1:
        return len(first) > 4 and _HAS_DIGIT.search(first) is not None and not first.isdigit()
    return first.translate(_READ_AS).isdigit() and _HAS_DIGIT.search(first) is not None


def _with_number(query: str, leaf: Words, better: str) -> str:
    """Replace the words of a number in the query by ``better``."""
    called = "" if better[0].isdigit() else r"(?:(?<!\w)so\s+)?"
    digits = r"[\W_]*".join(f"0*{token}" for token in leaf.folded)
    written = re.compile(called + digits, re.IGNORECASE)
    # Folding keeps offsets, except in scripts not used in numbers.
    found = written.search(fold(query))
    return query[: found.start()] + better + query[found.end() :] if found else better


def _number(engine: Engine, leaf: Words) -> str:
    """The known number and symbol nearest to the typed one, at a distance of at most two; otherwise the same
    symbol of documents whose digits could not be read."""
    first, *rest = leaf.folded
    digits = _DIGITS.match(first)
    first = first[: digits.end()].translate(_READ_AS) + first[digits.end() :] if digits else first
    pieces = number_tokens(" ".join([first, *rest]))
    typed = "".join(pieces)
    best, nearest, unread = "", 3, ""
    for symbol, _count in engine.terms("number_symbol"):
        known = number_tokens(symbol)
        unread = symbol if len(known) > 1 and known == pieces[1:] else unread
        apart = distance(typed, "".join(known), min(nearest - 1, 2), swaps=True)
        if apart < nearest:
            best, nearest = symbol, apart
    return best if nearest < 3 and nearest * 3 < len(typed) else unread
