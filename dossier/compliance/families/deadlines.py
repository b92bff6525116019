"""Late documents, and documents due soon (TH-nn). Overdue ones are missing: completeness reports them."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.compliance.case import Case
from dossier.compliance.finding import finding
from dossier.compliance.periods import date_words
from dossier.i18n import _
from dossier.model import DueStatus, Finding, Severity

RULES: tuple[str, ...] = ()  # all are the checklist's own


def check(case: Case) -> Iterator[Finding]:
    """Yield all findings of this family, by day."""
    severities = {deadline.rule: deadline.severity for deadline in case.checklist.deadlines}
    for due in case.due:
        if not due.part or due.rule not in severities:
            continue
        if due.status is DueStatus.LATE:
            severity, message = severities[due.rule], _("{what}: trễ hạn, chậm nhất là ngày {day}.")
        elif due.status is DueStatus.SOON:
            severity, message = Severity.INFO, _("{what}: sắp đến hạn, chậm nhất là ngày {day}.")
        else:
            continue
        yield finding(
            due.rule,
            message.format(what=due.what, day=date_words(due.day)),
            part=due.part,
            severity=severity,
            citation=due.citation,
            # One subject per period, so that the baseline does not hide a new period.
            subject=(due.period or due.day.isoformat(),),
        )
