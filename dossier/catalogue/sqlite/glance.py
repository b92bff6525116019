"""A look into the catalogue by the standard library alone, for commands that must answer at once."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

NAME = "catalogue.sqlite"


def nothing_pending(state: Path) -> bool:
    """Whether the index surely knows everything. Never raises: where the file does not tell, it may not."""
    try:
        # As a URI, so that a look never makes a file.
        address = (state / NAME).resolve().as_uri() + "?mode=ro"
        if not (state / f"{NAME}-wal").exists() and not os.access(state, os.W_OK):
            address += "&immutable=1"  # else the library asks for a file that it may not make
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            return connection.execute("SELECT 1 FROM outbox LIMIT 1").fetchone() is None
    except (sqlite3.Error, ValueError):
        return False
