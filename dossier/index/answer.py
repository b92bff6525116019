"""Search for people: parse a query, run it on any engine, and return hits with snippets and notes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dossier.i18n import _
from dossier.index.interface import Counts, Engine, EngineResult, Filters, SearchOptions, Stored, Writer
from dossier.index.query import Query, exact_tokens, parse
from dossier.index.snippets import marker, passage
from dossier.index.tree import All, Node, leaves
from dossier.index.wordings import widened
from dossier.model import named

if TYPE_CHECKING:
    from dossier.index.suggest import Mended

_VERIFIED = 500  # at most so many documents are compared with an exact phrase
_AS_LIKELY = 0.5  # difference in likelihood below which the correction with more hits wins


@dataclass(frozen=True, slots=True)
class Hit:
    """One matching document; ``snippet`` is HTML in which only ``<mark>`` is markup.

    ``date`` is in ISO form, possibly partial (``2024-12``). ``page`` is the page of the file from which the
    snippet is taken; ``abstract`` is plain text. ``parts`` are the parts of its placements (``6a``).
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

    @property
    def named(self) -> str:
        """By what a person calls it (:func:`~dossier.model.named`)."""
        return named(self.path, self.ordinal)


@dataclass(frozen=True, slots=True)
class Results:
    """The result of a query: the number of matches (``total``), its duration, and the requested hits.

    ``notes`` are sentences on how the query was interpreted where it could not be used as typed.
    ``suggestion`` is the probably intended query; ``corrected``: the hits are for the suggestion.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    facets: Mapping[str, Counts] = field(default_factory=dict)
    suggestion: str = ""
    corrected: bool = False


class Index:
    """A full-text index that answers queries typed by people, on top of an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def writer(self) -> AbstractContextManager[Writer]:
        """Open a writer; on an exception none of its changes is stored."""
        return self._engine.writer()

    def count(self) -> int:
        """Number of documents."""
        return self._engine.count()

    def paths(self) -> Iterator[str]:
        """Paths of all files with documents in the index, each once."""
        return self._engine.paths()

    def search(
        self,
        query: str,
        filters: Filters = Filters(),  # noqa: B008  frozen
        options: SearchOptions = SearchOptions(),  # noqa: B008  frozen
    ) -> Results:
        """Return the best matches. Any text is a valid query.

        A query without hits that contains a typing error is replaced by the nearest query with words of
        the index, and the results say so; not with ``options.exact``, which matches words only with
        the diacritics typed. Raises :class:`~dossier.errors.IndexUnusableError` when
        the index is damaged.
        """
        started = time.perf_counter()
        understood = parse(query)
        results = self._answer(query, understood, filters, options)
        if not results.total and understood.tree is not None and not options.exact:
            results = self._meant(query, understood.tree, filters, options, results)
        return replace(results, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def _answer(self, query: str, understood: Query, filters: Filters, options: SearchOptions) -> Results:
        asked = understood.tree
        if asked is not None and not options.exact:
            asked = widened(asked)
        tree = filters.around(asked)
        if tree is None:
            return Results(query, 0, 0.0, (), understood.notes or (_("Hãy gõ ít nhất một từ để tìm."),))
        found = self._find(tree, options)
        boosts = understood.tree.boosts if isinstance(understood.tree, All) else ()
        wanted = marker(leaves(asked), boosts)
        hits = []
        for document in found.documents:
            shown = passage(document.body, wanted)
            hits.append(_hit(document, shown.html, document.first_page + shown.pages_before))
        return Results(query, found.total, 0.0, tuple(hits), understood.notes, found.facets)

    def _find(self, tree: Node, options: SearchOptions) -> EngineResult:
        phrases = [leaf.exact for leaf in leaves(tree) if len(leaf.exact) > 1]
        if not options.exact or not phrases:
            return self._engine.find(tree, options)
        # The index stores which accented words a document has, but not their order: compare its text.
        found = self._engine.find(tree, replace(options, limit=_VERIFIED, offset=0))
        kept = [document for document in found.documents if _has(document, phrases)]
        beyond = max(found.total - _VERIFIED, 0)
        return EngineResult(
            len(kept) + beyond, tuple(kept[options.offset : options.offset + options.limit]), found.facets
        )

    def _meant(
        self, query: str, tree: Node, filters: Filters, options: SearchOptions, empty: Results
    ) -> Results:
        from dossier.index.suggest import mended_queries  # most answers need none

        best: tuple[Mended, Results] | None = None
        for way in mended_queries(self._engine, query, tree, filters):
            if best is not None and way.further > best[0].further + _AS_LIKELY:
                break
            results = self._answer(way.query, parse(way.query), filters, options)
            # A correction without hits is worthless however near; of two equally near ones more hits win.
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
    """Convert a stored date to ISO form: 20241200 is ``2024-12``."""
    digits = f"{day:08}"
    parts = (digits[:4], digits[4:6], digits[6:])
    return "-".join(part for part in parts if int(part))


def _parts(items: Sequence[str]) -> tuple[str, ...]:
    """Return the parts among stored items: all but the numbers of items with lettered parts (``6`` of
    ``6a``)."""
    lettered = {value.rstrip("abcdefghijklmnopqrstuvwxyz") for value in items if not value.isdigit()}
    return tuple(value for value in items if value not in lettered)


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
        parts=_parts(document.items),
        dossier_name=document.dossier_name,
        kind=document.kind,
    )
