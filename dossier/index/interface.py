"""What a full-text engine is: documents in, hits with snippets out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A logical document as the index takes it; texts as they are, folding is the engine's business."""

    path: str
    ordinal: int
    dossier: str
    dossier_name: str
    kind: str
    items: tuple[int, ...]
    parts: tuple[str, ...]
    type: str
    number_symbol: str
    date: date | None
    issuing_body: str
    signer: str
    abstract: str
    name: str
    body: str
    unit: str = ""
    review: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer; ``snippet`` is HTML in which only ``<mark>`` is markup."""

    path: str
    ordinal: int
    score: float
    number_symbol: str
    date: date | None
    type: str
    item: int | None
    dossier: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: ``total`` matches, ``took_ms`` milliseconds, the hits asked for.

    ``notes`` are sentences about how the query was understood where it could not be as written.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions beside the words. ``dossier`` matches a path, or words of the dossier's name."""

    dossier: str | None = None
    kind: str | None = None
    item: int | None = None
    type: str | None = None
    date_from: date | None = None
    date_to: date | None = None


MARK = "dossier-format"  # a file beside the engine's own: until it is there, the index is to be filled


class Sort(StrEnum):
    """Order of the hits; dates newest first, numbers by their digits."""

    RELEVANCE = "relevance"
    DATE = "date"
    NUMBER = "number"


class Writer(ABC):
    """Changes that become visible together when the writer closes without an error."""

    @abstractmethod
    def replace(self, path: str, documents: Sequence[IndexedDocument]) -> None:
        """Put the documents in place of all that is known of the file at ``path``."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Forget the file at ``path``."""


class Index(ABC):
    """A full-text index. ``empty_because`` says why it was made anew and wants every document again;
    empty when it is the one that was there."""

    empty_because: str = ""

    @abstractmethod
    def writer(self) -> AbstractContextManager[Writer]:
        """A writer; on an exception nothing of what it was told is kept."""

    @abstractmethod
    def search(
        self,
        query: str,
        filters: Filters = Filters(),
        *,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
    ) -> Results:
        """The best matches. Never raises for what a person may type."""

    @abstractmethod
    def count(self) -> int:
        """Number of documents."""

    @abstractmethod
    def paths(self) -> Iterator[str]:
        """Paths of all files that have documents here, each once."""
