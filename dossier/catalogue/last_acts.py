"""Which act of each audit log was the last to reach the catalogue: it tells whether what a line says was
done."""

from __future__ import annotations

import json

from dossier.catalogue import meta
from dossier.catalogue.session import Session

_MOST = 100  # requests remembered, more than the page carries out before it notes that itself


class LastActs:
    """The number of the last line of a log whose act was committed, written in the transaction of the act.
    ``log`` identifies a log: machines that share a catalogue keep one each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, log: str) -> int | None:
        """The number; ``None`` if no act of that log is known."""
        with self._session.reading() as connection:
            kept = meta.value(connection, _key(log))
        return int(kept) if kept is not None else None

    def keep(self, log: str, number: int) -> None:
        """Record the number."""
        with self._session.writing() as connection:
            meta.keep(connection, _key(log), str(number))

    def requests(self, log: str) -> list[str]:
        """The last requests of the page that were carried out, latest last."""
        with self._session.reading() as connection:
            return list(json.loads(meta.value(connection, _requests(log)) or "[]"))

    def keep_request(self, log: str, request: str) -> None:
        """Record that a request was carried out."""
        known = [*self.requests(log), request][-_MOST:]
        with self._session.writing() as connection:
            meta.keep(connection, _requests(log), json.dumps(known))


def _key(log: str) -> str:
    return f"last_act_of_{log}"


def _requests(log: str) -> str:
    return f"last_requests_of_{log}"
