"""Schema version and migrations of the catalogue, common to all databases."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from dossier.errors import CatalogueError
from dossier.i18n import _

if TYPE_CHECKING:
    from alembic.config import Config

# Head of migrations/versions. Kept here so that an up-to-date catalogue opens without Alembic,
# whose import alone takes longer than a whole rescan; a test compares the two.
HEAD = "0023"
_ONE = threading.Lock()  # Alembic keeps what it is at in globals
_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = """CREATE TABLE alembic_version (
version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""  # as Alembic itself makes it


def version(connection: Connection) -> str | None:
    """The last applied migration; ``None`` without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def stamp(connection: Connection) -> None:
    """Record that newly made tables have the newest schema."""
    connection.execute(text(_VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def versions() -> list[str]:
    """All versions that this program can read or upgrade, newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()]


def is_of_trial(current: str) -> bool:
    """Whether the version is one from before the first release."""
    return current < min(versions())


def check_known(current: str | None, where: str, advice: str, advice_if_older: str) -> None:
    """Raise :class:`CatalogueError` for a catalogue made by a newer version of the program, or by one before
    the first release."""
    if current is None or current in versions():
        return
    if is_of_trial(current):
        raise CatalogueError(
            _("Danh mục {path} do một bản dùng thử cũ của dossier tạo ra.").format(path=where),
            advice_if_older,
        )
    raise CatalogueError(
        _("Danh mục {path} do một phiên bản mới hơn của dossier tạo ra.").format(path=where), advice
    )


def upgrade(connection: Connection, to: str = "head") -> None:
    """Migrate the tables to a version in the connection's transaction."""
    from alembic import command

    config = migrations()
    config.attributes["connection"] = connection
    with _ONE:
        command.upgrade(config, to)


def migrations() -> Config:
    """Alembic's configuration."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
