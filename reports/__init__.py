"""Reports: pure functions from a :class:`~dossier.model.ComplianceReport` to a file or the terminal.

One module per format, loaded only when that format is asked for, so that no command pays for
Jinja2, python-docx or XlsxWriter unless it writes such a file.
"""

from __future__ import annotations

from importlib import import_module

from dossier.errors import UsageError
from dossier.i18n import _
from reports.interface import Renderer

__all__ = ["Renderer", "formats", "get"]

_FORMATS = ("html", "xlsx", "docx", "json", "csv", "txt", "digest", "junit", "sarif", "ics")


def formats() -> tuple[str, ...]:
    """The names of all formats, the most useful first."""
    return _FORMATS


def get(format: str) -> Renderer:
    """The renderer of a format, whatever the case of its name and with or without a leading dot.

    Raises:
        UsageError: the format is unknown; the advice names those that are known.
    """
    name = format.strip().lower().lstrip(".")
    if name not in _FORMATS:
        raise UsageError(
            _("Không có định dạng báo cáo “{format}”.").format(format=format),
            _("Các định dạng có thể dùng: {known}.").format(known=", ".join((*_FORMATS, "pdf"))),
        )
    renderer: Renderer = import_module(f"{__name__}.{name}").RENDERER
    return renderer
