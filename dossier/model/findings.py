"""Findings of rules, their severity, and the verdicts on items and parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

SECRECY = "MAT-01"  # the rule on documents with a stamp of secrecy


class Status(StrEnum):
    """State of an item or part; part of the JSON contract."""

    PRESENT = "present"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    NEEDS_REVIEW = "needs_review"


class Severity(StrEnum):
    """Severity of a finding; an error makes the dossier incomplete."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's decision to accept the findings of ``rule`` (or of ``rule`` and ``part``) for a time.

    ``until`` is the last day on which it holds; ``None``: without end. ``ended_at`` and ``ended_by`` are set
    once it was revoked or superseded.
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

    def holds_on(self, day: date) -> bool:
        """Whether it has not expired by then."""
        return self.until is None or self.until >= day


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation of a rule in a dossier, with its citation and the documents (ids or paths) concerned.

    ``subject`` distinguishes findings of one rule and part: the missing periods or steps, each a gap;
    ``None`` where the documents distinguish them. ``noticed``: the time of an event (a file vanished); only
    waivers made after it apply. ``waiver`` is the waiver that accepts it; ``baseline``: the finding is in the
    archive's baseline.
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
        """Whether it reports a document with a stamp of secrecy."""
        return self.rule == SECRECY

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys that identify the finding from one night to the next, whatever the language: one
        ``rule|part|subject`` for each gap."""
        if self.subject is None:
            return (f"{self.rule}|{self.part}|{' '.join(sorted(self.documents))}",)
        return tuple(f"{self.rule}|{self.part}|{gap}" for gap in self.subject or ("",))


class MaybeSecret(Protocol):
    """A finding or a report on a dossier."""

    @property
    def secret(self) -> bool:
        """Whether it concerns a stamp of secrecy."""


Each = TypeVar("Each", bound=MaybeSecret)


def secret_first(entries: Iterable[Each]) -> tuple[Each, ...]:
    """Sort entries that concern a stamp of secrecy to the front; the order is otherwise kept."""
    return tuple(sorted(entries, key=lambda entry: not entry.secret))


@dataclass(frozen=True, slots=True)
class PartResult:
    """Verdict on one part. ``required`` is true when its absence is an error today; ``later``: nothing is
    required of it today, but will be."""

    part: str
    title: str
    status: Status
    required: bool
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # what exactly: periods or steps, in words
    periods_missing: tuple[str, ...] = ()
    periods_unsure: tuple[str, ...] = ()  # periods for which only a document under review stands
    later: bool = False

    @property
    def lacking(self) -> bool:
        """Whether it is missing in whole or in part."""
        return self.status in (Status.MISSING, Status.PARTIAL)

    @property
    def open(self) -> bool:
        """Whether it is lacking, or waits for review."""
        return self.lacking or self.status is Status.NEEDS_REVIEW


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Verdict on one item, from its parts."""

    item: int
    title: str
    status: Status
    parts: tuple[PartResult, ...]

    @property
    def later(self) -> bool:
        """Whether nothing is required of it today, but will be."""
        return self.status is Status.NOT_APPLICABLE and any(part.later for part in self.parts)

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the parts that are missing in whole or in part (periods, steps)."""
        return tuple(p.part for p in self.parts if p.lacking)

    @property
    def periods_missing(self) -> tuple[str, ...]:
        """Missing periods of all parts, in order, each once."""
        return tuple(sorted({period for p in self.parts for period in p.periods_missing}))


def item_status(parts: Sequence[PartResult]) -> Status:
    """Status of an item: from its parts that lack something, or else the best status of all parts."""
    if any(p.lacking for p in parts):
        asked = [p for p in parts if p.required or p.missing]
        return Status.MISSING if all(p.status is Status.MISSING for p in asked) else Status.PARTIAL
    statuses = {p.status for p in parts}
    for status in (Status.NEEDS_REVIEW, Status.WAIVED, Status.PRESENT):
        if status in statuses:
            return status
    return Status.NOT_APPLICABLE
