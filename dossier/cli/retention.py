"""``dossier retention``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dossier.cli.shared import archive_argument, common, emit_json, json_option, open_for, say, today_option
from dossier.i18n import _


@click.command(
    help=_(
        "Thời hạn bảo quản, hạn nộp lưu của từng hồ sơ và danh sách đề nghị Hội đồng xét; "
        "không hủy, không xóa gì."
    )
)
@archive_argument
@click.option("--show", is_flag=True, help=_("In bảng thời hạn đang áp dụng và những dòng chưa kiểm chứng."))
@json_option
@today_option
@common
def retention(
    archive: Path | None, show: bool, as_json: bool, today: date | None, state: Path | None
) -> None:
    """See the help text."""
    from dossier.usecases import keep

    opened = open_for(archive, state)
    if show:
        rows = keep.schedule(opened, today)
        if as_json:
            emit_json(keep.schedule_json(rows))
        else:
            for view in keep.schedule_view(rows):
                say(view)
        return
    kept = keep.kept(opened, today)
    if as_json:
        emit_json(keep.kept_json(kept))
    else:
        for view in keep.kept_view(kept):
            say(view)
