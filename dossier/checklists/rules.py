"""``rules.toml``: id, severity, citation, clauses and texts of the rules not defined by a checklist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from dossier.checklists.source import parse_toml, shipped

FIXED = ("MAT-01",)  # required by the law on state secrets: cannot be waived or given another severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Texts common to rules made from a checklist's data."""

    why: str
    why_en: str
    fix: str
    fix_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as its file describes it. ``clauses``: those of ``clauses.toml`` that it checks."""

    id: str = field(metadata={"pattern": r"[A-Z]{2,4}-\d{2}"})
    title: str
    title_en: str
    severity: Literal["error", "warning", "info"]
    citation: str
    clauses: tuple[str, ...] = ()
    what: str
    what_en: str
    why: str
    why_en: str
    fix: str
    fix_en: str
    example: str
    example_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSource:
    """A cited legal text, by the words with which citations begin, and whether it was read in full
    (``public``), as quoted elsewhere (``secondary``), or not at all (``unverified``)."""

    name: str = field(metadata={"filled": True})
    title: str
    flag: Literal["public", "secondary", "unverified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKind:
    """A kind of body, recognised by folded words of its name; the first matching kind wins."""

    id: str
    words: tuple[str, ...] = field(metadata={"filled": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWords:
    """How to analyse names of bodies: abbreviations (``spelt``), ``kinds``, words of places by ``levels``."""

    spelt: dict[str, str]
    chairs: tuple[str, ...]
    kinds: tuple[BodyKind, ...] = field(metadata={"key": "kind", "filled": True})
    levels: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reform:
    """Days from which bodies were merged or abolished (``citation``: the law)."""

    merged_since: date
    no_district_police: date
    no_districts: date
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """Types that bear a number (Nghị định 30/2020/NĐ-CP, Điều 7, and the Party's), types that need no date
    of their own, and types signed elsewhere, by many people, or not at all."""

    numbered: tuple[str, ...]
    undated: tuple[str, ...]
    unsigned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFile:
    """The whole file."""

    completeness: Common
    exemplar: Common
    order: Common
    deadline: Common
    exemplar_deadline: Common
    duty: Common
    sources: tuple[LegalSource, ...] = field(metadata={"key": "source", "filled": True})
    bodies: BodyWords
    reform: Reform
    form: PaperForm
    rules: tuple[Rule, ...] = field(metadata={"key": "rule"})


@lru_cache(maxsize=1)
def definitions() -> RulesFile:
    """The file that ships with the product."""
    return parse_toml(shipped("rules.toml"), "rules.toml", RulesFile)


@lru_cache(maxsize=1)
def by_id() -> dict[str, Rule]:
    """The rules of the file by id."""
    return {rule.id: rule for rule in definitions().rules}


SHIPPED = "clauses.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the guidance: its place and its shortened text; ``unchecked``: why no rule checks it."""

    id: str = field(metadata={"pattern": r"\d{1,3}"})
    place: str
    quote: str
    unchecked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """The whole file."""

    clauses: tuple[Clause, ...] = field(metadata={"key": "clause", "filled": True})


@lru_cache(maxsize=1)
def load_clauses() -> tuple[Clause, ...]:
    """The clauses in the order of the guidance."""
    return parse_toml(shipped(SHIPPED), SHIPPED, Clauses).clauses
