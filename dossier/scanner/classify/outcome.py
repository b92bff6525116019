"""The outcome of classifying a document: its placements, and how they are told to a person."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dossier.model import Placement
from dossier.scanner.classify.around import SIGN, View
from dossier.scanner.classify.periods import planned_after
from dossier.scanner.classify.phrases import Evidence, sentence

_RUNNING = frozenset(("head", "body", "month"))  # kinds of evidence that running text gives
_SENTENCES = 4  # most sentences of evidence, of the document and of its surroundings each


@dataclass(frozen=True, slots=True)
class Classification:
    """The placements of a document, best first. With ``review`` they are only candidates.

    No placements and no ``review``: the document belongs to no item of the checklist. ``untied``: the only
    reason for that is that nothing ties the document to the dossier.
    """

    placements: tuple[Placement, ...] = ()
    review: bool = False
    untied: bool = False


def timely(found: Classification, around: View) -> tuple[Classification, bool]:
    """Return a classification without further parts that the founding decision's date rules out, unless that
    rules out the main part too, and whether any milestone's date speaks against one that is left."""
    main, besides = found.placements[:1], found.placements[1:]
    if not found.review and not any(around.founds(p.part) or around.not_then(p.part) for p in main):
        besides = tuple(place for place in besides if not around.not_then(place.part))
    found = replace(found, placements=(*main, *besides))
    return found, any(around.untimely(place.part) for place in found.placements)


def planned_ahead(
    report: Placement, besides: Iterable[Placement], yearly: frozenset[str], texts: Mapping[str, str]
) -> Iterator[Placement]:
    """Yield the further placements of a document; of the plan with which a report ends, in a ``yearly`` part,
    only if the title has a later year for it than the report's."""
    for place in besides:
        if not report.period or place.part not in yearly:
            yield place
        elif year := planned_after(report.period, texts):
            yield replace(place, period=year)


def asked_if_mentioned(found: Classification, told: Evidence, most: float, *, lacks: bool) -> Classification:
    """Ask, with no confidence above ``most``, about a text that has no form of a paper and only mentions what
    the part is called; a note that says that a paper ``lacks`` ("còn thiếu quy chế") is of no part."""
    if any(weight > 0 and sign not in _RUNNING for weight, sign, _found in told):
        return found
    if lacks:
        return Classification(())
    return Classification(
        tuple(with_confidence(place, min(place.confidence, most)) for place in found.placements), review=True
    )


def evidence_sentences(evidence: Evidence) -> tuple[str, ...]:
    """Return sentences for the strongest signals in favour, without repeats, and those of the
    surroundings."""
    own = [signal for signal in evidence if signal[0] > 0 and signal[1] != SIGN]
    strongest = sorted(own, key=lambda signal: -signal[0])
    sentences = dict.fromkeys(sentence(sign, found) for _weight, sign, found in strongest)
    around = sorted((signal for signal in evidence if signal[1] == SIGN), key=lambda signal: -abs(signal[0]))
    surroundings = dict.fromkeys(sentence(sign, found) for _weight, sign, found in around)
    return (*itertools.islice(sentences, _SENTENCES), *itertools.islice(surroundings, _SENTENCES))


def with_reason(placements: tuple[Placement, ...], reason: str) -> tuple[Placement, ...]:
    """Return the placements with a further sentence of evidence."""
    return tuple(replace(place, evidence=(*place.evidence, reason)) for place in placements)


def with_confidence(placement: Placement, confidence: float) -> Placement:
    return replace(placement, confidence=round(confidence, 3))
