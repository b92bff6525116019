"""Open and upgrade the SQLite file, and configure its transactions."""

from __future__ import annotations

import shutil
import sqlite3
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from dossier import renaming
from dossier.catalogue import schema
from dossier.catalogue.sqlite import foreign
from dossier.catalogue.sqlite.copies import copy_of, make_new
from dossier.catalogue.sqlite.glance import NAME, address_to_read
from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.state import writable

SqliteConnection = sqlite3.Connection
_ALONE = "BEGIN IMMEDIATE"  # begins a transaction with the write lock
_MOST_IDLE = 8
_COPIES = 2  # kept backups from before upgrades; older ones would lack too many decisions


class SqliteDatabase:
    """See :class:`~dossier.catalogue.interface.Database`."""

    def __init__(self, engine: Engine, file: Path, *, only_read: bool) -> None:
        self.engine = engine
        self._only_read = only_read
        self.reader: Engine = engine
        # A transaction that reads first and writes later would fail if others wrote in between.
        self.writer: Engine = engine.execution_options(begin=_ALONE)
        self.file = file

    @property
    def advice_to_read(self) -> str:
        """What a person can do."""
        return _("Chạy: dossier doctor, rồi làm theo hướng dẫn ở dòng “Danh mục”.")

    @property
    def advice_to_write(self) -> str:
        """What a person can do."""
        return _("Kiểm tra chỗ trống trên đĩa và quyền ghi rồi chạy lại; những gì đã ghi vẫn còn nguyên.")

    def close(self) -> None:
        """Close all connections; what was compiled for them serves whoever opens the file next."""
        self.engine.dispose()
        _idle.append((self.file, self._only_read, self))

    def before_writing(self, connection: Connection, *, again: bool) -> None:
        """Set durability on the connection, which is possible only between transactions."""
        synced = "NORMAL" if again else "FULL"
        connection.connection.cursor().execute(f"PRAGMA synchronous={synced}")

    def in_writing(self, connection: Connection, *, again: bool) -> None:
        """Nothing."""

    def after_copying(self, connection: Connection) -> None:
        """Nothing: ids continue after the highest one."""

    def scan_finished(self) -> None:
        """Move the newest rows from the log to the file, so that the log does not grow. On a full disk they
        stay in the log, where they are as safe, until the next time."""
        with suppress(OperationalError), self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def trouble(self) -> str:
        """Run a thorough check; return the problems found in words, else empty."""
        return foreign.trouble(self.file)


# Closed, to be opened again.
_idle: deque[tuple[Path, bool, SqliteDatabase]] = deque(maxlen=_MOST_IDLE)


def open_file(state: Path) -> SqliteDatabase:
    """Open the catalogue in ``state``; create or upgrade it if needed.

    Raises :class:`CatalogueError` when the file is damaged, newer than this program, or cannot be
    written.
    """
    file = state / NAME
    only_read = _may_only_be_read(file)
    database = _used_before(file, only_read=only_read) or _made(file, only_read=only_read)
    engine = database.engine
    try:
        _upgrade(engine, file, only_read=only_read)
    except OperationalError as error:
        engine.dispose()
        raise CatalogueError(
            _("Không mở hoặc không ghi được danh mục {path}: {why}.").format(
                path=file, why=in_words(error.orig or error)
            ),
            _("Kiểm tra chỗ trống trên đĩa và quyền ghi, hoặc chọn nơi khác bằng --state THƯ_MỤC."),
        ) from error
    except DatabaseError as error:
        engine.dispose()
        raise CatalogueError(
            _("Danh mục {path} bị hỏng: {why}.").format(path=file, why=in_words(error.orig or error)),
            _(
                "Chạy: dossier doctor --fix. Tệp hỏng được giữ lại dưới tên khác, danh mục được dựng lại từ "
                "các tệp gốc; quyết định nào không lấy lại được thì lấy từ bản sao lưu."
            ),
        ) from error
    return database


def _used_before(file: Path, *, only_read: bool) -> SqliteDatabase | None:
    """A closed database on that file, if nobody else has taken it meanwhile. A page opens the catalogue
    several times: compiling its statements anew each time was a third of the page's processor time."""
    for entry in list(_idle):
        if entry[:2] == (file, only_read):
            with suppress(ValueError):
                _idle.remove(entry)
                return entry[2]
    return None


def _made(file: Path, *, only_read: bool) -> SqliteDatabase:
    if only_read:
        engine = create_engine("sqlite+pysqlite://", creator=lambda: _reading(file), poolclass=QueuePool)
        event.listen(engine, "connect", _prepare_to_read)
    else:
        # Not as a URL string, since a path may have characters that are special in URLs.
        url = URL.create("sqlite+pysqlite", database=str(file))
        engine = create_engine(url, connect_args={"timeout": 30})
        event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return SqliteDatabase(engine, file, only_read=only_read)


def _may_only_be_read(file: Path) -> bool:
    """Whether an existing catalogue is on a read-only disk or in a read-only folder."""
    return file.exists() and not (writable(file) and writable(file.parent))


def _reading(file: Path) -> SqliteConnection:
    return sqlite3.connect(address_to_read(file), uri=True, timeout=30, check_same_thread=False)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _prepare(connection: SqliteConnection, _record: Any) -> None:
    # By default the driver begins a transaction only before the first row change, so that tables
    # created by a failed migration would remain.
    connection.isolation_level = None
    # secure_delete: content found to be secret must not stay in the file's free pages.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
        "trusted_schema=OFF",  # do not run functions called by a foreign schema
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_to_read(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout=30000", "trusted_schema=OFF", "cell_size_check=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _upgrade(engine: Engine, file: Path, *, only_read: bool = False) -> None:
    with engine.connect() as connection:
        current = schema.version(connection)
    if current == schema.HEAD:
        return
    if current is not None or only_read:
        schema.check_known(
            current,
            str(file),
            _("Hãy cập nhật dossier trên máy này, hoặc dùng --state với một thư mục khác."),
            _(
                "Chạy: dossier doctor --fix. Danh mục cũ được giữ lại dưới tên khác, quyết định của người "
                "dùng được lấy sang, còn lại được đọc lại từ các tệp gốc."
            ),
        )
    if only_read:
        raise CatalogueError(
            _("Danh mục {path} do một phiên bản cũ hơn tạo ra, mà ở đây chỉ đọc được.").format(path=file),
            _("Quét kho với nơi ghi riêng bằng: dossier scan --state THƯ_MỤC"),
        )
    with engine.execution_options(begin=_ALONE).begin() as connection:
        # Another process may have upgraded it while this one waited for the lock.
        current = schema.version(connection)
        if current == schema.HEAD or (current is None and make_new(connection)):
            return
        if current is not None:
            _back_up(file, current)
        schema.upgrade(connection)


def _back_up(file: Path, current: str) -> None:
    """Back up the catalogue before an upgrade, named after its version: decisions exist nowhere else."""
    copy = file.with_name(f"{file.name}.bak-{current}")
    unfinished = copy.with_name(f"{copy.name}.tmp")
    try:
        unfinished.unlink(missing_ok=True)
        copy_of(file, unfinished)
        shutil.copymode(file, unfinished)
        renaming.replace(unfinished, copy)
        for older in sorted(file.parent.glob(f"{file.name}.bak-????"))[:-_COPIES]:
            older.unlink()
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CatalogueError(
            _("Không sao lưu được danh mục {path} trước khi nâng cấp: {why}.").format(
                path=file, why=in_words(error)
            ),
            _("Kiểm tra chỗ trống trên đĩa và quyền ghi rồi chạy lại; danh mục chưa bị thay đổi."),
        ) from error
