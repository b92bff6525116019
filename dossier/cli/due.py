"""``dossier due``."""

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
    say,
    today_option,
)
from dossier.i18n import _


@click.command(help=_("Việc gì đã quá hạn, sắp đến hạn: của từng hồ sơ và của cả đơn vị."))
@archive_argument
@click.option(
    "--days", type=click.IntRange(0, 3660), metavar=_("SỐ_NGÀY"),
    help=_("Xem trước bao nhiêu ngày; mặc định theo [rules] due_days, thường là 30."),
)  # fmt: skip
@click.option("--ics", metavar=_("TỆP|-"), help=_("Xuất ra lịch điện tử (iCalendar); “-”: ra stdout."))
@force_option
@json_option
@today_option
@common
def due(
    archive: Path | None,
    days: int | None,
    ics: str | None,
    force: bool,
    as_json: bool,
    today: date | None,
    state: Path | None,
) -> None:
    """See the help text."""
    from dossier.usecases import calendar

    opened = open_for(archive, state)
    report = calendar.open_dues(opened, today, days)
    if ics is not None:
        where = calendar.export(report, ics, opened, force=force)
        if where:
            note(_("Đã ghi {path}").format(path=where))
        if not as_json:
            return
    if as_json:
        emit_json(calendar.as_json(report))
    else:
        say(calendar.view(report))
