"""A query as a small tree that every engine compiles the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words next to each other (one word, or a phrase), folded; ``exact`` as typed, in lower case.

    ``field`` empty: anywhere. ``prefix``: the last word may go on.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...] = ()
    field: str = ""
    prefix: bool = False

    def marked(self) -> tuple[str, ...]:
        """The words that diacritics could tell from others: a digit has none."""
        return tuple(word for word in self.exact if not _DIGIT.search(word))


@dataclass(frozen=True, slots=True)
class Term:
    """A field that holds one of a list of values has exactly this one. Scores ``weight``."""

    field: str
    value: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """Dates between two ISO days, both included; ``None`` leaves a side open. Scores ``weight``."""

    first: str | None
    last: str | None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these. Documents that have one of ``lifts`` too stand higher; no other comes in by it."""

    of: tuple[Node, ...]
    lifts: tuple[Lift, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    what: Node


Lift = Words | Term | Span
Node = Words | Term | Span | Everything | All | Either | Not


def leaves(node: Node | None, *, excluded: bool = False) -> list[Words]:
    """The words that a document is found by, in order; with ``excluded`` also those it must not have."""
    match node:
        case Words():
            return [node]
        case All(of) | Either(of):
            return [leaf for part in of for leaf in leaves(part, excluded=excluded)]
        case Not(what) if excluded:
            return leaves(what, excluded=True)
        case _:
            return []
