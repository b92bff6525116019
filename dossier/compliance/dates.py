"""Days that are known whole, to the month or to the year: intervals, never guesses. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date

from dossier.model import Document, FactValue

# Days before are years of two digits or slips of the pen; nothing is counted from them.
EARLIEST = date(1945, 9, 2)
LATEST = date(2200, 1, 1)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")

Span = tuple[date, date]  # first and last day that it may be


def plausible(value: FactValue) -> bool:
    """Whether a date may be counted from; true of whatever is no date."""
    return not isinstance(value, date) or EARLIEST <= value <= LATEST


def span_of(document: Document) -> Span | None:
    """The days on which the document may have been issued; ``None``: nothing is known."""
    header = document.header
    return (header.date, header.date) if header.date else span(header.partial_date)


def span(value: FactValue) -> Span | None:
    """The days that a fact may mean: a date, ``2024-03`` or ``2024``."""
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


def said(value: FactValue) -> str:
    """A day as people here write it: ``05/03/2024``, ``tháng 03/2024``, ``năm 2024``."""
    from dossier.i18n import _

    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04}"
    days = span(value)
    if days is None:
        return ""
    if days[0].month == days[1].month:
        return _("tháng {month:%m/%Y}").format(month=days[0])
    return _("năm {year}").format(year=days[0].year)


def day_said(document: Document) -> str:
    """The day of a document as people write it, as far as it is known."""
    return said(document.header.date or document.header.partial_date)
