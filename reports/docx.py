"""The report to a superior as a report format; its content is made by :mod:`reports.papers.report`."""

from __future__ import annotations

from dossier.model import ComplianceReport
from reports.papers import report as paper


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    return paper.docx(report)
