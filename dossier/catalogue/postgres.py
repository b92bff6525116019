"""A catalogue on a PostgreSQL server, in a schema of its own. All that is PostgreSQL's own stands here."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import DatabaseError, OperationalError

from dossier.catalogue import schema
from dossier.catalogue.interface import restoring
from dossier.catalogue.postgres_connection import (
    advice,
    away,
    check_fit,
    check_own_session,
    connect,
    connected,
    connection_arguments,
    lift_limits,
    refused,
)
from dossier.catalogue.postgres_state import ServerPulse, health
from dossier.catalogue.server import Server
from dossier.catalogue.tables import metadata
from dossier.errors import CatalogueError
from dossier.i18n import _

# What every database on a server offers, and what jobs need of this one.
__all__ = ["PostgresDatabase", "ServerLock", "ServerPulse", "health", "holding", "is_made", "open_server"]

_MIGRATING = "migrations"  # name of a lock
# Columns whose order or width would depend on the database's language (see :mod:`dossier.catalogue.tables`).
_UNLIKE_OURS = """
SELECT c.table_name, c.column_name
FROM information_schema.columns c
WHERE c.table_schema = current_schema() AND c.table_name <> 'alembic_version'
  AND c.table_name NOT LIKE 'procrastinate%' AND (
    (c.data_type IN ('text', 'character varying') AND
     (c.collation_name IS DISTINCT FROM 'C' OR c.character_maximum_length IS NOT NULL))
    OR (c.data_type = 'integer' AND (c.column_name = 'id' OR c.column_name LIKE '%\\_id')))
"""


class PostgresDatabase:
    """See :class:`~dossier.catalogue.interface.Database`."""

    def __init__(self, engine: Engine, server: Server) -> None:
        self.engine = engine
        snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self.reader: Engine = engine.execution_options(**snapshot)
        self.writer: Engine = engine
        self.server = server

    @property
    def advice_to_read(self) -> str:
        """What a person can do."""
        return advice(self.server)

    @property
    def advice_to_write(self) -> str:
        """What a person can do."""
        return advice(self.server)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def before_writing(self, connection: Connection, *, again: bool) -> None:
        """Nothing."""

    def in_writing(self, connection: Connection, *, again: bool) -> None:
        """What can be read again need not wait for the disk; what people decided does."""
        if again:
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    def after_copying(self, connection: Connection) -> None:
        """Have every counter go on behind the numbers that are taken."""
        for table in metadata.sorted_tables:
            if "id" in table.c:
                sequence = func.pg_get_serial_sequence(table.name, "id")
                last = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
                connection.execute(select(func.setval(sequence, last, False)))

    def scan_finished(self) -> None:
        """The planner should know how much there is now."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")

    def trouble(self) -> str:
        """Whether the tables are there and as ours; the server looks after its pages itself."""
        with self.engine.connect() as connection:
            odd = connection.exec_driver_sql(_UNLIKE_OURS.replace("%", "%%")).all()
        return (
            _("cột không đúng kiểu: {names}").format(
                names=", ".join(sorted(f"{table}.{column}" for table, column in odd))
            )
            if odd
            else ""
        )


def open_server(server: Server) -> PostgresDatabase:
    """The catalogue there, created or upgraded if need be.

    Raises :class:`CatalogueError` when the server is away, refuses us, or is newer than this program.
    """
    engine = _engine(server, pool_pre_ping=True, pool_size=4)
    try:
        with engine.connect() as connection:
            current = _version(server, connection)
        if current != schema.HEAD:
            _upgrade(server, current)
    except OperationalError as error:
        engine.dispose()
        raise away(server, error.orig or error) from error
    except DatabaseError as error:
        engine.dispose()
        raise refused(server, error.orig or error) from error
    return PostgresDatabase(engine, server)


def _engine(server: Server, **settings: Any) -> Engine:
    url = make_url(server.url).set(drivername="postgresql+psycopg")
    engine = create_engine(url, connect_args=connection_arguments(server, "dossier"), **settings)

    @event.listens_for(engine, "do_connect")
    def checked(dialect: Dialect, _record: object, arguments: list[Any], named: dict[str, Any]) -> Any:
        connection: Any = dialect.connect(*arguments, **named)
        check_fit(server, connection)  # before anything is read: other encodings come as bytes
        lift_limits(connection)
        return connection

    return engine


