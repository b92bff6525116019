"""Retention for the terminal: the period of every dossier, dossiers for appraisal, the rows in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport, KeptFor
from reports import looks
from reports.looks import printable


def dossiers(report: ComplianceReport) -> Iterator[RenderableType]:
    """One row per dossier, then the draft list for the appraisal council."""
    if not report.dossiers:
        yield Text(_("Chưa có hồ sơ nào."))
        return
    shown = _table(_("Hồ sơ"), _("Quy định"), _("Thời hạn"), _("Kết thúc"), _("Nộp lưu trước"), _("Hết hạn"))
    for dossier in report.dossiers:
        kept = dossier.retention
        shown.add_row(
            printable(dossier.name),
            kept.title or "–",
            _period(dossier),
            _day(dossier.facts["ended"].value),
            _day(kept.handover_due),
            _hold_or_day(dossier),
        )
    yield shown
    unsure = any(d.retention.reasons and not d.retention.verified for d in report.dossiers)
    if unsure:
        said = _(
            "Thời hạn chưa đối chiếu lấy theo bảng tham khảo, không phải của văn bản ghi ở cột Quy định: "
            "chỉ để giữ, không để xét hủy. Xem từng dòng: dossier retention --show; ghi điều khoản đã đọc: "
            "dossier retention confirm"
        )
        yield Text(said, style="yellow")
    yield from _council(report)


def _council(report: ComplianceReport) -> Iterator[RenderableType]:
    due = [dossier for dossier in report.dossiers if dossier.retention.review]
    if not due:
        yield Text(_("Không có hồ sơ nào đủ căn cứ để đề nghị Hội đồng xét."), style="dim")
        return
    title = _("DỰ THẢO danh sách đề nghị Hội đồng xét hủy (công cụ không hủy, không xóa gì)")
    yield Text(title, style="bold")
    shown = _table(_("STT"), _("Hồ sơ"), _("Thời hạn"), _("Hết hạn"), _("Căn cứ"))
    for number, dossier in enumerate(due, start=1):
        kept = dossier.retention
        why = "; ".join(f"{reason.title}: {looks.citation(reason.citation)}" for reason in kept.reasons)
        name = printable(dossier.name)
        shown.add_row(str(number), name, kept.period_title, _day(kept.expires), printable(why))
    yield shown


def _period(dossier: DossierReport) -> Text:
    kept = dossier.retention
    if kept.period is None:
        return Text(_("chưa xác định"), style="dim")
    if kept.verified:
        return Text(kept.period_title)
    return Text(_("{period}, chưa đối chiếu").format(period=kept.period_title), style="yellow")


def _hold_or_day(dossier: DossierReport) -> Text:
    kept = dossier.retention
    if kept.hold:
        return Text(_("giữ lại: {why}").format(why=printable(kept.hold)), style="magenta")
    return Text(_day(kept.expires))


def _day(value: object) -> str:
    return looks.day(value) if isinstance(value, date) else "–"


def schedule(packs: Iterable[tuple[str, str, str, Iterable[KeptFor]]]) -> Iterator[RenderableType]:
    """The rows in force; ``packs``: id, title, note and rows of each."""
    for _pack, title, note, rows in packs:
        yield Text(title, style="bold")
        if note:
            yield Text(note, style="dim")
        shown = _table(_("STT"), _("Nội dung"), _("Thời hạn"), _("Nguồn"), _("Kiểm chứng"))
        count = 0
        for row in rows:
            count += 1
            word, colour = (_("đã đối chiếu"), "green") if row.verified else (_flag(row.flag), "yellow")
            state = Text(word, style=colour)
            shown.add_row(str(count), row.title, row.period_title, looks.citation(row.citation), state)
        yield shown if count else Text(_("  chưa biết thời hạn nào trong văn bản này"), style="yellow")


def _flag(flag: str) -> str:
    return {
        "public": _("có văn bản công khai, cơ quan chưa đối chiếu"),
        "secondary": _("nguồn thứ cấp, chưa đối chiếu"),
        "unverified": _("chưa kiểm chứng"),
    }[flag]


def _table(*heads: str) -> Table:
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        shown.add_column(head, overflow="fold")
    return shown
