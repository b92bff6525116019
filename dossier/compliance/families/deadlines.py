"""Late documents, and those that fall due soon (TH-nn). What is overdue is missing: completeness tells."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.compliance.case import Case
from dossier.compliance.finding import finding
from dossier.compliance.periods import said
from dossier.i18n import _
from dossier.model import DueStatus, Finding, Severity

RULES: tuple[str, ...] = ()  # all are the checklist's own


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their days."""
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
            message.format(what=due.what, day=said(due.day)),
            part=due.part,
            severity=severity,
            citation=due.citation,
            # Each period is a finding of its own: a new one is not hidden by one that is known.
            subject=(due.period or due.day.isoformat(),),
        )
