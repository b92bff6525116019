"""What a full-text engine is: documents in; documents for a tree of words out."""

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
from dossier.index.tree import All, DateSpan, Either, Everything, Node, Term, Words
from dossier.vietnamese import nfc, words


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A logical document as the index takes it; texts as they are, folding is the index's business.

    ``states`` are values of :data:`~dossier.index.fields.STATES`; ``first_page`` is the page of the
    file on which ``body`` begins; a form feed in it begins the next one.
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
    dated: str  # 2023-03-05, or what is known of a date: 2023-03, 2023; empty for none
    issuing_body: str
    signer: str
    abstract: str
    name: str
    body: str
    unit: str = ""
    states: tuple[str, ...] = ()
    first_page: int = 1

    def keywords(self) -> dict[str, tuple[str, ...]]:
        """The fields that hold values of a list; an empty value is none."""
        placed = dict.fromkeys([*map(str, self.items), *(part.lower() for part in self.parts)])
        states = (*self.states, OWN) if self._is_own() else self.states
        held = {
            "path": (self.path,), "dossier": (self.dossier,), "type": (self.type,), "kind": (self.kind,),
            "items": tuple(placed), "states": states, "unit_name": (self.unit,),
            "year": (self.dated[:4],), "number_symbol": (self.number_symbol,),
        }  # fmt: skip
        return {name: tuple(filter(None, values)) for name, values in held.items()}

    def texts(self) -> dict[str, str]:
        """The fields that are searched by words."""
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
        """Whether the number is the document's: what is attached to a decision stands under that one's."""
        codes = by_code()
        types = {codes[piece] for piece in number_tokens(self.number_symbol) if piece in codes}
        return bool(self.number_symbol) and (not types or self.type in types)

    def accented(self) -> str:
        """The text in which words count with their diacritics, for telling ``bạn`` from ``bán``.

        Without digits, which have none: rare as most numbers are, they would be a fortieth of the index.
        """
        text = nfc(f"{self.number_symbol}\n{self.abstract}\n{self.body}")
        for digit in "0123456789":
            text = text.replace(digit, " ")
        return text

    def number_key(self) -> str:
        """What numbers are sorted by: their digits as numbers; those without one last."""
        return " ".join(token.zfill(8) for token in number_tokens(self.number_symbol)) or "~"

    def day(self) -> int:
        """The date as a number, 20230305; with noughts for what is not known of it; 0 without one."""
        return int(self.dated.replace("-", "").ljust(8, "0"))

    def ordinal_day(self) -> int:
        """The date as a count of days; the first one that it may be; 0 without one."""
        return date.fromisoformat(f"{self.dated}-01-01"[:10]).toordinal() if self.dated else 0


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as an engine gives it back; ``score`` is 0 unless sorted by relevance."""

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
class Found:
    """What an engine found: all matches counted, the documents asked for, values by facet."""

    total: int
    documents: tuple[Stored, ...]
    facets: Mapping[str, Counts] = field(default_factory=dict)


class Sort(StrEnum):
    """Order of the hits; dates newest first, numbers by their digits."""

    RELEVANCE = "relevance"
    DATE = "date"
    NUMBER = "number"


# Facet → field. The values of a facet come most frequent first, years latest first.
FACETS: Mapping[str, str] = {
    "type": "type", "year": "year", "kind": "kind", "item": "items", "unit": "unit_name",
}  # fmt: skip


def facet(name: str, counted: Mapping[str, int]) -> Counts:
    """The values of a facet in their order."""
    pairs = [(value, n) for value, n in counted.items() if name != "item" or value.isdigit()]
    if name == "year":
        return tuple(sorted(pairs, reverse=True))
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].zfill(4))))


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions beside the words. ``dossier`` matches a path, or words of the dossier's name; ``item`` is
    an item's number or a part (``6a``); ``within``: only in the dossiers at these paths."""

    dossier: str | None = None
    kind: str | None = None
    item: str | int | None = None
    type: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    within: frozenset[str] | None = None

    def nodes(self) -> Iterator[Node]:
        """The conditions as parts of a tree."""
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
        """The tree with these conditions."""
        conditions = tuple(self.nodes())
        return All((tree or Everything(), *conditions)) if conditions else tree


class Writer(ABC):
    """Changes that become visible together when the writer closes without an error."""

    @abstractmethod
    def replace(self, path: str, documents: Sequence[IndexedDocument]) -> None:
        """Put the documents in place of all that is known of the file at ``path``."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Forget the file at ``path``."""


class Engine(ABC):
    """A full-text index in a folder of its own. Everything raises
    :class:`~dossier.errors.IndexUnusableError` when the files turn out damaged."""

    VERSION: ClassVar[int]  # of what its files hold

    @abstractmethod
    def writer(self) -> AbstractContextManager[Writer]:
        """A writer; on an exception nothing of what it was told is kept."""

    @abstractmethod
    def find(self, tree: Node, *, sort: Sort, limit: int, offset: int, exact: bool, facets: bool) -> Found:
        """The documents a tree asks for. ``exact``: words must have the diacritics they were typed with.

        By relevance the newer stands above the older where scores are equal.
        """

    @abstractmethod
    def terms(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """The words kept in a field, and in how many documents each is."""

    @abstractmethod
    def count(self) -> int:
        """Number of documents."""

    @abstractmethod
    def paths(self) -> Iterator[str]:
        """Paths of all files that have documents here, each once."""
