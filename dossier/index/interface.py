"""The interface of full-text engines, and the values they take and return."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from dossier.index.fields import OWN, by_code, item_of, kind_of, type_of
from dossier.index.query import number_tokens
from dossier.index.tree import All, DateSpan, Either, Everything, Node, Term, Words, changed
from dossier.vietnamese import nfc, words


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A logical document to be indexed. Texts are unchanged; engines fold them.

    ``states`` are values of :data:`~dossier.index.fields.STATES`; ``first_page`` is the page of the
    file on which ``body`` begins; each form feed in ``body`` begins the next page.
    """

    path: str
    ordinal: int
    dossier: str
    dossier_name: str
    kind: str
    items: tuple[int, ...]
    parts: tuple[str, ...]
    type: str
    number_symbol: str
    dated: str  # 2023-03-05, or a partial date: 2023-03, 2023; empty for none
    issuing_body: str
    signer: str
    abstract: str
    name: str
    body: str
    unit: str = ""
    states: tuple[str, ...] = ()
    first_page: int = 1

    def keywords(self) -> dict[str, tuple[str, ...]]:
        """The values of the fields that are matched as a whole; empty values are left out."""
        placed = dict.fromkeys([*map(str, self.items), *(part.lower() for part in self.parts)])
        states = (*self.states, OWN) if self._is_own() else self.states
        held = {
            "path": (self.path,), "dossier": (self.dossier,), "type": (self.type,), "kind": (self.kind,),
            "items": tuple(placed), "states": states,
            "year": (self.dated[:4],), "number_symbol": (self.number_symbol,),
        }  # fmt: skip
        return {name: tuple(filter(None, values)) for name, values in held.items()}

    def texts(self) -> dict[str, str]:
        """The texts of the fields that are searched by words."""
        about = (self.type.replace("-", " "), self.issuing_body, self.signer, self.name,
                 self.dossier_name, self.unit)  # fmt: skip
        return {
            "number": " ".join(number_tokens(self.number_symbol)),
            "abstract": nfc(self.abstract),
            "head": " \n".join(filter(None, map(words, about))),
            "issuing_body": nfc(self.issuing_body),
            "dossier_name": nfc(self.dossier_name),
            "signer": nfc(self.signer),
            "name": words(self.name),
            "unit": nfc(self.unit),
            "body": nfc(self.body),
        }

    def _is_own(self) -> bool:
        """Whether the number is the document's own: an annex bears the number of its decision."""
        codes = by_code()
        types = {codes[piece] for piece in number_tokens(self.number_symbol) if piece in codes}
        return bool(self.number_symbol) and (not types or self.type in types)

    def accented(self) -> str:
        """The text indexed with diacritics, which distinguishes ``bạn`` from ``bán``.

        Digits are left out: they have no diacritics, and would take a fortieth of the index.
        """
        text = nfc(f"{self.number_symbol}\n{self.abstract}\n{self.body}")
        for digit in "0123456789":
            text = text.replace(digit, " ")
        return text

    def number_key(self) -> str:
        """The sort key by number: digits as numbers; documents without a number come last."""
        return " ".join(token.zfill(8) for token in number_tokens(self.number_symbol)) or "~"

    def day(self) -> int:
        """The date as a number, 20230305; zeros for unknown parts; 0 without a date."""
        return int(self.dated.replace("-", "").ljust(8, "0"))

    def ordinal_day(self) -> int:
        """The proleptic ordinal of the (earliest possible) date; 0 without a date."""
        return date.fromisoformat(f"{self.dated}-01-01"[:10]).toordinal() if self.dated else 0


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as returned by an engine; ``score`` is 0 unless sorted by relevance."""

    path: str
    ordinal: int
    score: float
    number_symbol: str
    day: int
    type: str
    items: tuple[str, ...]
    dossier: str
    abstract: str
    body: str
    first_page: int
    dossier_name: str = ""
    kind: str = ""


Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The result of an engine: number of all matches, the requested documents, values by facet."""

    total: int
    documents: tuple[Stored, ...]
    facets: Mapping[str, Counts] = field(default_factory=dict)


class Sort(StrEnum):
    """Order of the hits; dates newest first, numbers by their digits."""

    RELEVANCE = "relevance"
    DATE = "date"
    NUMBER = "number"


