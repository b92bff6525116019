"""What was due, whether it came in time, and what falls due next (TH-nn). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dossier.checklists.duties import day_before
from dossier.checklists.schema import Checklist, Deadline, Per
from dossier.compliance import periods
from dossier.compliance.completeness import period_words
from dossier.compliance.placed import Placed, earliest, issued
from dossier.i18n import _, language
from dossier.model import Due, DueStatus, Facts, Finding, ItemResult, PartResult, Severity, Status


def standing(last: date, today: date, due_days: int) -> DueStatus:
    """How something that is not done stands, whose last day is ``last``."""
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
    """Everything the dossier owed and owes next, by day.

    A document without a date, or one that a person must look at first, is neither late nor overdue.
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


def check(found: Iterable[Due]) -> Iterator[Finding]:
    """Late documents, and those that fall due soon. What is overdue is missing: completeness tells."""
    for due in found:
        if not due.part:
            continue
        if due.status is DueStatus.LATE:
            severity, message = Severity.WARNING, _("{what}: trễ hạn, chậm nhất là ngày {day:%d/%m/%Y}.")
        elif due.status is DueStatus.SOON:
            severity, message = Severity.INFO, _("{what}: sắp đến hạn, chậm nhất là ngày {day:%d/%m/%Y}.")
        else:
            continue
        said = message.format(what=due.what, day=due.day)
        # Each period is a finding of its own: a new one is not hidden by one that is known.
        subject = (due.period or due.day.isoformat(),)
        yield Finding(due.rule, severity, said, due.citation, due.part, subject=subject)


def _title(deadline: Deadline, checklist: Checklist, period: str) -> str:
    title = (deadline.title_en or deadline.title) if language() == "en" else deadline.title
    if not period:
        return title
    part = checklist.part(deadline.parts[0].partition(".")[0])
    return f"{title}, {period_words(part, period)}"


def _days(deadline: Deadline, checklist: Checklist, facts: Facts, today: date) -> Iterator[tuple[date, str]]:
    """Last days in time with their periods: all that are past, and the next one."""
    if deadline.months:
        planned = facts["planned"].value
        if isinstance(planned, date):
            last = periods.add_months(planned, deadline.months)
            if deadline.since is None or last >= deadline.since:
                yield last, ""
        return
    founded, ended = facts["founded"].value, facts["ended"].value
    part = checklist.part(deadline.parts[0].partition(".")[0])
    requirement = next(r for r in part.requirements if r.per is not Per.ONCE)
    if not isinstance(founded, date):
        return
    known_end = ended if isinstance(ended, date) else None
    for period in periods.of_life(requirement, founded, known_end, today.year + 1):
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
    there = [document for document, place in placed.at(*deadline.parts) if place.period == period]
    if there:
        document = earliest(there)
        if document is None:
            return None
        return DueStatus.LATE if issued(document) > last else DueStatus.ON_TIME
    part = parts[deadline.parts[0].partition(".")[0]]
    if part.status in (Status.WAIVED, Status.NEEDS_REVIEW) or placed.maybe(part.part, period):
        return None
    return standing(last, today, due_days)
