"""The catalogue: what is known about every file of an archive, in SQLite.

One row per file and per logical document, one transaction per file. The full-text index is fed from
here through the outbox, so it can be thrown away and made again. SQLAlchemy is loaded with the first
use of :class:`Catalogue`, not with this package: a search can do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dossier.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "open_catalogue"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from dossier.catalogue import store

    return getattr(store, name)
