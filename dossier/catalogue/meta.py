"""Single values on the archive as a whole, each kept under a key of table ``meta``."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from dossier.catalogue import encoding
from dossier.catalogue.tables import META_INSERT, META_UPSERT, meta


def value(connection: Connection, key: str) -> str | None:
    """The value; ``None`` if there is none."""
    found: str | None = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return found


def values(connection: Connection, *keys: str) -> dict[str, str]:
    """The values there are of these keys, or of all without any, by key."""
    query = select(meta.c.key, meta.c.value)
    found = connection.execute(query.where(meta.c.key.in_(keys)) if keys else query)
    return {row.key: row.value for row in found}


def held(connection: Connection, key: str, *, without: str) -> str:
    """The value, which nobody else changes before this transaction ends; where there is none, ``without`` is
    stored."""
    connection.execute(META_INSERT, {"key": key, "value": without})
    query = select(meta.c.value).where(meta.c.key == key).with_for_update()
    return connection.execute(query).scalar_one() or without


def keep(connection: Connection, key: str, text: str) -> None:
    """Store a value in place of the one before."""
    connection.execute(META_UPSERT, {"key": key, "value": encoding.safe(text)})


def remove(connection: Connection, key: str) -> None:
    """Delete a value, if there is one."""
    connection.execute(delete(meta).where(meta.c.key == key))
