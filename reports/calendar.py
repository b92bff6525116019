"""What falls due, as a table for a person at a screen."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import N_, _
from dossier.model import ComplianceReport, Due, DueStatus
from reports import looks
from reports.looks import Look, printable

STATUS = {
    DueStatus.ON_TIME: Look("✓", N_("đúng hạn"), "green"),
    DueStatus.LATE: Look("!", N_("trễ hạn"), "yellow"),
    DueStatus.OVERDUE: Look("✗", N_("quá hạn"), "red"),
    DueStatus.SOON: Look("…", N_("sắp đến hạn"), "yellow"),
    DueStatus.AHEAD: Look("·", N_("chưa đến hạn"), "dim"),
}


def all_dues(report: ComplianceReport) -> list[Due]:
    """Everything due, of all dossiers and of the unit, by day."""
    found = [*report.due, *(due for dossier in report.dossiers for due in dossier.due)]
    return sorted(found, key=lambda due: (due.day, due.rule, due.dossier, due.period))


def table(report: ComplianceReport) -> RenderableType:
    """The dues of a report, one row each, soonest first."""
    dues = all_dues(report)
    if not dues:
        return Text(_("Không có việc nào quá hạn hay sắp đến hạn."), style="green")
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(_("Hạn chót"), no_wrap=True)
    shown.add_column(_("Tình trạng"), no_wrap=True)
    shown.add_column(_("Quy tắc"), no_wrap=True)
    shown.add_column(_("Việc"), ratio=3)
    shown.add_column(_("Hồ sơ"), ratio=2, overflow="fold")
    for due in dues:
        look = STATUS[due.status]
        where = Text(printable(due.dossier)) if due.dossier else Text(_("cả đơn vị"), style="dim")
        standing = Text(f"{look.symbol} {_(look.word)}", style=look.colour)
        shown.add_row(looks.day(due.day), standing, due.rule, printable(due.what), where)
    late = sum(due.status is DueStatus.OVERDUE for due in dues)
    foot = _("{late} việc quá hạn, {soon} việc sắp đến hạn tính đến {day}.")
    said = foot.format(late=late, soon=len(dues) - late, day=looks.day(report.today))
    return Group(shown, Text(said, style="bold"))
