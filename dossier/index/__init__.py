"""Full-text search. The index is disposable: the catalogue can always fill it again."""

from __future__ import annotations

from pathlib import Path

from dossier.index.interface import MARK, Filters, Hit, Index, IndexedDocument, Results, Sort, Writer

__all__ = [
    "Filters",
    "Hit",
    "Index",
    "IndexedDocument",
    "Results",
    "Sort",
    "Writer",
    "is_filled",
    "open_index",
]


def is_filled(folder: Path) -> bool:
    """Whether something was committed to an index in ``folder``; told without loading the engine."""
    return (folder / MARK).exists()


def open_index(folder: Path, *, anew: bool = False) -> Index:
    """The index in ``folder``, made when it is not there or not usable (see ``Index.empty_because``).

    ``anew`` throws away what is there.

    Raises :class:`~dossier.errors.IndexUnusableError` when it can neither be opened nor made.
    """
    from dossier.index.tantivy_engine import TantivyIndex

    if anew:
        (folder / MARK).unlink(missing_ok=True)
    return TantivyIndex(folder)
