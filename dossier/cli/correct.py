"""``dossier correct`` and ``dossier unseal``: correct what was read from a file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

import click

from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    gathered,
    note,
    paper_meant,
    say,
    standard,
)
from dossier.i18n import _


@click.command(
    help=_(
        "Ghi lại cho đúng số, ngày, loại… của văn bản trong TỆP (hoặc TỆP#2), khi máy đọc sai hay không "
        'đọc được. Giá trị để trống ("") nghĩa là văn bản không có. Được giữ theo nội dung tệp, dùng ngay '
        "khi kiểm tra và tìm kiếm."
    )
)
@click.argument("file", metavar=_("TỆP"))
@click.option("--number", metavar=_("SỐ"), help=_("Số, ký hiệu: 12/QĐ-UBND."))
@click.option("--date", metavar=_("NGÀY"), help=_("Ngày ký: 05/12/2024; biết đến đâu ghi đến đó: 12/2024."))
@click.option("--type", metavar=_("LOẠI"), help=_("Loại văn bản: quyết định, kế hoạch, QĐ, …"))
@click.option("--abstract", metavar=_("CHỮ"), help=_("Trích yếu."))
@click.option("--issuer", metavar=_("CHỮ"), help=_("Cơ quan ban hành."))
@click.option("--signer", metavar=_("CHỮ"), help=_("Người ký."))
@click.option("--reset", is_flag=True, help=_("Bỏ mọi điều đã sửa; dùng lại những gì máy đọc."))
@standard("--archive", "today", "json", "wait")
@gathered("typed", dict, "number", "date", "type", "abstract", "issuer", "signer")
def correct(
    file: str,
    typed: dict[str, str | None],
    reset: bool,
    given: GivenArchive,
    today: date | None,
    as_json: bool,
) -> None:
    from dossier.usecases import correct as use
    from dossier.usecases import publish
    from reports import json as json_report

    said = {name: value for name, value in typed.items() if value is not None}
    opened = given.open()
    file = paper_meant(opened, file)
    if reset:
        if said:
            raise click.UsageError(_("--reset không đi cùng trường nào."))
        undone = use.reset(opened, file)
        if as_json:
            emit_json({"undone": undone})
        else:
            note(
                _("Đã bỏ điều đã sửa của {count} văn bản.").format(count=undone)
                if undone
                else _("Chưa ai sửa gì ở tệp này.")
            )
        return
    found = use.correct(opened, file, said, today)
    if as_json:
        emit_json(json_report.plain(found))
        return
    for document in found:
        say(publish.document_view(opened, document))


@click.command(
    help=_(
        "Người dùng xác nhận TỆP không có dấu chỉ độ mật, dù bị niêm phong (MAT-01): tệp được đọc lại như "
        "mọi tệp khác. Được ghi lại, và bỏ được bằng --undo."
    )
)
@click.argument("file", required=False, metavar=_("[TỆP]"))
@click.option("--reason", default="", help=_("Vì sao (bắt buộc)."))
@click.option("--undo", is_flag=True, help=_("Bỏ xác nhận này: tệp lại được xét theo dấu của nó."))
@click.option("--list", "listing", is_flag=True, help=_("Ai đã xác nhận tệp nào, lúc nào, vì sao."))
@standard("--archive", "json", "wait")
def unseal(
    file: str | None, reason: str, undo: bool, listing: bool, given: GivenArchive, as_json: bool
) -> None:
    from dossier.usecases import correct as work

    opened = given.open()
    if listing:
        found = work.unsealed(opened, history=True)
        if as_json:
            emit_json([asdict(each) for each in found])
            return
        for each in found:
            ended = _(" (đã bỏ {when})").format(when=_day(each.ended_at)) if each.ended_at else ""
            line = f"{_day(each.made_at)}  {each.author}  {each.path}: {each.reason}{ended}"
            note(line)
        return
    if not file:
        raise click.UsageError(_("Nêu TỆP, hoặc dùng --list."))
    file = paper_meant(opened, file)
    if undo:
        done = work.seal_again(opened, file)
        note(_("Đã bỏ xác nhận.") if done else _("Chưa ai xác nhận tệp này."))
        return
    path = work.unseal(opened, file, reason)
    if as_json:
        emit_json({"unsealed": path, "reason": reason})
    else:
        note(_("Đã mở niêm phong “{path}” và đọc lại. Bỏ: dossier unseal TỆP --undo").format(path=path))


def _day(at: str) -> str:
    """The day of an ISO time, as it is written here."""
    return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y}"
