"""Orphaned rows: rows without their parent, which nothing shows and no scan repairs.

Foreign keys prevent most of them, except through other programs or in a repaired file.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, func, select

from dossier.catalogue.session import Session
from dossier.catalogue.tables import documents, dossiers, files, tell_index, texts
from dossier.model import OUTSIDE

_WITHOUT_TEXT = documents.c.id.not_in(select(texts.c.document_id))
# In the order of deletion. A deleted file is read again by the next scan.
_ORPHANS: tuple[tuple[Table, ColumnElement[bool]], ...] = (
    (files, files.c.dossier.not_in(select(dossiers.c.path)) & (files.c.dossier != OUTSIDE)),
    (files, files.c.id.in_(select(documents.c.file_id).where(_WITHOUT_TEXT))),
    (files, files.c.reason.is_(None) & files.c.id.not_in(select(documents.c.file_id))),
    (documents, documents.c.file_id.not_in(select(files.c.id))),
    (texts, texts.c.document_id.not_in(select(documents.c.id))),
)


class Orphans:
    """Counts and deletes orphaned rows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self) -> int:
        """Number of orphaned rows."""
        with self._session.reading() as connection:
            counts = (select(func.count()).select_from(table).where(where) for table, where in _ORPHANS)
            return sum(connection.execute(query).scalar_one() for query in counts)

    def clear(self) -> int:
        """Delete orphaned rows and their dependents; return their number. The caller holds the archive's
        lock."""
        cleared = 0
        with self._session.writing() as connection:
            for table, where in _ORPHANS:
                if table is files:
                    tell_index(connection, connection.execute(select(files.c.path).where(where)).scalars())
                cleared += connection.execute(delete(table).where(where)).rowcount
        return cleared
