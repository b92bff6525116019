"""The baseline: findings of an old archive that were there when somebody drew the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select

from dossier.catalogue import encoding
from dossier.catalogue.session import Session
from dossier.catalogue.tables import baseline


class Baseline:
    """Keys of findings by dossier. There is one baseline at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw(self, found: Mapping[str, Sequence[str]], author: str) -> int:
        """Take these keys by dossier as the baseline in place of the one before; how many they are."""
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        lines = [
            {"dossier": path, "finding": key, "author": encoding.safe(author), "made_at": made_at}
            for path, keys in found.items()
            for key in dict.fromkeys(map(encoding.safe, keys))
        ]
        with self._session.writing() as connection:
            connection.execute(delete(baseline))
            if lines:
                connection.execute(insert(baseline), lines)
        return len(lines)

    def remove(self) -> int:
        """Forget the baseline; how many findings it held."""
        with self._session.writing() as connection:
            return int(connection.execute(delete(baseline)).rowcount)

    def known(self) -> dict[str, set[str]]:
        """The keys by dossier."""
        found: dict[str, set[str]] = {}
        with self._session.reading() as connection:
            for path, key in connection.execute(select(baseline.c.dossier, baseline.c.finding)):
                found.setdefault(path, set()).add(key)
        return found

    def drawn(self) -> tuple[str, datetime] | None:
        """Who drew it and when; ``None`` without one."""
        query = select(func.max(baseline.c.author), func.max(baseline.c.made_at))
        with self._session.reading() as connection:
            author, made_at = connection.execute(query).one()
        return (author, datetime.fromisoformat(made_at)) if made_at else None
