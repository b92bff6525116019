"""The server process: sockets and uvicorn, with limits on connections and times."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from dossier.errors import ArchiveError, UsageError
from dossier.i18n import N_, _
from dossier.os_errors import in_words
from dossier.usecases import certificates
from dossier.web.app import Settings, application
from dossier.web.services import Services

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_HEAD_SECONDS = 10.0  # time limit for receiving the header of a request
_WRITE_SECONDS = 60.0  # time limit for the client to read a response
_CONNECTIONS = 400
_FROM_ONE = 300  # connections from one address, so that others can still connect
_HEAD_BYTES = 32 << 10
# Interpreter's thread switch interval: how long a page's thread waits while another evaluates or
# catalogues. With the default of 5 ms the review page took twice as long beside such a thread.
_TURN_SECONDS = 0.0005
_RENEW_TICKS = 10 * 60 * 60 * 12  # a tick is a tenth of a second: twice a day
_NO_PEM = N_("không phải chứng thư và khóa ở dạng PEM")
_WRONG_PEM = {"KEY_VALUES_MISMATCH": N_("khóa không phải của chứng thư này")}  # by OpenSSL's reason
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files of a certificate and its key (PEM). For one issued by the archive's own authority also that
    authority's certificate, its SHA-256, and ``renew``, which replaces the certificate before it expires."""

    chain: Path
    key: Path
    authority: Path | None = None
    fingerprint: str = ""
    renew: Callable[[], object] | None = None


def office_certificate(chain: Path, key: Path) -> Certificate:
    """The certificate that an office gave. Raises :class:`UsageError` if no connection could be made with
    it, so that this is told before a port is taken."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, password=_no_password)
    except _LockedKeyError:
        why = _("khóa có mật khẩu bảo vệ")
    except ssl.SSLError as error:
        why = _(_WRONG_PEM.get(error.reason or "", _NO_PEM))
    except OSError as error:
        why = in_words(error)
    else:
        return Certificate(chain, key)
    raise UsageError(
        _("Không dùng được chứng thư {chain} với khóa {key}: {why}.").format(chain=chain, key=key, why=why),
        _("Cần hai tệp PEM của cùng một chứng thư, khóa không đặt mật khẩu; hoặc bỏ cả --cert và --key."),
    )


class _LockedKeyError(Exception):
    """The key asks for a password, which nobody is there to type when the machine starts."""


def _no_password() -> str:
    raise _LockedKeyError


def own_certificate(state: Path, hosts: tuple[str, ...]) -> Certificate:
    """A certificate for the host names, issued by the archive's own authority. Raises
    :class:`ArchiveError`."""
    renew = partial(certificates.own, state, hosts)
    own = renew()
    return Certificate(own.chain, own.key, own.authority, own.fingerprint, renew)


class _Protocol(H11Protocol):
    """Closes connections that send or read too slowly, so that many of them cannot exhaust the server."""

    _head_timer: asyncio.TimerHandle | None = None
    _write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_head_timer()
        others = (each for each in self.connections if isinstance(each, _Protocol) and each.client)
        peer = self.client[0] if self.client else ""
        if sum(each.client[0] == peer for each in others if each.client) > _FROM_ONE:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._busy():
            self._stop_head_timer()
        elif self._head_timer is None:
            self._start_head_timer()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._stop_head_timer()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(_WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_head_timer()
        if self._write_timer is not None:
            self._write_timer.cancel()
        super().connection_lost(exc)

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _start_head_timer(self) -> None:
        self._head_timer = self.loop.call_later(_HEAD_SECONDS, self._close_if_idle)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _close_if_idle(self) -> None:
        self._head_timer = None
        if not self._busy() and not self.transport.is_closing():
            self.transport.close()


def bound(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    """A socket bound to the address. Port 0: any free port; ``or_any``: another port if this one is taken.
    Raises :class:`ArchiveError`."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform == "win32":  # there SO_REUSEADDR lets a second program share a port that is taken
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        if or_any and isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES):
            return bound(host, 0)
        raise ArchiveError(
            _("Không mở được cổng {port} ở {host}: {why}.").format(port=port, host=host, why=in_words(error)),
            _("Chọn cổng khác bằng --port, ví dụ --port 8421; --port 0 để máy tự chọn."),
        ) from error
    return listening


