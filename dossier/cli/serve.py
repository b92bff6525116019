"""``dossier serve``."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    GivenArchive,
    gathered,
    note,
    standard,
    tell,
)
from dossier.errors import CatalogueError, LockedError, UsageError
from dossier.i18n import _

_PORT = 8420
_OPENED_BY = "/mo?khoa={key}"  # address that signs in the user who started the server, without accounts
_OF_THE_PAGE = ("starlette", "uvicorn", "h11", "anyio")  # packages of the extra ``web``
_STARTING_SECONDS = 20.0  # within which a starting server publishes its address


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the page is found, and how what is sent is kept from others: fields as the options are called."""

    host: str
    port: int
    names: tuple[str, ...]
    cert: Path | None
    key: Path | None
    tls: bool
    plain: bool


_PEM = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    help=_(
        "Mở trang của KHO trong trình duyệt: tổng quan, hồ sơ, văn bản, cần xem, tìm, lịch, báo cáo. Chưa có "
        "tài khoản thì chỉ máy này và người đã khởi động mở được. Dừng bằng Ctrl-C."
    )
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar=_("ĐỊA_CHỈ"), help=_("Nghe ở địa chỉ này.")
)
@click.option(
    "--port", type=WholeNumber(0, 65535), default=_PORT, show_default=True, help=_("Cổng; 0: tự chọn.")
)
@click.option("--no-browser", is_flag=True, help=_("Không tự mở trình duyệt."))
@click.option(
    "--name", "names", multiple=True, metavar=_("TÊN"), help=_("Tên khác mà máy khác dùng để gọi máy này.")
)
@click.option("--cert", type=_PEM, help=_("Chứng thư TLS (PEM)."))
@click.option("--key", type=_PEM, help=_("Khóa của chứng thư (PEM)."))
@click.option("--tls", is_flag=True, help=_("Mã hóa bằng chứng thư tự tạo, kể cả khi chỉ máy này mở được."))
@click.option("--no-watch", is_flag=True, help=_("Không tự đọc tệp mới (khi dossier watch đã chạy)."))
@click.option("--plain", is_flag=True, help=_("Chấp nhận không mã hóa khi mở cho máy khác."))
@standard("archive", "today")
@gathered("at", Listening)
def serve(given: GivenArchive, at: Listening, no_browser: bool, no_watch: bool, today: date | None) -> None:
    try:
        from dossier.web import server
        from dossier.web.services import Services
    except ModuleNotFoundError as error:
        if error.name in _OF_THE_PAGE:
            raise UsageError(
                _("Chưa cài phần trang web ({name}).").format(name=error.name),
                _('Cài thêm: pip install "dossier[web]"'),
            ) from error
        raise
    from dossier.usecases.known import check_moved
    from dossier.usecases.locking import serving

    opened = given.open()
    with suppress(CatalogueError):  # a server that does not answer yet is waited for
        check_moved(opened)
    if (at.cert is None) != (at.key is None):
        raise click.UsageError(_("Nêu cả --cert và --key."))
    with ExitStack() as held:
        try:
            tell_others = held.enter_context(serving(opened.ready_state()))
        except LockedError:
            if _asks_for_another() or not (address := _open_already(opened.state)):
                raise
            tell(address)
            note(_("Trang của kho này đang mở sẵn ở địa chỉ trên."))
            if not no_browser:
                _show(address)
            return
        services = Services(opened, today, follow=not no_watch)
        hosts = server.names_of(at.host, at.names)
        certificate = server.office_certificate(at.cert, at.key) if at.cert and at.key else None
        if certificate is None and (at.tls or not (at.plain or server.is_loopback(at.host))):
            certificate = server.own_certificate(opened.state, hosts)
        server.check_reach(services, at.host, certificate is not None, at.plain)
        listening = server.bound(at.host, at.port, or_any=not _is_given("port"))
        scheme = "https" if certificate else "http"
        own = "127.0.0.1" if server.is_loopback(at.host) and ":" not in at.host else at.host
        shown = at.names[0] if at.names else own
        address = f"{scheme}://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}"
        tell_others(address)
        if not services.accounts.any():
            address += _OPENED_BY.format(key=services.sessions.launch_key())

        def ready() -> None:
            tell(address)
            note(_("Trang đã mở ở địa chỉ trên. Dừng bằng Ctrl-C."))
            if certificate is not None and certificate.authority is not None:
                said = _("Chứng thư tự tạo; cài một lần vào máy khác tệp {file}, đối chiếu dấu vân SHA-256:")
                note(said.format(file=certificate.authority))
                note(f"  {certificate.fingerprint}")
            if not no_browser:
                _show(address)

        server.server_for(services, listening, hosts, certificate, ready).run(sockets=[listening])


def _show(address: str) -> None:
    """Open the browser, or say what to do where none opens."""
    if click.launch(address):
        note(_("Không mở được trình duyệt: hãy tự mở, rồi chép địa chỉ trên vào ô địa chỉ."))


def _is_given(option: str) -> bool:
    """Whether the user gave the option."""
    return click.get_current_context().get_parameter_source(option) is not ParameterSource.DEFAULT


def _asks_for_another() -> bool:
    """Whether the page that is open already cannot be meant: it may stand elsewhere, or speak otherwise."""
    return any(_is_given(field.name) for field in fields(Listening))


def _open_already(state: Path) -> str:
    """The address of the page served by another process, with a key if there are no accounts; empty if
    unknown. Waits for a server that is still starting, as after two quick double clicks."""
    from dossier.usecases.locking import page_address
    from dossier.web.accounts import Accounts
    from dossier.web.sessions import Sessions
    from dossier.web.storage import Storage

    until = time.monotonic() + _STARTING_SECONDS
    while (address := page_address(state)) is None and time.monotonic() < until:
        time.sleep(0.2)
    if not address:
        return ""
    with closing(Storage(state)) as storage:
        accounts = Accounts(storage)
        if not accounts.any():
            address += _OPENED_BY.format(key=Sessions(storage, accounts).launch_key())
    return address
