"""Group the documents of a dossier by paper, joining only those that are certainly one. Pure."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product

from dossier.compliance.bodies import spelt
from dossier.compliance.periods import span_of
from dossier.model import Document, Reading
from dossier.vietnamese import words

_FEWEST = 4  # minimal number of words of an abstract that identifies a document without a number
_ALIKE = 0.85  # Jaccard similarity of the words of two abstracts from which they agree
_ALIKE_IN_TEXT = 0.8  # … for documents of the same day that were not read by OCR
_NUMBER = re.compile(r"\s*0*(\d+[a-zđ]?)\s*[/-]\s*(.+)", re.IGNORECASE)


def number_of(document: Document) -> str:
    """Number and symbol in normal form, ``12 qd ubnd``; empty without a certain number."""
    if document.security is not None or "number_symbol" in document.open_fields:
        return ""
    found = _NUMBER.fullmatch(document.header.number_symbol)
    return f"{found[1].lower()} {words(found[2])}" if found else ""


def one_number(one: Document, other: Document) -> bool:
    """Whether two documents of one type and number are one paper."""
    if not bodies_agree(one, other):
        return False
    days = span_of(one), span_of(other)
    if days[0] and days[1]:
        if days[0] == days[1]:
            # OCR text may be damaged. In text files, a founding decision and the one on its committee that
            # were given the same number by mistake share most words, yet are two papers.
            sure = one.reading is Reading.TEXT is other.reading
            return not _abstracts_differ(one, other, _ALIKE_IN_TEXT if sure else _ALIKE / 2)
        return days[0][0].year == days[1][0].year and _abstracts_agree(one, other)
    return _abstracts_agree(one, other)


def may_be_one(one: Document, other: Document) -> bool:
    """Whether two headers do not contradict each other."""
    symbols = [_symbol(document) for document in (one, other)]
    if all(symbols) and symbols[0] != symbols[1]:
        return False
    periods = [document.header.periods for document in (one, other)]
    if all(periods) and periods[0] != periods[1]:
        return False
    first, second = span_of(one), span_of(other)
    if first and second and not (first[0] <= second[1] and second[0] <= first[1]):
        return False
    return bodies_agree(one, other) and not _abstracts_differ(one, other)


def _symbol(document: Document) -> str:
    return words(document.header.number_symbol.partition("/")[2])


def bodies_agree(one: Document, other: Document) -> bool:
    """Whether the issuers' names are equal, or one is a part of the other."""
    first, second = (spelt(document.header.issuing_body) for document in (one, other))
    return not first or not second or first in second or second in first


def _abstracts_agree(one: Document, other: Document) -> bool:
    return _share(one, other) >= _ALIKE


def _abstracts_differ(one: Document, other: Document, least: float = _ALIKE / 2) -> bool:
    """Whether both have an abstract, with a similarity below ``least``."""
    told = min(len(_words(document.header.abstract)) for document in (one, other)) >= _FEWEST
    return told and _share(one, other) < least


def _share(one: Document, other: Document) -> float:
    """Jaccard similarity of two abstracts; 0 where one is too short, or their numbers or years differ."""
    first, second = (_words(document.header.abstract) for document in (one, other))
    if min(len(first), len(second)) < _FEWEST:
        return 0.0
    if _numbers(one.header.abstract) != _numbers(other.header.abstract):
        return 0.0
    return len(first & second) / len(first | second)


@lru_cache(maxsize=4096)
def _words(abstract: str) -> frozenset[str]:
    return frozenset(words(abstract).split())


@lru_cache(maxsize=4096)
def _numbers(abstract: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in words(abstract).split() if word.isdigit()))


# Jaccard similarity of two texts' word sequences. In real papers a draft and its final version share 0.74 and
# more, permits and notices made from one template 0.68 and less.
ALIKE = 0.72
_RUN = 4  # words
_LONGEST = 3000  # words of a text that are compared
_LEAST = 40  # sequences; shorter texts are not compared

Sketch = frozenset[int]
Sketches = Mapping[str, Sketch]  # by the id of the document


def sketch(text: str) -> Sketch:
    """Hashes of the word sequences of a text; empty for a text too short to compare."""
    found = runs(text)
    return found if len(found) >= _LEAST else frozenset()


