"""Duties of a unit as a whole on fixed days of the year, as data (``duties.toml``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dossier.checklists.source import parse_toml, shipped

SHIPPED = "duties.toml"


def day_before(before: str, year: int) -> date:
    """The last day in time, in that year, of a duty due before ``05/11``."""
    day, month = map(int, before.split("/"))
    return date(year, month, day) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How to recognise the document that fulfils a duty: by type, abstract and recipients.

    Each of ``says`` is a list of phrases separated by ``|``, one of which must be in the abstract; none of
    ``unless`` may be; one of ``to`` must be among the recipients. Phrases are compared without diacritics.
    """

    types: tuple[str, ...] = field(metadata={"filled": True})
    says: tuple[str, ...] = field(metadata={"filled": True})
    unless: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty due ``before`` a day of the year (``20/05``), while its source is in force."""

    rule: str = field(metadata={"pattern": r"[A-Z]{2,4}-\d{2}"})
    title: str
    title_en: str = ""
    citation: str
    flag: Literal["public", "secondary", "unverified"]
    before: str = field(metadata={"pattern": r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])"})
    effective_from: date | None = None
    effective_to: date | None = None
    known: Sign | None = None
    applies_to: Literal["", "police"] = ""  # empty: every unit
    about: Literal["dossiers", "ranks"] = "dossiers"  # ranks: only for years in which a model may be ranked
    clauses: tuple[str, ...] = ()

    def last_day(self, year: int) -> date:
        """The last day of that year on which it is in time."""
        return day_before(self.before, year)

    def in_force(self, day: date) -> bool:
        """Whether the source is in force on ``day``."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """The whole file."""

    duties: tuple[Duty, ...] = field(metadata={"key": "duty", "filled": True})


@lru_cache(maxsize=1)
def load_duties() -> tuple[Duty, ...]:
    """The duties that ship with the product."""
    return parse_toml(shipped(SHIPPED), SHIPPED, Duties).duties
