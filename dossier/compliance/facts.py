"""What is known about a dossier beside its papers: declared in its manifest, or inferred from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from dossier.archive import MANIFEST_NAME
from dossier.checklists.schema import Checklist, When
from dossier.model import Document, DossierState, Fact, Facts, FactSource, FactValue, Placement
from dossier.vietnamese import words

DEFAULTS: dict[str, FactValue] = {
    "founded": None,
    "ended": None,
    "linked": False,
    "members": (),
    "led_by": "police",
    "party_committee": True,
    "fund": False,
    "pilot": False,
    "unit": "",
    "hold": None,
    "planned": None,
    "handed_over": None,
}
# Days before are years of two digits or slips of the pen; nothing is counted from them.
EARLIEST = date(1945, 9, 2)
LATEST = date(2200, 1, 1)
# A condition of the checklist, the fact that it asks about, and words that give it away.
_TOLD_BY_PAPERS = (
    (When.LINKED, "linked", "lien ket"),
    (When.FUND, "fund", ""),
    (When.PILOT, "pilot", "lam diem"),
)


def trusted(state: DossierState, checklist: Checklist) -> Iterator[tuple[Document, Placement]]:
    """Documents with the places that may be relied on: not under review, sure enough."""
    for document in state.documents:
        if not document.review:
            for placement in document.placements:
                if placement.confidence >= checklist.threshold:
                    yield document, placement


def infer_facts(state: DossierState, checklist: Checklist) -> Facts:
    """All facts, by the manifest's keys and ``planned`` (date of an exemplar's plan).

    Declared wins over inferred; ``origin`` is the path it was taken from.
    """
    facts = {key: Fact(value) for key, value in DEFAULTS.items()}
    facts |= _inferred(state, checklist)
    origin = MANIFEST_NAME if state.folder.path == "." else f"{state.folder.path}/{MANIFEST_NAME}"
    for key in facts:
        value = getattr(state.folder.manifest, key, None)
        if value is not None and plausible(value):
            facts[key] = Fact(value, FactSource.DECLARED, origin)
    return facts


def plausible(value: FactValue) -> bool:
    """Whether a date may be counted from; true of whatever is no date."""
    return not isinstance(value, date) or EARLIEST <= value <= LATEST


def _inferred(state: DossierState, checklist: Checklist) -> dict[str, Fact]:
    placed = list(trusted(state, checklist))
    facts: dict[str, Fact] = {}
    founding = _earliest(placed, checklist.founding_part, "")
    if founding:
        facts["founded"] = _fact(founding.header.date, founding)
        if founding.header.issuing_body:
            facts["unit"] = _fact(founding.header.issuing_body, founding)
        if founding.header.members:
            facts["members"] = _fact(founding.header.members, founding)
    ending = _earliest(placed, checklist.ending_part, checklist.ending_step)
    if ending:
        facts["ended"] = _fact(ending.header.date, ending)
    plan = _earliest(placed, checklist.plan_part, "")
    if plan:
        facts["planned"] = _fact(plan.header.date, plan)
    told = " ".join([words(state.folder.name), words(founding.header.abstract) if founding else ""])
    for when, key, hint in _TOLD_BY_PAPERS:
        parts = _parts_told_by(checklist, when)
        witness = next((document for document, place in placed if place.part in parts), None)
        if witness:
            facts[key] = _fact(True, witness)
        elif hint and hint in told:
            facts[key] = (
                _fact(True, founding) if founding else Fact(True, FactSource.INFERRED, state.folder.path)
            )
    if "members" in facts and "linked" not in facts:
        facts["linked"] = Fact(True, FactSource.INFERRED, facts["members"].origin)
    return facts


@lru_cache(maxsize=64)
def _parts_told_by(checklist: Checklist, when: When) -> frozenset[str]:
    """Parts asked for only under that condition: a document there shows that it holds."""
    return frozenset(
        part.id
        for item in checklist.items
        for part in item.parts
        if any(requirement.when is when for requirement in part.requirements)
    )


def _earliest(placed: list[tuple[Document, Placement]], part: str | None, step: str) -> Document | None:
    found = [
        document
        for document, place in placed
        if part is not None
        and place.part == part
        and place.step == (step or place.step)
        and document.header.date
        and plausible(document.header.date)
    ]
    return min(found, key=lambda document: (document.header.date or date.max, document.id), default=None)


def _fact(value: FactValue, document: Document) -> Fact:
    return Fact(value, FactSource.INFERRED, document.path)
