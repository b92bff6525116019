"""Calendar arithmetic of the process: the periods for which a requirement applies on a given day. Pure.

Source: Hướng dẫn 22/HD-BCA-V05, III.1.d–đ (yearly plan, reports of six months and a year), III.2
(evaluation year, months of activity: ``clock`` of the checklist), IV.3 (yearly re-assessment).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from dossier.checklists.judging import ClockSettings
from dossier.checklists.schema import Per, Requirement
from dossier.i18n import _
from dossier.model import Document, FactValue

USUAL = ClockSettings()
_SCHOOL_BEGINS = 6  # month


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days, both ends included, with its label in placements."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Life:
    """The time for which a model was certainly active: ``founded`` at the latest, ``ended`` at the
    earliest (``None``: still active). ``since``: the day of the guidance, before which nothing is required.
    ``school``: plans follow school years."""

    founded: date
    ended: date | None = None
    clock: ClockSettings = USUAL
    since: date | None = None
    school: bool = False


@lru_cache(maxsize=8192)
def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@cache
def calendar_year(year: int) -> Period:
    """01/01 to 31/12."""
    return Period(str(year), date(year, 1, 1), date(year, 12, 31))


@cache
def first_half(year: int) -> Period:
    """01/01 to 30/06, the period of the six-month report."""
    return Period(f"{year}-H1", date(year, 1, 1), date(year, 6, 30))


@cache
def evaluation_year(year: int, clock: ClockSettings = USUAL) -> Period:
    """The evaluation year that ends in ``year``, by default 01/11 of the previous year to 31/10."""
    first = _each_year(clock.year_from, year)
    return Period(str(year), first.replace(year=year - 1), first - timedelta(days=1))


def school_year(day: date) -> int:
    """The year in which the school year of that day begins; its papers are written from June on."""
    return day.year if day.month >= _SCHOOL_BEGINS else day.year - 1


def _each_year(day_and_month: str, year: int) -> date:
    """The date of a day such as ``01/11`` in that year."""
    day, month = map(int, day_and_month.split("/"))
    return date(year, month, day)


def ended_year(today: date, clock: ClockSettings = USUAL) -> int:
    """The last evaluation year that ended before ``today``."""
    return today.year if today > evaluation_year(today.year, clock).last else today.year - 1


@cache
def ranked_by(year: int, clock: ClockSettings = USUAL) -> date:
    """The last day on which the ranking of that year is in time."""
    return _each_year(clock.ranked_before, year) - timedelta(days=1)


def active_days(period: Period, life: Life) -> int:
    """Number of days of the period on which the model was active."""
    first = max(period.first, life.founded)
    last = min(period.last, life.ended) if life.ended else period.last
    return max((last - first).days + 1, 0)


def lived_to_its_end(period: Period, life: Life) -> bool:
    """Whether the model was active on the last day of the period: one that ended earlier need not report."""
    return life.ended is None or life.ended >= period.last


def qualifies(year: Period, life: Life) -> bool:
    """Whether the model may be ranked for this evaluation year."""
    ripe = add_months(life.founded, life.clock.qualifying_months)
    return ripe <= year.last and lived_to_its_end(year, life)


def full(year: Period, life: Life) -> bool:
    """Whether the model was active throughout the evaluation year."""
    return life.founded <= year.first and lived_to_its_end(year, life)


def required_periods(
    requirement: Requirement, life: Life, today: date, grace_days: int = 0
) -> tuple[Period, ...]:
    """Periods for which a document is required by ``today``, oldest first.

    ``grace_days``: added to the requirement's own.
    """
    late = today - timedelta(days=grace_days)
    return tuple(
        period
        for period in of_life(requirement, life, min(today, life.ended or today).year + 1)
        if late >= _due(requirement, period, life)
    )


def of_life(requirement: Requirement, life: Life, last_year: int) -> tuple[Period, ...]:
    """Periods of the requirement during the model's life, past and future, oldest first."""
    first_year = max(life.founded.year, life.since.year - 1 if life.since else 1)
    every = [_period(requirement.per, year, life.clock) for year in range(first_year, last_year + 1)]
    return tuple(period for period in every if _counts(requirement, period, life))


def _period(per: Per, year: int, clock: ClockSettings) -> Period:
    if per in (Per.YEAR, Per.YEAR_AFTER):
        return calendar_year(year)
    return first_half(year) if per is Per.HALF_YEAR else evaluation_year(year, clock)


def _due(requirement: Requirement, period: Period, life: Life) -> date:
    """Last day in time for a period's document: plans soon after its beginning, others after its end."""
    if requirement.per is not Per.YEAR:
        return period.last + timedelta(days=requirement.grace_days)
    start = max(period.first, life.founded) + timedelta(days=requirement.grace_days)
    return max(start, _each_year(life.clock.school_plan_by, period.first.year)) if life.school else start


def _counts(requirement: Requirement, period: Period, life: Life) -> bool:
    begins_by_rule = max(period.first, life.founded) if requirement.per is Per.YEAR else period.last
    if life.since and begins_by_rule < life.since:
        return False
    if requirement.per is Per.QUALIFYING_YEAR:
        return qualifies(period, life)
    if requirement.per is Per.YEAR_AFTER:
        return period.first.year > life.founded.year and lived_to_its_end(period, life)
    if requirement.whole and life.founded > period.first:
        return False
    if requirement.per is not Per.YEAR and not lived_to_its_end(period, life):
        return False
    return active_days(period, life) >= max(requirement.min_days, 1)


def first_closed(
    test: Callable[[Period, Life], bool], life: Life, today: date, grace_days: int
) -> Period | None:
    """The first evaluation year that meets ``test`` (:func:`qualifies` or :func:`full`) and ended at
    least ``grace_days`` ago; none that ended before the guidance."""
    for year in range(life.founded.year, today.year + 1):
        period = evaluation_year(year, life.clock)
        if life.since and period.last < life.since:
            continue
        if test(period, life) and today >= period.last + timedelta(days=grace_days):
            return period
    return None


# Earlier dates are two-digit years or errors; no period is counted from them.
EARLIEST = date(1945, 9, 2)
LATEST = date(2200, 1, 1)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")

Span = tuple[date, date]  # first and last possible day


def plausible(value: FactValue) -> bool:
    """Whether periods may be counted from a date; true for values that are no date."""
    return not isinstance(value, date) or EARLIEST <= value <= LATEST


def span_of(document: Document) -> Span | None:
    """The possible days of a document's date; ``None`` if unknown."""
    header = document.header
    return (header.date, header.date) if header.date else span(header.partial_date)


def span(value: FactValue) -> Span | None:
    """The possible days of a fact's value: a date, ``2024-03`` or ``2024``."""
    if isinstance(value, date):
        return value, value
    found = _PARTIAL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    if not (EARLIEST.year <= year < LATEST.year and month <= 12):
        return None
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def date_words(value: FactValue) -> str:
    """A (partial) date in words: ``05/03/2024``, ``tháng 03/2024``, ``năm 2024``."""

    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04}"
    days = span(value)
    if days is None:
        return ""
    if days[0].month == days[1].month:
        return _("tháng {month:%m/%Y}").format(month=days[0])
    return _("năm {year}").format(year=days[0].year)


def day_said(document: Document) -> str:
    """The (partial) date of a document in words."""
    return date_words(document.header.date or document.header.partial_date)
