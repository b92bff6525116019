"""The form of a checklist: what a kind of dossier must hold, as data.

One TOML file per kind. The keys are the attributes below (``items`` is the key ``item``), checked
by :mod:`dossier.checklists.build`; ``docs/checklists.md`` explains them to
the people who write their own. Source of the two that ship: Hướng dẫn 22/HD-BCA-V05, V.1 and V.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from dossier.model import Severity

TextField = Literal["abstract", "name", "folder", "head", "body", "issuer", "operative"]

_PART_ID: dict[str, Any] = {"pattern": r"\d{1,2}[a-z]?"}
_FILLED: dict[str, Any] = {"filled": True}
_DAYS: dict[str, Any] = {"ge": 0, "le": 366}
_WEIGHT: dict[str, Any] = {"ge": -20, "le": 20}
_SPAN: dict[str, Any] = {"ge": -36500, "le": 36500}
_PLACE: dict[str, Any] = {"pattern": r"\d{1,2}[a-z]?(\.[a-z]+(-[a-z]+)*)?"}
_FILLED_PLACES: dict[str, Any] = _PLACE | _FILLED
_RULE: dict[str, Any] = {"pattern": r"[A-Z]{2,4}-\d{2}"}
_DAY_MONTH = r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])"


class When(StrEnum):
    """Condition under which a requirement applies."""

    ALWAYS = "always"
    FOUNDED = "founded"  # the model has been founded
    LINKED = "linked"
    FUND = "fund"
    PILOT = "pilot"
    ENDED = "ended"
    AFTER_FIRST_EVALUATION = "after_first_evaluation"  # first qualifying evaluation year has closed
    AFTER_FIRST_FULL_YEAR = "after_first_full_year"  # first full evaluation year has closed
    EVALUATION_DUE = "evaluation_due"  # exemplars: one year from the plan's date has passed


class Per(StrEnum):
    """How often a required document must be there."""

    ONCE = "once"
    YEAR = "year"  # calendar years of activity
    HALF_YEAR = "half-year"  # first halves of calendar years: the six-month report
    EVALUATION_YEAR = "evaluation-year"  # years N that run 01/11/N-1 to 31/10/N, active in
    QUALIFYING_YEAR = "qualifying-year"  # evaluation years in which the model may be ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """When a part must be there, how often, and how grave its absence is.

    ``min_days``: days of activity within a period below which nothing is asked for it.
    ``grace_days``: days after the period's end (for ``year``: after its start, or after the
    founding) before its absence counts. ``steps`` with ``need``: which of the part's steps are
    asked for, all of them or any one.
    """

    when: When = When.ALWAYS
    per: Per = Per.ONCE
    severity: Severity = Severity.ERROR
    min_days: int = field(default=0, metadata=_DAYS)
    grace_days: int = field(default=0, metadata=_DAYS)
    steps: tuple[str, ...] = ()
    need: Literal["all", "any"] = "all"
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that speak for (or, with a negative weight, against) a part.

    ``words`` are compared without diacritics, and with them where the text has some; ``*`` between
    words stands for up to ten other words, ``####`` for a year, ``|`` parts alternatives, and ``!``
    before one keeps it from text without diacritics. ``fields`` says where they count: the
    abstract, the file's name, the folders' names, the first lines (``head``), the text (``body``),
    the issuing body, a decision's first article or a proposal's request (``operative``).
    ``weight`` is on a logarithmic scale: 1 makes a place 2.7 times as likely, 3 twenty times.
    """

    words: str = field(metadata=_FILLED)
    weight: float = field(default=1.0, metadata=_WEIGHT)
    fields: tuple[TextField, ...] = field(
        default=("abstract", "name", "folder", "head", "operative"), metadata=_FILLED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Also(Phrase):
    """A phrase that gives a further placement; ``beside`` are the main parts it may stand beside.

    An empty ``beside`` means any other part.
    """

    beside: tuple[str, ...] = field(default=(), metadata=_PART_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One document that a part asks for by itself, such as the public notice of 16c."""

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    title: str
    title_en: str = ""
    types: dict[str, float] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What takes a part's place in a dossier of which a fact is not true."""

    unless: Literal["party_committee", "linked", "fund", "pilot"]
    title: str
    title_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an item, how it is required and how its documents are recognised.

    ``types`` are slugs of document types with their weight (see :class:`Phrase`); when any are
    given, a document of another type is less likely here. ``also`` are phrases that give this part
    as a further placement to a document whose main placement is another part of the kind
    (one decision that founds the model and names its committee). ``months`` are those in which its
    documents are usually signed. ``otherwise`` names what is asked for instead where a fact is not
    true (the head's directive where there is no Party committee). ``period`` is the kind of period its
    documents are labelled with.
    """

    id: str = field(metadata=_PART_ID)
    title: str
    title_en: str = ""
    otherwise: Otherwise | None = None
    requirements: tuple[Requirement, ...] = ()
    steps: tuple[Step, ...] = ()
    types: dict[str, float] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    also: tuple[Also, ...] = ()
    months: tuple[int, ...] = ()
    period: Literal["", "year", "half-year", "evaluation-year"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered entry of the list; ``rule`` is the id of its completeness rule (``MH-06``)."""

    number: int = field(metadata={"ge": 1, "le": 99})
    title: str
    title_en: str = ""
    short: str = ""  # a few words for the head of a matrix column
    citation: str
    rule: str = field(metadata=_RULE)
    parts: tuple[Part, ...] = field(metadata=_FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Documents that lie in dossiers but belong to no item, such as price quotations.

    ``unless``: words (as in :class:`Phrase`) of which nearly every document of the kind has one
    somewhere; where a text has none of them, ``absence`` counts against every place, and half of it
    for belonging to no item.
    """

    title: str
    title_en: str = ""
    types: dict[str, float] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    unless: str = ""
    absence: float = field(default=3.5, metadata={"ge": 0, "le": 20})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What tells a paper of a dossier of this kind from papers about others. Words parted by ``|``.

    A name of the kind is one of ``nouns``, up to six words none of which is of ``breaks``, and one of
    ``marks`` not followed by one of ``other_marks`` (then ``tails``); names that begin with ``never`` are
    nobody's. It is read as the word for the kind, and ``leaders`` as ``committee``. ``words`` are those of
    the movement, ``sayings`` what is quoted in titles without being a name. ``levels`` (of issuing bodies)
    stand above the dossier: what they write without its name counts ``above`` against ``general`` parts.
    """

    nouns: str = ""
    marks: str = ""
    other_marks: str = ""
    breaks: str = ""
    tails: str = ""
    never: str = ""
    leaders: str = ""
    committee: str = ""
    words: str = field(metadata=_FILLED)
    sayings: str = ""
    levels: tuple[str, ...] = ()
    general: tuple[str, ...] = field(default=(), metadata=_PART_ID)
    above: float = field(default=0.0, metadata=_WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When documents of ``parts`` are dated, in days from the first certain document of ``milestone``.

    ``inside`` counts for the parts where a document's date lies from ``since`` to ``until`` (both
    included; absent: no bound), ``outside`` where it does not. Weights as in :class:`Phrase`.
    """

    parts: tuple[str, ...] = field(metadata=_PART_ID | _FILLED)
    milestone: str = field(metadata=_PLACE)
    since: int | None = field(default=None, metadata=_SPAN)
    until: int | None = field(default=None, metadata=_SPAN)
    inside: float = field(default=0.0, metadata=_WEIGHT)
    outside: float = field(default=0.0, metadata=_WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a dossier's certain documents say about its doubtful ones. Weights as in :class:`Phrase`.

    ``certain``: the confidence from which on a document speaks for others and is not spoken about;
    nothing that circumstances settle reaches it. ``most``: what all of them together weigh at most,
    for or against a place. ``between``: the documents before and after it, in one file or in the
    numbering of names, are of items between which the place lies; ``astray``: it does not lie there.
    ``folder``: everything certain beside it, in a folder below the dossier, is of the place's item.
    ``taken``: a part of ``single``, which holds one document (of a period), has its document. ``cited``:
    as the founding decision, the one that most papers of the dossier cite, and against any other.
    """

    certain: float = field(default=0.9, metadata={"ge": 0, "le": 1})
    most: float = field(default=3.0, metadata={"ge": 0, "le": 20})
    between: float = field(default=0.0, metadata=_WEIGHT)
    astray: float = field(default=0.0, metadata=_WEIGHT)
    folder: float = field(default=0.0, metadata=_WEIGHT)
    taken: float = field(default=0.0, metadata=_WEIGHT)
    cited: float = field(default=0.0, metadata=_WEIGHT)
    single: tuple[str, ...] = field(default=(), metadata=_PART_ID)
    dates: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One link in the order of time: ``part`` is not dated before the nearest of ``after`` that is there.

    Both are parts, or a part's step: ``16c.decision``.
    """

    rule: str = field(metadata=_RULE)
    part: str = field(metadata=_PLACE)
    after: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when a document is due: ``before`` that day (``05/11``) of each period's year, or ``months``
    after the exemplar's plan.

    Days before ``since`` are not judged: the deadline did not exist yet.
    ``parts`` are the places, any of which settles it; the first one's requirement says for which periods.
    """

    rule: str = field(metadata=_RULE)
    title: str
    title_en: str = ""
    citation: str
    parts: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    before: str = field(default="", metadata={"pattern": _DAY_MONTH})
    months: int = field(default=0, metadata={"ge": 0, "le": 120})
    since: date | None = None


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
    show that a model with the last rank was consolidated.
    """

    decision: str = field(metadata=_PART_ID)
    stated: tuple[str, ...] = field(default=(), metadata=_PART_ID)
    replication: str = ""
    mended: tuple[str, ...] = field(default=(), metadata=_PART_ID)
    ranks: tuple[Rank, ...] = field(metadata={"key": "rank", "filled": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Below ``least`` per cent, as stated in ``parts``, the work is to be ended by ``ending``."""

    parts: tuple[str, ...] = field(metadata=_FILLED_PLACES)
    least: float = field(metadata={"ge": 0, "le": 100})
    ending: str = field(metadata=_PLACE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checklist:
    """A kind of dossier; each is only itself, so that what is derived from one can be kept.

    ``folder_names`` are folded names of the folders that hold such dossiers; ``called`` is the word that
    its papers put before its name (mô hình “Camera an ninh”).

    ``abbreviations`` are spelt out in the names of files and folders (``MH``: ``mô hình``).
    """

    kind: str = field(metadata={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"})
    title: str
    title_en: str = ""
    folder_names: tuple[str, ...] = ()
    called: str = ""
    threshold: float = field(default=0.6, metadata={"ge": 0, "le": 1})  # below it a placement needs review
    founding_part: str | None = field(
        default=None, metadata=_PART_ID
    )  # its document's date is the founding date
    ending_part: str | None = field(default=None, metadata=_PART_ID)  # the part, and
    ending_step: str = ""  # the step whose document's date is the date of the end
    plan_part: str | None = field(
        default=None, metadata=_PART_ID
    )  # its document's date starts the one-year clock of exemplars
    abbreviations: dict[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = field(metadata={"key": "item", "filled": True})
    other: tuple[Other, ...] = ()
    order: tuple[Order, ...] = ()
    deadlines: tuple[Deadline, ...] = field(default=(), metadata={"key": "deadline"})
    after_end: tuple[str, ...] = field(default=(), metadata=_PART_ID)  # parts that go on after the end
    ranking: Ranking | None = None
    floor: Floor | None = None
    about: About | None = None
    circumstances: Circumstances | None = None

    def part(self, part_id: str) -> Part:
        """The part of that id. Raises ``KeyError`` when there is none."""
        for item in self.items:
            for part in item.parts:
                if part.id == part_id:
                    return part
        raise KeyError(part_id)

    def item_of(self, part_id: str) -> Item:
        """The item that holds the part. Raises ``KeyError`` when there is none."""
        for item in self.items:
            if any(part.id == part_id for part in item.parts):
                return item
        raise KeyError(part_id)
