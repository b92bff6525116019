"""``dossier status``, ``trend``, ``due`` and ``undo``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    note_written,
    say,
    standard,
    tell,
)
from dossier.i18n import N_, _, moment
from dossier.machine_json import fields

if TYPE_CHECKING:
    from dossier.usecases.overview import Glance
    from dossier.usecases.undo import Act


_MOST = 3  # subjects of an act that are named

# What is taken back, by what was done.
_DONE = {
    "assign": N_("xếp {subjects} vào {details}"),
    "correct": N_("sửa {subjects}: {details}"),
    "waive": N_("chấp nhận {details} của {subjects}"),
    "set": N_("ghi nhận của {subjects}: {details}"),
    "done": N_("ghi nhận đã làm {details}"),
    "adopt": N_("nhận là hồ sơ: {subjects}"),
    "unseal": N_("mở niêm phong {subjects}"),
    "baseline": N_("lập mốc của kho"),
    "file": N_("chuyển {subjects} từ hộp thư đến vào {details}"),
}


@click.command(
    help=_("Kho đang ra sao, trong một dòng: lần quét, đêm gần nhất, việc quá hạn, tài liệu mật, cần xem.")
)
@standard("archive", "today", "json")
@click.pass_context
def status(ctx: click.Context, given: GivenArchive, today: date | None, as_json: bool) -> None:
    from dossier.usecases.overview import glance

    found = glance(given.open(), today)
    if as_json:
        emit_json(asdict(found))
    else:
        tell(_in_words(found))
    ctx.exit(found.code)


def _in_words(found: Glance) -> str:
    late = _("{count} việc quá hạn, lâu nhất {days} ngày").format(count=found.late, days=found.longest)
    told = [
        _("{count} tài liệu có dấu mật hoặc dấu đỏ chưa đọc được").format(count=found.secrets)
        if found.secrets
        else "",
        late if found.late else _("không việc nào quá hạn"),
        _("{complete}/{count} hồ sơ đầy đủ").format(complete=found.complete, count=found.dossiers),
        _("{count} văn bản cần xem").format(count=found.review) if found.review else "",
        _("{count} tệp chưa đọc được").format(count=found.unread) if found.unread else "",
        _("quét {when}").format(when=moment(found.scanned_at)),
        _("việc đêm gần nhất {day}").format(day=f"{found.night:%d/%m/%Y}")
        if found.night
        else _("chưa chạy việc đêm (dossier nightly)"),
    ]
    return f"{found.name}: " + " · ".join(filter(None, told))


@click.command(
    help=_(
        "Bỏ việc vừa quyết định gần nhất, bất kể loại nào: xếp mục, sửa, chấp nhận, ghi nhận, nhận hồ sơ, mở "
        "niêm phong, lập mốc. Điều mà nó đã thay lại có hiệu lực. Chạy nhiều lần thì bỏ dần."
    )
)
@click.option("--list", "listing", is_flag=True, help=_("Chỉ liệt kê những việc gần nhất, không bỏ gì."))
@standard("archive", "json", "wait")
def undo(given: GivenArchive, listing: bool, as_json: bool) -> None:
    from dossier.usecases import undo as use

    opened = given.open()
    if listing:
        found = use.acts(opened)[:20]
        if as_json:
            emit_json([_plain(act) for act in found])
        for act in () if as_json else found:
            tell(f"{moment(act.at)}  {act.author}: {_said(act)}")
        if not found and not as_json:
            note(_("Chưa có quyết định nào đang có hiệu lực."))
        return
    taken = use.undo(opened)
    if as_json:
        emit_json(_plain(taken) if taken else None)
    elif taken is None:
        note(_("Chưa có quyết định nào đang có hiệu lực."))
    else:
        when = moment(taken.at)
        tell(_("Đã bỏ: {act} ({who}, {when}).").format(act=_said(taken), who=taken.author, when=when))
        if taken.former:
            note(_("Điều mà nó đã thay lại có hiệu lực."))


def _said(act: Act) -> str:
    """An act in words."""
    from dossier.usecases.fact_entries import KEYS, key_name

    last = [path.rpartition("/")[2] for path in act.subjects]
    named = ", ".join(f"“{name}”" for name in last[:_MOST])
    if len(last) > _MOST:
        named += _(" và {count} thứ nữa").format(count=len(last) - _MOST)
    details = ", ".join(key_name(key) if key in KEYS else key.replace("/", _(" năm ")) for key in act.details)
    if act.kind == "assign":
        details = _("mục {places}").format(places=details) if details else _("không mục nào")
    if act.kind == "correct":
        from reports.questions import field_names

        details = ", ".join(field_names(act.details))
    if act.kind == "adopt" and not any(act.details):  # a folder without a kind
        return _("không nhận là hồ sơ: {subjects}").format(subjects=named)
    return _(_DONE[act.kind]).format(subjects=named, details=details)


def _plain(act: Act) -> dict[str, object]:
    return fields(act, "kind at author subjects details") | {"restored": bool(act.former)}


@click.command(help=_("Mức đầy đủ theo thời gian, mới phát hiện và đã khắc phục từng đêm."))
@click.option("--html", "page", metavar=_("TỆP|-"), help=_("Ghi trang web có biểu đồ."))
@standard("archive", "force", "json")
def trend(given: GivenArchive, page: str | None, force: bool, as_json: bool) -> None:
    from dossier.usecases import history, publish
    from reports import trend as report

    opened = given.open()
    nights, told = history.nights(opened), history.last_two(opened)
    if page:
        where = publish.write_bytes(
            report.page(opened.name, nights, told), page, opened, force=force, act="trend"
        )
        note_written(where)
    if as_json:
        emit_json(report.plain(nights))
    elif page is None:
        say(report.screen(nights, told))


@click.command(help=_("Việc gì đã quá hạn, sắp đến hạn: của từng hồ sơ và của cả đơn vị."))
@click.option(
    "--days", type=WholeNumber(0, 3660), metavar=_("SỐ_NGÀY"),
    help=_("Xem trước bao nhiêu ngày; mặc định theo [rules] due_days, thường là 30."),
)  # fmt: skip
@click.option("--ics", metavar=_("TỆP|-"), help=_("Xuất ra lịch điện tử (iCalendar); “-”: ra stdout."))
@standard("archive", "force", "json", "today")
def due(
    given: GivenArchive, days: int | None, ics: str | None, force: bool, as_json: bool, today: date | None
) -> None:
    from dossier.usecases import dues, publish
    from reports.ics import table

    opened = given.open()
    report = dues.open_dues(opened, today, days)
    if ics is not None:
        where = publish.write(report, "ics", ics, opened, force=force)
        note_written(where)
        if not as_json:
            return
    if as_json:
        emit_json(dues.as_json(report))
    else:
        say(table(report))
