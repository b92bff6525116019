"""What the catalogue asks of a database beside SQL: the rest is the same statements on every one."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection, Engine

from dossier.i18n import _

_NO_RIGHT = "42501"  # PostgreSQL's code
_TABLE_EXISTS = "42P07"


def advice_on(error: BaseException | None, usual: str) -> str:
    """What a person can do about an error of the database: ``usual``, unless a right is missing, or others
    have tables where ours should be."""
    if getattr(error, "sqlstate", "") == _NO_RIGHT:
        return _("Người quản trị cơ sở dữ liệu cần cấp quyền cho người dùng này.")
    if getattr(error, "sqlstate", "") == _TABLE_EXISTS:
        return _("Chọn tên khác trong [catalogue] schema của dossier.toml.")
    return usual


class Database(Protocol):
    """One place where a catalogue is kept, open."""

    engine: Engine
    reader: Engine  # its transactions see one state of the database, and never wait for a writer
    writer: Engine

    @property
    def advice_to_read(self) -> str:
        """What a person can do when reading fails."""

    @property
    def advice_to_write(self) -> str:
        """What a person can do when writing fails."""

    def before_writing(self, connection: Connection, *, again: bool) -> None:
        """Called before a transaction that writes. ``again``: it may be lost with the power, but whole, and
        never without those after it; all others are on the disk when they return."""

    def in_writing(self, connection: Connection, *, again: bool) -> None:
        """Called as the first thing of such a transaction."""

    def after_copying(self, connection: Connection) -> None:
        """Called when rows were written with the numbers they had elsewhere."""

    def scan_finished(self) -> None:
        """Called when a scan has written all it has to."""

    def trouble(self) -> str:
        """What a thorough look finds wrong, for people; empty when nothing."""
