"""``dossier account``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    common,
    emit_json,
    note,
    standard,
    tell,
)
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.roles import Role

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.web.accounts import Accounts

_archive = archive_option(_("Kho nào."))


def _accounts(archive: Archive) -> Accounts:
    try:
        from dossier.web.accounts import Accounts
        from dossier.web.storage import Storage
    except ModuleNotFoundError as error:
        raise UsageError(
            _("Chưa cài phần trang web ({name}).").format(name=error.name),
            _('Cài thêm: pip install "dossier[web]"'),
        ) from error
    return Accounts(Storage(archive.ready_state()))


@click.group(help=_("Tài khoản của trang web: ai vào được, được làm gì, thấy hồ sơ của đơn vị nào."))
def account() -> None:
    pass


@account.command(help=_("Tạo tài khoản TÊN, hoặc đổi vai trò, đơn vị, mật khẩu. Mật khẩu hỏi trên màn hình."))
@click.argument("name", metavar=_("TÊN"))
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True,
    help=_("archivist lưu trữ viên, chief lãnh đạo, unit cán bộ đơn vị, auditor kiểm tra, admin quản trị."),
)  # fmt: skip
@click.option(
    "--unit", "units", multiple=True, metavar=_("ĐƠN_VỊ"), help=_("Chỉ hồ sơ của đơn vị này; lặp được.")
)
@click.option("--password-stdin", is_flag=True, help=_("Đọc mật khẩu từ đầu vào chuẩn."))
@click.option("--keep-password", is_flag=True, help=_("Giữ mật khẩu đang có."))
@click.option("--elsewhere", is_flag=True, help=_("Thư mục hoặc cổng của cơ quan giữ mật khẩu ([sign_in])."))
@_archive
@common
def add(
    name: str,
    role: str,
    units: tuple[str, ...],
    password_stdin: bool,
    keep_password: bool,
    elsewhere: bool,
    given: GivenArchive,
) -> None:
    from dossier.usecases.audit import note as log

    opened = given.open()
    accounts = _accounts(opened)

    if role == "unit" and not units:
        raise click.UsageError(_("Cán bộ đơn vị phải có --unit."))
    password = None
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not (keep_password or elsewhere):
        if not sys.stdin.isatty():  # it would be asked for in clear, with a warning in English
            raise click.UsageError(_("Không có màn hình để hỏi mật khẩu; đưa nó qua --password-stdin."))
        password = click.prompt(_("Mật khẩu"), hide_input=True, confirmation_prompt=_("Gõ lại mật khẩu"))
    with accounts.whole():
        accounts.put(name, Role(role), units or None, password, elsewhere=elsewhere)
        log(opened, "account", name, role=role, units=list(units))
    note(_("Đã ghi tài khoản {name}.").format(name=name))


@account.command(help=_("Xóa tài khoản TÊN cùng các phiên và mã máy của nó."))
@click.argument("name", metavar=_("TÊN"))
@_archive
@common
def remove(name: str, given: GivenArchive) -> None:
    from dossier.usecases.audit import note as log

    opened = given.open()
    accounts = _accounts(opened)
    with accounts.whole():
        if not accounts.remove(name):
            raise UsageError(
                _("Không có tài khoản “{name}”.").format(name=name),
                _("Xem các tài khoản: dossier account list"),
            )
        log(opened, "account-remove", name)
    note(_("Đã xóa tài khoản {name}.").format(name=name))


@account.command("list", help=_("Các tài khoản."))
@_archive
@standard("json")
def list_(given: GivenArchive, as_json: bool) -> None:
    found = _accounts(given.open()).all()
    if as_json:
        emit_json([{"name": a.name, "role": a.role, "units": a.units} for a in found])
        return
    if not found:
        note(_("Chưa có tài khoản nào. Tạo: dossier account add TÊN --role archivist"))
    for each in found:
        units = ", ".join(each.units) if each.units is not None else _("mọi đơn vị")
        tell(f"{each.name}  {each.role.value}  {units}")


@account.command(help=_("Mã cho máy khác gọi API thay tài khoản TÊN; chỉ hiện một lần."))
@click.argument("name", metavar=_("TÊN"))
@click.option("--label", default="", metavar=_("NHÃN"), help=_("Mã dùng vào việc gì."))
@click.option("--drop", is_flag=True, help=_("Bỏ mọi mã của tài khoản này."))
@_archive
@common
def token(name: str, label: str, drop: bool, given: GivenArchive) -> None:
    from dossier.usecases.audit import note as log

    opened = given.open()
    accounts = _accounts(opened)
    with accounts.whole():
        dropped = accounts.tokens.drop(name) if drop else 0
        made = "" if drop else accounts.tokens.make(name, label)
        log(opened, "token-drop" if drop else "token", name, label=label)
    if drop:
        note(_("Đã bỏ {count} mã.").format(count=dropped))
    else:
        tell(made)
