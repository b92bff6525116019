"""The families of rules: each a module with ``RULES``, the ids of its findings, and ``check(case)``.

What a checklist lists by itself (its items, its order in time, its deadlines) needs no rule here: the
checklist is the data. Every other rule of ``rules.toml`` belongs to one family or to :data:`ELSEWHERE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, cast

from dossier.checklists.rules import by_id
from dossier.compliance.case import Case
from dossier.compliance.families import (
    authority,
    contents,
    deadlines,
    declared,
    integrity,
    linked,
    order,
    ranking,
    retention,
)
from dossier.model import Finding


class Family(Protocol):
    """What a module of this package offers."""

    RULES: tuple[str, ...]
    check: Callable[[Case], Iterable[Finding]]


FAMILIES = cast(
    tuple[Family, ...],
    (
        order,
        deadlines,
        ranking,
        authority,
        contents,
        linked,
        retention,
        integrity,
        declared,
    ),
)
ELSEWHERE = ("TV-18",)  # of the archive as a whole: compliance/archive_wide.py


class RegistryError(LookupError):
    """A rule without data, data without a rule, or a rule of two families."""


def verify(families: Iterable[Family], data: Iterable[str]) -> None:
    """Raise :class:`RegistryError` unless each rule of the data is exactly one family's."""
    listed = [rule for family in families for rule in family.RULES] + list(ELSEWHERE)
    twice = sorted({rule for rule in listed if listed.count(rule) > 1})
    without_data, without_rule = sorted(set(listed) - set(data)), sorted(set(data) - set(listed))
    if twice or without_data or without_rule:
        raise RegistryError(
            f"twice: {twice}; rules without data: {without_data}; data without rule: {without_rule}"
        )


def findings(case: Case) -> Iterator[Finding]:
    """What all families find."""
    for family in FAMILIES:
        yield from family.check(case)


verify(FAMILIES, by_id())
