"""Backup, restore check and redaction of the database of the web application's accounts.

Sessions and the application's secret key are neither backed up nor restored: everybody signs in again.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from dossier.catalogue.secrecy import Repeated
from dossier.catalogue.sqlite import foreign
from dossier.catalogue.sqlite.copies import copy_of, unsound
from dossier.i18n import _
from dossier.os_errors import in_words

NAME = "web.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
  hash TEXT PRIMARY KEY, account TEXT NOT NULL, begun REAL NOT NULL, seen REAL NOT NULL,
  language TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS accounts (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, units TEXT, password TEXT NOT NULL, language TEXT NOT NULL,
  made REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS locked (account TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS fresh_passwords (account TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS second_factors (
  account TEXT PRIMARY KEY, key TEXT NOT NULL, confirmed REAL, used INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS recovery_codes (hash TEXT PRIMARY KEY, account TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reading_tokens (hash TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS tokens (
  hash TEXT PRIMARY KEY, account TEXT NOT NULL, label TEXT NOT NULL, made REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS intents (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at TEXT NOT NULL, actor TEXT NOT NULL,
  kind TEXT NOT NULL, subject TEXT NOT NULL, payload TEXT NOT NULL, done_at TEXT, error TEXT
);
CREATE INDEX IF NOT EXISTS waiting ON intents (done_at) WHERE done_at IS NULL;
CREATE TABLE IF NOT EXISTS requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, dossier TEXT NOT NULL, rule TEXT NOT NULL, part TEXT NOT NULL,
  reason TEXT NOT NULL, until TEXT, author TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_STAYS_BEHIND = ("sessions", "secrets")
# An intent not carried out yet is closed with an error, so that its author sees it was not done.
_FORGET_INTENT = (
    "UPDATE intents SET payload = '{}', error = iif(done_at IS NULL, ?1, NULL), "
    "done_at = coalesce(done_at, strftime('%Y-%m-%dT%H:%M:%f+00:00')) WHERE id = ?2"
)


def pack(state: Path, folder: Path) -> None:
    """Copy a consistent snapshot of the file, if it exists, into ``folder``, without sessions and secrets.
    Raises the same errors as :func:`~dossier.catalogue.sqlite.copies.copy_of`."""
    if (state / NAME).is_file():
        copy_of(state / NAME, folder / NAME)
        leave_behind(folder / NAME)


def leave_behind(file: Path) -> None:
    """Delete sessions and secrets from a copy of the file. Raises :class:`OSError`."""
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            foreign.harden(connection)
            existing = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            for table in existing.intersection(_STAYS_BEHIND):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def redact(folder: Path, repeated: Repeated) -> None:
    """Remove people's requests and reasons that quote a secret document from the file in ``folder``, which
    may be in use. Raises :class:`OSError`."""
    file = folder / NAME
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            foreign.harden(connection)
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("BEGIN IMMEDIATE")
            for id_, payload, error in connection.execute(
                "SELECT id, payload, error FROM intents"
            ).fetchall():
                if repeated.in_value([_parsed(payload), error or ""]):
                    connection.execute(_FORGET_INTENT, (_("(đã xóa: nhắc đến tài liệu mật)"), id_))
            for id_, reason in connection.execute("SELECT id, reason FROM requests").fetchall():
                if repeated.in_text(reason):
                    connection.execute("DELETE FROM requests WHERE id = ?", (id_,))
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _parsed(payload: str) -> object:
    try:
        return json.loads(payload)
    except ValueError:
        return payload


def objection(file: Path) -> str:
    """Return a phrase why the file must not be used; empty if it is intact and has the expected tables. The
    file is not changed and must not be in use."""
    try:
        with closing(sqlite3.connect(":memory:")) as ours:
            ours.executescript(SCHEMA)
            allowed = foreign.schema_of(ours)
        address = file.resolve().as_uri() + "?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            foreign.harden(connection)
            strange = sorted(name for _type, name, *_rest in foreign.schema_of(connection) - allowed)
            why = ascii(strange) if strange else unsound(connection)
    except sqlite3.Error as error:
        why = in_words(error)
    return (
        _("tệp tài khoản của trang web không như dossier tạo ra: {why}").format(why=why[:200]) if why else ""
    )
