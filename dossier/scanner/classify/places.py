"""The compiled parts of a checklist, and the further parts that a document serves besides its main one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossier.checklists.schema import Part
from dossier.scanner.classify import scoring
from dossier.scanner.classify.kinds import type_in_words
from dossier.scanner.classify.phrases import compile_phrase
from dossier.scanner.classify.scoring import Rules, Score
from dossier.scanner.classify.text import Texts

UNKNOWN = 1.0  # score of "cannot tell", which competes with every part
_STEP = 1.0  # least score of a step
_GAIN = 4.0  # least weight of a piece's evidence for a part, besides its type
_SURE = 0.8  # least confidence of a part named by a piece of a title


@dataclass(frozen=True, slots=True)
class ReadyPart:
    """A part with its item's number and its compiled rules."""

    item: int
    part: Part
    rules: Rules
    also: Rules
    steps: tuple[tuple[str, Rules], ...]

    @classmethod
    def of(cls, item: int, part: Part) -> ReadyPart:
        """Compile a part of the item."""
        also = Rules({}, tuple(compile_phrase(phrase, phrase.beside) for phrase in part.also))
        steps = tuple((step.id, scoring.compiled(step.types, step.phrases)) for step in part.steps)
        return cls(item, part, scoring.part_rules(part), also, steps)

    @property
    def all_rules(self) -> tuple[Rules, ...]:
        """The part's own rules, those of further placements, and those of its steps."""
        return self.rules, self.also, *(rules for _name, rules in self.steps)

    def step(self, texts: Texts) -> str:
        """Return the id of the step with the highest score, or an empty string."""
        if not self.steps:
            return ""
        value, name = max((rules.score(texts).value, name) for name, rules in self.steps)
        return name if value >= _STEP else ""


def further(
    main: ReadyPart,
    places: Sequence[ReadyPart],
    texts: Texts,
    threshold: float,
    *,
    filled: frozenset[str],
    articled: frozenset[str],
) -> list[tuple[ReadyPart, Score]]:
    """Return the parts that the document serves besides its main one, with their scores; none that is
    ``filled`` by another document. ``articled``: parts of which one decision may fill several, each by an
    article."""
    found: dict[str, tuple[ReadyPart, Score]] = {}
    for piece in texts.pieces:
        named = _named(places, piece)
        if named is not None and not _one_a_time(named[0], main):
            found.setdefault(named[0].part.id, named)
    if main.part.id not in found:  # the title disagrees with the rest of the document: ignore its pieces
        found = {}
    for article in texts.articles if main.part.id in articled else ():
        named = _named(places, article)
        if named is not None and named[0].item == main.item and named[0].part.id in articled:
            found.setdefault(named[0].part.id, named)
    for place in places:
        score = Score()
        for phrase in place.also.phrases:
            if not phrase.beside or main.part.id in phrase.beside:
                score.value += phrase.score(texts, score.evidence)
        if squashed(score.value) >= threshold:
            found[place.part.id] = (place, score)
    return [each for each in found.values() if each[0] is not main and each[0].part.id not in filled]


def _one_a_time(place: ReadyPart, main: ReadyPart) -> bool:
    """Whether a document serves only one of the two: reports of half a year and of a year."""
    periods = place.part.period, main.part.period
    return place.item == main.item and all(periods) and periods[0] != periods[1]


def _named(places: Sequence[ReadyPart], piece: Texts) -> tuple[ReadyPart, Score] | None:
    """Return the part that a piece of the title clearly names, if the document's type suits that part."""
    scores = [(place, place.rules.score(piece)) for place in places]
    place, best = max(scores, key=lambda scored: scored[1].value)
    if place.rules.types.get(piece.type, 0.0) <= 0 or best.value <= 0:
        return None
    type_name = type_in_words(piece.type)
    own = sum(weight for weight, sign, found in best.evidence if sign != "type" and found != type_name)
    sure = math.exp(best.value - log_sum([*(score.value for _place, score in scores), UNKNOWN]))
    return (place, best) if own >= _GAIN and sure >= _SURE else None


def squashed(value: float) -> float:
    """Return the confidence of a further placement from its score; a score of 2 gives 0.5."""
    return 1 / (1 + math.exp(2 - value))


def log_sum(values: Iterable[float]) -> float:
    """Return the logarithm of the sum of the exponentials of the values."""
    values = list(values)
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
