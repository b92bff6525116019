"""A query in, an answer for a person out; the same for every engine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from dossier.i18n import _
from dossier.index.interface import Counts, Engine, Filters, Found, Sort, Stored, Writer
from dossier.index.query import Query, exact_tokens, parse
from dossier.index.snippets import marker, passage
from dossier.index.tree import All, Node, leaves

if TYPE_CHECKING:
    from dossier.index.suggest import Mended

_VERIFIED = 500  # documents whose text is compared for an exact phrase
_TRIED = 12  # ways to mend a query that finds nothing
_AS_LIKELY = 0.5  # between two of them: no matter which


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer; ``snippet`` is HTML in which only ``<mark>`` is markup.

    ``date`` is in ISO form, as far as it is known (``2024-12``). ``page`` is where in the file the snippet
    is from; ``abstract`` is plain text. ``parts`` are those it was placed in (``6a``).
    """

    path: str
    ordinal: int
    score: float
    number_symbol: str
    date: str
    type: str
    item: int | None
    dossier: str
    snippet: str
    abstract: str = ""
    page: int = 1
    parts: tuple[str, ...] = ()
    dossier_name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: ``total`` matches, ``took_ms`` milliseconds, the hits asked for.

    ``notes`` are sentences about how the query was understood where it could not be as written.
    ``suggestion`` is the query as it was probably meant; ``corrected``: the answer is that query's.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    facets: Mapping[str, Counts] = field(default_factory=dict)
    suggestion: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything about a question but its words and conditions."""

    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    exact: bool = False
    facets: bool = False


class Index:
    """A full-text index that answers people, by the engine given."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def writer(self) -> AbstractContextManager[Writer]:
        """A writer; on an exception nothing of what it was told is kept."""
        return self._engine.writer()

    def count(self) -> int:
        """Number of documents."""
        return self._engine.count()

    def paths(self) -> Iterator[str]:
        """Paths of all files that have documents here, each once."""
        return self._engine.paths()

    def search(
        self,
        query: str,
        filters: Filters = Filters(),  # noqa: B008  frozen
        *,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        exact: bool = False,
        facets: bool = False,
    ) -> Results:
        """The best matches. Never raises for what a person may type.

        Where nothing is found because of a slip of the keyboard, the nearest query of words that the
        index knows is answered instead, and said so; not with ``exact``, which finds words only with
        the diacritics they were typed with. Raises :class:`~dossier.errors.IndexUnusableError` when
        the index turns out damaged.
        """
        started = time.perf_counter()
        asked = Asked(sort, limit, offset, exact, facets)
        understood = parse(query)
        results = self._answer(query, understood, filters, asked)
        if not results.total and understood.tree is not None and not exact:
            results = self._meant(query, understood.tree, filters, asked, results)
        return replace(results, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def _answer(self, query: str, understood: Query, filters: Filters, asked: Asked) -> Results:
        tree = filters.around(understood.tree)
        if tree is None:
            return Results(query, 0, 0.0, (), understood.notes or (_("Hãy gõ ít nhất một từ để tìm."),))
        found = self._find(tree, asked)
        boosts = understood.tree.boosts if isinstance(understood.tree, All) else ()
        wanted = marker(leaves(understood.tree), boosts)
        hits = []
        for document in found.documents:
            shown = passage(document.body, wanted)
            hits.append(_hit(document, shown.html, document.first_page + shown.pages_before))
        return Results(query, found.total, 0.0, tuple(hits), understood.notes, found.facets)

    def _find(self, tree: Node, asked: Asked) -> Found:
        phrases = [leaf.exact for leaf in leaves(tree) if len(leaf.exact) > 1]
        if not asked.exact or not phrases:
            return self._engine.find(
                tree, sort=asked.sort, limit=asked.limit, offset=asked.offset, exact=asked.exact,
                facets=asked.facets,
            )  # fmt: skip
        # The index knows which accented words a document has, not their order: its text does.
        found = self._engine.find(
            tree, sort=asked.sort, limit=_VERIFIED, offset=0, exact=True, facets=asked.facets
        )
        kept = [document for document in found.documents if _has(document, phrases)]
        beyond = max(found.total - _VERIFIED, 0)
        return Found(len(kept) + beyond, tuple(kept[asked.offset : asked.offset + asked.limit]), found.facets)

    def _meant(self, query: str, tree: Node, filters: Filters, asked: Asked, empty: Results) -> Results:
        from dossier.index.suggest import mended  # most answers need none

        best: tuple[Mended, Results] | None = None
        for way in islice(mended(self._engine, query, tree, filters), _TRIED):
            if best is not None and way.further > best[0].further + _AS_LIKELY:
                break
            results = self._answer(way.query, parse(way.query), filters, asked)
            # What finds nothing either was not meant, however near; of two as near, what finds more was.
            if results.total > (best[1].total if best else 0):
                best = way, results
        if best is None:
            return empty
        way, results = best
        if not way.sure:
            return replace(empty, suggestion=way.query)
        note = _("Không thấy “{query}”; đây là kết quả cho “{better}”.").format(query=query, better=way.query)
        notes = (*empty.notes, note)
        return replace(results, query=query, notes=notes, suggestion=way.query, corrected=True)


def _has(document: Stored, phrases: Sequence[tuple[str, ...]]) -> bool:
    texts = [f" {' '.join(exact_tokens(text))} " for text in (
        document.number_symbol, document.abstract, document.body
    )]  # fmt: skip
    return all(any(f" {' '.join(phrase)} " in text for text in texts) for phrase in phrases)


def _dated(day: int) -> str:
    """The ISO form of a date kept as a number: 20241200 is ``2024-12``."""
    digits = f"{day:08}"
    parts = (digits[:4], digits[4:6], digits[6:])
    return "-".join(part for part in parts if int(part))


def _hit(document: Stored, snippet: str, page: int) -> Hit:
    items = [int(value) for value in document.items if value.isdigit()]
    return Hit(
        path=document.path,
        ordinal=document.ordinal,
        score=document.score,
        number_symbol=document.number_symbol,
        date=_dated(document.day),
        type=document.type,
        item=items[0] if items else None,
        dossier=document.dossier,
        snippet=snippet,
        abstract=document.abstract,
        page=page,
        parts=tuple(value for value in document.items if not value.isdigit() or [*document.items] == [value]),
        dossier_name=document.dossier_name,
        kind=document.kind,
    )
