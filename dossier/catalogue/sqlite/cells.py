"""Whether the cells of a catalogue that others made are of the kinds that this program writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from dossier.i18n import _

# What SQLite's typeof() may say of a column, by the first word of the type it is declared with.
_KINDS = {
    "TEXT": "'text'", "VARCHAR": "'text'", "INTEGER": "'integer'", "BIGINT": "'integer'",
    "BOOLEAN": "'integer'", "FLOAT": "'real', 'integer'", "BLOB": "'blob', 'text'",
}  # fmt: skip
# Columns that hold JSON, and what stands at its top.
_JSON = {
    ("dossiers", "manifest"): "object", ("dossiers", "problems"): "array", ("dossiers", "ignored"): "array",
    ("files", "candidates"): "array", ("files", "notes"): "array", ("files", "signatures"): "array",
    ("documents", "placements"): "array", ("documents", "details"): "object",
    ("decisions", "placements"): "array", ("corrections", "fields"): "object",
    ("adoptions", "chosen"): "array", ("nights", "summary"): "object",
}  # fmt: skip
_INSTANTS = frozenset({"made_at", "ended_at", "verified_at", "altered_at", "seen_at", "noticed_at"})


def misfit(connection: sqlite3.Connection) -> str:
    """A phrase about the first cell of another kind than its column's; empty if there is none. Such a cell
    would stop every command that reads its row."""
    for table in _tables(connection):
        for column, condition in _conditions(connection, table):
            query = f'SELECT 1 FROM "{table}" WHERE "{column}" IS NOT NULL AND {condition} LIMIT 1'  # noqa: S608
            if connection.execute(query).fetchone():
                return _("cột {column} của bảng {table} có giá trị không đọc được").format(
                    column=column, table=table
                )
    return ""


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    return [str(name) for (name,) in connection.execute(query)]


def _conditions(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """Columns with the condition, in SQL, that no cell of theirs may meet."""
    for _number, column, declared, *_rest in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
        kinds = _KINDS.get(re.split(r"\W", str(declared))[0])
        if kinds is not None:
            yield column, f'typeof("{column}") NOT IN ({kinds})'
        if at_top := _JSON.get((table, column)):
            # In CASE the second is asked only if the first holds; json_type fails for what is no JSON.
            yield (
                column,
                f'CASE WHEN json_valid("{column}") THEN json_type("{column}") <> \'{at_top}\' ELSE 1 END',
            )
        if column in _INSTANTS:
            yield column, f'julianday("{column}") IS NULL'
