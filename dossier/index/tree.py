"""The query tree, which every engine compiles to queries of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Words:
    """Adjacent words (one word, or a phrase), folded; ``exact`` as typed, in lower case.

    ``field`` empty: in any field. ``prefix``: the last word is a prefix.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...] = ()
    field: str = ""
    prefix: bool = False

    def marked(self) -> tuple[str, ...]:
        """The words that may have diacritics: those without digits."""
        return tuple(word for word in self.exact if not _DIGIT.search(word))


@dataclass(frozen=True, slots=True)
class Term:
    """A field with fixed values has exactly this one. Scores ``weight``."""

    field: str
    value: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Dates between two ISO days, both included; ``None`` leaves a side open. Scores ``weight``."""

    first: str | None
    last: str | None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class All:
    """Matches all of ``of``. Documents that also match one of ``boosts`` score higher."""

    of: tuple[Node, ...]
    boosts: tuple[Boost, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Matches at least one of ``of``."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what ``what`` does not match."""

    what: Node


Boost = Words | Term | DateSpan
Node = Words | Term | DateSpan | Everything | All | Either | Not


def leaves(node: Node | None, *, excluded: bool = False) -> list[Words]:
    """The words of the tree, in order; with ``excluded`` also those below :class:`Not`."""
    match node:
        case Words():
            return [node]
        case All(of) | Either(of):
            return [leaf for part in of for leaf in leaves(part, excluded=excluded)]
        case Not(what) if excluded:
            return leaves(what, excluded=True)
        case _:
            return []


def plain_word(node: Node) -> str:
    """The only word of a node that is a word without a field or prefix, or nothing."""
    plain = isinstance(node, Words) and not node.field and not node.prefix and len(node.folded) == 1
    return node.folded[0] if plain and isinstance(node, Words) else ""


def changed(node: Node, way: Callable[[Words], Node]) -> Node:
    """The tree with every leaf of words replaced by what ``way`` makes of it."""
    match node:
        case Words():
            return way(node)
        case All(of, boosts):
            return All(tuple(changed(part, way) for part in of), boosts)
        case Either(of):
            return Either(tuple(changed(part, way) for part in of))
        case Not(what):
            return Not(changed(what, way))
        case _:
            return node


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_PLAIN = re.compile(r"(?:\d{1,2}[/.-])?\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}(?:-\d{1,2})?")


def plain_day(text: str) -> DateSpan | None:
    """Parse a date written without a field name: ``05/03/2023``, ``14-11-2025``, ``11/2025``."""
    return parse_span(text) if _PLAIN.fullmatch(text) else None


def parse_span(text: str) -> DateSpan | None:
    """Parse ``2023``, ``2023-03``, ``05/03/2023``, ``2022-01..2023-06``, ``..2020``; else ``None``."""
    first, dots, last = text.partition("..")
    low, high = _bounds(first), _bounds(last if dots else first)
    if (low is None and first.strip()) or (high is None and dots and last.strip()):
        return None
    if low is None and high is None:
        return None
    return DateSpan(low[0] if low else None, high[1] if high else None)


def of_numbers(year: str, month: str = "", day: str = "") -> DateSpan | None:
    """The span of a day, month or year given by numbers."""
    return parse_span("-".join(filter(None, (year, month, day))))


def _bounds(text: str) -> tuple[str, str] | None:
    """First and last ISO day of a year, month or day, which also cover partial dates within it."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, d, m, y = match.groups()
    if y:
        year, month, day = y, m, d
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    start = f"{year}-{int(month or 0):02d}-{int(day or 0):02d}"  # zeros include partial dates
    return start, f"{year}-{int(month or 12):02d}-{int(day or 31):02d}"
