"""The only maker of findings: severity and citation come from the data of the rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dossier.checklists.rules import by_id
from dossier.model import Finding, Severity

_ORDER = list(Severity)


def finding(
    rule: str,
    message: str,
    documents: Iterable[str] = (),
    *,
    part: str = "",
    severity: Severity | None = None,
    mild: bool = False,
    citation: str = "",
    subject: tuple[str, ...] | None = None,
    noticed: datetime | None = None,
) -> Finding:
    """A finding of the rule.

    ``severity`` and ``citation``: those of the checklist's own data (an item, a link in the order, a
    deadline), or, for a rule of ``rules.toml``, another than its own where the rule's text says when.
    ``mild``: only as information.
    """
    data = by_id().get(rule)
    if severity is None:
        if data is None:
            raise LookupError(f"no data for rule {rule}")
        severity = Severity(data.severity)
    return Finding(
        rule=rule,
        severity=Severity.INFO if mild else severity,
        message=message,
        citation=citation or (data.citation if data else ""),
        part=part,
        documents=tuple(dict.fromkeys(documents)),
        subject=subject,
        noticed=noticed,
    )


def milder(one: Severity, other: Severity) -> Severity:
    """The less grave of the two."""
    return max(one, other, key=_ORDER.index)
