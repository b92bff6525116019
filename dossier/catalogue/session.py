"""Transactions on the catalogue's database, with errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from dossier.errors import CatalogueError
from dossier.i18n import _


class Session:
    """One database: short read connections and all-or-nothing writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and never waits for a writer.

        Raises :class:`CatalogueError` when the file turns out damaged.
        """
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise CatalogueError(
                _("Không đọc được danh mục: {why}.").format(why=error.orig),
                _("Chạy: dossier doctor, rồi làm theo hướng dẫn ở dòng “Danh mục”."),
            ) from error

    @contextmanager
    def writing(self, *, again: bool = False) -> Iterator[Connection]:
        """A transaction: everything in the body, or nothing. When this returns it is on the disk, with all
        transactions before it, and stays there even when the power fails.

        ``again``: that is not worth waiting for, since the next scan does it once more; such a
        transaction may be lost, but whole, and never without those after it. Raises
        :class:`CatalogueError`.
        """
        try:
            with self._engine.connect() as connection:
                synced = "NORMAL" if again else "FULL"
                # Of the connection, and only between two transactions.
                connection.connection.cursor().execute(f"PRAGMA synchronous={synced}")
                with connection.begin():
                    yield connection
        except (DatabaseError, sqlite3.Error) as error:
            raise CatalogueError(
                _("Không ghi được vào danh mục: {why}.").format(why=getattr(error, "orig", error)),
                _("Kiểm tra chỗ trống trên đĩa và quyền ghi rồi chạy lại; những gì đã ghi vẫn còn nguyên."),
            ) from error
