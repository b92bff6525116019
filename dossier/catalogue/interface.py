"""The interface of a database backend; everything else is SQL common to all of them."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection, Engine

from dossier.catalogue.server import ADDRESS, PASSWORD
from dossier.i18n import _
from dossier.os_errors import DISK_FULL_SIGNS, is_cut, is_of_login, is_of_no_database

_NO_RIGHT = "42501"  # PostgreSQL's code
_TABLE_EXISTS = "42P07"
_DISK_FULL = "53100"
_DAMAGED = ("42701", "42703", "42P01")  # a column twice, a column or a table missing


def advice_on(error: BaseException | None, usual: str) -> str:
    """Advice on a database error: ``usual``, unless access was denied, the schema has tables of another
    program, or the server's disk is full or the server went away."""
    if getattr(error, "sqlstate", "") == _NO_RIGHT:
        return _("Người quản trị cơ sở dữ liệu cần cấp quyền cho người dùng này.")
    if getattr(error, "sqlstate", "") == _TABLE_EXISTS:
        return _("Chọn tên khác trong [catalogue] schema của dossier.toml.")
    if getattr(error, "sqlstate", "") == _DISK_FULL or any(sign in str(error) for sign in DISK_FULL_SIGNS):
        return _(
            "Giải phóng chỗ trống trên đĩa của máy chủ cơ sở dữ liệu rồi chạy lại; những gì đã ghi vẫn còn "
            "nguyên."
        )
    if getattr(error, "sqlstate", "") in _DAMAGED:
        return restoring()
    if error is not None and is_of_login(error):
        return _(
            "Ghi đúng tên người dùng trong địa chỉ máy chủ và mật khẩu trong tệp [catalogue] password_file "
            "hoặc biến {name}, rồi chạy lại; những gì đã ghi vẫn còn nguyên."
        ).format(name=PASSWORD)
    if error is not None and is_of_no_database(error):
        return _(
            "Ghi đúng tên cơ sở dữ liệu và người dùng trong địa chỉ ([catalogue] url hoặc biến {name}). "
            "Chưa có thì nhờ người quản trị tạo: createdb -T template0 -E UTF8 …"
        ).format(name=ADDRESS)
    if is_cut(error):
        return _("Kiểm tra máy chủ cơ sở dữ liệu và mạng rồi chạy lại; những gì đã ghi vẫn còn nguyên.")
    return usual


def restoring() -> str:
    """Advice where the tables on a server are damaged, or half of a catalogue."""
    return _(
        "Nhờ người quản trị phục hồi cơ sở dữ liệu từ bản sao lưu của PostgreSQL; đừng đổi schema, vì ở tên "
        "khác không có những gì mọi người đã quyết định. Tệp trong kho vẫn còn nguyên."
    )


class Database(Protocol):
    """An open database with a catalogue."""

    engine: Engine
    reader: Engine  # transactions with a consistent snapshot that never wait for a writer
    writer: Engine

    @property
    def advice_to_read(self) -> str:
        """Advice for the user when reading fails."""

    @property
    def advice_to_write(self) -> str:
        """Advice for the user when writing fails."""

    def close(self) -> None:
        """Close all connections."""

    def before_writing(self, connection: Connection, *, again: bool) -> None:
        """Called before a writing transaction. ``again``: a power cut may lose it, but only completely and
        together with all later ones; other transactions are durable when they return."""

    def in_writing(self, connection: Connection, *, again: bool) -> None:
        """Called at the beginning of a writing transaction."""

    def after_copying(self, connection: Connection) -> None:
        """Called after rows were inserted with ids of another database."""

    def scan_finished(self) -> None:
        """Called after a scan has written everything."""

    def trouble(self) -> str:
        """Run a thorough check; return the problems found in words, else empty."""
