"""Calendar arithmetic of the process: which periods a requirement asks for on a given day. Pure.

Source: Hướng dẫn 22/HD-BCA-V05, III.1.d–đ (yearly plan, reports of six months and a year), III.2
(evaluation year from 01/11 to 31/10, ten months of activity).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dossier.checklists.schema import Per, Requirement

QUALIFYING_MONTHS = 10  # HD22 III.2.a


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included, with the label that placements carry."""

    label: str
    first: date
    last: date


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; the last of the month where there is no such day."""
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
def evaluation_year(year: int) -> Period:
    """01/11 of the year before to 31/10."""
    return Period(str(year), date(year - 1, 11, 1), date(year, 10, 31))


def active_days(period: Period, founded: date, ended: date | None) -> int:
    """Days of the period on which the model was active."""
    first = max(period.first, founded)
    last = min(period.last, ended) if ended else period.last
    return max((last - first).days + 1, 0)


def qualifies(year: Period, founded: date, ended: date | None) -> bool:
    """Whether the model may be ranked for this evaluation year."""
    return add_months(founded, QUALIFYING_MONTHS) <= year.last and (ended is None or ended >= year.last)


def full(year: Period, founded: date, ended: date | None) -> bool:
    """Whether the model was active throughout the evaluation year."""
    return founded <= year.first and (ended is None or ended >= year.last)


def asked(
    requirement: Requirement, founded: date, ended: date | None, today: date, grace_days: int = 0
) -> tuple[Period, ...]:
    """Periods whose document must be there by ``today``, oldest first.

    ``grace_days`` are granted beyond the requirement's own.
    """
    late = today - timedelta(days=grace_days)
    return tuple(
        period
        for period in of_life(requirement, founded, ended, min(today, ended or today).year + 1)
        if late >= _due(requirement, period, founded)
    )


def of_life(
    requirement: Requirement, founded: date, ended: date | None, last_year: int
) -> tuple[Period, ...]:
    """Periods of the requirement in the model's life, whether past or not, oldest first."""
    every = [_period(requirement.per, year) for year in range(founded.year, last_year + 1)]
    return tuple(period for period in every if _counts(requirement, period, founded, ended))


def _period(per: Per, year: int) -> Period:
    if per is Per.YEAR:
        return calendar_year(year)
    return first_half(year) if per is Per.HALF_YEAR else evaluation_year(year)


def _due(requirement: Requirement, period: Period, founded: date) -> date:
    """A plan is due soon after its period begins, not after it ends."""
    start = max(period.first, founded) if requirement.per is Per.YEAR else period.last
    return start + timedelta(days=requirement.grace_days)


def _counts(requirement: Requirement, period: Period, founded: date, ended: date | None) -> bool:
    if requirement.per is Per.QUALIFYING_YEAR:
        return qualifies(period, founded, ended)
    return active_days(period, founded, ended) >= max(requirement.min_days, 1)


def first_closed(
    test: object, founded: date, ended: date | None, today: date, grace_days: int
) -> Period | None:
    """The first evaluation year that meets ``test`` (:func:`qualifies` or :func:`full`) and closed at
    least ``grace_days`` ago."""
    assert callable(test)
    for year in range(founded.year, today.year + 1):
        period = evaluation_year(year)
        if test(period, founded, ended) and today >= period.last + timedelta(days=grace_days):
            return period
    return None
