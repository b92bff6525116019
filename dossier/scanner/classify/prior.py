"""What a document usually is by its words: a linear model of the papers in benchmarks/bank, made beforehand.

It only speaks where the rules are in doubt (see :func:`judged`), never makes a document certain, and needs
nothing at run time: ``prior.txt`` holds numbers. ``scripts/prior.py`` writes it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from dossier.model import Placement
from dossier.scanner.classify.about import Tie
from dossier.scanner.classify.text import Texts
from dossier.scanner.classify.tied import Bound

NONE = "-"  # stands for "belongs to no item" among the parts
DATA = Path(__file__).with_name("prior.txt")
UNIT = 100  # weights are kept as hundredths

_TITLE = 40  # words of a title, or of a first article, that are looked at
_BEGINNING = slice(40, 120)  # words of a text below its head
_HEAD = 60
# Least shares; benchmarks/real_wording.py with the bank in question left out tells what they cost.
_PART = 0.5  # of a part, to settle what the rules leave to a person
_ASKED = 0.7  # of a part, to ask about a document that nothing ties to the dossier
_TIED = 0.9  # of a part, to place such a document
_NOTHING = 0.8
_UNLIKE = 0.7  # share of no item from which a doubtful placement is put up for review if the title tells more
_DISMISSED = 0.9  # such a share if it does not; and for other work by a title with another movement's aim
_WEAK = 0.7  # confidence below which a title that tells no more is put up for review
_SPEAKS_AGAINST = 0.05  # a certain document of whose parts none has this share is doubtful
_RULED_OUT = 0.0001  # a certain document one of whose parts has less is doubtful too
_PLAIN = 0.99  # what the rules are so sure of is not contradicted
_MOST = 0.89  # highest confidence of a placement settled here


@dataclass(frozen=True, slots=True)
class Prior:
    """The model of one kind of dossier: for each feature the weights of parts, as they are kept."""

    parts: Sequence[str]
    bias: Sequence[float]
    weights: Mapping[str, str]

    def knows(self, kind: str) -> bool:
        """Whether documents of a type are among those the model was made from."""
        return bool(kind) and f"t {kind}" in self.weights

    def shares(self, texts: Texts, order: Sequence[str] = ()) -> dict[str, float]:
        """Return how likely each part is, and :data:`NONE`; the shares sum to 1."""
        known = [self.weights[feature] for feature in features(texts, order) if feature in self.weights]
        scale = 1 / math.sqrt(len(known) or 1)
        scores = list(self.bias)
        for weights in known:
            for at, weight in _numbers(weights):
                scores[at] += weight * scale
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds)
        return {part: odd / total for part, odd in zip(self.parts, odds, strict=True)}

    def may_change(self, placements: Sequence[Placement], bound: Bound, *, review: bool) -> bool:
        """Whether any shares would change such a classification. Of most documents none would, and to compute
        them takes as long as to classify."""
        return _may_change(placements, bound, review=review)


@cache  # of some thousand features a scan meets a few hundred again and again
def _numbers(weights: str) -> Sequence[tuple[int, float]]:
    """Return the weights of a feature, by the index of their part."""
    pairs = (number.split(":") for number in weights.split())
    return tuple((int(at), int(weight) / UNIT) for at, weight in pairs)


def features(texts: Texts, order: Sequence[str] = ()) -> set[str]:
    """Return the document's type, its place in the order of days, also by type, and the words, pairs and
    triples of its fields, each with its field's letter."""
    fields = texts.fields
    head = fields.get("head", "").split()[:_HEAD]
    return {
        f"t {texts.type}",
        *order,
        *(f"t{place} {texts.type}" for place in order),
        *_grams("a", fields.get("abstract", "").split()[:_TITLE], 3),
        *_grams("o", fields.get("operative", "").split()[:_TITLE], 2),
        *_grams("i", fields.get("issuer", "").split(), 2),
        *_grams("n", fields.get("name", "").split(), 1),
        *_grams("b", head or fields.get("body", "").split()[_BEGINNING], 2),
    }


