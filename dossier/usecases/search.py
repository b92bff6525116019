"""Find documents by words, number, date, type or dossier."""

from __future__ import annotations

from dossier.archive import Archive
from dossier.errors import IndexUnusableError
from dossier.index import Filters, Results, Sort
from dossier.usecases.assess import check_scanned
from dossier.usecases.indexing import index_of, rebuild


def search(
    archive: Archive,
    query: str,
    filters: Filters,
    *,
    sort: Sort = Sort.RELEVANCE,
    limit: int = 10,
    offset: int = 0,
    exact: bool = False,
    facets: bool = False,
) -> Results:
    """Answer a query from the index, which is made again from the catalogue when it is not usable.

    Raises :class:`~dossier.errors.ArchiveError` when the archive was never scanned.
    """
    check_scanned(archive)
    try:
        return index_of(archive).search(
            query, filters, sort=sort, limit=limit, offset=offset, exact=exact, facets=facets
        )
    except IndexUnusableError:
        return rebuild(archive).search(
            query, filters, sort=sort, limit=limit, offset=offset, exact=exact, facets=facets
        )
