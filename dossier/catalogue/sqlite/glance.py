"""Fast checks of the catalogue with the standard library only, for commands that must answer at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from dossier.state import writable

NAME = "catalogue.sqlite"
MOVING = "moving"  # key of ``meta`` that marks a copy not yet in use


def address_to_read(file: Path) -> str:
    """The URI of a catalogue for a read-only connection, which creates no file."""
    address = file.resolve().as_uri() + "?mode=ro"
    log = file.with_name(f"{file.name}-wal")
    if not writable(file.parent) and not (log.exists() and log.stat().st_size):
        address += "&immutable=1"  # else SQLite needs a file that it may not create
    return address


def nothing_pending(state: Path) -> bool:
    """Whether the index is certainly up to date. Never raises: false if the file cannot be read."""
    try:
        with closing(sqlite3.connect(address_to_read(state / NAME), uri=True, timeout=5)) as connection:
            return connection.execute("SELECT 1 FROM outbox LIMIT 1").fetchone() is None
    except (sqlite3.Error, ValueError):
        return False


def is_unfinished(state: Path) -> bool:
    """Whether the catalogue is an unfinished copy, or empty. Never raises."""
    try:
        with closing(sqlite3.connect(address_to_read(state / NAME), uri=True, timeout=5)) as connection:
            query = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = ?) OR NOT EXISTS (SELECT 1 FROM files)"
            return bool(connection.execute(query, [MOVING]).fetchone()[0])
    except (sqlite3.Error, ValueError):
        return False


def files_and_sizes(catalogue: Path) -> list[tuple[bytes, int]]:
    """Raw path and size in bytes of all files in a catalogue. Never raises: empty if it cannot be read."""
    if not catalogue.exists():
        return []
    try:
        with closing(sqlite3.connect(address_to_read(catalogue), uri=True, timeout=5)) as connection:
            return list(connection.execute("SELECT raw_path, size FROM files ORDER BY id"))
    except (OSError, sqlite3.Error, ValueError):
        return []


class Pulse:
    """Detects changes of the catalogue without reading its rows. Thread-safe."""

    def __init__(self, state: Path) -> None:
        self._address = (state / NAME).resolve().as_uri() + "?mode=ro"
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._file = state / NAME
        self._lock = threading.Lock()

    def revision(self) -> tuple[int, int]:
        """A value that differs after every change by another connection; ``(0, 0)`` without a catalogue."""
        with self._lock:
            try:
                inode = self._file.stat().st_ino
                if self._connection is None or inode != self._inode:  # replaced by a restore or repair
                    self.close()
                    self._connection = sqlite3.connect(
                        self._address, uri=True, timeout=5, check_same_thread=False
                    )
                    self._inode = inode
                row = self._connection.execute("PRAGMA data_version").fetchone()
            except (OSError, sqlite3.Error):
                self.close()
                return 0, 0
            return self._inode, int(row[0])

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
