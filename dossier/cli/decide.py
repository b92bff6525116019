"""``dossier assign`` and ``dossier waive``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    Day,
    common,
    dossier_meant,
    emit_json,
    json_option,
    note,
    open_for,
    paper_meant,
    say,
    wait_option,
)
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.archive import Archive

_archive = click.option(
    "--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=_("Kho chứa nó.")
)


def _around(path: str, archive: Path | None) -> Path | None:
    from dossier.archive import find_root

    there = Path(path.rpartition("#")[0] or path)
    if there.is_absolute():  # what vanished may be named too
        there = next(folder for folder in (there, *there.parents) if folder.exists())
    return find_root(there.resolve()) if archive is None and there.exists() else archive


@click.command(
    help=_(
        "Quyết định TỆP thuộc những MỤC nào: 6a, “mục 2”, “10a 6 tháng đầu 2024”, tên văn bản của mục, hoặc "
        "“không”. TỆP: số của dòng vừa hiện, tên, một phần tên; TỆP#2 là văn bản thứ hai trong tệp. Quyết "
        "định theo nội dung nên giữ cả khi đổi tên, chuyển chỗ."
    )
)
@click.argument("file", metavar=_("TỆP[#N]"))
@click.argument("places", nargs=-1, metavar=_("MỤC…"))
@click.option("--reset", is_flag=True, help=_("Bỏ quyết định, để công cụ tự xếp lại."))
@_archive
@json_option
@wait_option
@common
def assign(
    file: str,
    places: tuple[str, ...],
    reset: bool,
    archive: Path | None,
    as_json: bool,
    state: Path | None,
) -> None:
    from dossier.model import Document
    from dossier.usecases import decide, publish
    from dossier.usecases.inspect import places_in_words

    if reset == bool(places):
        raise click.UsageError(_("Nêu ít nhất một mục (hoặc “không”), hoặc dùng --reset một mình."))
    opened = open_for(_around(file, archive), state)
    file = paper_meant(opened, file)
    if reset:
        note(_("Đã bỏ {count} quyết định.").format(count=decide.reset(opened, file)))
        return
    placed = decide.assign(opened, file, places)
    if as_json:
        emit_json(publish.as_dict(placed))
        return
    for each in placed:
        if isinstance(each, Document):
            say(publish.document_view(opened, each))
        else:
            parts = "; ".join(places_in_words(opened, each))
            said = (
                _("{path}: được tính ở {places} dù không đọc ra chữ.")
                if parts
                else _("{path}: không tính ở mục nào.")
            )
            note(said.format(path=each.path, places=parts))


@click.command(help=_("Chấp nhận phát hiện QUY_TẮC của HỒ_SƠ, có lý do và, nếu cần, thời hạn."))
@click.argument("dossier", metavar=_("HỒ_SƠ"), required=False)
@click.argument("rule", metavar=_("QUY_TẮC"), required=False)
@click.option("--part", default="", help=_("Chỉ thành phần này, ví dụ 6c."))
@click.option("--reason", default="", help=_("Lý do (bắt buộc)."))
@click.option("--until", type=Day(), help=_("Ngày cuối còn hiệu lực."))
@click.option("--reset", is_flag=True, help=_("Bỏ chấp nhận."))
@click.option("--list", "listing", is_flag=True, help=_("Liệt kê mọi chấp nhận, cả đã hết hạn."))
@_archive
@wait_option
@json_option
@common
def waive(
    dossier: str | None,
    rule: str | None,
    part: str,
    reason: str,
    until: date | None,
    reset: bool,
    listing: bool,
    archive: Path | None,
    as_json: bool,
    state: Path | None,
) -> None:
    from dossier.usecases import decide

    if listing:
        _list(open_for(_around(dossier, archive) if dossier else archive, state), as_json)
        return
    if not dossier or not rule:
        raise click.UsageError(_("Nêu HỒ_SƠ và QUY_TẮC, hoặc dùng --list."))
    opened = open_for(_around(dossier, archive), state)
    path = dossier_meant(opened, dossier)
    if reset:
        undone = decide.unwaive(opened, path, rule, part)
        note(_("Đã bỏ chấp nhận.") if undone else _("Chưa từng chấp nhận phát hiện này."))
        return
    made = decide.waive(opened, path, rule, part=part, reason=reason, until=until)
    until_text = (
        _("đến hết ngày {day}").format(day=f"{made.until:%d/%m/%Y}") if made.until else _("không thời hạn")
    )
    name = path.rpartition("/")[2] or _("cả đơn vị")
    said = _("Đã chấp nhận {rule} của “{name}”, {until}. Bỏ lại: dossier undo")
    note(said.format(rule=made.rule, name=name, until=until_text))


def _list(archive: Archive, as_json: bool) -> None:
    from dossier.usecases import decide, publish

    known = decide.waivers(archive)
    if as_json:
        emit_json(
            [
                {
                    "dossier": w.dossier, "rule": w.rule, "part": w.part, "reason": w.reason,
                    "author": w.author, "made_at": w.made_at.isoformat(),
                    "until": w.until.isoformat() if w.until else None, "in_force": valid, "findings": count,
                }
                for w, valid, count in known
            ]
        )  # fmt: skip
    else:
        say(publish.waivers_view(known))