def is_made(server: Server) -> bool:
    """Whether there is a catalogue. Raises :class:`CatalogueError` when the server cannot be asked, or keeps
    it from us."""
    with connected(server) as connection:
        # What lies in a schema that one may not use is not there, as far as names go.
        may = connection.execute(
            "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = %s", [server.schema]
        ).fetchone()
        if may is not None and not may[0]:
            raise psycopg.errors.InsufficientPrivilege
        row = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    return row is not None and row[0] is not None


class ServerLock:
    """A lock of this archive that one process holds, on whatever machine; close it when it is needed no more.

    The server lets go of it when the connection dies, however that happens. Whoever waited longest is next.
    """

    def __init__(self, server: Server, name: str, purpose: str) -> None:
        self._server = server
        self._key = f"{server.schema}/{name}"
        self._purpose = f"dossier {purpose} {socket.gethostname()} {os.getpid()}"
        self._connection: psycopg.Connection[Any] | None = None

    def acquire(self, wait: float) -> None:
        """Raises :class:`TimeoutError` after ``wait`` seconds, with a phrase on who holds it."""
        connection = self._connected()
        try:
            if wait > 0:
                # 0 would mean for ever.
                connection.execute(sql.SQL("SET lock_timeout = {}").format(max(1, int(wait * 1000))))
                connection.execute("SELECT pg_advisory_lock(hashtext('dossier'), hashtext(%s))", [self._key])
            elif not _tried(connection, self._key):
                raise TimeoutError(_holder(connection, self._key))
        except psycopg.errors.LockNotAvailable as error:
            raise TimeoutError(_holder(connection, self._key)) from error
        except psycopg.Error as error:
            raise away(self._server, error) from error

    def release(self) -> None:
        """Let the next one in. With a connection that died the lock went already."""
        with suppress(psycopg.Error):
            if self._connection is not None:
                query = "SELECT pg_advisory_unlock(hashtext('dossier'), hashtext(%s))"
                self._connection.execute(query, [self._key])

    def close(self) -> None:
        """Let go of everything."""
        if self._connection is not None:
            self._connection.close()

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._server, self._purpose)
        return self._connection


@contextmanager
def holding(server: Server, name: str, purpose: str, wait: float) -> Iterator[None]:
    """Hold a :class:`ServerLock` while the body runs."""
    lock = ServerLock(server, name, purpose)
    try:
        lock.acquire(wait)
        yield
    finally:
        lock.close()


def _tried(connection: psycopg.Connection[Any], key: str) -> bool:
    row = connection.execute(
        "SELECT pg_try_advisory_lock(hashtext('dossier'), hashtext(%s))", [key]
    ).fetchone()
    return bool(row and row[0])


def _holder(connection: psycopg.Connection[Any], key: str) -> str:
    found = connection.execute(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND l.granted "
        "AND l.classid = (hashtext('dossier')::bigint & 4294967295)::oid "
        "AND l.objid = (hashtext(%s)::bigint & 4294967295)::oid",
        [key],
    ).fetchone()
    return f" ({found[0]})" if found else ""


def _version(server: Server, connection: Connection) -> str | None:
    made, path = connection.execute(
        text("SELECT to_regclass('alembic_version'), current_setting('search_path')")
    ).one()
    check_own_session(server, path)
    if made is None:
        return None
    current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if current is None:  # tables and version are written together
        raise CatalogueError(
            _("Danh mục {server} hỏng: không rõ do phiên bản nào tạo ra.").format(server=server.shown),
            restoring(),
        )
    return str(current)


def _upgrade(server: Server, current: str | None) -> None:
    """One at a time, all or nothing; whoever came second finds it done."""
    schema.check_known(
        current,
        server.shown,
        _("Cập nhật dossier trên máy này: các máy dùng chung phải cùng phiên bản."),
        _(
            "Chọn tên khác trong [catalogue] schema của dossier.toml rồi quét lại; "
            "danh mục cũ vẫn còn nguyên."
        ),
    )
    engine = _engine(server)
    try:
        with holding(server, _MIGRATING, "upgrade", 60), engine.begin() as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{server.schema}"')
            current = _version(server, connection)
            if current is None:
                metadata.create_all(connection)
                schema.stamp(connection)
            elif current != schema.HEAD:
                schema.upgrade(connection)
    except TimeoutError as error:
        raise CatalogueError(
            _("Một máy khác đang nâng cấp danh mục {server}{who}.").format(server=server.shown, who=error),
            _("Đợi vài phút rồi chạy lại."),
        ) from error
    finally:
        engine.dispose()
