"""Rule families: each is a module with ``RULES``, the ids of its findings, and ``check(case)``.

Items, order and deadlines are described by the checklist itself and need no rule here. Every other rule of
``rules.toml`` belongs to exactly one family or to :data:`ELSEWHERE`.
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
    """The interface of a module of this package."""

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
ELSEWHERE = ("TV-18",)  # on the archive as a whole: compliance/archive_wide.py


class RegistryError(LookupError):
    """A rule without data, data without a rule, or a rule in two families."""


def verify(families: Iterable[Family], data: Iterable[str]) -> None:
    """Raise :class:`RegistryError` unless each rule of the data belongs to exactly one family."""
    listed = [rule for family in families for rule in family.RULES] + list(ELSEWHERE)
    twice = sorted({rule for rule in listed if listed.count(rule) > 1})
    without_data, without_rule = sorted(set(listed) - set(data)), sorted(set(data) - set(listed))
    if twice or without_data or without_rule:
        raise RegistryError(
            f"twice: {twice}; rules without data: {without_data}; data without rule: {without_rule}"
        )


def findings(case: Case) -> Iterator[Finding]:
    """Yield the findings of all families."""
    for family in FAMILIES:
        yield from family.check(case)


verify(FAMILIES, by_id())
