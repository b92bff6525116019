"""Order doubtful documents for review: those whose answer changes the verdict most come first. Pure.

Each possible answer for a document is tried: every placement it may have, and none. Its stake is the
difference between the resulting verdicts. So the only candidate for a
required part comes before one of several, and a founding decision, from whose date all periods are
counted, before an ordinary document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dossier.checklists.schema import Checklist
from dossier.compliance import completeness
from dossier.compliance.evidence import with_evidence
from dossier.compliance.facts import infer_facts
from dossier.compliance.finding import matching
from dossier.model import (
    Document,
    DossierState,
    ItemResult,
    PartResult,
    Placement,
    Source,
    Status,
)

MOST_ANSWERS = 9  # one key each
_LACK = {Status.NEEDS_REVIEW: 0.5, Status.PARTIAL: 0.75, Status.MISSING: 1.0}
_OPTIONAL = 0.1  # weight of a part whose absence is a warning; a required one has 1
_TOGETHER = 0.15  # one document may serve several parts of an item with at least this confidence each
_COMPLETE = 2.0  # added stake if an answer makes the whole dossier complete


@dataclass(frozen=True, slots=True)
class Doubt:
    """A document to be decided. ``answers``: its placements under each likely answer, best first.

    ``stake``: how much the verdict depends on it (0: not at all); ``parts``: the parts that depend on it, by
    weight.
    """

    document: Document
    answers: tuple[tuple[Placement, ...], ...]
    stake: float
    parts: tuple[str, ...]


def doubts(state: DossierState, checklist: Checklist, today: date) -> list[Doubt]:
    """All doubtful documents of a dossier, by decreasing stake."""
    state = with_evidence(state, checklist)
    items, _findings = completeness.check(state, checklist, infer_facts(state, checklist, today), today)
    results = {part.part: part for item in items for part in item.parts}
    asked = asked_about(state.documents, items, checklist)
    found = [
        _doubt(state, checklist, today, document, _answers(document, results, checklist))
        for document in state.documents
        if document.id in asked
    ]
    return sorted(found, key=importance)


def asked_about(
    documents: Iterable[Document], items: Iterable[ItemResult], checklist: Checklist
) -> frozenset[str]:
    """Ids of the documents that a person is asked about, given how the items of their dossier stand."""
    results = {part.part: part for item in items for part in item.parts}
    return frozenset(
        document.id
        for document in documents
        if document.security is None and _is_open(document, results, checklist)
    )


def importance(doubt: Doubt) -> tuple[float, float, str]:
    """Sort key by decreasing stake, then by confidence of the best answer, then by id."""
    best = max((place.confidence for answer in doubt.answers for place in answer), default=0.0)
    return -doubt.stake, -best, doubt.document.id


def _is_open(document: Document, results: dict[str, PartResult], checklist: Checklist) -> bool:
    if document.review:
        return True
    settled = not document.placements or any(place.source is Source.PERSON for place in document.placements)
    if document.open_fields and not settled:
        return True
    return any(
        place.source is not Source.PERSON and len(list(_spelt_out(place, results, checklist))) > 1
        for place in document.placements
    )


def _answers(
    document: Document, results: dict[str, PartResult], checklist: Checklist
) -> tuple[tuple[Placement, ...], ...]:
    found: list[tuple[Placement, ...]] = []
    alike = [place for place in document.placements if place.confidence >= _TOGETHER]
    if document.review and len(alike) > 1 and len({place.item for place in alike}) == 1:
        found.append(tuple(alike))  # one decision that founds, names the committee and lists the members
    for at, place in enumerate(document.placements):
        for exact in _spelt_out(place, results, checklist):
            if document.review:
                found.append((exact,))
            else:  # its places are known but for a period or step of this one
                found.append((*document.placements[:at], exact, *document.placements[at + 1 :]))
    found.sort(key=lambda answer: document.review and len(answer) > 1)
    return tuple(dict.fromkeys(found))[:MOST_ANSWERS]


def _spelt_out(place: Placement, results: dict[str, PartResult], checklist: Checklist) -> Iterator[Placement]:
    """Yield the placement completed by each missing period or step where it has none, then as it is."""
    if place.part not in results:  # of an earlier checklist, or of the kind the dossier had before
        yield place
        return
    part, result = checklist.part(place.part), results[place.part]
    lacking = (*result.periods_missing, *result.periods_unsure)
    if part.period and not place.period and lacking:
        yield from (replace(place, period=period) for period in lacking)
    elif part.steps and not place.step and result.missing:
        wanted = {step for asked in part.requirements for step in asked.steps}
        yield from (replace(place, step=step.id) for step in part.steps if step.id in wanted)
    yield place


def _doubt(
    state: DossierState,
    checklist: Checklist,
    today: date,
    document: Document,
    answers: tuple[tuple[Placement, ...], ...],
) -> Doubt:
    outcomes = [_lacks(state, checklist, today, document, answer) for answer in (*answers, ())]
    parts = sorted({part for lacks in outcomes for part in lacks})
    spread = {part: _spread([lacks.get(part, 0.0) for lacks in outcomes]) for part in parts}
    complete = _spread([float(all(lack <= _OPTIONAL for lack in lacks.values())) for lacks in outcomes])
    weighty = sorted((part for part in parts if spread[part]), key=lambda part: (-spread[part], part))
    return Doubt(document, answers, round(sum(spread.values()) + _COMPLETE * complete, 3), tuple(weighty))


def _lacks(
    state: DossierState, checklist: Checklist, today: date, document: Document, answer: Sequence[Placement]
) -> dict[str, float]:
    """How much each part lacks (0–1) if the document is decided like this."""
    places = tuple(replace(place, confidence=1.0, source=Source.PERSON) for place in answer)
    decided = replace(document, placements=places, review=False)
    papers = tuple(decided if other.id == document.id else other for other in state.documents)
    then = replace(state, documents=papers)
    items, _findings = completeness.check(then, checklist, infer_facts(then, checklist, today), today)
    rules = {item.number: item.rule for item in checklist.items}
    waivers = [w for w in state.waivers if w.holds_on(today)]
    return {
        part.part: (1.0 if part.required else _OPTIONAL) * _LACK[part.status]
        for item in items
        for part in item.parts
        if part.status in _LACK and not matching(waivers, rules[item.item], part.part)
    }


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)
