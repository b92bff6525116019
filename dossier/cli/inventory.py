"""``dossier inventory``: the papers that a hand-over asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dossier.cli.shared import (
    archive_argument,
    common,
    emit_json,
    force_option,
    json_option,
    note,
    open_for,
    today_option,
)
from dossier.i18n import _


@click.command(
    help=_("Mục lục hồ sơ nộp lưu của cả kho, hoặc mục lục văn bản của một hồ sơ; Word hoặc Excel theo đuôi.")
)
@archive_argument
@click.option("--dossier", "only", metavar=_("ĐƯỜNG_DẪN"), help=_("Mục lục văn bản của hồ sơ này."))
@click.option("--handover", is_flag=True, help=_("Biên bản giao nhận thay cho mục lục (.docx)."))
@click.option("-o", "--output", required=True, metavar=_("TỆP"), help=_("Tệp .docx hoặc .xlsx."))
@force_option
@json_option
@today_option
@common
def inventory(
    archive: Path | None,
    only: str | None,
    handover: bool,
    output: str,
    force: bool,
    as_json: bool,
    today: date | None,
    state: Path | None,
) -> None:
    """See the help text."""
    from dossier.usecases import publish
    from dossier.usecases.assess import assess
    from dossier.usecases.naming import dossier_path

    opened = open_for(archive, state)
    found = assess(opened, today, dossier_path(opened, only) if only else None)
    format_ = publish.format_of(output)
    if handover:
        made = publish.handover(found, format_)
    else:
        made = publish.inventory(found, format_, one=only is not None)
    where = publish.write_bytes(made, output, opened, force=force)
    if where and as_json:
        emit_json({"written": str(where), "dossiers": [dossier.path for dossier in found.dossiers]})
    elif where:
        note(_("Đã ghi {path}").format(path=where))
