"""The form of a checklist: what a kind of dossier must hold, as data.

One TOML file per kind. The keys are the attributes below; ``docs/checklists.md`` explains them to
the people who write their own. Source of the two that ship: Hướng dẫn 22/HD-BCA-V05, V.1 and V.2.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dossier.model import Severity

PartId = Annotated[str, Field(pattern=r"^\d{1,2}[a-z]?$")]
StepId = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
TextField = Literal["abstract", "name", "folder", "head", "body", "issuer"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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


class Requirement(_Strict):
    """When a part must be there, how often, and how grave its absence is.

    ``min_days``: days of activity within a period below which nothing is asked for it.
    ``grace_days``: days after the period's end (for ``year``: after its start, or after the
    founding) before its absence counts. ``steps`` with ``need``: which of the part's steps are
    asked for, all of them or any one.
    """

    when: When = When.ALWAYS
    per: Per = Per.ONCE
    severity: Severity = Severity.ERROR
    min_days: int = Field(default=0, ge=0, le=366)
    grace_days: int = Field(default=0, ge=0, le=366)
    steps: tuple[str, ...] = ()
    need: Literal["all", "any"] = "all"
    citation: str = ""


class Phrase(_Strict):
    """Words that speak for (or, with a negative weight, against) a part.

    ``words`` are compared folded; ``*`` between words stands for up to eight other words, and
    ``|`` parts alternatives. ``fields`` says where they count: the abstract, the file's name, the
    folders' names, the first lines (``head``), the text (``body``), the issuing body.
    ``weight`` is on a logarithmic scale: 1 makes a place 2.7 times as likely, 3 twenty times.
    """

    words: str = Field(min_length=1)
    weight: float = Field(default=1.0, ge=-20, le=20)
    fields: tuple[TextField, ...] = Field(default=("abstract", "name", "folder", "head"), min_length=1)


class Also(Phrase):
    """A phrase that gives a further placement; ``beside`` are the main parts it may stand beside.

    An empty ``beside`` means any other part.
    """

    beside: tuple[PartId, ...] = ()


class Step(_Strict):
    """One document that a part asks for by itself, such as the public notice of 16c."""

    id: StepId
    title: str
    title_en: str = ""
    types: dict[str, float] = {}
    phrases: tuple[Phrase, ...] = ()


class Part(_Strict):
    """One part of an item, how it is required and how its documents are recognised.

    ``types`` are slugs of document types with their weight (see :class:`Phrase`); when any are
    given, a document of another type is less likely here. ``also`` are phrases that give this part
    as a further placement to a document whose main placement is another part of the kind
    (one decision that founds the model and names its committee).
    """

    id: PartId
    title: str
    title_en: str = ""
    requirements: tuple[Requirement, ...] = ()
    steps: tuple[Step, ...] = ()
    types: dict[str, float] = {}
    phrases: tuple[Phrase, ...] = ()
    also: tuple[Also, ...] = ()
    period: Literal["", "year", "half-year", "evaluation-year"] = ""


class Item(_Strict):
    """One numbered entry of the list; ``rule`` is the id of its completeness rule (``MH-06``)."""

    number: int = Field(ge=1, le=99)
    title: str
    title_en: str = ""
    short: str = ""  # a few words for the head of a matrix column
    citation: str
    rule: str = Field(pattern=r"^[A-Z]{2,4}-\d{2}$")
    parts: tuple[Part, ...] = Field(min_length=1)


class Other(_Strict):
    """Documents that lie in dossiers but belong to no item, such as price quotations."""

    title: str
    title_en: str = ""
    types: dict[str, float] = {}
    phrases: tuple[Phrase, ...] = ()


class Checklist(_Strict):
    """A kind of dossier. ``folder_names`` are folded names of the folders that hold such dossiers.

    ``abbreviations`` are spelt out in the names of files and folders (``MH``: ``mô hình``).
    """

    kind: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    title_en: str = ""
    folder_names: tuple[str, ...] = ()
    threshold: float = Field(default=0.6, ge=0, le=1)  # below it a placement needs review
    founding_part: PartId | None = None  # its document's date is the founding date
    ending_part: PartId | None = None  # the part, and
    ending_step: str = ""  # the step whose document's date is the date of the end
    plan_part: PartId | None = None  # its document's date starts the one-year clock of exemplars
    abbreviations: dict[str, str] = {}
    items: tuple[Item, ...] = Field(min_length=1, alias="item")
    other: tuple[Other, ...] = ()

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
