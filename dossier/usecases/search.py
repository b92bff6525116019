"""Find documents by words, number, date, type or dossier."""

from __future__ import annotations

from dossier.archive import Archive
from dossier.index import Filters, Results, Sort
from dossier.usecases.assess import open_known
from dossier.usecases.indexing import catch_up, index_of
from dossier.usecases.locking import writing


def search(
    archive: Archive,
    query: str,
    filters: Filters,
    *,
    sort: Sort = Sort.RELEVANCE,
    limit: int = 10,
    offset: int = 0,
) -> Results:
    """Answer a query from the index, which is first brought up to date if a scan was cut short."""
    index = index_of(archive)
    if index.empty_because:
        with writing(archive.ready_state(), "search"), open_known(archive) as catalogue:
            catch_up(archive, catalogue)
        index = index_of(archive)
    return index.search(query, filters, sort=sort, limit=limit, offset=offset)
