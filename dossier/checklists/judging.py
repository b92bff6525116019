"""What a checklist asks beside completeness: order in time, days, ranks, issuers, contents."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One link in the order of time: ``part`` is not dated before the nearest of ``after`` that is there.

    Both are parts, or a part's step: ``16c.decision``. ``same_period``: each period by itself. ``unless``:
    words (parted by ``|``) in the abstract of a document of which the link does not speak. ``announcing``:
    types of papers at ``part`` that only say what is to come, and may be older.
    """

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    after: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    citation: str
    clauses: tuple[str, ...] = ()
    same_period: bool = False
    unless: str = ""
    announcing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Early:
    """Documents of ``part`` that speak of a whole period are not dated before its last day."""

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when a document is due: ``before`` that day (``05/11``) of each period's year, or ``months``
    after the exemplar's plan.

    Days before ``since`` are not judged: the deadline did not exist yet. ``grace_days``: so many days later
    only is it told, where the guidance sets no day of its own.
    ``parts`` are the places, any of which settles it; the first one's requirement says for which periods.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSettings:
    """How the guidance counts: the evaluation year begins on ``year_from``, a model is ranked after
    ``qualifying_months`` by the end of it or, as some read it, by the day before ``ranked_before``; an
    exemplar is assessed within ``plan_months`` of its plan. A school's yearly plan may wait for
    ``school_plan_by``, when its year has begun."""

    year_from: str = field(default="01/11", metadata={"pattern": _DAY_MONTH})
    ranked_before: str = field(default="10/11", metadata={"pattern": _DAY_MONTH})
    qualifying_months: int = field(default=10, metadata={"ge": 0, "le": 120})
    plan_months: int = field(default=12, metadata={"ge": 0, "le": 120})
    school_plan_by: str = field(default="31/10", metadata={"pattern": _DAY_MONTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A rank's slug and the least share of the year's targets, in per cent, that it stands for."""

    id: str
    title: str
    title_en: str = ""
    least: float = field(metadata={"ge": 0, "le": 100})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Where a kind's yearly ranking is found, best rank first.

    ``decision`` is the part that holds the ranking decisions, ``stated`` the parts whose documents
    may state a share of targets reached, in order of trust. ``mended`` are parts whose documents
    show that a model with the last rank was consolidated, ``mending`` words by which any paper does.
    ``timely``: ranks that ask for reports in time, of ``reports``, which go to one of ``copied_to`` too.
    ``visits``, ``nationwide``: words of papers about visiting other models, and about replication in the
    whole country. All words are parted by ``|`` and compared with abstracts or recipients.
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
    """Below ``least`` per cent, as stated in ``parts``, the work is to be ended by ``ending``."""

    parts: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    least: float = field(metadata={"ge": 0, "le": 100})
    ending: str = field(metadata=PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuers:
    """Which kinds of bodies (``rules.toml``, ``[bodies]``) issue the documents of ``part``: one of ``only``,
    none of ``never``; not asked where the fact ``unless`` is false."""

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unless: Literal["", "party_committee"] = ""
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Something of which a text must speak, known by ``words``: alternatives parted by ``|``."""

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    title: str
    title_en: str = ""
    words: str = field(metadata=FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the documents of ``part`` must speak of, all of them together. ``weighty``: ids of what must not
    be missing (empty: all of it); where only other things are, it is told as information."""

    rule: str = field(metadata=RULE)
    part: str = field(metadata=PLACE)
    citation: str
    weighty: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = field(metadata={"key": "ask", "filled": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """A fact that a document of ``parts`` tells by its ``words`` (as in :class:`Ask`), if none of ``but``
    stands in it as well."""

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    fact: Literal["fund", "committee", "open_membership", "pilot", "linked"]
    value: bool = True
    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    words: str = field(metadata=FILLED)
    but: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneName:
    """Documents of ``parts`` name one model throughout."""

    rule: str = field(metadata=RULE)
    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Files that count for ``parts`` without being read, by their ``extensions``, in the item's folder."""

    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    extensions: tuple[str, ...] = field(metadata=FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Linked kinds: papers of ``parts`` whose abstract has one of ``words`` show that the members agreed;
    the first is not after the first of ``before``."""

    rule: str = field(metadata=RULE)
    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    words: str = field(metadata=FILLED)
    before: str = field(metadata=PLACE)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commended:
    """Who was recognised (``recognised``) was commended (``by``) since the plan."""

    rule: str = field(metadata=RULE)
    recognised: str = field(metadata=PLACE)
    by: str = field(metadata=PLACE)
    citation: str


@dataclass(frozen=True)
class RuleSettings:
    """How strictly an archive wants to be judged: ``[rules]`` of ``dossier.toml``.

    ``due_days``: days before its day on which something is told to fall due soon.

    ``grace_days``: days granted beyond those of the checklist before a period's document counts as
    missing. ``severity`` weighs rules by their ids in the archive's own way; ``off`` leaves their
    findings out, which reports say. ``done``: by rule the days on which the unit did what it owes as a
    whole.
    """

    due_days: int = field(default=30, metadata={"ge": 0, "le": 366})
    grace_days: int = field(default=0, metadata={"ge": 0, "le": 366})
    done: dict[str, tuple[date, ...]] = field(default_factory=dict)
    severity: dict[str, Literal["error", "warning", "info", "off"]] = field(default_factory=dict)
