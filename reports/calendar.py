"""What falls due, as a table for a person at a screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import N_, _
from dossier.model import ComplianceReport, Due, DueStatus
from reports import looks, urgent
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
    """The dues of a report, a duty once with the dossiers under it: first what is overdue, longest first."""
    found = urgent.duties(report)
    if not found:
        return Text(_("Không có việc nào quá hạn hay sắp đến hạn."), style="green")
    late, soon = [d for d in found if d.late > 0], [d for d in found if d.late <= 0]
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


def _duties(duties: Sequence[urgent.Duty], colour: str) -> Table:
    shown = Table.grid(padding=(0, 1))
    shown.add_column(no_wrap=True, style=colour)
    shown.add_column(overflow="fold")
    for duty in duties:
        what = Text.assemble(
            (printable(duty.what), "bold"), (f"  {_('hạn')} {looks.day(duty.day)} · {duty.rule}", "dim")
        )
        lines = [what, *(Text(f"– {printable(name)}") for _path, name in duty.dossiers)]
        if not duty.dossiers:
            done = _("việc chung của đơn vị; đã làm thì ghi nhận: dossier done {rule} {year}")
            lines.append(Text(done.format(rule=duty.rule, year=duty.year), style="dim"))
        shown.add_row(duty.when, Text("\n").join(lines))
    return shown
