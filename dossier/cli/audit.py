"""``dossier audit``."""

from __future__ import annotations

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    standard,
    tell,
)
from dossier.errors import ExitCode
from dossier.i18n import _
from dossier.machine_json import fields


@click.group(help=_("Nhật ký mọi việc đã làm, từ trang web và từ lệnh: một chuỗi không sửa lén được."))
def audit() -> None:
    pass


@audit.command(help=_("Kiểm tra cả chuỗi; mã cuối để đối chiếu với bản đã in. Chuỗi hỏng: mã thoát 1."))
@standard("archive", "json")
def verify(given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases import audit as use

    found = use.verify(given.open())
    if as_json:
        emit_json({"entries": found.entries, "head": found.head, "broken": found.broken or None})
    elif found.broken:
        note(_("Chuỗi nhật ký bị sửa hoặc hỏng từ {where}.").format(where=found.broken))
    elif not found.entries:
        note(_("Nhật ký chưa có dòng nào."))
    else:
        said = _("Chuỗi nguyên vẹn: {count} dòng; mã cuối {head}.")
        note(said.format(count=found.entries, head=found.head))
    if found.broken:
        raise SystemExit(ExitCode.FINDINGS)


@audit.command("list", help=_("Những việc gần nhất, mới nhất trước."))
@click.option("--limit", type=WholeNumber(1, 100_000), default=50, show_default=True, help=_("Số dòng."))
@standard("archive", "json")
def list_(given: GivenArchive, limit: int, as_json: bool) -> None:
    from dossier.usecases import audit as use
    from reports import acts

    found = use.entries(given.open(), limit)
    if as_json:
        emit_json([fields(each, "n=number at actor way act about details hash") for each in found])
        return
    if not found:
        note(_("Nhật ký chưa có dòng nào."))
    for e in found:
        who = f"{e.actor} ({acts.way(e.way)})"
        parts = [acts.act(e.act), acts.about(e.about), acts.particulars(e.details)]
        said = " – ".join(filter(None, parts))
        tell(f"{e.number:>6}  {e.at.astimezone():%H:%M:%S %d/%m/%Y}  {who}: {said}")
