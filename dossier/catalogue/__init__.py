"""The catalogue: the database of an archive's files and documents, in SQLite or on a PostgreSQL server.

One row per file and per document, one transaction per file. The full-text index is fed from
it through the outbox, and can always be rebuilt. SQLAlchemy is loaded with the first
use of :class:`Catalogue`, not with this package, because a search does not need it.
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
    """Whether the archive has a catalogue. Raises :class:`~dossier.errors.CatalogueError` when its
    server is not reachable."""
    if server := server_of(archive):
        return bool(server.backend.is_made(server))
    return (archive.state / glance.NAME).exists()


def nothing_pending(archive: Archive) -> bool:
    """Whether the index is certainly up to date; false if that cannot be determined quickly."""
    return server_of(archive) is None and glance.nothing_pending(archive.state)


class Pulse(Protocol):
    """Detects changes of the catalogue by others."""

    def revision(self) -> object:
        """A value that differs after every change made by another connection."""

    def close(self) -> None:
        """Release the connection."""


def pulse_of(archive: Archive) -> Pulse:
    """The change detector for the archive's catalogue."""
    if server := server_of(archive):
        pulse: Pulse = server.backend.ServerPulse(server)
        return pulse
    return glance.Pulse(archive.state)


def __getattr__(name: str) -> Any:
    if name not in ("Catalogue", "open_catalogue"):
        raise AttributeError(name)
    from dossier.catalogue import store

    return getattr(store, name)