# Fields of every engine's schema: matched as a whole, and as words.
KEYWORDS = ("path", "type", "kind", "items", "dossier", "states", "year", "number_symbol")
TEXTS = ("number", "abstract", "head", "issuing_body", "dossier_name", "signer", "name", "unit", "body")
# Facet → field. The values of a facet are ordered by frequency, years latest first.
FACETS: Mapping[str, str] = {
    "type": "type", "year": "year", "kind": "kind", "item": "items", "dossier": "dossier",
}  # fmt: skip


def facet(name: str, counted: Mapping[str, int]) -> Counts:
    """Sort the values of a facet."""
    pairs = [(value, n) for value, n in counted.items() if name != "item" or value.isdigit()]
    if name == "year":
        return tuple(sorted(pairs, reverse=True))
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].zfill(4))))


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions in addition to the query. ``dossier`` matches a path, or words of the dossier's name;
    ``item`` is an item's number or a part (``6a``); ``within``: only dossiers at these paths.

    ``units``: the unit that keeps each dossier, by path. Words asked of a unit are sought in these names, and
    only where none has them in what the index knows, which is the folder's name or the issuer's."""

    dossier: str | None = None
    kind: str | None = None
    item: str | int | None = None
    type: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    within: frozenset[str] | None = None
    units: Mapping[str, str] = field(default_factory=dict)

    def nodes(self) -> Iterator[Node]:
        """The conditions as nodes of a query tree."""
        if self.kind is not None:
            yield Term("kind", kind_of(self.kind))
        if self.item is not None:
            yield Term("items", item_of(str(self.item)))
        if self.type is not None:
            yield Term("type", type_of(self.type))
        if self.date_from or self.date_to:
            first, last = (day.isoformat() if day else None for day in (self.date_from, self.date_to))
            yield DateSpan(first, last)
        if self.dossier:
            path = Term("dossier", nfc(self.dossier).strip("/"))
            name = tuple(words(self.dossier).split())
            yield Either((path, Words(name, (), "dossier_name"))) if name else path
        if self.within is not None:
            yield Either(tuple(Term("dossier", nfc(path)) for path in sorted(self.within)))

    def around(self, tree: Node | None) -> Node | None:
        """Return the tree restricted by these conditions."""
        conditions = tuple(self.nodes())
        asked = changed(tree, self._kept_by) if tree and self.units else tree
        return All((asked or Everything(), *conditions)) if conditions else asked

    def _kept_by(self, asked: Words) -> Node:
        wanted = f" {' '.join(asked.folded)}" + ("" if asked.prefix else " ")
        kept = [path for path, unit in self.units.items() if wanted in f" {words(unit)} "]
        if asked.field != "unit" or not kept:
            return asked
        return Either(tuple(Term("dossier", nfc(path)) for path in sorted(kept)))


class Writer(ABC):
    """Collects changes that become visible together when it is closed without an error."""

    def replace(self, path: str, documents: Sequence[IndexedDocument]) -> None:
        """Replace all documents of the file at ``path``."""
        self.remove(path)
        for document in documents:
            self.add(document)

    @abstractmethod
    def add(self, document: IndexedDocument) -> None:
        """Add a document."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Remove all documents of the file at ``path``."""


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """Options of a search beside its query and filters. ``exact``: words must have the diacritics typed;
    ``facets``: hits are counted by their properties."""

    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    exact: bool = False
    facets: bool = False


class Engine(ABC):
    """A full-text index in a folder of its own. All methods raise
    :class:`~dossier.errors.IndexUnusableError` when its files are damaged."""

    VERSION: ClassVar[int]  # version of the format of its files

    @abstractmethod
    def writer(self) -> AbstractContextManager[Writer]:
        """Open a writer; on an exception none of its changes is stored."""

    @abstractmethod
    def find(self, tree: Node, options: SearchOptions) -> EngineResult:
        """Return the documents that match a tree. ``exact``: words must have the diacritics typed.

        Sorted by relevance, newer documents come first among equal scores.
        """

    @abstractmethod
    def terms(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """The words of a field that begin with ``prefix``, each with its number of documents."""

    @abstractmethod
    def count(self) -> int:
        """Number of documents."""

    @abstractmethod
    def paths(self) -> Iterator[str]:
        """Paths of all files with documents in the index, each once."""
