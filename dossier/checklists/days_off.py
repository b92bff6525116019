"""On which day a term ends: days off as data (``days_off.toml``).

A term is counted in days, months or years from an event. If its last day is a day off, it ends with the next
working day. A day that the guidance fixes itself (“before 05/11”) is no term and does not move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from dossier.checklists.source import parse_toml, shipped

SHIPPED = "days_off.toml"
_DAY = timedelta(days=1)
_SATURDAY = 5
_BESIDE: dict[str, Any] = {"ge": 0, "le": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A public holiday: ``on`` a day of each year (``02/09``) or on ``days``; so many days before and after
    may be off too, as decided for each year."""

    title: str
    citation: str
    flag: Literal["public", "secondary", "unverified"]
    on: str = field(default="", metadata={"pattern": r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])"})
    days: tuple[date, ...] = ()
    may_before: int = field(default=0, metadata=_BESIDE)
    may_after: int = field(default=0, metadata=_BESIDE)
    effective_from: date | None = None

    def in_year(self, year: int) -> Iterator[date]:
        """The days of that year on which it falls."""
        if self.on:
            day, month = map(int, self.on.split("/"))
            yield from (each for each in [date(year, month, day)] if each >= (self.effective_from or each))
        yield from (each for each in self.days if each.year == year)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEnd:
    """By which text a term that ends on a day off ends later."""

    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """The whole file."""

    term: TermEnd
    days_off: tuple[DayOff, ...] = field(metadata={"key": "day_off", "filled": True})


@lru_cache(maxsize=1)
def load_days_off() -> DaysOff:
    """The days off that ship with the product."""
    return parse_toml(shipped(SHIPPED), SHIPPED, DaysOff)


@lru_cache(maxsize=8192)
def end_of_term(last: date) -> date:
    """The day with which a term ends whose last day is ``last``, as far as days off are certain."""
    return _first(last, _is_off)


@lru_cache(maxsize=8192)
def latest_end(last: date) -> date:
    """Like :func:`end_of_term`, with the days that only may be off: before it has passed, nobody is late."""
    return _first(last, lambda day: _is_off(day) or day in _doubtful(day.year))


def cited(citation: str, last: date) -> str:
    """The citation of a term, with the text by which it ends later than on ``last`` if it does."""
    return citation if end_of_term(last) == last else f"{citation}; {load_days_off().term.citation}"


def _first(day: date, off: Callable[[date], bool]) -> date:
    while off(day) and day < date.max:
        day += _DAY
    return day


def _is_off(day: date) -> bool:
    return day.weekday() >= _SATURDAY or day in _certain(day.year)


@lru_cache(maxsize=512)
def _certain(year: int) -> frozenset[date]:
    sure = (row for row in load_days_off().days_off if row.flag != "unverified")
    return frozenset(day for row in sure for day in row.in_year(year))


@lru_cache(maxsize=512)
def _doubtful(year: int) -> frozenset[date]:
    """Days beside holidays, and a day off instead of each day of a holiday that is off anyway."""
    found: set[date] = set()
    for row in load_days_off().days_off:
        for day in row.in_year(year):
            around = [day + _DAY * n for n in range(-row.may_before, row.may_after + 1)]
            found.update(around)
            after = around[-1]
            for _lost in [each for each in around if each.weekday() >= _SATURDAY]:
                after = _first(after + _DAY, lambda each: _is_off(each) or each in found)
                found.add(after)
    return frozenset(found)
