"""Copy, check, repair and salvage catalogue files."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection, create_engine

from dossier import renaming
from dossier.catalogue import schema
from dossier.catalogue.secrecy import TO_FORGET
from dossier.catalogue.sqlite.glance import address_to_read
from dossier.catalogue.tables import REDACTED_APART, metadata
from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.os_errors import in_words

LOGS = ("-wal", "-shm", "-journal")  # suffixes of the files beside a database
# Tables that a scan fills again; all others hold people's decisions and history.
_MADE_AGAIN = (
    "alembic_version",
    "meta",
    "dossiers",
    "files",
    "documents",
    "texts",
    "outbox",
    "revisions",
    "briefs",
    "doubts",
)
_TEXTS = (
    "texts",
    "documents",
    "files",
    "dossiers",
    "outbox",
    "verdicts",
    "nights",
    "baseline",
    "briefs",
    "doubts",
)
_SEALED = (
    "SELECT DISTINCT files.path, sha256 FROM files JOIN documents ON file_id = files.id "
    "WHERE security IS NOT NULL"
)
_SAID = (
    "SELECT files.path, dossier, sha256, number_symbol, abstract, text FROM files "
    "JOIN documents ON file_id = files.id JOIN texts ON document_id = documents.id WHERE security IS NULL"
)


class CopiedText(NamedTuple):
    """A document whose text is in a copy of a catalogue; ``texts``: its text and its number."""

    path: str
    dossier: str
    sha256: str
    texts: tuple[str, ...]


def make_at(file: Path, version: str) -> None:
    """Create an empty catalogue by the migrations up to ``version``, one of :func:`schema.versions`."""
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(file)))
    try:
        with engine.begin() as connection:
            schema.upgrade(connection, version)
    finally:
        engine.dispose()


def make_new(connection: Connection) -> bool:
    """Create the newest schema from recorded SQL, without Alembic, which takes longer to load than reading a
    small archive. False, with nothing created, if there is none of the newest version."""
    statements = recorded(schema.HEAD)
    for statement in statements:
        connection.exec_driver_sql(statement)
    if statements:
        schema.stamp(connection)
    return bool(statements)


def recorded(version: str) -> list[str]:
    """The statements that create the schema of a version, recorded in ``v<version>.sql`` beside this module
    (``scripts/new_catalogue.py``); empty if they were not recorded."""
    file = Path(__file__).with_name(f"v{version}.sql")
    return file.read_text("utf-8").strip().removesuffix(";").split(";\n") if file.exists() else []


def copy_of(file: Path, target: Path) -> None:
    """Make a consistent copy of the catalogue, even while others write to it.

    Raises :class:`OSError` when it cannot be written, :class:`CatalogueError` when the catalogue is
    damaged, so that no damaged copy passes for a backup.
    """
    try:
        target.touch(mode=0o600)
        # Copying the file would miss the newest rows, which may still be in the log.
        with closing(sqlite3.connect(file, timeout=30)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            why = unsound(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise OSError(in_words(error)) from error
    except sqlite3.DatabaseError as error:
        why = in_words(error)
    if why:
        raise CatalogueError(
            _("Danh mục {path} bị hỏng: {why}.").format(path=file, why=why),
            _("Chạy: dossier doctor --fix"),
        )


def unsound(connection: sqlite3.Connection) -> str:
    """Run SQLite's integrity check; return a phrase if it finds anything, else empty. What it finds is
    told in page numbers and in English, which help nobody to mend it."""
    whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    return "" if whole else _("nội dung bên trong hỏng")


def stamped_version(connection: sqlite3.Connection) -> str:
    """The schema version that a catalogue states. Raises :class:`ValueError` if it states none, or two."""
    rows = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
    if len(rows) != 1:
        raise ValueError(_("không ghi phiên bản"))
    return str(rows[0][0])


def version_of(file: Path) -> str:
    """The schema version of a catalogue. Raises :class:`CatalogueError` if it has none."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            return stamped_version(connection)
    except (sqlite3.Error, ValueError) as error:
        raise CatalogueError(
            _("Danh mục {path} bị hỏng: {why}.").format(path=file, why=in_words(error)),
            _("Chạy: dossier doctor --fix"),
        ) from error


def soundness(file: Path) -> str:
    """Run SQLite's integrity check; return the problems found, else empty."""
    try:
        with closing(sqlite3.connect(address_to_read(file), uri=True, timeout=30)) as connection:
            why = unsound(connection)
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        return in_words(error)
    return why


