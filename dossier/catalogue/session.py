"""Transactions on the catalogue's database, with advice in their errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from dossier.catalogue import revisions
from dossier.catalogue.interface import Database, advice_on
from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.os_errors import in_one_line


class Session:
    """Read connections and write transactions on one database. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._joint = local()  # ``connection``: of the transaction that this thread's writing joins
        revisions.look_at_statements(database.engine)

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection with a consistent snapshot, which never waits for a writer.

        Raises :class:`CatalogueError` when the database is damaged or not reachable.
        """
        try:
            with self.database.reader.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise CatalogueError(
                _("Không đọc được danh mục: {why}.").format(why=in_one_line(error.orig or error)),
                advice_on(error.orig, self.database.advice_to_read),
            ) from error

    @contextmanager
    def writing(self, *, again: bool = False) -> Iterator[Connection]:
        """Run the body in a transaction. When it returns, the transaction and all earlier ones are durable.

        ``again``: do not wait for the disk, since the next scan would repeat the work; a power cut may lose
        such a transaction, but only completely and together with all later ones. Raises
        :class:`CatalogueError`.
        """
        joint: Connection | None = getattr(self._joint, "connection", None)
        if joint is not None:
            revisions.begin(joint)
            yield joint
            revisions.end(joint)
            return
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
                _("Không ghi được vào danh mục: {why}.").format(why=in_one_line(error.orig or error)),
                advice_on(error.orig, self.database.advice_to_write),
            ) from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """Run the body, with all that this thread writes in it in one transaction: all of it is kept, or
        nothing where the body fails or the process dies. What is read meanwhile is the state before."""
        if getattr(self._joint, "connection", None) is not None:
            yield
            return
        with self.writing() as connection:
            self._joint.connection = connection
            try:
                yield
            finally:
                del self._joint.connection
