"""Which files' contents are verified tonight, and what that found."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select, update

from dossier.catalogue import encoding, rows
from dossier.catalogue.revisions import concerns
from dossier.catalogue.session import Session
from dossier.catalogue.tables import files
from dossier.model import KnownFile

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
