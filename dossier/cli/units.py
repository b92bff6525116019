"""``dossier units`` and ``dossier bundle``: compare units, and archives by the figures they send."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    note,
    note_written,
    say,
    standard,
    waiting,
)
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.model.figures import Totals

output_option = click.option(
    "-o", "--output", metavar=_("TỆP"), help=_("Ghi thành tệp: .html, .xlsx, .csv hoặc .json.")
)


@click.command(help=_("So sánh các đơn vị: xếp hạng, tổng số, đơn vị nào thiếu mục nào."))
@output_option
@standard("archive", "force", "json", "today")
def units(given: GivenArchive, output: str | None, force: bool, as_json: bool, today: date | None) -> None:
    from dossier.usecases import figures

    opened = given.open()
    with waiting(_("Đang đối chiếu")):
        found = figures.of_units(opened, today)
    _bring(opened, found, output, as_json=as_json, force=force)


@click.group(help=_("Gói số liệu có chữ ký, không có nội dung văn bản: tỉnh gửi Bộ, Bộ cộng các tỉnh."))
def bundle() -> None:
    pass


@bundle.command(help=_("Lập gói số liệu của kho này, ký bằng khóa của kho."))
@click.option("-o", "--output", required=True, metavar=_("TỆP"), help=_("Nơi ghi gói, ví dụ so-lieu.zip."))
@standard("archive", "force", "today")
def make(given: GivenArchive, output: str, force: bool, today: date | None) -> None:
    from dossier.usecases import bundles, publish

    opened = given.open()
    with waiting(_("Đang đối chiếu")):
        made = bundles.make(opened, today)
    where = publish.write_bytes(made, output, opened, force=force, act="bundle")
    note_written(where)


@bundle.command(help=_("Khóa công khai của kho: gửi nơi nhận một lần, rồi đọc mã đối chiếu qua điện thoại."))
@click.option("-o", "--output", metavar=_("TỆP"), help=_("Nơi ghi khóa, đặt tên theo đơn vị: ha-giang.pem."))
@standard("archive", "force")
def key(given: GivenArchive, output: str | None, force: bool) -> None:
    from dossier.usecases import bundles, publish

    opened = given.open()
    public = bundles.public_key(opened)
    where = publish.write_bytes(public, output or "-", opened, force=force)
    note_written(where)
    note(_("Mã đối chiếu: {digits}").format(digits=bundles.fingerprint(public)))


@bundle.command("sum", help=_("Cộng các gói số liệu nhận được; gói không đúng chữ ký không được tính."))
@click.argument("received", nargs=-1, required=True, metavar=_("GÓI…"), type=click.Path(path_type=Path))
@click.option("--keys", required=True, metavar=_("THƯ_MỤC"), type=click.Path(path_type=Path, file_okay=False),
              help=_("Thư mục khóa công khai, mỗi nơi gửi một tệp .pem mang tên nơi ấy."))  # fmt: skip
@output_option
@standard("force", "json")
def sum_(
    received: tuple[Path, ...], keys: Path, output: str | None, force: bool, as_json: bool, state: Path | None
) -> None:
    from dossier.archive import STATE_NAME, Archive
    from dossier.settings import Config
    from dossier.usecases import bundles

    found = bundles.of_archives(received, keys, _("Tổng hợp các nơi gửi số liệu"))
    root = keys.resolve()
    nowhere = Archive(root, state or root / STATE_NAME, Config())  # only needed for the check of output paths
    _bring(nowhere, found, output, as_json=as_json, force=force)


def _bring(archive: Archive, found: Totals, output: str | None, *, as_json: bool, force: bool) -> None:
    from dossier.usecases import publish
    from reports import units as units_report

    if output:
        where = publish.write_bytes(
            publish.totals_file(found, output), output, archive, force=force, act="units"
        )
        note_written(where)
    if as_json:
        emit_json(units_report.plain(found))
    elif not output:
        say(units_report.screen(found))
