"""The catalogue: what is known about every file of an archive, in SQLite.

One row per file and per logical document, one transaction per file. The full-text index is fed from
here through the outbox, so it can be thrown away and made again.
"""

from __future__ import annotations

from dossier.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "open_catalogue"]
