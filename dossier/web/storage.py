"""The database of the web interface, ``web.sqlite`` beside the catalogue: sessions, accounts, requested
changes.

Every change is on disk before the call returns. One connection is shared by all threads, one at a time:
requests are few, and a query takes less than a millisecond.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.usecases.page_file import NAME, SCHEMA

Row = sqlite3.Row


class Storage:
    """The connection to the database. Raises :class:`CatalogueError` if the file cannot be used."""

    def __init__(self, state: Path) -> None:
        self._file = state / NAME
        self._lock = threading.RLock()
        try:
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(
                self._file, timeout=30, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise CatalogueError(
                _("Không mở được {path}: {why}.").format(path=self._file, why=in_words(error)),
                _("Kiểm tra chỗ trống trên đĩa và quyền ghi; tệp này giữ phiên, tài khoản, việc chờ ghi."),
            ) from error

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def all(self, query: str, *values: object) -> list[Row]:
        """All rows of a query."""
        with self._lock, closing(self._connection.execute(query, values)) as cursor:
            return cursor.fetchall()

    def one(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or ``None``."""
        found = self.all(query, *values)
        return found[0] if found else None

    def change(self, query: str, *values: object) -> int:
        """Execute a statement; return the number of changed rows. On disk when this returns, unless within
        :meth:`whole`."""
        with self._lock, closing(self._connection.execute(query, values)) as cursor:
            return cursor.rowcount

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A transaction, exclusive among threads; nested ones join the outer one."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def secret(self, name: str, fresh: Any) -> str:
        """A secret of this state folder, created by ``fresh()`` on first use."""
        with self._lock:
            self.change("INSERT OR IGNORE INTO secrets VALUES (?, ?)", name, fresh())
            row = self.one("SELECT value FROM secrets WHERE name = ?", name)
            assert row is not None
            return str(row["value"])
