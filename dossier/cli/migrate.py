"""``dossier migrate-to``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from dossier.cli.shared import (
    archive_argument,
    common,
    emit_json,
    json_option,
    open_for,
    say,
    today_option,
    wait_option,
    waiting,
)
from dossier.i18n import _


@click.command(
    "migrate-to",
    help=_(
        "Chuyển danh mục của kho đến ĐÍCH: một địa chỉ postgresql://… để nhiều máy dùng chung, hoặc một thư "
        "mục để trở lại thành tệp. Từng dòng và mọi kết quả đối chiếu được so trước và sau; tệp cũ được giữ "
        "lại, chỉ đọc."
    ),
)
@click.argument("where", metavar=_("ĐÍCH"))
@archive_argument
@json_option
@today_option
@wait_option
@common
def migrate(where: str, archive: Path | None, as_json: bool, today: date | None, state: Path | None) -> None:
    """See the help text."""
    from dossier.usecases.migrate import migrate_to

    opened = open_for(archive, state)
    with waiting(_("Đang chuyển danh mục")):
        moved = migrate_to(opened, where, today)
    if as_json:
        emit_json(asdict(moved) | {"kept": str(moved.kept) if moved.kept else None})
        return
    said = _(
        "Đã chuyển danh mục đến {where}: {files} tệp, {documents} văn bản; từng dòng và kết quả đối chiếu "
        "giống nhau."
    )
    say(said.format(where=moved.where, files=moved.rows["files"], documents=moved.rows["documents"]))
    if moved.kept:
        say(_("Danh mục cũ được giữ, chỉ đọc: {path}").format(path=moved.kept))
        say(_("Trên các máy khác, ghi địa chỉ ấy vào [catalogue] url của dossier.toml."))
    else:
        say(_("Bỏ [catalogue] url trong dossier.toml, nếu có, để kho dùng danh mục này."))
