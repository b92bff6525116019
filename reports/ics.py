"""Open duties as a calendar (iCalendar, RFC 5545).

One all-day event per open duty. Its UID depends on the duty and not on the day of
the export, so that another import updates events instead of duplicating them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import N_, _
from dossier.model import ComplianceReport, Due, DueStatus
from reports import looks, urgent
from reports.looks import Look, printable

_OPEN = (DueStatus.OVERDUE, DueStatus.SOON, DueStatus.AHEAD)
_OCTETS = 75  # maximal length of a line without its break: RFC 5545, 3.1


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    return written(
        all_dues(report), {dossier.path: dossier.name for dossier in report.dossiers}, report.scanned_at
    )


def written(dues: Iterable[Due], names: Mapping[str, str], scanned_at: datetime) -> bytes:
    """The calendar of open duties; ``names``: dossiers' names by path."""
    stamp = scanned_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dossier//dossier//VI", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{_text(_('Việc đến hạn của hồ sơ'))}"]  # fmt: skip
    for due in sorted(dues, key=lambda due: (due.day, due.rule, due.dossier, due.period)):
        if due.status in _OPEN:
            lines += _event(due, names.get(due.dossier, ""), stamp)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def uid(due: Due) -> str:
    """The UID of the event, stable between exports."""
    about = "\n".join((due.dossier, due.rule, due.part, due.period))
    return f"{hashlib.sha256(about.encode()).hexdigest()[:32]}@dossier"


def _event(due: Due, name: str, stamp: str) -> list[str]:
    said = f"{due.what} – {name}" if name and name not in due.what else due.what
    about = [f"{due.rule}: {looks.citation(due.citation)}", due.dossier]
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
    """A TEXT value (RFC 5545, 3.3.11), without control characters, which are forbidden."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(char for char in escaped if char.isprintable())


def _folded(line: str) -> str:
    """Fold a line to at most 75 octets, not inside a character (RFC 5545, 3.1)."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces)


STATUS = {
    DueStatus.ON_TIME: Look("✓", N_("đúng hạn"), "green"),
    DueStatus.LATE: Look("!", N_("trễ hạn"), "yellow"),
    DueStatus.OVERDUE: Look("✗", N_("quá hạn"), "red"),
    DueStatus.SOON: Look("…", N_("sắp đến hạn"), "yellow"),
    DueStatus.AHEAD: Look("·", N_("chưa đến hạn"), "dim"),
}


def all_dues(report: ComplianceReport) -> list[Due]:
    """Duties of all dossiers and of the unit, by due day."""
    found = [*report.due, *(due for dossier in report.dossiers for due in dossier.due)]
    return sorted(found, key=lambda due: (due.day, due.rule, due.dossier, due.period))


def table(report: ComplianceReport) -> RenderableType:
    """Tables of the open duties, each with its dossiers; overdue ones first, by days overdue."""
    found = urgent.duties(report)
    if not found:
        return Text(_("Không có việc nào quá hạn hay sắp đến hạn."), style="green")
    late, soon = [d for d in found if d.overdue], [d for d in found if not d.overdue]
    blocks: list[RenderableType] = []
    for title, duties, colour in ((_("Quá hạn"), late, "red"), (_("Sắp đến hạn"), soon, "yellow")):
        if duties:
            blocks += [
                Text(f"{title} ({len(duties)})", style=f"bold {colour}"),
                _duties(duties, colour),
                Text(),
            ]
    foot = _("{late} việc quá hạn, {soon} việc sắp đến hạn tính đến {day}.")
    said = foot.format(late=len(late), soon=len(soon), day=looks.day(report.today))
    return Group(*blocks, Text(said, style="bold"))


def _duties(duties: Sequence[urgent.OpenDuty], colour: str) -> Table:
    shown = Table.grid(padding=(0, 1))
    shown.add_column(no_wrap=True, style=colour)
    shown.add_column(overflow="fold")
    for duty in duties:
        until = _("hạn {day}").format(day=looks.day(duty.day))
        what = Text.assemble(
            (printable(duty.what), "bold"),
            (f"  {until} · {looks.citation(duty.citation)} · {duty.rule}", "dim"),
        )
        lines = [what, *(Text(f"– {printable(name)}") for _path, name in duty.dossiers)]
        if not duty.dossiers:
            done = _("việc chung của đơn vị; đã làm thì ghi nhận: dossier done {rule} {year}")
            lines.append(Text(done.format(rule=duty.rule, year=duty.year), style="dim"))
        shown.add_row(duty.when, Text("\n").join(lines))
    return shown
