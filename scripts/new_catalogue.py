"""Write dossier/catalogue/sqlite/new.sql: what all migrations together make of an empty file.

``python scripts/new_catalogue.py`` after every new migration; a test compares the two.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from dossier.catalogue.schema import HEAD
from dossier.catalogue.sqlite.copies import STATEMENTS, make_at

_FILE = Path(__file__).resolve().parents[1] / "dossier/catalogue/sqlite" / STATEMENTS


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "catalogue.sqlite")
        make_at(made, HEAD)
        with closing(sqlite3.connect(made)) as connection:
            rows = connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
            ).fetchall()
    _FILE.write_text("".join([f"-- {HEAD}\n", *(f"{sql.strip()};\n" for (sql,) in rows)]), "utf-8")


if __name__ == "__main__":
    main()