def salvage(damaged: Path, file: Path) -> tuple[dict[str, int], list[str]]:
    """Copy people's decisions and history, row by row, from a damaged catalogue to a new one.

    Returns the number of rows by table, and the tables that could not be read completely.
    """
    saved: dict[str, int] = {}
    lost: list[str] = []
    with closing(sqlite3.connect(damaged)) as old, closing(sqlite3.connect(file)) as new, new:
        old.execute("PRAGMA trusted_schema=OFF")
        for (table,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in _MADE_AGAIN or table.startswith("sqlite_"):
                continue
            count = 0
            try:
                there = {row[1] for row in old.execute(f"PRAGMA table_info({table})")}
                columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})") if row[1] in there]
                if not columns:  # from before the first release, when there was no such table
                    continue
                names = ", ".join(f'"{name}"' for name in columns)
                marks = ", ".join("?" * len(columns))
                insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
                for row in old.execute(f"SELECT {names} FROM {table}"):  # noqa: S608
                    count += new.execute(insert, row).rowcount
            except sqlite3.Error:
                lost.append(table)
            if count:
                saved[table] = count
    return saved, lost


def scrub(copy: Path) -> None:
    """Reduce a copy of a catalogue to people's decisions, without free texts and document texts; delete it if
    that fails. Raises :class:`OSError`."""
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA secure_delete=ON")
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            for table in there.intersection(_TEXTS):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
            if "departed" in there:
                connection.execute("UPDATE departed SET number_symbol = '', date = NULL")
            for table in there.intersection(("waivers", "unsealed")):
                connection.execute(f"UPDATE {table} SET reason = ''")  # noqa: S608
            if "told" in there:
                connection.execute("UPDATE told SET value = '\"\"' WHERE key = 'hold'")
            for table in there.intersection(t.name for t in metadata.sorted_tables if "sha256" in t.c):
                if table not in REDACTED_APART:
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("VACUUM")
    except sqlite3.Error:
        copy.unlink(missing_ok=True)
    for end in LOGS:
        with suppress(FileNotFoundError):
            Path(f"{copy}{end}").unlink()


def papers_in(copy: Path, hashes: Collection[str]) -> list[CopiedText]:
    """The documents with these contents whose texts are in a copy; empty if it cannot be read."""
    try:
        with closing(sqlite3.connect(address_to_read(copy), uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            return [
                CopiedText(path, dossier, sha256, (number, abstract, zlib.decompress(text).decode()))
                for path, dossier, sha256, number, abstract, text in connection.execute(_SAID)
                if sha256 in hashes
            ]
    except (sqlite3.Error, zlib.error, ValueError, TypeError):
        return []


def forget_what_is_open_in(current: Path, fresh: Path) -> None:
    """Mark documents for removal of their traces that are sealed in ``fresh`` but not in the ``current``
    catalogue, which it replaces. Raises :class:`sqlite3.Error`."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        sealed = connection.execute(_SEALED).fetchall()
        held = {paper.sha256 for paper in papers_in(current, {sha256 for _path, sha256 in sealed})}
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (TO_FORGET,)).fetchone()
        waiting = json.loads(row[0]) if row else []
        waiting += [[path, [sha256]] for path, sha256 in sealed if sha256 in held]
        if waiting:
            told = (TO_FORGET, json.dumps(waiting, ensure_ascii=False))
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", told)


def forget_verdicts(file: Path) -> None:
    """Delete stored reports from a foreign catalogue, so that they are computed again."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for table in there.intersection(("briefs", "doubts")):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608


def repair(file: Path) -> None:
    """Rebuild SQLite's indexes as far as possible: damage to them loses no data."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as connection:
        connection.execute("REINDEX")


def empty_log(file: Path) -> None:
    """Move the newest rows from the log to the file, as far as a damaged catalogue allows."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def put_aside(file: Path) -> Path:
    """Rename the file of a moved catalogue and make it read-only; return its new path."""
    empty_log(file)
    kept = file.with_name(f"{file.name}.moved-{datetime.now():%Y%m%d-%H%M%S}")
    renaming.rename(file, kept)
    for end in LOGS:
        with suppress(FileNotFoundError):
            Path(f"{file}{end}").unlink()
    kept.chmod(0o400)
    return kept
