"""``dossier init`` and ``dossier new``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    at_a_screen,
    emit_json,
    note,
    standard,
    tell,
)
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from dossier.setting_names import Setting


@click.command(
    help=_(
        "Tạo một kho hồ sơ tại THƯ_MỤC; không ghi đè gì. Có màn hình thì hỏi hồ sơ nằm ở đâu, đơn vị, ai "
        "chủ trì, lập kế hoạch theo năm nào, ai ký; gợi ý theo các văn bản đã đọc. "
        "Sửa về sau bằng: dossier config."
    )
)
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar=_("[THƯ_MỤC]")
)
@click.option("--yes", is_flag=True, help=_("Không hỏi gì: lấy theo các văn bản đã đọc, còn lại để trống."))
@standard("json")
def init(folder: Path | None, yes: bool, as_json: bool, state: Path | None) -> None:
    from dossier.usecases import create

    asks = not yes and not as_json and at_a_screen()
    made = create.init(folder or (_where() if asks else Path.cwd()))
    if as_json:
        emit_json({"archive": str(made)})
        return
    tell(str(made))
    if holds := create.holds_files(made):
        _as_found(made, state, asks=asks)
    _about_unit(made, state, asks=asks)
    if not holds:
        note(_('Kho đã sẵn sàng. Tạo hồ sơ đầu tiên: dossier new "mô hình" "Camera an ninh"'))
    note(_("Xem và sửa cài đặt: dossier config. Hướng dẫn: dossier help"))


def _where() -> Path:
    """Ask for the archive's folder: this one, a network drive of this machine, or another one."""
    from dossier.mounts import shares

    found = shares()
    for number, share in enumerate(found, start=1):
        tell(f"  {number}  {share}")
    asked = (
        _("Hồ sơ nằm ở thư mục nào? Số của ổ mạng ở trên, hoặc đường dẫn; Enter: thư mục hiện tại")
        if found
        else _("Hồ sơ nằm ở thư mục nào? Gõ hoặc kéo thư mục vào đây; Enter: thư mục hiện tại")
    )
    said = click.prompt(asked, default="", show_default=False).strip().strip("\"'")
    if said.isdecimal() and 1 <= int(said) <= len(found):
        return Path(found[int(said) - 1])
    return Path(said).expanduser() if said else Path.cwd()


def _about_unit(archive: Path, state: Path | None, *, asks: bool) -> None:
    """Ask for data on the unit, with values found in its documents as defaults."""
    from dossier.setting_names import ME
    from dossier.usecases import configuring

    opened = GivenArchive(archive, state).open()
    guessed = configuring.read_from_papers(opened)
    usual = configuring.usual_by_papers(opened)
    if asks:
        note(_("Về đơn vị giữ kho; Enter: giữ gợi ý trong ngoặc vuông, hoặc để trống."))
    said = []
    for setting in configuring.ASKED:
        now = configuring.value_of(opened, setting)
        guess = now or (
            usual.get(setting.key) or "" if setting.section == "dossiers" else getattr(guessed, setting.key)
        )
        if asks:
            guess = _answer(setting, guess)
        if guess.strip() and guess.strip() != now:
            said.append((setting, guess))
    if asks and (name := _name()):
        said.append((configuring.setting_named(ME), name))
    if said:
        configuring.change(opened, said)
        for setting, value in said:
            tell(f"  {_(setting.called)}: {value}")


def _answer(setting: Setting, guess: str) -> str:
    """Prompt until the answer is valid."""
    from dossier.usecases import configuring

    asked = f"{_(setting.called)} ({_('ví dụ')}: {_(setting.example)})"
    while True:
        given: str = click.prompt(asked, default=guess, show_default=bool(guess))
        try:
            configuring.check(setting, given)
        except UsageError as error:
            note(error.in_full)
        else:
            return given


def _name() -> str:
    said: str = click.prompt(
        _("Tên của bạn, ghi vào những gì bạn quyết định"), default="", show_default=False
    )
    return said


def _agreed(question: str) -> bool:
    """Ask for confirmation in Vietnamese or English; an empty answer means yes."""
    while True:
        said = fold(click.prompt(question, default="", show_default=False).strip())
        if said in ("", "c", "co", "y", "yes"):
            return True
        if said in ("k", "khong", "n", "no"):
            return False


def _as_found(archive: Path, state: Path | None, *, asks: bool) -> None:
    """Offer to read the files of an existing archive and to adopt folders that look like dossiers."""
    from dossier.cli.adopt import ask, rescan
    from dossier.usecases.adopt import proposals

    if not asks:
        note(_("Thư mục đã có tệp. Đọc và xem thư mục nào là hồ sơ: dossier scan, rồi dossier adopt"))
        return
    if not _agreed(_("Thư mục đã có tệp. Đọc ngay và tìm các hồ sơ trong đó? [C/k]")):
        return
    opened = GivenArchive(archive, state).open()
    rescan(opened)
    if found := proposals(opened):
        ask(opened, found)
    else:
        note(_("Không có thư mục nào khác trông giống hồ sơ. Nhận một thư mục: dossier adopt THƯ_MỤC"))


@click.command(help=_("Tạo khung một hồ sơ LOẠI (mô hình, điển hình, …) tên TÊN; không ghi đè gì."))
@click.argument("kind", metavar=_("LOẠI"))
@click.argument("name", metavar=_("TÊN"))
@archive_option(_("Kho chứa hồ sơ."))
@click.option(
    "--in", "parent", type=click.Path(path_type=Path, file_okay=False), metavar=_("THƯ_MỤC"),
    help=_("Tạo trong thư mục này thay vì thư mục chung của loại."),
)  # fmt: skip
@standard("json")
def new(kind: str, name: str, given: GivenArchive, parent: Path | None, as_json: bool) -> None:
    from dossier.usecases import create

    made = create.new(given.open(), kind, name, parent)
    if as_json:
        emit_json({"dossier": str(made), "kind": kind, "name": name})
        return
    tell(str(made))
    note(_("Thả tài liệu vào các thư mục mục rồi chạy: dossier scan"))
