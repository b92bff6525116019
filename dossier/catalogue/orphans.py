"""Rows that lost what they belong to: nothing shows them, and no scan would ever put them right.

The database forbids most of them, but not to other programs, nor to a file that was mended.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

# In the order in which they are cleared. A file that is cleared is read again by the next scan.
_ORPHANS = (
    ("files", "dossier NOT IN (SELECT path FROM dossiers)"),
    (
        "files",
        "id IN (SELECT file_id FROM documents WHERE id NOT IN (SELECT document_id FROM texts))",
    ),
    ("files", "reason IS NULL AND id NOT IN (SELECT file_id FROM documents)"),
    ("documents", "file_id NOT IN (SELECT id FROM files)"),
    ("texts", "document_id NOT IN (SELECT id FROM documents)"),
)


def orphans(file: Path) -> int:
    """How many there are in the catalogue's file. Raises :class:`sqlite3.Error`."""
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        queries = (f"SELECT count(*) FROM {table} WHERE {where}" for table, where in _ORPHANS)  # noqa: S608
        return sum(connection.execute(query).fetchone()[0] for query in queries)


def clear(file: Path) -> int:
    """Take them out, and what hangs on them; how many rows that were. The caller holds the archive's lock.

    Raises :class:`sqlite3.Error`.
    """
    with closing(sqlite3.connect(file, timeout=30)) as connection, connection:
        connection.execute("PRAGMA secure_delete=ON")
        before = connection.total_changes
        for table, where in _ORPHANS:
            if table == "files":
                connection.execute(
                    f"INSERT OR IGNORE INTO outbox SELECT path FROM files WHERE {where}"  # noqa: S608
                )
            connection.execute(f"DELETE FROM {table} WHERE {where}")  # noqa: S608
        return connection.total_changes - before
