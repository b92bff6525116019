"""The schema of a checklist: the requirements of a kind of dossier, as data.

One TOML file per kind. The keys are the attributes below (``items`` is the key ``item``), checked
by :mod:`dossier.checklists.build`; ``docs/checklists.md`` explains them for
people who write their own. Source of the two that ship: Hướng dẫn 22/HD-BCA-V05, V.1 and V.2.
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
    """How often a document is required."""

    ONCE = "once"
    YEAR = "year"  # calendar years of activity
    HALF_YEAR = "half-year"  # first halves of calendar years: the six-month report
    EVALUATION_YEAR = "evaluation-year"  # years N that run 01/11/N-1 to 31/10/N, active in
    QUALIFYING_YEAR = "qualifying-year"  # evaluation years in which the model may be ranked
    YEAR_AFTER = "year-after"  # calendar years after the one of the recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """When and how often a part is required, and the severity of its absence.

    ``min_days``: minimal days of activity within a period for which it is required.
    ``grace_days``: days after the period's end (for ``year``: after its start, or after the
    founding) before its absence counts. ``steps`` with ``need``: which of the part's steps are
    required, all of them or any one. ``whole``: only periods with activity from the first day on.
    ``unless``: a fact that lifts the requirement.
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
    """Words that support a part (or, with a negative weight, contradict it).

    ``words`` are compared without diacritics if the text has none, else with them; ``*`` between
    words matches up to ten other words, ``**`` up to forty, ``####`` a year; ``|`` separates
    alternatives, and ``!`` before one excludes text without diacritics. ``fields`` are the texts
    searched: the abstract, the file's name, the folders' names, the first lines (``head``), the text
    (``body``), the issuing body, a decision's first article or a proposal's request (``operative``).
    ``weight`` is a natural logarithm: 1 makes a part 2.7 times as likely, 3 twenty times.
    """

    words: str = field(metadata=FILLED)
    weight: float = field(default=1.0, metadata=_WEIGHT)
    fields: tuple[TextField, ...] = field(
        default=("abstract", "name", "folder", "head", "operative"), metadata=FILLED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Also(Phrase):
    """A phrase that adds a further placement; ``beside`` are the main parts it may be added to.

    An empty ``beside`` means any other part.
    """

    beside: tuple[str, ...] = field(default=(), metadata=PART_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of several documents that a part requires, such as the public notice of 16c.

    ``sent``: another step whose document is this one too where it was sent to whom it is about.
    """

    id: str = field(metadata={"pattern": r"[a-z]+(-[a-z]+)*"})
    title: str
    title_en: str = ""
    citation: str = ""
    sent: str = ""
    types: dict[str, float] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """The title of a part in dossiers for which the fact ``unless`` is false."""

    unless: Literal["party_committee", "linked", "fund", "pilot", "committee"]
    title: str
    title_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an item: its requirements, and how its documents are recognised.

    ``types`` are slugs of document types with their weight (see :class:`Phrase`); if there are any,
    documents of other types are less likely. ``also`` are phrases that add this part
    as a further placement to a document whose main placement is another part
    (one decision that founds the model and appoints its committee). ``months``: when its
    documents are usually signed. ``otherwise``: what is required instead if a fact is
    false (the head's directive where there is no Party committee). ``period``: the kind of period in its
    documents' placements.
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
    """Documents found in dossiers that belong to no item, such as price quotations.

    ``unless``: words (as in :class:`Phrase`) of which nearly every document of a dossier has one
    somewhere; for a text with none of them, ``absence`` counts against every part, and half of it
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
    """How to distinguish documents of a dossier of this kind from documents about something else.

    All words are separated by ``|``. A name of the kind has one of ``nouns``, up to six words none of
    which is in ``breaks``, and one of ``marks`` not followed by one of ``other_marks`` (then ``tails``);
    names that begin with one of ``never`` do not count. A name is read as the word for the kind, and
    ``leaders`` as ``committee``, likewise one of ``leader_heads`` with ``leader_tasks`` before the word
    for the kind ("tổ nòng cốt điều hành mô hình"). ``words``: words of the movement; ``other_aims``:
    purposes for which others found similar groups; ``sayings``: quotations in titles that are no names;
    ``campaigns``: words before a quotation that is the name of something else ("phong trào thi đua");
    ``unnamed`` (and ``breaks``): words that follow the word for the kind without being a name. A title
    with one of ``renames`` that quotes a name of the dossier adds the other names it quotes. A title in
    which one of ``merges`` takes the dossier's own name, perhaps with others after ``merged_with``, ``into``
    another or one that it ``becomes`` has ``ending`` added; where the dossier's is what others become it is
    read as ``beginning``, where it is what others go into as ``joining``. ``bearers``: words after which a
    single word is a distinctive name ("họ Vi"; a village is named in every document);
    ``creations``: nouns of what such a dossier creates, so that the noun with the first words of a name
    stands for it ("tổ tàu thuyền"). ``founds``: words after which a number counts what was founded ("thành
    lập 04 tổ"). ``lacking``: what a short note says of a paper that is not there. ``work``: words after which
    a title gives a field of work ("công tác thanh tra"). ``levels``: issuing bodies
    above the dossier, whose documents without its name have ``above`` counted against ``general`` parts;
    likewise documents of bodies in ``beside`` whose title mentions no model. For the parts ``lists``, whose
    documents name many models, the name in the text is sufficient; for the parts ``plain``, whose titles
    often lack words of the movement, one in the text is.
    """

    nouns: str = ""
    marks: str = ""
    other_marks: str = ""
    breaks: str = ""
    tails: str = ""
    never: str = ""
    leaders: str = ""
    leader_heads: str = ""
    leader_tasks: str = ""
    committee: str = ""
    words: str = field(metadata=FILLED)
    other_aims: str = ""
    sayings: str = ""
    campaigns: str = ""
    unnamed: str = ""
    renames: str = ""
    merges: str = ""
    into: str = ""
    becomes: str = ""
    merged_with: str = ""
    ending: str = ""
    beginning: str = ""
    joining: str = ""
    bearers: str = ""
    creations: str = ""
    founds: str = ""
    lacking: str = ""
    work: str = ""
    levels: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    general: tuple[str, ...] = field(default=(), metadata=PART_ID)
    lists: tuple[str, ...] = field(default=(), metadata=PART_ID)
    plain: tuple[str, ...] = field(default=(), metadata=PART_ID)
    above: float = field(default=0.0, metadata=_WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """How a title that names several things is taken apart. Words parted by ``|``.

    Things are parted by commas and ``joins``, but not what stands after one of ``lists``; what follows one of
    ``ends`` is what a thing is done for, and so is what follows a comma and begins with one of ``goals``; a
    piece that begins with one of ``asides`` is only looked ahead to.
    After one of ``purposes`` comes what the paper is for, which does not tell what it is. The further
    articles of a decision placed in one of the parts ``articles`` are read as titles of other such parts of
    its item, but not those with one of ``closings``: duties, the day of effect.
    """

    joins: str = field(metadata=FILLED)
    lists: str = ""
    ends: str = ""
    goals: str = ""
    asides: str = ""
    purposes: str = ""
    articles: tuple[str, ...] = field(default=(), metadata=PART_ID)
    closings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Usual dates of documents of ``parts``, in days after the first certain document of ``milestone``.

    ``inside`` is added for documents dated from ``since`` to ``until`` (both
    included; absent: no bound), ``outside`` for others. Weights as in :class:`Phrase`.
    """

    parts: tuple[str, ...] = field(metadata=PART_ID | FILLED)
    milestone: str = field(metadata=PLACE)
    since: int | None = field(default=None, metadata=_SPAN)
    until: int | None = field(default=None, metadata=_SPAN)
    inside: float = field(default=0.0, metadata=_WEIGHT)
    outside: float = field(default=0.0, metadata=_WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextWeights:
    """Weights by which a dossier's certain documents influence its doubtful ones, as in :class:`Phrase`.

    ``certain``: confidence from which a document influences others and is not influenced itself;
    confidences raised by circumstances stay below it. ``most``: limit of their sum,
    for or against a part. ``between``: the part lies between the items of the documents before and after, in
    one file or in the numbering of names; ``astray``: it does not.
    ``folder``: all certain documents in the same subfolder belong to the part's item.
    ``taken``: a part of ``single``, which takes one document (per period), already has it. ``cited``:
    for the founding decision that most documents of the dossier cite, and against any other. ``expected``:
    parts written about the founding; a document that suits one, came in its time and has no rival fills it
    although little ties it to the dossier. ``abroad``: parts whose documents may name another village, school
    or firm than the dossier's: where a model is to be copied, where something happened.
    """

    certain: float = field(default=0.9, metadata={"ge": 0, "le": 1})
    most: float = field(default=3.0, metadata={"ge": 0, "le": 20})
    between: float = field(default=0.0, metadata=_WEIGHT)
    astray: float = field(default=0.0, metadata=_WEIGHT)
    folder: float = field(default=0.0, metadata=_WEIGHT)
    taken: float = field(default=0.0, metadata=_WEIGHT)
    cited: float = field(default=0.0, metadata=_WEIGHT)
    single: tuple[str, ...] = field(default=(), metadata=PART_ID)
    expected: tuple[str, ...] = field(default=(), metadata=PART_ID)
    abroad: tuple[str, ...] = field(default=(), metadata=PART_ID)
    dates: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checklist:
    """The checklist of a kind of dossier. Compared by identity, so that derived values can be cached.

    ``folder_names`` are folded names of the folders that hold such dossiers; ``called`` is the word before
    the name in its documents (mô hình “Camera an ninh”).

    ``since``: the day of the guidance; for acts before it, missing documents are only warnings.
    ``abbreviations`` are expanded in the names of files and folders (``MH``: ``mô hình``).
    """

    kind: str = field(metadata={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"})
    title: str
    title_en: str = ""
    folder_names: tuple[str, ...] = ()
    called: str = ""
    called_en: str = ""
    threshold: float = field(default=0.6, metadata={"ge": 0, "le": 1})  # below it a placement needs review
    founding_part: str | None = field(
        default=None, metadata=PART_ID
    )  # its document's date is the founding date
    ending_part: str | None = field(default=None, metadata=PART_ID)  # the part, and
    ending_step: str = ""  # the step whose document's date is the date of the end
    revoking: str = ""  # words, between ``|``, of a title that takes back another paper
    proposed_at: tuple[str, ...] = field(default=(), metadata=PART_ID)  # parts issued by the leading body
    recognised_at: str = ""  # the part or step whose document's date is the day of the recognition
    plan_part: str | None = field(
        default=None, metadata=PART_ID
    )  # its document's date starts the one-year clock of exemplars
    abbreviations: dict[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = field(metadata={"key": "item", "filled": True})
    other: tuple[Other, ...] = ()
    order: tuple[Order, ...] = ()
    deadlines: tuple[Deadline, ...] = field(default=(), metadata={"key": "deadline"})
    after_end: tuple[str, ...] = field(default=(), metadata=PART_ID)  # parts required after the end too
    ranking: Ranking | None = None
    floor: Floor | None = None
    about: About | None = None
    titles: Titles | None = None
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
        """The part with that id. Raises ``KeyError`` if there is none."""
        for item in self.items:
            for part in item.parts:
                if part.id == part_id:
                    return part
        raise KeyError(part_id)

    def item_of(self, part_id: str) -> Item:
        """The item that contains the part. Raises ``KeyError`` if there is none."""
        for item in self.items:
            if any(part.id == part_id for part in item.parts):
                return item
        raise KeyError(part_id)
