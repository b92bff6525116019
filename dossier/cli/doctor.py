"""``dossier doctor``."""

from __future__ import annotations

from dataclasses import asdict

import click

from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    say,
    standard,
)
from dossier.errors import ExitCode
from dossier.i18n import _, moment


@click.command(help=_("Kiểm tra máy và kho: có gì, thiếu gì, thiếu thì mất gì, và lệnh để bổ sung."))
@click.option(
    "--fix", is_flag=True, help=_("Sửa những gì sửa được trong trạng thái của kho, và nói đã làm gì.")
)
@click.option(
    "--drill",
    metavar="postgresql://…",
    help=_("Thử dùng bản sao lưu PostgreSQL đã phục hồi ở địa chỉ này, và ghi nhận là đã thử."),
)
@standard("archive", "json")
@click.pass_context
def doctor(ctx: click.Context, given: GivenArchive, fix: bool, drill: str | None, as_json: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from dossier.model.health import Health
    from dossier.usecases.doctor import examine

    opened = given.open()
    if fix:
        from dossier.usecases.mend import mend

        mended = False
        for sentence in mend(opened):
            note(sentence)
            mended = True
        if not mended:
            note(_("Trạng thái của kho không có gì phải sửa."))
    if drill:
        from dossier.usecases.server_health import drill as use

        held = use(opened, drill)
        note(
            _(
                "Bản phục hồi dùng được: quét lần cuối {when}, {dossiers} hồ sơ, {decisions} quyết định."
            ).format(when=moment(held.scanned_at), dossiers=held.dossiers, decisions=held.decisions)
        )
    checks = examine(opened)
    if as_json:
        emit_json([asdict(check) for check in checks])
    else:
        look = {
            Health.OK: ("✓ " + _("sẵn sàng"), "green"),
            Health.MISSING: ("! " + _("thiếu"), "yellow"),
            Health.BROKEN: ("✗ " + _("không dùng được"), "red"),
        }
        table = Table(_("Thành phần"), _("Tình trạng"), _("Chi tiết"), box=None, header_style="bold")
        for check in checks:
            word, style = look[check.health]
            detail = Text(check.found, overflow="fold")  # commands to be copied must not be truncated
            if check.cost:
                detail.append(f"\n{check.cost}")
            if check.mend:
                detail.append("\n" + _("Khắc phục: "), style="bold").append(check.mend, style="cyan")
            table.add_row(check.name, Text(word, style=style), detail)
        say(table)
    broken = any(check.health is Health.BROKEN for check in checks)
    ctx.exit(ExitCode.UNUSABLE if broken else ExitCode.OK)
