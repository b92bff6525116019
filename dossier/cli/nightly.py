"""``dossier nightly``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    show_summary,
    standard,
    waiting,
)
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.usecases.nightly import NightRun


@click.command(
    help=_(
        "Việc hằng đêm, không cần người trông: quét, kiểm tra lại nội dung một phần số tệp, đối chiếu, "
        "ghi báo cáo vào reports/NGÀY trong thư mục trạng thái."
    )
)
@click.option("--workers", type=WholeNumber(1, 256), help=_("Số tiến trình đọc; mặc định: số nhân máy."))
@standard("archive", "json", "today", "wait")
@click.pass_context
def nightly(
    ctx: click.Context, given: GivenArchive, workers: int | None, as_json: bool, today: date | None
) -> None:
    from dossier.model import in_brief
    from dossier.usecases.nightly import nightly as run

    opened = given.open_to_write()
    with waiting(_("Đang làm việc đêm")):
        night = run(opened, today, workers=workers or 0)
    changes = night.told.changes
    if as_json:
        emit_json(_as_dict(night))
    else:
        show_summary(opened, in_brief(night.report))
    if changes.since:
        note(
            _("So với {since}: {new} phát hiện mới, {mended} đã khắc phục.").format(
                since=changes.since.strftime("%d/%m/%Y"), new=len(changes.new), mended=len(changes.mended)
            )
        )
    for warning in night.warnings:
        note(warning)
    note(_checked(night.verified.files, len(night.verified.altered)))
    note(_("Báo cáo: {path}").format(path=night.folder))
    ctx.exit(night.code)


def _checked(files: int, altered: int) -> str:
    """The result of the verification of files in words."""
    if not altered:
        return _("Đã so {files} tệp với lần đọc trước: không tệp nào bị sửa ngầm.").format(files=files)
    said = _(
        "Đã so {files} tệp với lần đọc trước: {altered} tệp bị sửa ngầm, tức là nội dung khác đi mà "
        "ngày giờ vẫn như cũ. Xem từng tệp: dossier explain TV-14"
    )
    return said.format(files=files, altered=altered)


def _as_dict(night: NightRun) -> dict[str, object]:
    told = night.told
    return {
        "schema": 1,
        "archive": night.archive,
        "today": told.today,
        "summary": told.summary,
        "scan": asdict(night.counts),
        "verified": asdict(night.verified),
        "since": told.changes.since,
        "new": [asdict(change) for change in told.changes.new],
        "mended": [asdict(change) for change in told.changes.mended],
        "reports": str(night.folder),
        "pruned": night.pruned,
        "warnings": night.warnings,
        "seconds": night.seconds,
        "exit_code": int(night.code),
    }
