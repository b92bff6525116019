"""The report to a superior as a report format; its content is made by :mod:`reports.papers.report`."""

from __future__ import annotations

from typing import ClassVar

from dossier.i18n import _
from dossier.model import ComplianceReport
from reports.interface import Renderer
from reports.papers import report as paper


class Docx(Renderer):
    """The report to a superior on the whole archive."""

    suffix: ClassVar[str] = ".docx"

    @property
    def title(self) -> str:
        """As in :class:`Renderer`."""
        return _("báo cáo Word để in, ký")

    def render(self, report: ComplianceReport) -> bytes:
        """As in :class:`Renderer`."""
        return paper.docx(report)


RENDERER = Docx()
