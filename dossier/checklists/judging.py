"""Requirements of a checklist beside completeness: order, deadlines, ranking, issuers, contents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dossier.model import Severity

PART_ID: dict[str, Any] = {"pattern": r"\d{1,2}[a-z]?"}
FILLED: dict[str, Any] = {"filled": True}
DAYS: dict[str, Any] = {"ge": 0, "le": 366}
PLACE: dict[str, Any] = {"pattern": r"\d{1,2}[a-z]?(\.[a-z]+(-[a-z]+)*)?"}
RULE: dict[str, Any] = {"pattern": r"[A-Z]{2,4}-\d{2}"}
_FILLED_PLACES: dict[str, Any] = PLACE | FILLED
_DAY_MONTH = r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])"


def part_of(place: str) -> str:
    """The part of a place: ``16c`` of ``16c`` and of its step ``16c.decision``."""
    return place.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One link of the process order: ``part`` must not be dated before the nearest existing one of ``after``,
    nor before those of them that it rests on, however many stand between: ``rests_on``.

    Both are parts, or steps of parts: ``16c.decision``. ``same_period``: compare within each period.
    ``unless``: the link ignores documents with one of these words (separated by ``|``) in the abstract.
    ``announcing``: types of documents at ``part`` that only announce it, and may be older.
    """

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    after: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    citation: str
    rests_on: tuple[str, ...] = field(default=(), metadata=PLACE)
    clauses: tuple[str, ...] = ()
    same_period: bool = False
    unless: str = ""
    announcing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Early:
    """Documents of ``part`` that report on a whole period must not be dated before its last day."""

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline: ``before`` that day (``05/11``) of each period's year, or ``months``
    after the exemplar's plan.

    Days before ``since`` are not checked: the deadline did not exist yet. ``grace_days``: reported only so
    many days later, for deadlines without a day in the guidance.
    A document at any of ``parts`` fulfils it; the requirement of the first one determines the periods.
    """

    rule: str = field(metadata=RULE)
    title: str
    title_en: str = ""
    citation: str
    parts: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    before: str = field(default="", metadata={"pattern": _DAY_MONTH})
    months: int = field(default=0, metadata={"ge": 0, "le": 120})
    since: date | None = None
    grace_days: int = field(default=0, metadata=DAYS)
    severity: Severity = Severity.WARNING
    clauses: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """The part that determines the periods."""
        return part_of(self.parts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSettings:
    """How the guidance counts: the evaluation year begins on ``year_from``; a model is ranked after
    ``qualifying_months`` at the end of it or, in another reading, by the day before ``ranked_before``; an
    exemplar is assessed within ``plan_months`` of its plan. A school's yearly plan is due by
    ``school_plan_by``, after the beginning of the school year."""

    year_from: str = field(default="01/11", metadata={"pattern": _DAY_MONTH})
    ranked_before: str = field(default="10/11", metadata={"pattern": _DAY_MONTH})
    qualifying_months: int = field(default=10, metadata={"ge": 0, "le": 120})
    plan_months: int = field(default=12, metadata={"ge": 0, "le": 120})
    school_plan_by: str = field(default="31/10", metadata={"pattern": _DAY_MONTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A rank: its slug and the minimal share of the year's targets, in per cent."""

    id: str
    title: str
    title_en: str = ""
    least: float = field(metadata={"ge": 0, "le": 100})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The yearly ranking of a kind, best rank first.

    ``decision`` is the part of the ranking decisions, ``stated`` the parts whose documents
    may state the share of targets reached, in order of trust. Documents in the parts ``mended``, or with one
    of the words ``mending``, show that a model with the lowest rank was consolidated.
    ``timely``: ranks that require timely documents in ``reports``, with one of ``copied_to`` as recipient.
    ``visits``, ``nationwide``: words of documents on visits to other models, and on replication in the
    whole country. Words are separated by ``|`` and compared with abstracts or recipients.
    """

    decision: str = field(metadata=PART_ID)
    stated: tuple[str, ...] = field(default=(), metadata=PART_ID)
    replication: str = ""
    mended: tuple[str, ...] = field(default=(), metadata=PART_ID)
    mending: str = ""
    timely: tuple[str, ...] = ()
    reports: tuple[str, ...] = field(default=(), metadata=PART_ID)
    copied_to: str = ""
    visits: str = ""
    nationwide: str = ""
    ranks: tuple[Rank, ...] = field(metadata={"key": "rank", "filled": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Below ``least`` per cent, as stated in documents of ``parts``, a document at ``ending`` is required."""

    parts: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    least: float = field(metadata={"ge": 0, "le": 100})
    ending: str = field(metadata=PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuers:
    """Kinds of bodies (``rules.toml``, ``[bodies]``) that may issue documents of ``part``: one of ``only``,
    none of ``never``; ``asked``: competent for some such documents only, so a person is asked. Not checked
    if the fact ``unless`` is false."""

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unless: Literal["", "party_committee"] = ""
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDemand:
    """A subject that a text must cover, recognised by ``words``: alternatives separated by ``|``."""

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    title: str
    title_en: str = ""
    words: str = field(metadata=FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Subjects that the documents of ``part`` must cover together. ``weighty``: ids of the essential ones
    (empty: all); if only others are missing, the finding is information."""

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    citation: str
    weighty: tuple[str, ...] = ()
    asks: tuple[ContentDemand, ...] = field(metadata={"key": "ask", "filled": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """A fact inferred from a document of ``parts`` that has one of ``words`` (as in
    :class:`ContentDemand`) and none of ``but``."""

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    fact: Literal["fund", "committee", "open_membership", "pilot", "linked"]
    value: bool = True
    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    words: str = field(metadata=FILLED)
    but: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneName:
    """Documents of ``parts`` must name the same model."""

    rule: str = field(metadata=RULE)
    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Files with ``extensions`` in an item's folder that count for ``parts`` without being read."""

    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    extensions: tuple[str, ...] = field(metadata=FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """For linked models: documents of ``parts`` whose abstract has one of ``words`` show the members'
    agreement, which must not be dated after the first document of ``before``."""

    rule: str = field(metadata=RULE)
    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    words: str = field(metadata=FILLED)
    before: str = field(metadata=PLACE)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commended:
    """A document at ``recognised`` requires a commendation at ``by`` since the plan."""

    rule: str = field(metadata=RULE)
    recognised: str = field(metadata=PLACE)
    by: str = field(metadata=PLACE)
    citation: str


@dataclass(frozen=True)
class RuleSettings:
    """An archive's settings for rules: ``[rules]`` of ``dossier.toml``.

    ``due_days``: a duty is due soon so many days before its deadline.

    ``grace_days``: added to those of the checklist before a periodic document counts as
    missing. ``severity``: the archive's own severities by rule id; ``off`` drops a rule's
    findings, and reports say so. ``done``: by rule, the days on which the unit fulfilled its own
    duties.
    """

    due_days: int = field(default=30, metadata={"ge": 0, "le": 366})
    grace_days: int = field(default=0, metadata={"ge": 0, "le": 366})
    done: dict[str, tuple[date, ...]] = field(default_factory=dict)
    severity: dict[str, Literal["error", "warning", "info", "off"]] = field(default_factory=dict)
