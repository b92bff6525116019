"""``dossier assign`` and ``dossier waive``."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    Day,
    GivenArchive,
    dossier_meant,
    emit_json,
    gathered,
    note,
    paper_meant,
    say,
    standard,
)
from dossier.i18n import _
from dossier.machine_json import fields

if TYPE_CHECKING:
    from dossier.archive import Archive


@click.command(
    help=_(
        "Quyết định TỆP thuộc những MỤC nào: 6a, “mục 2”, “10a 6 tháng đầu 2024”, tên văn bản của mục, hoặc "
        "“không”. TỆP: số của dòng vừa hiện (nhiều dòng: 3,5-8), tên, một phần tên; TỆP#2 là văn bản thứ hai "
        "trong tệp. Quyết định theo nội dung nên giữ cả khi đổi tên, chuyển chỗ."
    )
)
@click.argument("file", metavar=_("TỆP[#N]"))
@click.argument("places", nargs=-1, metavar=_("MỤC…"))
@click.option("--reset", is_flag=True, help=_("Bỏ quyết định, để công cụ tự xếp lại."))
@standard("--archive", "json", "wait")
def assign(file: str, places: tuple[str, ...], reset: bool, given: GivenArchive, as_json: bool) -> None:
    from dossier.model import Document
    from dossier.usecases import decide, publish
    from dossier.usecases.inspect import places_in_words
    from reports import json as json_report

    if reset == bool(places):
        raise click.UsageError(_("Nêu ít nhất một mục (hoặc “không”), hoặc dùng --reset một mình."))
    opened = given.around(file).open()
    files = _papers(opened, file)
    if reset:
        note(_("Đã bỏ {count} quyết định.").format(count=decide.reset_all(opened, files)))
        return
    placed = decide.assign_all(opened, files, places)
    if as_json:
        emit_json(json_report.plain(placed))
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


def _papers(archive: Archive, said: str) -> list[str]:
    """Return the files in rows of the table shown last (“3,5-8”), or else the one file that is meant."""
    from dossier.usecases import rows
    from dossier.usecases.naming import archive_path

    ranges = rows.numbers_said(said)
    if ranges is None or archive_path(archive, said) != said:
        return [paper_meant(archive, said)]
    numbers = itertools.chain.from_iterable(ranges)
    return list(dict.fromkeys(rows.row(archive, number, rows.Rows.PAPERS) for number in numbers))


@dataclass(frozen=True, slots=True)
class Waived:
    """What is accepted of a rule's findings, why and until when."""

    part: str
    reason: str
    until: date | None


@click.command(help=_("Chấp nhận phát hiện QUY_TẮC của HỒ_SƠ, có lý do và, nếu cần, thời hạn."))
@click.argument("dossier", metavar=_("HỒ_SƠ"), required=False)
@click.argument("rule", metavar=_("QUY_TẮC"), required=False)
@click.option("--part", default="", help=_("Chỉ thành phần này, ví dụ 6c."))
@click.option("--reason", default="", help=_("Lý do (bắt buộc)."))
@click.option("--until", type=Day(), help=_("Ngày cuối còn hiệu lực."))
@click.option("--reset", is_flag=True, help=_("Bỏ chấp nhận."))
@click.option("--list", "listing", is_flag=True, help=_("Liệt kê mọi chấp nhận, cả đã hết hạn."))
@standard("--archive", "wait", "json")
@gathered("waived", Waived)
def waive(
    dossier: str | None,
    rule: str | None,
    waived: Waived,
    reset: bool,
    listing: bool,
    given: GivenArchive,
    as_json: bool,
) -> None:
    from dossier.usecases import decide

    if listing:
        _list((given.around(dossier) if dossier else given).open(), as_json)
        return
    if not dossier or not rule:
        raise click.UsageError(_("Nêu HỒ_SƠ và QUY_TẮC, hoặc dùng --list."))
    opened = given.around(dossier).open()
    path = dossier_meant(opened, dossier)
    if reset:
        undone = decide.unwaive(opened, path, rule, waived.part)
        note(_("Đã bỏ chấp nhận.") if undone else _("Chưa từng chấp nhận phát hiện này."))
        return
    made = decide.waive(opened, path, rule, part=waived.part, reason=waived.reason, until=waived.until)
    until_text = (
        _("đến hết ngày {day}").format(day=f"{made.until:%d/%m/%Y}") if made.until else _("không thời hạn")
    )
    name = _("cả đơn vị") if path in ("", ".") else decide.names(opened).get(path, path)
    said = _("Đã chấp nhận {rule} của “{name}”, {until}. Bỏ lại: dossier undo")
    note(said.format(rule=made.rule, name=name, until=until_text))


def _list(archive: Archive, as_json: bool) -> None:
    from dossier.usecases import decide
    from reports.screen import waivers as screen

    known = decide.waivers(archive)
    if as_json:
        emit_json(
            [
                fields(w, "dossier rule part reason author made_at until")
                | {"in_force": valid, "findings": count}
                for w, valid, count in known
            ]
        )  # fmt: skip
    else:
        say(screen.waivers(known, decide.names(archive)))
