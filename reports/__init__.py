"""Reports: pure functions from a :class:`~dossier.model.ComplianceReport` to a file or the terminal.

One module per format, imported only when that format is requested, so that no command loads
Jinja2, python-docx or XlsxWriter without need. It has a pure function ``render(report)``: the same report in
the same language gives the same bytes; and, where the whole would be too much for the memory,
``pieces(report)``, the same bytes one after the other, or ``write(report, path)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import ComplianceReport

__all__ = ["FORMATS", "formats", "pieces", "render", "write"]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format, by the name of its module. ``media``: its MIME type; empty if the page does not
    serve it. ``offered``: shown among the choices on the page."""

    name: str
    media: str = ""
    offered: bool = False


# The most useful first.
FORMATS = (
    ReportFormat("html", "text/html; charset=utf-8", offered=True),
    ReportFormat("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", offered=True),
    ReportFormat(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", offered=True
    ),
    ReportFormat("json", "application/json", offered=True),
    ReportFormat("csv", "text/csv; charset=utf-8", offered=True),
    ReportFormat("txt", "text/plain; charset=utf-8", offered=True),
    ReportFormat("digest"),
    ReportFormat("junit"),
    ReportFormat("sarif"),
    ReportFormat("ics", "text/calendar; charset=utf-8"),
)


def formats() -> tuple[str, ...]:
    """Names of all formats, the most useful first."""
    return tuple(format_.name for format_ in FORMATS)


def render(format: str, report: ComplianceReport) -> bytes:
    """Render a report as the content of a file. Raises :class:`UsageError` for an unknown format."""
    made: bytes = _module(format).render(report)
    return made


def pieces(format: str, report: ComplianceReport) -> Iterable[bytes]:
    """The same content, of large formats in pieces, so that it is never in memory as a whole. Raises
    :class:`UsageError` for an unknown format."""
    module = _module(format)
    found: Iterable[bytes] = module.pieces(report) if hasattr(module, "pieces") else [module.render(report)]
    return found


def write(format: str, report: ComplianceReport, path: Path) -> None:
    """Write a report to the file at ``path``, large formats piece by piece, if needed with temporary files
    beside it. Raises :class:`OSError`, and :class:`UsageError` for an unknown format."""
    module = _module(format)
    if hasattr(module, "write"):
        module.write(report, path)
        return
    with path.open("wb") as out:
        out.writelines(pieces(format, report))


def _module(format: str) -> Any:
    """The module of a format; case and a leading dot of the name do not matter."""
    name = format.strip().lower().lstrip(".")
    if name not in formats():
        raise UsageError(
            _("Không có định dạng báo cáo “{format}”.").format(format=format),
            _("Các định dạng có thể dùng: {known}.").format(known=", ".join((*formats(), "pdf"))),
        )
    return import_module(f"{__name__}.{name}")
