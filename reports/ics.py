"""What falls due, as a calendar that any calendar program takes in (iCalendar, RFC 5545).

One all-day event per thing not done yet. Its UID depends on what it is about and not on the day of
the export, so importing again moves and updates events and never doubles them.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, timedelta
from typing import ClassVar

from dossier.i18n import _
from dossier.model import ComplianceReport, Due, DueStatus
from reports.interface import Renderer

_OPEN = (DueStatus.OVERDUE, DueStatus.SOON, DueStatus.AHEAD)
_OCTETS = 75  # RFC 5545, 3.1: a line without its break is no longer


class Ics(Renderer):
    """See the module."""

    suffix: ClassVar[str] = ".ics"

    @property
    def title(self) -> str:
        """As in :class:`Renderer`."""
        return _("lịch việc đến hạn")

    def render(self, report: ComplianceReport) -> bytes:
        """As in :class:`Renderer`."""
        dues = [*report.due, *(due for dossier in report.dossiers for due in dossier.due)]
        names = {dossier.path: dossier.name for dossier in report.dossiers}
        stamp = report.scanned_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dossier//dossier//VI", "CALSCALE:GREGORIAN",
                 f"X-WR-CALNAME:{_text(_('Việc đến hạn của hồ sơ'))}"]  # fmt: skip
        for due in sorted(dues, key=lambda due: (due.day, due.rule, due.dossier, due.period)):
            if due.status in _OPEN:
                lines += _event(due, names.get(due.dossier, ""), stamp)
        lines.append("END:VCALENDAR")
        return "".join(_folded(line) + "\r\n" for line in lines).encode()


RENDERER = Ics()


def uid(due: Due) -> str:
    """A name for the event that stays the same from export to export."""
    about = "\n".join((due.dossier, due.rule, due.part, due.period))
    return f"{hashlib.sha256(about.encode()).hexdigest()[:32]}@dossier"


def _event(due: Due, name: str, stamp: str) -> list[str]:
    said = f"{due.what} – {name}" if name and name not in due.what else due.what
    about = [f"{due.rule}: {due.citation}", due.dossier]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid(due)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(said)}",
        f"DESCRIPTION:{_text(chr(10).join(line for line in about if line))}",
        f"CATEGORIES:{_text(due.rule)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """RFC 5545, 3.3.11: a TEXT value; control characters, which it forbids, are left out."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(char for char in escaped if char.isprintable())


def _folded(line: str) -> str:
    """RFC 5545, 3.1: broken into lines of at most 75 octets, never within a character."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces)