def _grams(field: str, words: Sequence[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for at in range(len(words) - length + 1):
            yield f"{field} {' '.join(words[at : at + length])}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the shares change about a classification. ``part``: a part to place the document in, or with
    ``review`` to ask about, and how ``sure`` that is; otherwise ``placements`` are the answer, or with
    ``review`` the candidates."""

    placements: tuple[Placement, ...] = ()
    review: bool = False
    part: str = ""
    sure: float = 0.0


def judged(
    shares: Mapping[str, float],
    placements: tuple[Placement, ...],
    bound: Bound,
    *,
    review: bool,
    told: bool,
    certain: float,
    grave: Collection[str] = (),
) -> Judged | None:
    """Return what the shares change about a classification, ``None`` for nothing.

    They settle what the rules would leave to a person, unless its title is about another model or aim. Where
    both say that it is other work, it is. Where they contradict each other, a person is asked or the document
    is no longer certain. ``told``: the title tells what the document is about, and nobody filed it by hand.
    ``grave``: parts that found or end what the dossier is of: these the rules must propose too.
    """
    if not _may_change(placements, bound, review=review):
        return None
    part = max(shares, key=shares.__getitem__)
    share, main = shares[part], placements[0] if placements else None
    if review and part == NONE:
        free = bound.weighed and not bound.cited and Tie.FOREIGN < bound.tie < Tie.MOVEMENT
        return Judged() if free and told and share >= _NOTHING else None
    if review or main is None:
        aimed = bound.routine or (bound.aimed and bound.tie < Tie.TEXT)
        elsewhere = aimed or bound.tie in (Tie.FOREIGN, Tie.OTHER)
        if part == NONE or share < _PART or elsewhere:
            return None
        if part in grave and not (main is not None and main.part == part and share >= _ASKED):
            return None
        lacked = part in bound.expected and share >= (_ASKED if bound.tie is Tie.NAMED else _NOTHING)
        if review or lacked or share >= _TIED:
            return Judged(part=part, sure=min(share, _MOST))
        return Judged(part=part, review=True) if share >= _ASKED else None
    if main.confidence >= certain:
        own = [shares.get(place.part, 1.0) for place in placements]
        unsaid = bound.weighed and told and not (bound.titled or bound.cited)
        if unsaid and shares.get(NONE, 0.0) >= _UNLIKE:  # only an article names the model
            return Judged(placements, review=True)
        against = max(own) < _SPEAKS_AGAINST or min(own) < _RULED_OUT
        return Judged(_at_most(placements, _MOST)) if against else None
    nothing = shares.get(NONE, 0.0)
    if bound.weighed and bound.besides and nothing >= _NOTHING:
        other = bound.bare or bound.tie < Tie.TEXT or (bound.aimed and nothing >= _DISMISSED)
        return Judged() if other else Judged(placements, review=True)
    weak = main.confidence < _WEAK and bound.tie < Tie.NAMED
    unlike = (bound.weighed and told and nothing >= _UNLIKE) or (weak and nothing >= _DISMISSED)
    return Judged(placements, review=True) if unlike else None


def _may_change(placements: Sequence[Placement], bound: Bound, *, review: bool) -> bool:
    return review or not placements or placements[0].confidence < _PLAIN or not bound.titled


def _at_most(placements: Iterable[Placement], share: float) -> tuple[Placement, ...]:
    """Return the placements, of which none is surer than the share, nor certain."""
    most = round(min(share, _MOST), 3)
    return tuple(replace(place, confidence=max(min(place.confidence, most), 0.0)) for place in placements)


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Prior]:
    return read(DATA.read_text("utf-8")) if DATA.is_file() else {}


def prior_of(kind: str) -> Prior | None:
    """Return the model of a kind of dossier, if there is one."""
    return _all().get(kind)


def read(text: str) -> dict[str, Prior]:
    """Return the models of a data file: a line ``= kind``, one of the parts, one of their biases, then one
    of each feature with the index and the weight of its parts."""
    found: dict[str, Prior] = {}
    for block in text.split("\n= ")[1:]:
        kind, parts, bias, *lines = block.rstrip("\n").split("\n")
        weights = dict(line.split("\t") for line in lines)
        found[kind] = Prior(tuple(parts.split()), tuple(int(each) / UNIT for each in bias.split()), weights)
    return found
