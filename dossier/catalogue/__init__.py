"""The catalogue: what is known about every file of an archive, in SQLite or on a PostgreSQL server.

One row per file and per logical document, one transaction per file. The full-text index is fed from
here through the outbox, so it can be thrown away and made again. SQLAlchemy is loaded with the first
use of :class:`Catalogue`, not with this package: a search can do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from dossier.archive import Archive
from dossier.catalogue.server import server_of
from dossier.catalogue.sqlite import glance

if TYPE_CHECKING:
    from dossier.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "Pulse", "is_made", "nothing_pending", "open_catalogue", "pulse_of"]


def is_made(archive: Archive) -> bool:
    """Whether there is a catalogue to answer from. Raises :class:`~dossier.errors.CatalogueError` when its
    server cannot be asked."""
    if server := server_of(archive):
        from dossier.catalogue import postgres

        return postgres.is_made(server)
    return (archive.state / glance.NAME).exists()


def nothing_pending(archive: Archive) -> bool:
    """Whether the index surely knows everything; false where that cannot be told at once."""
    return server_of(archive) is None and glance.nothing_pending(archive.state)


class Pulse(Protocol):
    """Tells whether the catalogue has changed since."""

    def revision(self) -> object:
        """A value that differs after every change that somebody else made."""

    def close(self) -> None:
        """Look no longer."""


def pulse_of(archive: Archive) -> Pulse:
    """What tells of changes to the catalogue of that archive."""
    if server := server_of(archive):
        from dossier.catalogue.postgres_state import ServerPulse

        return ServerPulse(server)
    return glance.Pulse(archive.state)


def __getattr__(name: str) -> Any:
    if name not in ("Catalogue", "open_catalogue"):
        raise AttributeError(name)
    from dossier.catalogue import store

    return getattr(store, name)
