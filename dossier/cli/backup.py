"""``dossier backup`` and ``dossier restore``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    emit_json,
    note,
    standard,
    tell,
    waiting,
)
from dossier.i18n import _, moment

_archive = archive_option(_("Kho nào."))
_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=_("TỆP"))


@click.command(
    help=_(
        "Sao lưu vào TỆP (zip) những gì không làm lại được: danh mục với quyết định, phát hiện được chấp "
        "nhận, lịch sử, tài khoản của trang web, nhật ký việc đã làm, và cấu hình. "
        "Làm được cả khi kho đang được quét. Không gồm tệp gốc. Không nêu TỆP thì ghi cạnh thư mục của kho."
    )
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=_("[TỆP]"), required=False)
@_archive
@click.option("--force", is_flag=True, help=_("Thay TỆP đã có."))
@standard("json")
def backup(file: Path | None, given: GivenArchive, force: bool, as_json: bool) -> None:
    from dossier.usecases.backup import backup as run
    from dossier.usecases.backup import beside

    opened = given.open()
    file = file or beside(opened)
    with waiting(_("Đang sao lưu")):
        made = run(opened, file, force=force)
    if as_json:
        emit_json(asdict(made))
    else:
        tell(str(file))
    note(_("Đã sao lưu và kiểm tra lại {count} tệp.").format(count=len(made.files)))
    note(
        _(
            "Bản sao lưu chứa nội dung văn bản tính đến hôm nay: cất ở nơi an toàn, "
            "và hủy nó nếu về sau một tệp được phát hiện là tài liệu mật (MAT-01)."
        )
    )


@click.command(
    help=_(
        "Phục hồi từ bản sao lưu TỆP: kiểm tra trước, không ghi đè khi không có --force, giữ trạng thái cũ."
    )
)
@_file
@_archive
@click.option("--force", is_flag=True, help=_("Thay trạng thái hiện tại; trạng thái đó được giữ lại."))
@standard("json")
def restore(file: Path, given: GivenArchive, force: bool, as_json: bool) -> None:
    from dossier.usecases.restore import restore as run

    opened = given.open()
    with waiting(_("Đang phục hồi")):
        done = run(opened, file, force=force)
    if as_json:
        emit_json({**asdict(done.manifest), "former": done.former})
    when = datetime.fromisoformat(done.manifest.made_at)
    note(
        _("Đã phục hồi {count} tệp từ bản sao lưu lúc {when}.").format(
            count=len(done.manifest.files), when=moment(when)
        )
    )
    if done.broken:
        note(
            _("Nhật ký trong bản sao lưu bị sửa hoặc hỏng từ {where}: nhật ký không được phục hồi.").format(
                where=done.broken
            )
        )
    if done.former:
        note(_("Trạng thái trước đó được giữ ở: {path}").format(path=done.former))
    note(
        _("Chạy tiếp: dossier scan, để cập nhật những gì đã đổi từ lúc sao lưu và xóa nội dung tài liệu mật.")
    )
