"""``dossier trend``."""

from __future__ import annotations

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
    say,
)
from dossier.i18n import _


@click.command(help=_("Mức đầy đủ theo thời gian, mới phát hiện và đã khắc phục từng đêm."))
@archive_argument
@click.option("--html", "page", metavar=_("TỆP|-"), help=_("Ghi trang web có biểu đồ."))
@force_option
@json_option
@common
def trend(archive: Path | None, page: str | None, force: bool, as_json: bool, state: Path | None) -> None:
    """See the help text."""
    from dossier.usecases import history, publish

    opened = open_for(archive, state)
    nights, told = history.nights(opened), history.last_two(opened)
    if page:
        where = publish.write_bytes(
            publish.trend_page(opened, nights, told), page, opened, force=force, act="trend"
        )
        if where:
            note(_("Đã ghi {path}").format(path=where))
    if as_json:
        emit_json(publish.trend_plain(nights))
    elif page is None:
        say(publish.trend_view(nights, told))
