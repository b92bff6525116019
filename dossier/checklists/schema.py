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

from dossier.checklists.conditions import When
from dossier.checklists.judging import (
    DAYS,
    FILLED,
    PART_ID,
    PLACE,
    RULE,
    Agreed,
    ClockSettings,
    Commended,
    Contents,
    Deadline,
    Early,
    Evidence,
    Floor,
    Issuers,
    OneName,
    Order,
    Ranking,
    Tell,
)
from dossier.model import Severity

TextField = Literal["abstract", "name", "folder", "head", "body", "issuer", "operative"]

_WEIGHT: dict[str, Any] = {"ge": -20, "le": 20}
_SPAN: dict[str, Any] = {"ge": -36500, "le": 36500}


class Per(StrEnum):
    """How often a required document must be there."""

    ONCE = "once"
    YEAR = "year"  # calendar years of activity
    HALF_YEAR = "half-year"  # first halves of calendar years: the six-month report
    EVALUATION_YEAR = "evaluation-year"  # years N that run 01/11/N-1 to 31/10/N, active in
    QUALIFYING_YEAR = "qualifying-year"  # evaluation years in which the model may be ranked
    YEAR_AFTER = "year-after"  # calendar years after the one of the recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """When a part must be there, how often, and how grave its absence is.

    ``min_days``: days of activity within a period below which nothing is asked for it.
    ``grace_days``: days after the period's end (for ``year``: after its start, or after the
    founding) before its absence counts. ``steps`` with ``need``: which of the part's steps are
    asked for, all of them or any one. ``whole``: only periods that were lived from their first day on.
    ``unless``: a fact with which nothing is asked for.
    """

    when: When = When.ALWAYS
    per: Per = Per.ONCE
    severity: Severity = Severity.ERROR
    min_days: int = field(default=0, metadata=DAYS)
    grace_days: int = field(default=0, metadata=DAYS)
    steps: tuple[str, ...] = ()
    need: Literal["all", "any"] = "all"
    whole: bool = False
    unless: Literal["", "open_membership"] = ""
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that speak for (or, with a negative weight, against) a part.

    ``words`` are compared without diacritics, and with them where the text has some; ``*`` between
    words stands for up to ten other words, ``**`` for up to forty, ``####`` for a year, ``|`` parts
    alternatives, and ``!`` before one keeps it from text without diacritics. ``fields`` says where they
    count: the abstract, the file's name, the folders' names, the first lines (``head``), the text (``body``),
    the issuing body, a decision's first article or a proposal's request (``operative``).
    ``weight`` is on a logarithmic scale: 1 makes a place 2.7 times as likely, 3 twenty times.
    """

    words: str = field(metadata=FILLED)
    weight: float = field(default=1.0, metadata=_WEIGHT)
    fields: tuple[TextField, ...] = field(
        default=("abstract", "name", "folder", "head", "operative"), metadata=FILLED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Also(Phrase):
    """A phrase that gives a further placement; ``beside`` are the main parts it may stand beside.

    An empty ``beside`` means any other part.
    """

    beside: tuple[str, ...] = field(default=(), metadata=PART_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One document that a part asks for by itself, such as the public notice of 16c."""

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    title: str
    title_en: str = ""
    citation: str = ""
    types: dict[str, float] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What takes a part's place in a dossier of which a fact is not true."""

    unless: Literal["party_committee", "linked", "fund", "pilot", "committee"]
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

    id: str = field(metadata=PART_ID)
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
    rule: str = field(metadata=RULE)
    clauses: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(metadata=FILLED)


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
    the movement, ``other_aims`` what others found the same kinds of things for, ``sayings`` what is quoted in
    titles without being a name, ``unnamed`` (and ``breaks``) what follows the word for the kind without
    being one. A title with one of ``renames`` that quotes a name of the dossier gives it the others that it
    quotes.
    ``bearers`` are words whose single word of a name is theirs alone ("họ Vi"; every paper of a village names
    it). ``levels`` (of issuing bodies) stand above the dossier: what they write without its name
    counts ``above`` against ``general`` parts.
    So does what those of ``beside`` write whose title speaks of no model at all.
    Papers of ``lists`` name many models, so that its name in their text is enough; titles of ``plain`` parts
    often have no word of the movement, so that one in the text is.
    """

    nouns: str = ""
    marks: str = ""
    other_marks: str = ""
    breaks: str = ""
    tails: str = ""
    never: str = ""
    leaders: str = ""
    committee: str = ""
    words: str = field(metadata=FILLED)
    other_aims: str = ""
    sayings: str = ""
    unnamed: str = ""
    renames: str = ""
    bearers: str = ""
    levels: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    general: tuple[str, ...] = field(default=(), metadata=PART_ID)
    lists: tuple[str, ...] = field(default=(), metadata=PART_ID)
    plain: tuple[str, ...] = field(default=(), metadata=PART_ID)
    above: float = field(default=0.0, metadata=_WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When documents of ``parts`` are dated, in days from the first certain document of ``milestone``.

    ``inside`` counts for the parts where a document's date lies from ``since`` to ``until`` (both
    included; absent: no bound), ``outside`` where it does not. Weights as in :class:`Phrase`.
    """

    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    milestone: str = field(metadata=PLACE)
    since: int | None = field(default=None, metadata=_SPAN)
    until: int | None = field(default=None, metadata=_SPAN)
    inside: float = field(default=0.0, metadata=_WEIGHT)
    outside: float = field(default=0.0, metadata=_WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextWeights:
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
    single: tuple[str, ...] = field(default=(), metadata=PART_ID)
    dates: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checklist:
    """A kind of dossier; each is only itself, so that what is derived from one can be kept.

    ``folder_names`` are folded names of the folders that hold such dossiers; ``called`` is the word that
    its papers put before its name (mô hình “Camera an ninh”).

    ``since``: the day of the guidance; of what was done before it the tool asks only as a reminder.
    ``abbreviations`` are spelt out in the names of files and folders (``MH``: ``mô hình``).
    """

    kind: str = field(metadata={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"})
    title: str
    title_en: str = ""
    folder_names: tuple[str, ...] = ()
    called: str = ""
    threshold: float = field(default=0.6, metadata={"ge": 0, "le": 1})  # below it a placement needs review
    founding_part: str | None = field(
        default=None, metadata=PART_ID
    )  # its document's date is the founding date
    ending_part: str | None = field(default=None, metadata=PART_ID)  # the part, and
    ending_step: str = ""  # the step whose document's date is the date of the end
    proposed_at: tuple[str, ...] = field(default=(), metadata=PART_ID)  # parts that whoever leads issues
    recognised_at: str = ""  # the place whose document's date is the day of the recognition
    plan_part: str | None = field(
        default=None, metadata=PART_ID
    )  # its document's date starts the one-year clock of exemplars
    abbreviations: dict[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = field(metadata={"key": "item", "filled": True})
    other: tuple[Other, ...] = ()
    order: tuple[Order, ...] = ()
    deadlines: tuple[Deadline, ...] = field(default=(), metadata={"key": "deadline"})
    after_end: tuple[str, ...] = field(default=(), metadata=PART_ID)  # parts that go on after the end
    ranking: Ranking | None = None
    floor: Floor | None = None
    about: About | None = None
    circumstances: ContextWeights | None = None
    since: date | None = None
    clock: ClockSettings = field(default_factory=ClockSettings)
    early: tuple[Early, ...] = ()
    issuers: tuple[Issuers, ...] = ()
    contents: tuple[Contents, ...] = ()
    tells: tuple[Tell, ...] = field(default=(), metadata={"key": "tell"})
    one_name: OneName | None = None
    evidence: Evidence | None = None
    agreed: Agreed | None = None
    commended: Commended | None = None

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
