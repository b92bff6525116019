"""``dossier unseal``."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.cli.shared import (
    common,
    emit_json,
    json_option,
    note,
    open_for,
    paper_meant,
    wait_option,
)
from dossier.i18n import _


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
@click.option("--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=_("Kho chứa nó."))
@json_option
@wait_option
@common
def unseal(
    file: str | None,
    reason: str,
    undo: bool,
    listing: bool,
    archive: Path | None,
    as_json: bool,
    state: Path | None,
) -> None:
    """See the help text."""
    from dataclasses import asdict

    from dossier.usecases import unseal as work

    opened = open_for(archive, state)
    if listing:
        found = work.unsealed(opened, history=True)
        if as_json:
            emit_json([asdict(each) for each in found])
            return
        for each in found:
            ended = _(" (đã bỏ {when})").format(when=each.ended_at[:10]) if each.ended_at else ""
            line = f"{each.made_at[:10]}  {each.author}  {each.path}: {each.reason}{ended}"
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
