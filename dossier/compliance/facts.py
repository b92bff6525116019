"""Facts about a dossier: entered by a person, declared, inferred from its documents, or assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import lru_cache

from dossier.archive import MANIFEST_NAME
from dossier.checklists.conditions import FACTS, When
from dossier.checklists.schema import Checklist, Per
from dossier.compliance.bodies import body_of
from dossier.compliance.periods import plausible, span, span_of
from dossier.model import Document, DossierState, Fact, Facts, FactSource, FactValue, Placement, Source
from dossier.vietnamese import words

DEFAULTS: dict[str, FactValue] = {
    "founded": None,
    "existed": None,
    "ended": None,
    "members": (),
    "led_by": "police",
    "party_committee": True,
    "open_membership": False,
    "unit": "",
    "year": "calendar",
    "electronic": False,
    "symbol": "",
    "hold": None,
    "planned": None,
    "recognised": None,
    "handed_over": None,
    **{condition.value: fact.default for condition, fact in FACTS.items()},
}
POLICE, OTHER = "police", "other"
# Kinds of bodies that keep their own dossiers under the Law on Archives (HD22 V.3).
_OTHERS = frozenset({"front", "enterprise", "school", "agency"})

Entry = tuple[Document, Placement]


def trusted(state: DossierState, checklist: Checklist) -> Iterator[Entry]:
    """Yield documents with their certain placements: issued, not under review, above the threshold."""
    for document in state.documents:
        for placement in document.placements:
            if certain(document, placement, checklist) and not only_draft(document, placement):
                yield document, placement


def certain(document: Document, placement: Placement, checklist: Checklist) -> bool:
    """Whether the document counts as what the placement says: it needs no review for that."""
    return not document.review and placement.confidence >= checklist.threshold


def only_draft(document: Document, placement: Placement) -> bool:
    """Whether the document is a draft not placed by a person; drafts satisfy no requirement."""
    return document.header.draft and placement.source is not Source.PERSON


def infer_facts(state: DossierState, checklist: Checklist, today: date) -> Facts:
    """All facts by the manifest's keys; also ``planned`` and ``recognised`` of an exemplar, and
    ``existed``: the latest possible day of the founding where it is unknown.

    Precedence: a person's entry, ``hoso.toml``, inference from documents, the archive's settings.
    ``origin`` is the person or the path.
    """
    facts = {key: Fact(value) for key, value in DEFAULTS.items()}
    for spec in fields(state.usual):
        if (value := getattr(state.usual, spec.name)) is not None:
            facts[spec.name] = Fact(value, FactSource.ARCHIVE)
    facts |= _inferred(state, checklist, today)
    origin = MANIFEST_NAME if state.folder.path == "." else f"{state.folder.path}/{MANIFEST_NAME}"
    for key in facts:
        value = getattr(state.folder.manifest, key, None)
        if value is not None and plausible(value):
            facts[key] = Fact(value, FactSource.DECLARED, origin)
    for said in state.told:
        if said.key in facts and plausible(said.value):
            facts[said.key] = Fact(said.value, FactSource.PERSON, said.author)
    if facts["founded"].value is not None:
        facts["existed"] = Fact(None)
    return facts


def day(facts: Facts, key: str) -> date | None:
    """The value of a fact if it is a complete date, else ``None``."""
    value = facts[key].value
    return value if isinstance(value, date) else None


def latest(facts: Facts, key: str) -> date | None:
    """The last possible day of a (partial) date; ``None`` if unknown."""
    days = span(facts[key].value)
    return days[1] if days else None


def sure(fact: Fact) -> bool:
    """Whether the fact was entered or declared rather than inferred or assumed."""
    return fact.source in (FactSource.PERSON, FactSource.DECLARED)


def _inferred(state: DossierState, checklist: Checklist, today: date) -> dict[str, Fact]:
    placed = list(trusted(state, checklist))
    # The date of a paper "of 2062" is misread or mistyped: it would end all periodic requirements.
    past = [(document, place) for document, place in placed if not _ahead(document, today)]
    facts: dict[str, Fact] = {}
    founding = _first(placed, checklist.founding_part, "")
    for key, paper in (
        ("founded", _first(past, checklist.founding_part, "")),
        ("ended", _first(_standing(past, state, checklist), checklist.ending_part, checklist.ending_step)),
        ("planned", _first(past, checklist.plan_part, "")),
        ("recognised", _first(past, *_place(checklist.recognised_at))),
    ):
        if paper:
            facts[key] = _fact(paper.header.date or paper.header.partial_date, paper)
    if "founded" not in facts and (witness := _of_life(past, checklist)):
        days = span_of(witness)
        facts["existed"] = _fact(days[1] if days else None, witness)
    facts |= _led(placed, checklist, founding)
    if founding and founding.header.members:
        facts["members"] = _fact(founding.header.members, founding)
    facts |= _told(state, placed, checklist, founding)
    if "members" in facts and "linked" not in facts:
        facts["linked"] = Fact(True, FactSource.INFERRED, facts["members"].origin)
    return facts


def _ahead(document: Document, today: date) -> bool:
    days = span_of(document)
    return days is not None and days[0] > today


def _standing(placed: list[Entry], state: DossierState, checklist: Checklist) -> list[Entry]:
    """Papers that no other one of the dossier revokes by its number: "Hủy bỏ Quyết định số 77/QĐ-UBND"."""
    verbs = [f" {words(verb)} " for verb in checklist.revoking.split("|") if verb.strip()]
    titles = [
        f" {words(each.header.abstract)} " for each in state.documents if verbs and not each.header.draft
    ]
    revoking = [title for title in titles if any(verb in title for verb in verbs)]
    if not revoking:
        return placed
    return [
        (document, place)
        for document, place in placed
        if not (number := words(document.header.number_symbol))
        or not any(f" so {number} " in title for title in revoking)
    ]


def _led(placed: list[Entry], checklist: Checklist, founding: Document | None) -> dict[str, Fact]:
    """Who leads the model and keeps the dossier: its proposer, else its founder (HD22 V.3)."""
    by_part = {place.part: document for document, place in reversed(placed) if document.header.issuing_body}
    proposers = [by_part[part] for part in checklist.proposed_at if part in by_part]
    facts: dict[str, Fact] = {}
    for paper in (*proposers, *([founding] if founding else [])):
        if paper.header.issuing_body:
            facts.setdefault("unit", _fact(paper.header.issuing_body, paper))
        kind = body_of(paper).kind
        if kind == POLICE or kind in _OTHERS:
            facts.setdefault("led_by", _fact(POLICE if kind == POLICE else OTHER, paper))
    return facts


def _told(
    state: DossierState, placed: list[Entry], checklist: Checklist, founding: Document | None
) -> dict[str, Fact]:
    """Facts inferred from which documents exist, from their wording and from the dossier's name."""
    facts: dict[str, Fact] = {}
    for tell in checklist.tells:
        paper = next(
            (d for d, place in placed if place.part in tell.parts and tell.id in (d.header.mentions or ())),
            None,
        )
        if paper:
            facts[tell.fact] = _fact(tell.value, paper)
    if _witness(placed, _parts_told_by(checklist, When.COMMITTEE)):
        facts.pop("committee", None)
    name = " ".join([words(state.folder.name), words(founding.header.abstract) if founding else ""])
    for when, fact in FACTS.items():
        if fact.default:
            continue
        if witness := _witness(placed, _parts_told_by(checklist, when)):
            facts[when.value] = _fact(True, witness)
        elif fact.hint and fact.hint in name:
            facts[when.value] = (
                _fact(True, founding) if founding else Fact(True, FactSource.INFERRED, state.folder.path)
            )
    return facts


