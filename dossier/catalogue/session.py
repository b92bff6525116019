"""Transactions on the catalogue's database, with errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from dossier.catalogue import revisions
from dossier.catalogue.interface import Database, advice_on
from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.os_errors import known_words


class Session:
    """One database: short read connections and all-or-nothing writes. May be used from several threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        revisions.look_at_statements(database.engine)

    def close(self) -> None:
        """Let go of the database."""
        self.database.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and never waits for a writer.

        Raises :class:`CatalogueError` when the database turns out damaged or away.
        """
        try:
            with self.database.reader.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise CatalogueError(
                _("Không đọc được danh mục: {why}.").format(why=_reason(error)),
                advice_on(error.orig, self.database.advice_to_read),
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
            with self.database.writer.connect() as connection:
                self.database.before_writing(connection, again=again)
                with connection.begin():
                    self.database.in_writing(connection, again=again)
                    revisions.begin(connection)
                    yield connection
                    revisions.end(connection)
        except DatabaseError as error:
            raise CatalogueError(
                _("Không ghi được vào danh mục: {why}.").format(why=_reason(error)),
                advice_on(error.orig, self.database.advice_to_write),
            ) from error


def _reason(error: DatabaseError) -> str:
    """Why, in words where there are any; else the database's own, on one line."""
    why: BaseException = error.orig or error
    return known_words(why) or " ".join(str(why).split())
