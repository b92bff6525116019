"""Checks and headers common to all requests and responses.

The ``Host`` header is checked first: a name that an attacker's DNS points to this server is refused. Bodies
are limited while they are received.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import anyio

from dossier import i18n
from dossier.i18n import N_, _

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types dossier"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_LONGEST_ADDRESS = 4096
_MALFORMED = N_("Yêu cầu gửi tới không đúng quy cách.")
_OTHER_NAME = N_(
    "Trang này không mở được bằng tên máy vừa gõ. Mở bằng địa chỉ mà dossier serve đã in ra, hoặc khởi động "
    "lại với tên ấy: dossier serve --name TÊN"
)
_TOO_LONG = N_("Địa chỉ quá dài, thường vì từ cần tìm quá dài. Bấm nút quay lại rồi tìm bằng ít từ hơn.")
_BODY_SECONDS = 20.0  # time limit for receiving a form
_QUIET_SECONDS = 1.0  # without data, after which a refused client has stopped sending


class TooLargeError(Exception):
    """The body is larger than its route allows."""


class DisconnectedError(Exception):
    """The client disconnected, or was too slow, before the body was complete."""


class Middleware:
    """The outermost layer of the application. ``hosts``: accepted host names and addresses."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(name.casefold() for name in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # WebSockets are not supported
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _value in message["headers"]}
                added = [header for header in _HEADERS if header[0] not in own]
                if b"cache-control" not in own:
                    added.append((b"cache-control", b"no-store"))
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        hosts = [value for name, value in scope["headers"] if name == b"host"]
        names = {name for name, _value in scope["headers"]}
        if {b"content-length", b"transfer-encoding"} <= names:  # a proxy in front may go by the other one
            await _refuse(guarded, 400, _MALFORMED)
        elif len(hosts) != 1 or name_of(hosts[0].decode("latin-1")) not in self._hosts:
            await _refuse(guarded, 421, _OTHER_NAME)
        elif len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST_ADDRESS:
            await _refuse(guarded, 414, _TOO_LONG)
        else:
            await self._app(scope, receive, guarded)


def name_of(host: str) -> str:
    """The name in a ``Host`` header, without the port; empty if it is invalid."""
    if host.startswith("["):
        inner, bracket, port = host[1:].partition("]")
        if not bracket or (port and not (port[0] == ":" and port[1:].isdigit())):
            return ""
        try:
            return ipaddress.IPv6Address(inner).compressed
        except ValueError:
            return ""
    name, colon, port = host.partition(":")
    return name.casefold() if not colon or port.isdigit() else ""


async def body_of(receive: Receive, headers: Mapping[str, str], most: int) -> bytes:
    """Read the whole body. Raises :class:`TooLargeError` as soon as it exceeds ``most`` bytes, and
    :class:`DisconnectedError`."""
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise TooLargeError
    held = bytearray()
    with anyio.move_on_after(_BODY_SECONDS):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise DisconnectedError
            held += message.get("body", b"")
            if len(held) > most:
                raise TooLargeError
            if not message.get("more_body"):
                return bytes(held)
    raise DisconnectedError


async def drop(receive: Receive) -> None:
    """Read and drop the rest of a refused body, while it comes: a connection that is closed while its client
    still sends is reset, and the client never sees the answer (RFC 9112, 9.6)."""
    with anyio.move_on_after(_BODY_SECONDS):
        more = True
        while more:
            more = False
            with anyio.move_on_after(_QUIET_SECONDS):
                more = (await receive()).get("more_body", False)


async def _refuse(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    lines = []
    for language in i18n.LANGUAGES:  # whoever asks is not known yet, nor the own language
        with i18n.speaking(language):
            lines.append(f"{_(text)}\n")
    await send({"type": "http.response.body", "body": "\n".join(lines).encode()})
