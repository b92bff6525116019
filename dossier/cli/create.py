"""``dossier init`` and ``dossier new``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossier.cli.shared import common, emit_json, json_option, note, open_for, tell
from dossier.i18n import _


@click.command(help=_("Tạo một kho hồ sơ tại THƯ_MỤC (mặc định: thư mục hiện tại); không ghi đè gì."))
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar=_("[THƯ_MỤC]")
)
@json_option
@common
def init(folder: Path | None, as_json: bool, state: Path | None) -> None:
    """See the help text."""
    from dossier.usecases import create

    made = create.init(folder or Path.cwd())
    if as_json:
        emit_json({"archive": str(made)})
        return
    tell(str(made))
    if create.holds_files(made):
        _as_found(made, state)
        return
    note(_('Kho đã sẵn sàng. Tạo hồ sơ đầu tiên: dossier new mo-hinh "Camera an ninh"'))


def _as_found(archive: Path, state: Path | None) -> None:
    """An archive that has its files already: offer to read them and to take what looks like dossiers."""
    from dossier.cli.adopt import ask, rescan
    from dossier.usecases.adopt import proposals

    if not sys.stdin.isatty():
        note(_("Thư mục đã có tệp. Đọc và xem thư mục nào là hồ sơ: dossier scan, rồi dossier adopt"))
        return
    if not click.confirm(_("Thư mục đã có tệp. Đọc ngay và tìm các hồ sơ trong đó?"), default=True):
        return
    opened = open_for(archive, state)
    rescan(opened)
    if found := proposals(opened):
        ask(opened, found)
    else:
        note(_("Không có thư mục nào khác trông giống hồ sơ. Nhận một thư mục: dossier adopt THƯ_MỤC"))


@click.command(help=_("Tạo khung một hồ sơ LOẠI (mo-hinh, dien-hinh, …) tên TÊN; không ghi đè gì."))
@click.argument("kind", metavar=_("LOẠI"))
@click.argument("name", metavar=_("TÊN"))
@click.option("--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=_("Kho chứa hồ sơ."))
@click.option(
    "--in", "parent", type=click.Path(path_type=Path, file_okay=False), metavar=_("THƯ_MỤC"),
    help=_("Tạo trong thư mục này thay vì thư mục chung của loại."),
)  # fmt: skip
@json_option
@common
def new(
    kind: str, name: str, archive: Path | None, parent: Path | None, as_json: bool, state: Path | None
) -> None:
    """See the help text."""
    from dossier.usecases import create

    made = create.new(open_for(archive, state), kind, name, parent)
    if as_json:
        emit_json({"dossier": str(made), "kind": kind, "name": name})
        return
    tell(str(made))
    note(_("Thả tài liệu vào các thư mục mục rồi chạy: dossier scan"))
