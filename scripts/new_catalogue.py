"""Record the SQL that makes the newest catalogue in an empty SQLite file: dossier/catalogue/sqlite/vNNNN.sql.

``python scripts/new_catalogue.py`` after every new migration; a test compares the two. The SQL of the first
release stays, since its migration runs it; of others only the newest is needed.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from dossier.catalogue.schema import HEAD
from dossier.catalogue.sqlite import copies

_FILE = Path(copies.__file__).with_name(f"v{HEAD}.sql")


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "catalogue.sqlite")
        copies.make_at(made, HEAD)
        with closing(sqlite3.connect(made)) as connection:
            rows = connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version' "
                "ORDER BY rowid"
            ).fetchall()
    _FILE.write_text("".join(f"{sql.strip()};\n" for (sql,) in rows), "utf-8")


if __name__ == "__main__":
    main()
