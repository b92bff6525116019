"""Full-text search. The index is disposable: the catalogue can always fill it again."""

from __future__ import annotations

from pathlib import Path

from dossier.index.interface import Filters, Hit, Index, IndexedDocument, Results, Sort, Writer

__all__ = ["Filters", "Hit", "Index", "IndexedDocument", "Results", "Sort", "Writer", "open_index"]


def open_index(folder: Path) -> Index:
    """The index in ``folder``, made when it is not there or not usable (see ``Index.empty_because``).

    Raises :class:`~dossier.errors.IndexUnusableError` when it can neither be opened nor made.
    """
    from dossier.index.tantivy_engine import TantivyIndex

    return TantivyIndex(folder)
