"""Deadlines: past ones with whether they were met, and the next ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dossier.checklists.duties import day_before
from dossier.checklists.judging import Deadline
from dossier.checklists.schema import Checklist, Per
from dossier.compliance import periods
from dossier.compliance.case import Placed
from dossier.compliance.clock import life_of
from dossier.compliance.facts import latest
from dossier.compliance.naming import period_words, title
from dossier.compliance.periods import Span, span, span_of
from dossier.i18n import _
from dossier.model import Due, DueStatus, Facts, ItemResult, PartResult, Status


def due_status(last: date, today: date, due_days: int) -> DueStatus:
    """Status of an unfinished duty whose last day is ``last``."""
    if today > last:
        return DueStatus.OVERDUE
    return DueStatus.SOON if last <= today + timedelta(days=due_days) else DueStatus.AHEAD


def dues(
    path: str,
    placed: Placed,
    checklist: Checklist,
    facts: Facts,
    items: Iterable[ItemResult],
    today: date,
    due_days: int,
) -> tuple[Due, ...]:
    """All past duties of the dossier and the next ones, by due day.

    A document with an uncertain date, or one that needs review, counts neither as late nor as overdue.
    """
    parts = {part.part: part for item in items for part in item.parts}
    found = [
        Due(last, deadline.rule, _title(deadline, checklist, period), deadline.citation, path, status,
            deadline.parts[0].partition(".")[0], period)
        for deadline in checklist.deadlines
        for last, period in _days(deadline, checklist, facts, today)
        if (status := _status(deadline, placed, parts, period, last, today, due_days)) is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda due: (due.day, due.rule)))


def _title(deadline: Deadline, checklist: Checklist, period: str) -> str:
    if deadline.grace_days:  # the guidance sets no day, and nobody may take this one for its own
        return _("{what} (mốc nhắc của công cụ)").format(what=title(deadline))
    if not period:
        return title(deadline)
    part = checklist.part(deadline.parts[0].partition(".")[0])
    return f"{title(deadline)}, {period_words(part, period)}"


def _days(deadline: Deadline, checklist: Checklist, facts: Facts, today: date) -> Iterator[tuple[date, str]]:
    """Yield the last day in time and its period, for all past periods and the next one."""
    if deadline.months:
        planned, ended = latest(facts, "planned"), span(facts["ended"].value)
        if planned is not None:
            last = periods.add_months(planned, deadline.months)
            over = ended is not None and ended[0] < last  # ended before it was due
            if not over and (deadline.since is None or last >= deadline.since):
                yield last + timedelta(days=deadline.grace_days), ""
        return
    life = life_of(checklist, facts)
    part = checklist.part(deadline.parts[0].partition(".")[0])
    requirement = next(r for r in part.requirements if r.per is not Per.ONCE)
    if life is None:
        return
    for period in periods.of_life(requirement, life, today.year + 1):
        last = day_before(deadline.before, int(period.label[:4]))
        if deadline.since is None or last >= deadline.since:
            yield last, period.label
        if last >= today:
            return


def _status(
    deadline: Deadline,
    placed: Placed,
    parts: dict[str, PartResult],
    period: str,
    last: date,
    today: date,
    due_days: int,
) -> DueStatus | None:
    there = [document for document, place in placed.at(*deadline.parts) if period in ("", place.period)]
    if there:
        days = [found for document in there if (found := span_of(document))]
        return _timely(min(days), last) if days else None
    part = parts[deadline.parts[0].partition(".")[0]]
    if part.status is Status.WAIVED or placed.maybe(part.part, period):
        return None
    status = due_status(last, today, due_days)
    # A paper of an unknown period may be what was due, so nothing is overdue; what is still ahead is told.
    doubted = status is DueStatus.OVERDUE and part.status is Status.NEEDS_REVIEW
    return None if doubted else status


def _timely(days: Span, last: date) -> DueStatus | None:
    if days[0] > last:
        return DueStatus.LATE
    return DueStatus.ON_TIME if days[1] <= last else None
