"""Rows that lost what they belong to: nothing shows them, and no scan would ever put them right.

The database forbids most of them, but not to other programs, nor to a file that was mended.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, func, select

from dossier.catalogue.session import Session
from dossier.catalogue.tables import documents, dossiers, files, tell_index, texts
from dossier.model import OUTSIDE

_WITHOUT_TEXT = documents.c.id.not_in(select(texts.c.document_id))
# In the order in which they are cleared. A file that is cleared is read again by the next scan.
_ORPHANS: tuple[tuple[Table, ColumnElement[bool]], ...] = (
    (files, files.c.dossier.not_in(select(dossiers.c.path)) & (files.c.dossier != OUTSIDE)),
    (files, files.c.id.in_(select(documents.c.file_id).where(_WITHOUT_TEXT))),
    (files, files.c.reason.is_(None) & files.c.id.not_in(select(documents.c.file_id))),
    (documents, documents.c.file_id.not_in(select(files.c.id))),
    (texts, texts.c.document_id.not_in(select(documents.c.id))),
)


class Orphans:
    """See the module."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self) -> int:
        """How many there are."""
        with self._session.reading() as connection:
            counts = (select(func.count()).select_from(table).where(where) for table, where in _ORPHANS)
            return sum(connection.execute(query).scalar_one() for query in counts)

    def clear(self) -> int:
        """Take them out, and what hangs on them; how many that were. The caller holds the archive's lock."""
        cleared = 0
        with self._session.writing() as connection:
            for table, where in _ORPHANS:
                if table is files:
                    tell_index(connection, connection.execute(select(files.c.path).where(where)).scalars())
                cleared += connection.execute(delete(table).where(where)).rowcount
        return cleared
