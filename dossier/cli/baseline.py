"""``dossier baseline``: accept the present findings of an old archive, and report only new ones."""

from __future__ import annotations

from datetime import date

import click

from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    standard,
    tell,
)
from dossier.i18n import _, moment
from dossier.machine_json import fields


@click.group(help=_("Mốc của một kho cũ: chỉ phát hiện mới sau mốc mới làm lệnh báo lỗi; cái cũ vẫn hiện."))
def baseline() -> None:
    pass


@baseline.command(help=_("Lấy mọi lỗi, cảnh báo hiện có làm mốc, thay mốc trước."))
@standard("archive", "json", "today", "wait")
def create(given: GivenArchive, as_json: bool, today: date | None) -> None:
    from dossier.usecases import baseline as line

    count = line.create(given.open(), today)
    if as_json:
        emit_json({"held": count})
    note(_("Đã lập mốc: {count} phát hiện đã biết.").format(count=count))


@baseline.command(help=_("Mốc lập khi nào, gồm bao nhiêu phát hiện, bao nhiêu vẫn còn."))
@standard("archive", "json", "today")
def show(given: GivenArchive, as_json: bool, today: date | None) -> None:
    from dossier.usecases import baseline as line

    found, _report = line.show(given.open(), today)
    if as_json:
        emit_json(fields(found, "author drawn held still"))
    elif found.drawn is None:
        tell(_("Chưa có mốc. Lập mốc bằng: dossier baseline create"))
    else:
        told = _("Mốc do {author} lập lúc {time}: {held} phát hiện, {still} vẫn còn.")
        tell(
            told.format(
                author=found.author,
                time=moment(found.drawn),
                held=found.held,
                still=found.still,
            )
        )


@baseline.command(help=_("Bỏ mốc: mọi phát hiện lại làm lệnh báo lỗi."))
@standard("archive", "json", "wait")
def remove(given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases import baseline as line

    count = line.remove(given.open())
    if as_json:
        emit_json({"removed": count})
    note(_("Đã bỏ mốc gồm {count} phát hiện.").format(count=count))
