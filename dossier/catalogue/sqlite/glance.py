"""A look into the catalogue by the standard library alone, for commands that must answer at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from dossier.state import writable

NAME = "catalogue.sqlite"
MOVING = "moving"  # key of ``meta``: by which a copy that nobody uses yet is known


def address_to_read(file: Path) -> str:
    """The address of a catalogue for a connection that only reads: a look never makes a file."""
    address = file.resolve().as_uri() + "?mode=ro"
    log = file.with_name(f"{file.name}-wal")
    if not writable(file.parent) and not (log.exists() and log.stat().st_size):
        address += "&immutable=1"  # else the library asks for a file that it may not make
    return address


def nothing_pending(state: Path) -> bool:
    """Whether the index surely knows everything. Never raises: where the file does not tell, it may not."""
    try:
        with closing(sqlite3.connect(address_to_read(state / NAME), uri=True, timeout=5)) as connection:
            return connection.execute("SELECT 1 FROM outbox LIMIT 1").fetchone() is None
    except (sqlite3.Error, ValueError):
        return False


def is_unfinished(state: Path) -> bool:
    """Whether the catalogue there is a copy that was to be one, or none at all came of it. Never raises."""
    try:
        with closing(sqlite3.connect(address_to_read(state / NAME), uri=True, timeout=5)) as connection:
            asked = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = ?) OR NOT EXISTS (SELECT 1 FROM files)"
            return bool(connection.execute(asked, [MOVING]).fetchone()[0])
    except (sqlite3.Error, ValueError):
        return False


class Pulse:
    """Tells whether the catalogue has changed since, without looking at what is in it. For many threads."""

    def __init__(self, state: Path) -> None:
        self._address = (state / NAME).resolve().as_uri() + "?mode=ro"
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._file = state / NAME
        self._lock = threading.Lock()

    def revision(self) -> tuple[int, int]:
        """A value that differs after every change by another connection; ``(0, 0)``: there is none yet."""
        with self._lock:
            try:
                inode = self._file.stat().st_ino
                if self._connection is None or inode != self._inode:  # restored, or mended: another file
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
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
