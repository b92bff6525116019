"""Opening the database and keeping its schema current: the only place that knows SQLite and Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from dossier.catalogue.glance import NAME
from dossier.errors import CatalogueError
from dossier.i18n import _

if TYPE_CHECKING:
    from sqlite3 import Connection as SqliteConnection

    from alembic.config import Config

# Head of migrations/versions. Kept here so that an up-to-date catalogue opens without Alembic,
# whose import alone takes longer than a whole rescan; a test compares the two.
HEAD = "0018"
# Tables that a scan fills again; all others hold what people decided and what was seen on days gone by.
_MADE_AGAIN = ("alembic_version", "meta", "dossiers", "files", "documents", "texts", "outbox")
_COPIES = 2  # of catalogues before upgrades: an older one cannot be gone back to with today's decisions
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(state: Path) -> Engine:
    """The engine for the catalogue in ``state``, created or upgraded if need be.

    Raises :class:`CatalogueError` when the file is damaged, newer than this program, or cannot be
    written.
    """
    file = state / NAME
    # By parts, not as a URL: a path may hold characters that mean something in one.
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(file)), connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        current = _version(engine)
        if current != HEAD:
            _upgrade(engine, file, current)
    except OperationalError as error:
        engine.dispose()
        raise CatalogueError(
            _("Không mở hoặc không ghi được danh mục {path}: {why}.").format(path=file, why=error.orig),
            _("Kiểm tra chỗ trống trên đĩa và quyền ghi, hoặc chọn nơi khác bằng --state THƯ_MỤC."),
        ) from error
    except DatabaseError as error:
        engine.dispose()
        raise CatalogueError(
            _("Danh mục {path} bị hỏng: {why}.").format(path=file, why=error.orig),
            _(
                "Chạy: dossier doctor --fix. Tệp hỏng được giữ lại dưới tên khác, danh mục được dựng lại từ "
                "các tệp gốc; quyết định nào không lấy lại được thì lấy từ bản sao lưu."
            ),
        ) from error
    return engine


def _prepare(connection: SqliteConnection, _record: Any) -> None:
    # Left to itself the driver begins a transaction only before the first change of a row: tables
    # made by a migration that then fails would stay.
    connection.isolation_level = None
    # secure_delete: what turns out to be secret must not stay in the file's free pages.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
        "trusted_schema=OFF",  # what a foreign catalogue's schema calls is not run
        "cell_size_check=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        known = connection.execute(
            text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
        ).scalar_one()
        if not known:
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def make_at(file: Path, version: str) -> None:
    """An empty catalogue as the migrations up to ``version`` make it. Raises :class:`ValueError` when there
    was never such a version."""
    from alembic import command
    from alembic.util import CommandError

    engine = create_engine(URL.create("sqlite+pysqlite", database=str(file)))
    config = _migrations()
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)
    except CommandError as error:
        raise ValueError(version) from error
    finally:
        engine.dispose()


def copy_of(file: Path, target: Path) -> None:
    """A sound copy of the catalogue as it is at one moment, even while others write to it.

    Raises :class:`OSError` when it cannot be written, :class:`CatalogueError` when the catalogue is
    damaged: a copy of that would only look like a backup.
    """
    import sqlite3
    from contextlib import closing

    try:
        target.touch(mode=0o600)
        # Not a copy of the file: the newest rows may still be in the log beside it.
        with closing(sqlite3.connect(file, timeout=30)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise CatalogueError(
            _("Danh mục {path} bị hỏng: {why}.").format(path=file, why="; ".join(found)),
            _("Chạy: dossier doctor --fix"),
        )


def version_of(file: Path) -> str:
    """The version of a catalogue's tables. Raises :class:`CatalogueError`, as when it has none."""
    import sqlite3
    from contextlib import closing

    try:
        with closing(sqlite3.connect(file)) as connection:
            return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise CatalogueError(
            _("Danh mục {path} bị hỏng: {why}.").format(path=file, why=error),
            _("Chạy: dossier doctor --fix"),
        ) from error


def soundness(file: Path) -> str:
    """What a thorough look finds wrong with the catalogue's file; empty when it is sound."""
    import sqlite3
    from contextlib import closing

    try:
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if found == ["ok"] else "; ".join(found)


def salvage(damaged: Path, file: Path) -> tuple[dict[str, int], list[str]]:
    """Carry over what only people or time can make, row by row, from a damaged catalogue to a new one.

    The number of rows by table, and the tables of which not all could be read.
    """
    import sqlite3
    from contextlib import closing

    saved: dict[str, int] = {}
    lost: list[str] = []
    with closing(sqlite3.connect(damaged)) as old, closing(sqlite3.connect(file)) as new, new:
        old.execute("PRAGMA trusted_schema=OFF")
        for (table,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in _MADE_AGAIN or table.startswith("sqlite_"):
                continue
            columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join("?" * len(columns))
            insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
            count = 0
            try:
                for row in old.execute(f"SELECT {names} FROM {table}"):  # noqa: S608
                    count += new.execute(insert, row).rowcount
            except sqlite3.Error:
                lost.append(table)
            if count:
                saved[table] = count
    return saved, lost


def _back_up(file: Path, current: str) -> None:
    """A copy beside the catalogue as it was, named after its version; what people decided is only there."""
    import shutil

    copy = file.with_name(f"{file.name}.bak-{current}")
    unfinished = copy.with_name(f"{copy.name}.tmp")
    try:
        unfinished.unlink(missing_ok=True)
        copy_of(file, unfinished)
        shutil.copymode(file, unfinished)
        unfinished.replace(copy)
        for older in sorted(file.parent.glob(f"{file.name}.bak-????"))[:-_COPIES]:
            older.unlink()
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CatalogueError(
            _("Không sao lưu được danh mục {path} trước khi nâng cấp: {why}.").format(path=file, why=error),
            _("Kiểm tra chỗ trống trên đĩa và quyền ghi rồi chạy lại; danh mục chưa bị thay đổi."),
        ) from error


def _upgrade(engine: Engine, file: Path, current: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _migrations()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise CatalogueError(
            _("Danh mục {path} do một phiên bản mới hơn của dossier tạo ra.").format(path=file),
            _("Hãy cập nhật dossier trên máy này, hoặc dùng --state với một thư mục khác."),
        )
    if current is not None:
        _back_up(file, current)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _migrations() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