def is_loopback(host: str) -> bool:
    """Whether the address is reachable from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(host: str, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The host names and addresses accepted by a server that listens at ``host``."""
    if is_loopback(host):
        return (*LOOPBACK, *also)
    found = {*LOOPBACK, socket.gethostname(), socket.getfqdn(), *also}
    if host in ("0.0.0.0", "::"):  # noqa: S104  compared, not bound
        try:
            infos = socket.getaddrinfo(socket.gethostname(), None)
        except OSError:
            infos = []
        found |= {str(info[4][0]).partition("%")[0] for info in infos}
    else:
        found.add(host)
    return tuple(sorted(found))


def check_reach(services: Services, host: str, secure: bool, plain: bool) -> None:
    """Raise :class:`UsageError` if other machines could reach the server without accounts or encryption."""
    if is_loopback(host):
        return
    if not services.accounts.any():
        raise UsageError(
            _("Chưa có tài khoản nào nên trang chỉ mở cho chính máy này."),
            _("Tạo tài khoản trước: dossier account add TÊN --role admin, rồi thêm người dùng."),
        )
    if not secure and not plain:
        raise UsageError(
            _("Mở cho máy khác mà không mã hóa thì mật khẩu đi qua mạng ai cũng đọc được."),
            _("Bỏ --plain; hoặc thêm --cert TỆP --key TỆP."),
        )


def server_for(
    services: Services,
    listening: socket.socket,
    hosts: tuple[str, ...],
    certificate: Certificate | None = None,
    ready: Callable[[], None] = lambda: None,
) -> uvicorn.Server:
    """The uvicorn server; ``run(sockets=[listening])`` runs it until the process is stopped. ``ready`` is
    called when requests are accepted."""
    proxy = services.proxy
    if proxy is not None and (name := urlsplit(proxy.address).hostname):
        hosts = (*hosts, name)
    settings = Settings(
        hosts, listening.getsockname()[1], certificate is not None, proxy.address if proxy else ""
    )
    config = uvicorn.Config(
        application(services, settings), http=_Protocol, ws="none", lifespan="on", log_config=None,
        access_log=False, server_header=False, proxy_headers=False, limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=20, timeout_graceful_shutdown=5, h11_max_incomplete_event_size=_HEAD_BYTES,
    )  # fmt: skip
    if certificate is not None:
        config.ssl_certfile, config.ssl_keyfile = certificate.chain, certificate.key
        config.ssl_version = ssl.PROTOCOL_TLS_SERVER
    return _Server(config, services, ready, certificate)


class _Server(uvicorn.Server):
    def __init__(
        self,
        config: uvicorn.Config,
        services: Services,
        ready: Callable[[], None],
        certificate: Certificate | None,
    ) -> None:
        super().__init__(config)
        sys.setswitchinterval(_TURN_SECONDS)
        self._certificate = certificate
        self._services = services
        self._ready = ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % _RENEW_TICKS == _RENEW_TICKS - 1:
            await asyncio.to_thread(self._renew)
        return await super().on_tick(counter)

    def _renew(self) -> None:
        """Renew the certificate, since the process may outlive it."""
        own, context = self._certificate, self.config.ssl
        if own is None or own.renew is None or context is None:
            return
        try:
            own.renew()
            context.load_cert_chain(own.chain, own.key)
        except (ArchiveError, OSError) as error:  # the old one is valid for another month
            log.warning("certificate: %s", error)

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        self._services.ending.set()  # ends event streams, which would delay the shutdown
        await super().shutdown(sockets)
