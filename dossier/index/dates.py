"""Days, months and years as people write them in a query."""

from __future__ import annotations

import re

from dossier.index.tree import Span

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_PLAIN = re.compile(r"(?:\d{1,2}[/.-])?\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}(?:-\d{1,2})?")


def plain_day(text: str) -> Span | None:
    """The time that a word without a field stands for: ``05/03/2023``, ``14-11-2025``, ``11/2025``."""
    return span(text) if _PLAIN.fullmatch(text) else None


def span(text: str) -> Span | None:
    """``2023``, ``2023-03``, ``05/03/2023``, ``2022-01..2023-06``, ``..2020``; ``None`` for anything else."""
    first, dots, last = text.partition("..")
    low, high = _bounds(first), _bounds(last if dots else first)
    if (low is None and first.strip()) or (high is None and dots and last.strip()):
        return None
    if low is None and high is None:
        return None
    return Span(low[0] if low else None, high[1] if high else None)


def of_numbers(year: str, month: str = "", day: str = "") -> Span | None:
    """The day, month or year of these numbers."""
    return span("-".join(filter(None, (year, month, day))))


def _bounds(text: str) -> tuple[str, str] | None:
    """First and last ISO day of a year, month or day; a document known only by its month is in it."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, d, m, y = match.groups()
    if y:
        year, month, day = y, m, d
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    start = f"{year}-{int(month or 0):02d}-{int(day or 0):02d}"  # noughts: of a date known in part
    return start, f"{year}-{int(month or 12):02d}-{int(day or 31):02d}"
