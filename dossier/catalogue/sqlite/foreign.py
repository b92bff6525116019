"""Validate catalogues from elsewhere before they are used.

A database may contain triggers and views that run when rows are written and read. A valid catalogue has
exactly the schema made by the migrations, and no paths that lead out of the archive.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from dossier.catalogue import schema
from dossier.catalogue.sqlite.cells import misfit
from dossier.catalogue.sqlite.copies import make_at, soundness, stamped_version, unsound
from dossier.catalogue.sqlite.glance import NAME, address_to_read
from dossier.errors import DossierError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.plain_file import is_inside

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
# Tables made by ANALYZE; triggers and views with these names are still rejected.
_STATISTICS = {
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
_SHOWN = 5  # unknown names listed in a message


def harden(connection: sqlite3.Connection) -> None:
    """Make SQLite distrust the schema and check every page it reads."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")


def objection(file: Path) -> str:
    """Why the catalogue in ``file`` must not be used, as a phrase; empty if it is valid.

    Reads the file without changing it. It must not be in use.
    """
    try:
        address = file.resolve().as_uri() + "?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            harden(connection)
            strange = schema_of(connection) ^ _schema_at(stamped_version(connection))
            if strange:
                return _strange(strange)
            if why := unsound(connection):
                return _("danh mục bị hỏng: {why}").format(why=why)
            if why := misfit(connection):
                return _("danh mục bị hỏng: {why}").format(why=why)
            return _stray(connection)
    except (sqlite3.Error, ValueError, DossierError) as error:
        return _("danh mục bị hỏng: {why}").format(why=in_words(error))


def trouble(file: Path) -> str:
    """Problems of a catalogue in use, including its schema; empty if there are none."""
    if why := soundness(file):
        return why
    try:
        with closing(sqlite3.connect(address_to_read(file), uri=True, timeout=30)) as connection:
            harden(connection)
            strange = schema_of(connection) ^ _schema_at(stamped_version(connection))
    except (sqlite3.Error, ValueError) as error:
        return in_words(error)
    return _strange(strange) if strange else ""


def _strange(rows: set[tuple[str, str, str, str]]) -> str:
    names = ", ".join(sorted({name for _type, name, *_rest in rows})[:_SHOWN])
    return _("danh mục có bảng, view hoặc trigger lạ: {names}").format(names=ascii(names)[1:-1])


def schema_of(connection: sqlite3.Connection) -> set[tuple[str, str, str, str]]:
    """All entries of a database's schema: type, name, table and SQL with normalised spaces."""
    return {
        (str(type_), str(name), str(table), " ".join(str(sql or "").replace('"', "").split()))
        for type_, name, table, sql in connection.execute(_SCHEMA)
        if (type_, " ".join(str(sql or "").split())) != ("table", _STATISTICS.get(str(name)))
    }


def _schema_at(version: str) -> set[tuple[str, str, str, str]]:
    """The schema of ``version``. Raises :class:`ValueError` for an unknown one."""
    if version not in schema.versions():
        raise ValueError(_("thuộc phiên bản {version}, không đọc được ở đây").format(version=version))
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        file = Path(folder, NAME)
        make_at(file, version)
        with closing(sqlite3.connect(file)) as connection:
            return schema_of(connection)


def _stray(connection: sqlite3.Connection) -> str:
    """A phrase about the first row with a path that leads out of the archive, else empty."""
    for table in ("files", "dossiers"):
        for raw, path in connection.execute(f"SELECT raw_path, path FROM {table}"):  # noqa: S608
            names = (raw if isinstance(raw, bytes) else os.fsencode(str(raw)), os.fsencode(str(path)))
            if not all(map(is_inside, names)):
                return _("đường dẫn {path} chỉ ra ngoài kho").format(path=ascii(path)[:120])
    return ""
