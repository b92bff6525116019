"""Kind, level and place of bodies, from their names. Data: ``[bodies]`` of ``rules.toml``. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from dossier.checklists.rules import definitions
from dossier.compliance.periods import span_of
from dossier.model import Document, Level
from dossier.vietnamese import fold, is_marked, marked_words

_OF_LEVEL = {
    Level.PARTY: "party",
    Level.FRONT: "front",
    Level.ENTERPRISE: "enterprise",
    Level.SCHOOL: "school",
}
# Words without diacritics are ambiguous (quận, quản; tỉnh, tình): they count as a level only after one of
# these words, which end the name of a kind of body.
_BEFORE_PLACE = frozenset(["dan", "an", "uy", "nam", "quoc", "doan"])
_NO_PLACE = frozenset(["hội", "viên", "hoi", "vien"])


@dataclass(frozen=True, slots=True)
class Body:
    """A body. ``kind``: as in the data, empty if unknown; ``level``: ``commune``, ``district``,
    ``province`` or empty; ``name``: the whole name, folded, abbreviations expanded; ``place``: the words
    of the place, beginning with its level (``xa ham thang``)."""

    kind: str
    level: str
    name: str
    place: str


def body_of(document: Document) -> Body:
    """The body that issued the document."""
    header = document.header
    body = named(header.issuing_body)
    kind = body.kind or (_OF_LEVEL.get(header.issuer_level, "") if header.issuer_level else "")
    return body if kind == body.kind else Body(kind, body.level, body.name, body.place)


@lru_cache(maxsize=8192)
def named(given: str) -> Body:
    """Analyse the name of a body."""
    marked = is_marked(given)
    name = _spelt(given) if marked else fold(_spelt(given))
    kind = next(
        (kind for kind, terms in _kinds(marked) if any(_begins(f" {name} ", term) for term in terms)),
        "",
    )
    at, level = _place(name, marked)
    folded = fold(name)
    return Body(kind, level, folded, folded[at:] if level else "")


@lru_cache(maxsize=16384)
def spelt(given: str) -> str:
    """Fold the name of a body and expand its abbreviations."""
    return fold(_spelt(given))


def same_place(one: Body, other: Body) -> bool:
    """Whether both have the same place; one of them may add the places of higher levels."""
    shorter, longer = sorted((one.place.split(), other.place.split()), key=len)
    if longer[: len(shorter)] != shorter:
        return False
    rest = " ".join(longer[len(shorter) :]) + " "
    return rest == " " or any(rest.startswith(f"{fold(word)} ") for word, _level in _levels(marked=False))


def _spelt(given: str) -> str:
    data = definitions().bodies
    full = " ".join(data.spelt.get(word, word) for word in marked_words(given).split())
    for chair in data.chairs:
        full = full.removeprefix(f"{chair} ").removeprefix(f"{fold(chair)} ")
    return full


@lru_cache(maxsize=2)
def _kinds(marked: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (kind.id, kind.words if marked else tuple(map(fold, kind.words)))
        for kind in definitions().bodies.kinds
    )


def _begins(padded: str, term: str) -> bool:
    """Whether a term occurs in a name; one with ``^`` only at its beginning."""
    return padded.startswith(f" {term[1:]} ") if term.startswith("^") else f" {term} " in padded


@lru_cache(maxsize=2)
def _levels(*, marked: bool) -> tuple[tuple[str, str], ...]:
    return tuple(
        (word if marked else fold(word), level)
        for level, terms in definitions().bodies.levels.items()
        for word in terms
    )


def _place(name: str, marked: bool) -> tuple[int, str]:
    """Index at which the first place in a name begins, and its level."""
    padded = f" {name} "
    found = []
    for word, level in _levels(marked=marked):
        at = padded.find(f" {word} ")
        if at < 0 or (padded.endswith(f" {word} ") and " " not in word):
            continue
        before, after = padded[:at].rsplit(" ", 1)[-1], padded[at + len(word) + 2 :].split(" ", 1)[0]
        if before == "tác" or after in _NO_PLACE:  # hợp tác xã, trật tự xã hội
            continue
        if marked or before in _BEFORE_PLACE:
            found.append((at, -len(word), level))
    at, _length, level = min(found, default=(0, 0, ""))
    return at, level


class Differ(Enum):
    """How the issuer of a later document differs from that of an earlier one."""

    OTHER = "other"  # another body, or another kind of body
    REFORMED = "reformed"  # explained by the reorganisation of districts or the merging of communes
    ROTATED = "rotated"  # of the same kind and level: the lead of a linked model changed


def differ(founding: Document, later: Document, *, linked: bool = False) -> Differ | None:
    """Compare the issuers; ``None`` when they are the same or one is unknown."""
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
    """Day since which the issuer, a body of a district or township, no longer exists; ``None``: it does."""
    body, reform = body_of(document), definitions().reform
    district = body.level == "district" or (body.kind == "party" and body.name.startswith(_DISTRICT_PARTY))
    if body.place.startswith("thi tran "):
        return reform.no_districts
    if not district:
        return None
    return reform.no_district_police if body.kind == "police" else reform.no_districts


_DISTRICT_PARTY = ("huyen uy", "thi uy", "quan uy", "dang bo huyen")


def _one_of(one: Body, other: Body) -> bool:
    """Whether one name contains the other as consecutive words."""
    shorter, longer = sorted((one.name, other.name), key=len)
    return f" {shorter} " in f" {longer} "
