"""Orphaned rows: rows without their parent, which nothing shows and no scan repairs.

Foreign keys prevent most of them, except through other programs or in a repaired file.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, select, update

from dossier.catalogue import encoding, rows
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import documents, dossiers, files, tell_index, texts
from dossier.model import OUTSIDE, KnownFile

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


# The expected hash: for a file found altered, the hash before.
_EXPECTED = func.coalesce(files.c.altered_from, files.c.sha256)


class Watermarks:
    """Rotation for verifying the content of every file (fixity)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_share(self, nights: int) -> list[tuple[bytes, KnownFile]]:
        """Raw paths and files to verify tonight, so that ``nights`` nights cover the whole archive.

        Files altered before come first, then those verified longest ago; ``sha256`` is the expected hash.
        """
        hashed = files.c.sha256 != ""
        known = (_EXPECTED if column is files.c.sha256 else column for column in rows.KNOWN_COLUMNS)
        columns = (files.c.raw_path, *known)
        with self._session.reading() as connection:
            count = connection.execute(select(func.count()).where(hashed)).scalar_one()
            query = (
                select(*columns)
                .where(hashed)
                .order_by(files.c.altered_at.is_(None), files.c.verified_at, files.c.id)
                .limit(-(-count // nights))
            )
            return [(raw, rows.known_of(known)) for raw, *known in connection.execute(query)]

    def settle(self, intact: Iterable[KnownFile], altered: Iterable[KnownFile]) -> None:
        """Record the results of verification with the current time."""
        now = encoding.now()
        this = files.c.id == bindparam("file")
        good = [{"file": file.id} for file in intact]
        damaged = list(altered)
        bad = [{"file": file.id, "expected": file.sha256} for file in damaged]
        with self._session.writing() as connection:
            # Reports depend on alterations, not on the time of verification.
            known = connection.execute(select(files.c.dossier).where(files.c.altered_at.is_not(None)))
            concerns(connection, {*known.scalars(), *(file.dossier for file in damaged)})
            if good:
                fine = {"verified_at": now, "altered_at": None, "altered_from": None}
                connection.execute(update(files).where(this).values(fine), good)
            if bad:
                found = {
                    "verified_at": now,
                    "altered_at": func.coalesce(files.c.altered_at, now),
                    "altered_from": bindparam("expected"),
                }
                connection.execute(update(files).where(this).values(found), bad)
