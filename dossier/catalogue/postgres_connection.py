"""Connections to the PostgreSQL server that keeps a catalogue: how they are made, what the server must be,
and what people are told when there is none."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import make_url

from dossier.catalogue.interface import advice_on
from dossier.catalogue.server import Server
from dossier.errors import CatalogueError, ConfigurationError, DossierError
from dossier.i18n import _
from dossier.os_errors import in_one_line, is_of_address

# What goes wrong is told in an error; these would print it in English as well.
for _name in ("psycopg", "sqlalchemy.pool"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

OLDEST = 15  # version of PostgreSQL
_LOCAL = ("", "localhost", "127.0.0.1", "::1")
# A server or a cable that dies must be noticed within half a minute, at both ends.
_KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # ms
}
# Limits that a server sets for forgetful programs would cut off a lock that is held for hours, or a
# long look at everything. Whoever was stopped in the middle of a change holds others up no longer than this.
_SESSION = {
    "lock_timeout": "30s",
    "client_min_messages": "warning",
    "statement_timeout": "0",
    "idle_session_timeout": "0",
    "idle_in_transaction_session_timeout": "10min",
}
# The same by the version that brought it: an older server refuses a connection that begins with its name.
_LATER = {17: "transaction_timeout"}


@contextmanager
def connected(server: Server, purpose: str = "dossier") -> Iterator[psycopg.Connection[Any]]:
    """A connection of one's own, every statement by itself. Raises :class:`CatalogueError`, also when the
    server goes away or grants us no right to what the body asks for."""
    connection = connect(server, purpose)
    try:
        yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise refused(server, error) from error
    except psycopg.OperationalError as error:
        raise away(server, error) from error
    finally:
        connection.close()


def connect(server: Server, purpose: str) -> psycopg.Connection[Any]:
    """Raises :class:`CatalogueError` when the server is away, or none that can keep a catalogue."""
    try:
        connection = psycopg.connect(server.url, autocommit=True, **connection_arguments(server, purpose))
    except psycopg.Error as error:
        raise away(server, error) from error
    check_fit(server, connection)
    lift_limits(connection)
    return connection


def check_fit(server: Server, connection: psycopg.Connection[Any]) -> None:
    """Close the connection and raise :class:`CatalogueError` where it leads to a server that is too old, or
    to a database that cannot hold every name and text."""
    told = connection.info
    encoding = told.parameter_status("server_encoding")
    if told.server_version < OLDEST * 10_000:
        why = _("máy chủ là PostgreSQL {version}, cần {oldest} trở lên").format(
            version=told.server_version // 10_000, oldest=OLDEST
        )
    elif encoding != "UTF8":
        why = _("cơ sở dữ liệu có bảng mã {encoding}, cần UTF8").format(encoding=encoding)
    else:
        return
    connection.close()
    raise CatalogueError(
        _("Không dùng được cơ sở dữ liệu {server}: {why}.").format(server=server.shown, why=why),
        _(
            "Tạo cơ sở dữ liệu trên máy chủ PostgreSQL {oldest} trở lên: createdb -T template0 -E UTF8 …"
        ).format(oldest=OLDEST),
    )


def lift_limits(connection: psycopg.Connection[Any]) -> None:
    """Ours are no sessions that a limit of a newer server may cut off, either."""
    for version, name in _LATER.items():
        if connection.info.server_version >= version * 10_000:
            connection.execute(f"SET {name} = 0".encode())
            if not connection.autocommit:
                connection.commit()


def check_own_session(server: Server, path: object) -> None:
    """Raises :class:`CatalogueError` where the session is not as it was asked for, by its search ``path``:
    what lies in between hands one session to many, and neither locks nor names would be ours."""
    if path != server.schema:
        raise CatalogueError(
            _("Không dùng được cơ sở dữ liệu {server}: {why}.").format(
                server=server.shown, why=_("phần mềm gom kết nối ở giữa (như pgbouncer) không cho qua")
            ),
            _("Ghi địa chỉ của chính máy chủ PostgreSQL, không qua phần mềm gom kết nối."),
        )


def away(server: Server, error: BaseException) -> DossierError:
    """What to tell when the server cannot be reached, or went away."""
    if is_of_address(error):
        return _wrong_address(server, error)
    return CatalogueError(
        _("Không dùng được cơ sở dữ liệu {server}: {why}.").format(
            server=server.shown, why=in_one_line(error)
        ),
        advice_on(error, advice(server)),
    )


def refused(server: Server, error: BaseException) -> DossierError:
    """What to tell when the server answers, but not with what was asked for."""
    if is_of_address(error):
        return _wrong_address(server, error)
    return CatalogueError(
        _("Máy chủ {server} từ chối: {why}.").format(server=server.shown, why=in_one_line(error)),
        advice_on(error, advice(server)),
    )


def _wrong_address(server: Server, error: BaseException) -> ConfigurationError:
    return ConfigurationError(
        _("Không dùng được cơ sở dữ liệu {server}: {why}.").format(
            server=server.shown, why=in_one_line(error)
        ),
        _("Viết như: postgresql://hoso@may-chu/hoso (người dùng, máy chủ, tên cơ sở dữ liệu)."),
    )


def advice(server: Server) -> str:
    return _(
        "Kiểm tra máy chủ {server} có chạy, mạng và mật khẩu có đúng không, rồi chạy lại; những gì đã ghi "
        "vẫn còn nguyên."
    ).format(server=server.shown)


def connection_arguments(server: Server, purpose: str) -> dict[str, Any]:
    """What every connection is made with: nobody listens on the way unless the address says it may be so."""
    url = make_url(server.url)
    told: dict[str, Any] = {**_KEEPALIVE, "application_name": purpose[:63]}
    if server.password:
        told["password"] = server.password
    if "sslmode" not in url.query and (url.host or "") not in _LOCAL:
        told["sslmode"] = "require"
    settings = {"search_path": server.schema, **_SESSION}
    told["options"] = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return told