def _witness(placed: list[Entry], parts: frozenset[str]) -> Document | None:
    return next((document for document, place in placed if place.part in parts), None)


@lru_cache(maxsize=64)
def _parts_told_by(checklist: Checklist, when: When) -> frozenset[str]:
    """Parts required only under that condition: a document there shows that it holds."""
    return frozenset(
        part.id
        for item in checklist.items
        for part in item.parts
        if any(requirement.when is when for requirement in part.requirements)
    )


@lru_cache(maxsize=16)
def _parts_of_life(checklist: Checklist) -> frozenset[str]:
    """Parts whose documents presuppose a founded model: those after the founding, and periodic ones."""
    following = {link.part for link in checklist.order if checklist.founding_part in link.after}
    recurring = {
        part.id
        for item in checklist.items
        for part in item.parts
        if any(r.per is not Per.ONCE for r in part.requirements)
    }
    return frozenset(following | recurring)


def _of_life(placed: list[Entry], checklist: Checklist) -> Document | None:
    """The earliest document that shows that the model existed."""
    if checklist.founding_part is None:
        return None
    parts = _parts_of_life(checklist)
    return _earliest([document for document, place in placed if place.part in parts])


def _place(place: str) -> tuple[str | None, str]:
    part, _dot, step = place.partition(".")
    return part or None, step


def _first(placed: list[Entry], part: str | None, step: str) -> Document | None:
    """The earliest document at a place; complete dates are preferred to partial ones."""
    there = [d for d, place in placed if part and place.part == part and place.step == (step or place.step)]
    return _earliest([d for d in there if d.header.date]) or _earliest(there)


def _earliest(papers: list[Document]) -> Document | None:
    dated = [(days, d.id, d) for d in papers if (days := span_of(d)) and all(map(plausible, days))]
    return min(dated, default=(None, "", None), key=lambda each: each[:2])[2] if dated else None


def _fact(value: FactValue, document: Document) -> Fact:
    return Fact(value, FactSource.INFERRED, document.path)