def runs(text: str) -> Sketch:
    """Hashes of the word sequences of a text of any length."""
    said = words(text).split()[:_LONGEST]
    return frozenset(
        zlib.crc32(" ".join(said[at : at + _RUN]).encode()) for at in range(len(said) - _RUN + 1)
    )


def share(one: Sketch, other: Sketch) -> float:
    """Jaccard similarity of two texts, 0–1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def nearest(one: str, others: Iterable[str], sketches: Sketches) -> list[str]:
    """Those of ``others`` with nearly the same text as ``one``; all are document ids."""
    own = sketches.get(one, frozenset())
    return [each for each in others if share(own, sketches.get(each, frozenset())) >= ALIKE]


_MOST = 200  # different headers of one number, or of one type and year, compared with each other


def by_head(documents: Sequence[Document]) -> Groups:
    """Group documents by content and header."""
    groups = Groups(documents)
    groups.same_content()
    groups.same_number()
    return groups


class Groups:
    """Disjoint sets of documents, joined step by step."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._leader = list(range(len(documents)))

    def all(self) -> list[list[Document]]:
        by: dict[int, list[Document]] = {}
        for at, document in enumerate(self._documents):
            by.setdefault(self._of(at), []).append(document)
        return list(by.values())

    def same_content(self) -> None:
        first: dict[tuple[str, int], int] = {}
        for at, document in enumerate(self._documents):
            if document.sha256:
                self._join(first.setdefault((document.sha256, document.ordinal), at), at)

    def same_number(self) -> None:
        by: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, document in enumerate(self._documents):
            if number := number_of(document):
                by[number, document.header.type].append(at)
        for places in by.values():
            dated = [at for at in places if span_of(self._documents[at])]
            heads = self._heads(dated)
            for here, there in combinations(heads, 2):
                if one_number(self._documents[here], self._documents[there]):
                    self._join(there, here)
            undated = [at for at in places if not span_of(self._documents[at])][:_MOST]
            for here in undated:
                self._join_only(here, heads, one_number)
            alone = [at for at in undated if self._of(at) not in map(self._of, heads)]
            for here in alone:
                self._join_only(here, alone, one_number)

    def maybe_same_text(self) -> Iterator[tuple[Document, Document]]:
        """Yield ungrouped documents without a number, with each document they may be a version of."""
        sizes = Counter(self._of(at) for at in range(len(self._documents)))
        by: dict[str, list[int]] = defaultdict(list)
        for at, document in enumerate(self._documents):
            if document.security is None and document.header.type:
                by[document.header.type].append(at)
        for places in by.values():
            alone = [at for at in places if sizes[self._of(at)] == 1 and not number_of(self._documents[at])]
            for here, there in product(alone[:_MOST], places[:_MOST]):
                if here != there and may_be_one(self._documents[here], self._documents[there]):
                    yield self._documents[here], self._documents[there]

    def same_text(self, sketches: Sketches) -> None:
        at_id = {document.id: at for at, document in enumerate(self._documents) if document.id in sketches}
        maybe: dict[str, list[str]] = defaultdict(list)
        for here, there in self.maybe_same_text() if at_id else ():
            maybe[here.id].append(there.id)
        for here_id, others in maybe.items():
            near = {self._of(at_id[each]) for each in nearest(here_id, others, sketches) if each in at_id}
            if len(near) == 1:
                self._join(near.pop(), at_id[here_id])

    def _join_only(self, here: int, heads: list[int], one: Callable[[Document, Document], bool]) -> None:
        """Join a document to the only group it agrees with; with several candidates it stays apart."""
        alike = {
            self._of(there)
            for there in heads
            if self._of(there) != self._of(here) and one(self._documents[here], self._documents[there])
        }
        if len(alike) == 1:
            self._join(alike.pop(), here)

    def _heads(self, places: list[int]) -> list[int]:
        """Join dated documents with the same header, and return one document per header, at most
        :data:`_MOST`."""
        heads: dict[tuple[object, ...], int] = {}
        for at in places:
            header = self._documents[at].header
            key = (header.issuing_body, header.abstract, header.dated, header.number_symbol, header.draft)
            first = heads.setdefault(key, at)
            if first != at and header.dated:
                self._join(first, at)
        return list(heads.values())[:_MOST]

    def _of(self, at: int) -> int:
        while self._leader[at] != at:
            at = self._leader[at]
        return at

    def _join(self, one: int, other: int) -> None:
        one, other = sorted((self._of(one), self._of(other)))
        self._leader[other] = one
