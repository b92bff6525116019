"""Overdue and upcoming duties of all dossiers and of the unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dossier.archive import Archive
from dossier.model import ComplianceReport, Due, DueStatus
from dossier.model.one_by_one import changed
from dossier.model.owed import DONE
from dossier.usecases.assess import assess


def open_dues(archive: Archive, today: date | None = None, days: int | None = None) -> ComplianceReport:
    """Return the report with only the duties that are overdue, or open and due within ``days`` (``None``: the
    configured number)."""
    report = assess(archive, today)
    within = archive.config.rules.due_days if days is None else days
    last = report.today + timedelta(days=within)

    def wanted(dues: tuple[Due, ...]) -> tuple[Due, ...]:
        return tuple(_standing(due) for due in dues if due.status not in DONE and due.day <= last)

    def _standing(due: Due) -> Due:
        return due if due.status is DueStatus.OVERDUE else replace(due, status=DueStatus.SOON)

    dossiers = changed(report.dossiers, lambda dossier: replace(dossier, due=wanted(dossier.due)))
    return replace(report, dossiers=dossiers, due=wanted(report.due))


def as_json(report: ComplianceReport) -> dict[str, object]:
    """Return the report's day and its duties sorted by day, for JSON."""
    from reports import json as json_report
    from reports.ics import all_dues

    return {"today": report.today.isoformat(), "due": [json_report.due(each) for each in all_dues(report)]}
