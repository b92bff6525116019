"""The data of ``rules.toml``: texts, severity and citation of every rule that is no checklist's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Literal

from dossier.checklists.source import parse_toml
from dossier.model import Finding, Severity

FIXED = ("MAT-01",)  # what the law on state secrets asks for is nobody's to weigh or to accept


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What rules made from a checklist's data have in common."""

    why: str
    why_en: str
    fix: str
    fix_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as its file describes it."""

    id: str = field(metadata={"pattern": r"[A-Z]{2,4}-\d{2}"})
    title: str
    title_en: str
    severity: Literal["error", "warning", "info"]
    citation: str
    what: str
    what_en: str
    why: str
    why_en: str
    fix: str
    fix_en: str
    example: str
    example_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFile:
    """The whole file."""

    completeness: Common
    order: Common
    deadline: Common
    duty: Common
    rules: tuple[Rule, ...] = field(metadata={"key": "rule"})


@lru_cache(maxsize=1)
def definitions() -> RulesFile:
    """The file that ships with the product."""
    source = resources.files("dossier.compliance").joinpath("rules.toml").read_text("utf-8")
    return parse_toml(source, "rules.toml", RulesFile)


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in definitions().rules}


def found(
    rule: str, message: str, documents: Iterable[str] = (), *, part: str = "", mild: bool = False
) -> Finding:
    """A finding of the rule, severity and citation from its data; ``mild``: only as information."""
    known = _by_id()[rule]
    severity = Severity.INFO if mild else Severity(known.severity)
    return Finding(rule, severity, message, known.citation, part, tuple(documents))
