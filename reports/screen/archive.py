"""The whole archive on a screen of 80 columns or more: what is urgent, then a row for each dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import _
from dossier.model import ArchiveBrief, DossierBrief
from reports import looks, own_rules, proposals, urgent
from reports.looks import printable
from reports.screen.dossier import alarm, first, looked

_MOST_ROWS = 40  # dossiers in the table of an archive


def summary(report: ArchiveBrief) -> RenderableType:
    """The whole archive: one row per dossier, then what to do next."""
    blocks: list[RenderableType] = [*map(alarm, report.alarms), *_overdue(report)]
    if report.dossiers:
        blocks += [*([Text()] if blocks else []), _overview(report), Text()]
        shown = len(_shown(report))
        if shown < len(report.dossiers):
            more = _("Ở trên là {shown} hồ sơ chưa đầy đủ đầu tiên; tất cả: dossier report -o bao-cao.html")
            blocks.append(Text(more.format(shown=shown), style="dim"))
    blocks += [
        Text(f"{look.symbol} {finding.rule}  {printable(finding.message)}", style=look.colour)
        for look, finding in first(looks.of_whole(report))
    ]
    blocks += [Text(f"! {printable(problem)}", style="yellow") for problem in first(report.problems)]
    if said := proposals.unsorted(report):
        blocks.append(Text(f"! {printable(said)}", style="yellow"))
    elif report.outside.files:
        told = _("{count} tệp không nằm trong hồ sơ nào (vẫn được đọc và tìm thấy), ví dụ: {path}")
        example = printable(report.outside.first)
        blocks.append(Text("! " + told.format(count=report.outside.count, path=example), style="yellow"))
    blocks += [Text(f"○ {printable(said)}", style="cyan") for said in own_rules.sentences(report)]
    blocks.append(Text(looks.summary_line(report.summary, report.asked), style="bold"))
    worst = next((d for d in urgent.worst_first(report.dossiers) if not d.complete), None)
    if worst is not None:
        blocks.append(
            Text(
                _('Xem kỹ một hồ sơ: dossier show {number}, hoặc ghi tên: dossier show "{name}"').format(
                    number=rows(report).index(worst.path) + 1,
                    # A name that begins as an option would be taken for one.
                    name=printable(worst.path if worst.name.startswith("-") else worst.name),
                ),
                style="dim",
            )
        )
    return Group(*blocks)


def _overdue(report: ArchiveBrief) -> Iterator[RenderableType]:
    late = [duty for duty in urgent.duties(report) if duty.overdue]
    for duty in first(late):
        where = ", ".join(name for _path, name in duty.dossiers) or _("cả đơn vị")
        yield Text(f"! {printable(duty.what)}: {duty.when} ({printable(where)})", style="red")


def rows(report: ArchiveBrief) -> list[str]:
    """The paths of the dossiers in the order of their rows, of which the first has number 1."""
    return [dossier.path for dossier in _shown(report)]


def _shown(report: ArchiveBrief) -> Sequence[DossierBrief]:
    """All dossiers, those that lack most first; of a large archive only those that need somebody, as many
    as can be looked through."""
    worst = urgent.worst_first(report.dossiers)
    return worst if len(worst) <= _MOST_ROWS else [d for d in worst if not d.complete][:_MOST_ROWS]


def _overview(report: ArchiveBrief) -> Table:
    several = len({d.kind for d in report.dossiers}) > 1
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for number, dossier in enumerate(_shown(report), start=1):
        table.add_row(str(number), _row(dossier, (dossier.kind_title or dossier.kind) if several else ""))
    return table


def _row(dossier: DossierBrief, kind: str) -> Text:
    """A dossier: its name and verdict, where it lies, what it lacks in words."""
    told = [_("{share} mục").format(share="{}/{}".format(*looks.share(dossier)))]
    if dossier.needs_review:
        told.append(_("{count} văn bản cần xem").format(count=dossier.needs_review))
    if dossier.unread:
        told.append(_("{count} tệp chưa đọc được").format(count=dossier.unread))
    head = Text.assemble((printable(dossier.name), "bold"), "  ", looked(looks.complete(dossier)), "  ")
    head.append(" · ".join(([kind] if kind else []) + told), style="dim")
    lines = [head, Text(printable(dossier.path), style="dim"), *_lacking(dossier)]
    return Text("\n").join(lines)


def _lacking(dossier: DossierBrief) -> Iterator[Text]:
    """The papers that are missing, in red; those in doubt, in magenta; in yellow what should be there and
    leaves the dossier complete."""
    told = (
        (urgent.lacking(dossier, required=True), "red", _("thiếu: ")),
        (urgent.waiting(dossier), "magenta", _("cần người xem: ")),
        (urgent.lacking(dossier, required=False), "yellow", _("nên bổ sung: ")),
    )
    for papers, colour, lead in told:
        if papers:
            yield Text.assemble((lead, "dim"), (printable("; ".join(papers)), colour))
