"""Deadlines: past ones with whether they were met, and the next ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dossier.checklists.days_off import cited, end_of_term, latest_end
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


def due_status(last: date, today: date, due_days: int, latest: date | None = None) -> DueStatus:
    """Status of an unfinished duty whose last day is ``last``; ``latest``: or, where days off are not known,
    this one."""
    if today > (latest or last):
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
        Due(limit.day, deadline.rule, _title(deadline, checklist, limit.period), limit.citation, path, status,
            deadline.part, limit.period)
        for deadline in checklist.deadlines
        for limit in _limits(deadline, checklist, facts, today)
        if (status := _status(deadline, placed, parts, limit, today, due_days)) is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda due: (due.day, due.rule)))


def _title(deadline: Deadline, checklist: Checklist, period: str) -> str:
    if deadline.grace_days:  # the guidance sets no day, and nobody may take this one for its own
        return _("{what} (mốc nhắc của công cụ)").format(what=title(deadline))
    if not period:
        return title(deadline)
    part = checklist.part(deadline.part)
    return f"{title(deadline)}, {period_words(part, period)}"


@dataclass(frozen=True, slots=True)
class _Limit:
    """A last day in time, and its period; ``latest``: the last one where days off are not known."""

    day: date
    latest: date
    citation: str
    period: str = ""


def _limits(deadline: Deadline, checklist: Checklist, facts: Facts, today: date) -> Iterator[_Limit]:
    """Yield the limits of all past periods and of the next one."""
    if deadline.months:
        planned, ended = latest(facts, "planned"), span(facts["ended"].value)
        if planned is not None:
            last = periods.add_months(planned, deadline.months)
            over = ended is not None and ended[0] < last  # ended before it was due
            if not over and (deadline.since is None or last >= deadline.since):
                yield _of_term(deadline, last)
        return
    life = life_of(checklist, facts)
    part = checklist.part(deadline.part)
    requirement = next(r for r in part.requirements if r.per is not Per.ONCE)
    if life is None:
        return
    for period in periods.of_life(requirement, life, today.year + 1):
        last = day_before(deadline.before, int(period.label[:4]))
        if deadline.since is None or last >= deadline.since:
            yield _Limit(last, last, deadline.citation, period.label)
        if last >= today:
            return


def _of_term(deadline: Deadline, last: date) -> _Limit:
    """The limit set by a term that ends on ``last``, or by the tool itself, so many days later."""
    if deadline.grace_days:
        day = last + timedelta(days=deadline.grace_days)
        return _Limit(day, day, deadline.citation)
    return _Limit(end_of_term(last), latest_end(last), cited(deadline.citation, last))


def _status(
    deadline: Deadline,
    placed: Placed,
    parts: dict[str, PartResult],
    limit: _Limit,
    today: date,
    due_days: int,
) -> DueStatus | None:
    period = limit.period
    there = [document for document, place in placed.at(*deadline.parts) if period in ("", place.period)]
    if there:
        days = [found for document in there if (found := span_of(document))]
        return _timely(min(days), limit.latest) if days else None
    part = parts[deadline.part]
    if part.status is Status.WAIVED or placed.maybe(part.part, period):
        return None
    status = due_status(limit.day, today, due_days, limit.latest)
    # A paper of an unknown period may be what was due, so nothing is overdue; what is still ahead is told.
    doubted = status is DueStatus.OVERDUE and part.status is Status.NEEDS_REVIEW
    return None if doubted else status


def _timely(days: Span, last: date) -> DueStatus | None:
    if days[0] > last:
        return DueStatus.LATE
    return DueStatus.ON_TIME if days[1] <= last else None
