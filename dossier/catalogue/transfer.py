"""Copy a whole catalogue to another database, row by row, and verify the copy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, delete, func, insert, select

from dossier.batches import batched
from dossier.catalogue import meta
from dossier.catalogue.session import Session
from dossier.catalogue.sqlite.glance import MOVING
from dossier.catalogue.tables import files, metadata
from dossier.errors import CatalogueError
from dossier.i18n import _
from dossier.progress import counted, report_progress

_CHUNK = 1000  # rows in memory at a time


class Moving:
    """A catalogue as the source or target of a move."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_over(self, other: Moving) -> dict[str, int]:
        """Copy another catalogue in one transaction; return the number of rows by table. The copy is not used
        before :meth:`take_up`; one left by an interrupted attempt is replaced.

        Raises :class:`CatalogueError`, leaving the target unchanged, if it already has other files or if the
        copy differs when read back.
        """
        mark = _marked(other._session)
        with other._session.reading() as old, self._session.writing() as new:
            if (
                meta.value(new, MOVING) != mark
                and new.execute(select(func.count()).select_from(files)).scalar_one()
            ):
                raise CatalogueError(
                    _("Nơi đến đã có danh mục của một kho."), _("Chọn nơi khác, hoặc một schema khác.")
                )
            counts = {}
            for table in reversed(metadata.sorted_tables):
                new.execute(delete(table))
            total = sum(
                old.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
            )
            for table in metadata.sorted_tables:
                counts[table.name] = 0
                for some in batched(_rows(old, table), _CHUNK):
                    new.execute(insert(table), some)
                    counts[table.name] += len(some)
                    report_progress(sum(counts.values()), total, _("chép danh mục"))
            for table in counted(metadata.sorted_tables, what=_("so lại từng bảng")):
                if _digest(old, table) != _digest(new, table):
                    raise CatalogueError(
                        _("Bảng {table} sau khi chuyển không giống trước; chưa có gì thay đổi.").format(
                            table=table.name
                        )
                    )
            self._session.database.after_copying(new)
        return counts

    def take_up(self) -> None:
        """Make the copy the catalogue in use; it is not replaced by later attempts."""
        with self._session.writing() as connection:
            meta.remove(connection, MOVING)

    def empty(self) -> None:
        """Delete everything, for a copy that failed verification."""
        with self._session.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))


def _marked(session: Session) -> str:
    with session.writing() as connection:
        mark = meta.value(connection, MOVING) or uuid4().hex
        meta.keep(connection, MOVING, mark)
    return mark


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Yield rows by primary key, an order common to all databases."""
    query = select(table).order_by(*table.primary_key.columns)
    # Set on the query; on the connection it would also apply to later statements.
    found = connection.execute(query.execution_options(yield_per=_CHUNK))
    for row in found.mappings():
        yield dict(row)


def _digest(connection: Connection, table: Table) -> bytes:
    digest = hashlib.sha256()
    for row in _rows(connection, table):
        digest.update(repr([row[column.name] for column in table.columns]).encode("utf-8", "surrogatepass"))
    return digest.digest()
