"""What rules find, how grave it is, and what is asked of parts and items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

SECRECY = "MAT-01"  # the rule on papers that bear a stamp of secrecy


class Status(StrEnum):
    """State of an item or part; part of the JSON contract."""

    PRESENT = "present"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    NEEDS_REVIEW = "needs_review"


class Severity(StrEnum):
    """How much a finding matters: an error makes a dossier incomplete."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's decision to live with a finding of ``rule`` (or ``rule`` and ``part``) for a time.

    ``until`` is the last day on which it holds; ``None`` means without end. ``ended_at``, ``ended_by``: it
    was taken back, or another took its place.
    """

    dossier: str
    rule: str
    reason: str
    author: str
    made_at: datetime
    part: str = ""
    until: date | None = None
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a dossier, with the citation and the documents (ids or paths).

    ``subject`` tells findings of one rule and part apart: the periods or steps that are missing, each
    a gap of its own; ``None`` where the documents do. ``noticed``: what happened at that moment; only a
    waiver made later speaks of it. ``waiver`` is the decision to live with it, ``baseline`` says that it
    was there when the archive's baseline was drawn.
    """

    rule: str
    severity: Severity
    message: str
    citation: str
    part: str = ""
    documents: tuple[str, ...] = ()
    subject: tuple[str, ...] | None = None
    noticed: datetime | None = None
    waiver: Waiver | None = None
    baseline: bool = False

    @property
    def secret(self) -> bool:
        """Whether it is of a paper that bears a stamp of secrecy."""
        return self.rule == SECRECY

    @property
    def keys(self) -> tuple[str, ...]:
        """By what this finding is known from night to night, in every language: one key
        ``rule|part|subject`` for each gap it tells of."""
        if self.subject is None:
            return (f"{self.rule}|{self.part}|{' '.join(sorted(self.documents))}",)
        return tuple(f"{self.rule}|{self.part}|{gap}" for gap in self.subject or ("",))


class MaybeSecret(Protocol):
    """A finding, or a dossier that holds some."""

    @property
    def secret(self) -> bool:
        """Whether a stamp of secrecy was found."""


Each = TypeVar("Each", bound=MaybeSecret)


def secret_first(told: Iterable[Each]) -> tuple[Each, ...]:
    """Whatever tells of a paper with a stamp of secrecy, then the others; each group in its order."""
    return tuple(sorted(told, key=lambda each: not each.secret))


@dataclass(frozen=True, slots=True)
class PartResult:
    """Verdict on one part. ``required`` is true when its absence is an error today."""

    part: str
    title: str
    status: Status
    required: bool
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # what exactly: periods or steps, in words
    periods_missing: tuple[str, ...] = ()
    periods_unsure: tuple[str, ...] = ()  # periods for which only a document under review stands


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Verdict on one item, from its parts."""

    item: int
    title: str
    status: Status
    parts: tuple[PartResult, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the parts that are missing in whole or in part (periods, steps)."""
        return tuple(p.part for p in self.parts if p.status in (Status.MISSING, Status.PARTIAL))

    @property
    def periods_missing(self) -> tuple[str, ...]:
        """Missing periods of all parts, in order, each once."""
        return tuple(sorted({period for p in self.parts for period in p.periods_missing}))


def is_complete(items: Iterable[ItemResult]) -> bool:
    """Whether nothing that is required is missing, partly missing, or waiting for review."""
    lacking = (Status.MISSING, Status.PARTIAL, Status.NEEDS_REVIEW)
    return not any(part.required and part.status in lacking for item in items for part in item.parts)


def item_status(parts: Sequence[PartResult]) -> Status:
    """From the parts on which something is asked, or else from what is there."""
    lacking = [p for p in parts if p.status in (Status.MISSING, Status.PARTIAL)]
    if lacking:
        asked = [p for p in parts if p.required or p.missing]
        return Status.MISSING if all(p.status is Status.MISSING for p in asked) else Status.PARTIAL
    statuses = {p.status for p in parts}
    for status in (Status.NEEDS_REVIEW, Status.WAIVED, Status.PRESENT):
        if status in statuses:
            return status
    return Status.NOT_APPLICABLE
