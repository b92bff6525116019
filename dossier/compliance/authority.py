"""Whether two documents come from the same authority: the kind of body, its level and its place. Pure.

Source: Hướng dẫn 22/HD-BCA-V05, III.2.c and III.3: the level that founded a model ranks and ends it.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from dossier.checklists.rules import definitions
from dossier.compliance.bodies import Body, body_of, same_place
from dossier.compliance.dates import span_of
from dossier.model import Document

_GROUPS = {"police": "no_district_police"}


class Differ(Enum):
    """How the issuer of a later document is another than that of an earlier one."""

    OTHER = "other"  # another body, or another kind of body
    REFORMED = "reformed"  # explained by the reorganisation of districts or the merging of communes
    ROTATED = "rotated"  # of the same kind and level, as where the lead of a linked model changes


def differ(founding: Document, later: Document, *, linked: bool = False) -> Differ | None:
    """``None`` when the issuers are the same or one of them is not known."""
    founder, other = body_of(founding), body_of(later)
    if not founder.name or not other.name or founder.name == other.name:
        return None
    if not founder.kind or not other.kind:
        return None if _one_of(founder, other) else Differ.OTHER
    if founder.kind != other.kind:
        return Differ.OTHER
    if not founder.level and not other.level:
        return None if _one_of(founder, other) else Differ.OTHER
    if not founder.level or not other.level or same_place(founder, other):
        return None
    days = span_of(later)
    day = days[1] if days else date.min
    reform = definitions().reform
    if founder.level == other.level:
        if linked:
            return Differ.ROTATED
        return Differ.REFORMED if day >= reform.merged_since else Differ.OTHER
    since = reform.no_district_police if founder.kind == "police" else reform.no_districts
    return Differ.REFORMED if founder.level == "district" and day >= since else Differ.OTHER


def ended_body(document: Document) -> date | None:
    """The day since which there is no such body any more, of a district or a township; ``None``: there is."""
    body, reform = body_of(document), definitions().reform
    district = body.level == "district" or (body.kind == "party" and body.name.startswith(_DISTRICT_PARTY))
    if body.place.startswith("thi tran "):
        return reform.no_districts
    if not district:
        return None
    return reform.no_district_police if body.kind == "police" else reform.no_districts


_DISTRICT_PARTY = ("huyen uy", "thi uy", "quan uy", "dang bo huyen")


def _one_of(one: Body, other: Body) -> bool:
    """Whether one name has all words of the other, one after the other."""
    shorter, longer = sorted((one.name, other.name), key=len)
    return f" {shorter} " in f" {longer} "
