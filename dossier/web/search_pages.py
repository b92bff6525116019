"""The search page: query, filters, hits with snippets."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date
from html import unescape

from dossier.checklists.english import type_said
from dossier.checklists.spoken import item_named
from dossier.errors import LockedError
from dossier.i18n import _
from dossier.index import Filters, Results, SearchOptions, Sort
from dossier.usecases.search import search as find
from dossier.web.overview import standing_for
from dossier.web.request import Answer, Ask, page

_PAGE = 20
_LONGEST = 200  # characters of a query
_DEEPEST = 50  # pages
_AT_ONCE = threading.Semaphore(4)
_PATIENCE_SECONDS = 3.0  # short, since a waiting search occupies a thread that pages need
_MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
_MOST_WORDS = 16
_UNFINISHED = re.compile(r"\w{2}$")  # the last word may be incomplete


def found_for(ask: Ask) -> tuple[Results | None, int]:
    """The results, and the number of their page; ``None``: empty query."""
    query = " ".join(ask.query.get("q", "")[:_LONGEST].split()[:_MOST_WORDS])
    number = ask.number("trang", 1, 1, _DEEPEST)
    row = standing_for(ask).dossiers.get(ask.query.get("ho-so", ""))
    year = ask.number("nam", 0, 1900, 2100)
    filters = Filters(
        dossier=row.path if row else None,
        item=item_named(ask.query.get("muc", "")[:20]),
        type=ask.query.get("loai", "")[:60] or None,
        date_from=date(year, 1, 1) if year else ask.day("tu"),
        date_to=date(year, 12, 31) if year else ask.day("den"),
    )
    if not query and filters == Filters():
        return None, 1
    sort = ask.query.get("sap", "")
    if ask.visitor.units is not None:  # no hit, count or facet may reveal other dossiers
        filters = replace(filters, within=frozenset(row.path for row in standing_for(ask).rows))

    order = Sort(sort) if sort in tuple(Sort) else Sort.RELEVANCE

    def answer(query: str) -> Results:
        asked = SearchOptions(order, _PAGE, (number - 1) * _PAGE, facets=True)
        if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
            raise LockedError(_("Quá nhiều người đang tìm."))
        try:
            found = find(ask.cache.archive, query, filters, asked, waits=False)
        finally:
            _AT_ONCE.release()
        if filters.within is not None and not found.corrected:  # nor may a suggestion reveal words of theirs
            return replace(found, suggestion="")
        return found

    words, found = query, answer(query)
    if not found.total and ask.query.get("dang-go") and _UNFINISHED.search(query):
        words = f"{query}*"
        found = answer(words)
    if not found.hits and number > _pages(found):  # fewer results than when the address was made, or typed
        number = _pages(found)
        found = answer(words)
    return found if words == query else replace(found, query=query), number


def _pages(found: Results) -> int:
    return min(max(-(-found.total // _PAGE), 1), _DEEPEST)


def pieces(snippet: str) -> list[tuple[str, bool]]:
    """The pieces of a snippet, each with whether it is a match."""
    found, at = [], 0
    for match in _MARK.finditer(snippet):
        found += [(unescape(snippet[at : match.start()]), False), (unescape(match[1]), True)]
        at = match.end()
    return [piece for piece in [*found, (unescape(snippet[at:]), False)] if piece[0]]


def search(ask: Ask) -> Answer:
    """Show the results."""

    results, number = found_for(ask)
    names = {row.path: row for row in standing_for(ask).rows}
    return page(
        "search.html.j2",
        results=results,
        number=number,
        pages=_pages(results) if results else 1,
        query={name: value for name, value in ask.query.items() if name != "dang-go"},
        words=ask.query.get("q", "")[:_LONGEST],
        names=names,
        pieces=pieces,
        type_name=type_said,
    )
