"""``clauses.toml``: the guidance clause by clause, and why a clause cannot be checked from papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from dossier.checklists.source import parse_toml

SHIPPED = "clauses.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause: where it stands and its words, shortened; ``unchecked``: why no rule checks it."""

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
    source = resources.files("dossier.checklists").joinpath(SHIPPED).read_text("utf-8")
    return parse_toml(source, SHIPPED, Clauses).clauses
