"""Which documents of a dossier are one paper: the draft in Word, the signed PDF, the scan, copies of them;
and which are attached to another. Pure, from what the catalogue knows of each.

Two are taken for one paper only where nothing that both say speaks against it: a number belongs to one body,
one kind of paper and one year (Nghị định 30/2020/NĐ-CP, Điều 15), so the same number, kind and body with the
same day are one paper; where a day was not read, or differs within the year, the abstracts must agree too.
A draft, which has no number yet, belongs to the only paper of its kind, body and abstract.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from dossier.checklists.vocabulary import current
from dossier.compliance.bodies import spelt
from dossier.compliance.dates import span_of
from dossier.model import Difference, Document, Form, Paper, Reading, Signature
from dossier.vietnamese import words

_ALIKE = 0.85  # of the words of two abstracts that are the same, of all that they have
_MOST = 200  # different heads of one number, or of one kind and year, that are compared with each other
_FEWEST = 4  # words of an abstract by which a paper without a number is known
_COMPARED = ("number_symbol", "date", "issuing_body", "abstract", "signer")
_NUMBER = re.compile(r"\s*0*(\d+[a-zđ]?)\s*[/-]\s*(.+)", re.IGNORECASE)
_PRINTED = ("pdf", "tiff", "png", "jpeg", "jpg")  # formats whose pages are those of the paper


def papers(documents: Sequence[Document]) -> tuple[Paper, ...]:
    """The papers that the documents are, in the order of the documents that count."""
    groups = _Groups(documents)
    groups.same_content()
    groups.same_number()
    groups.without_number()
    made = [_paper(group) for group in groups.all()]
    return tuple(sorted(_attached(made), key=lambda paper: (paper.document.path, paper.document.ordinal)))


class _Groups:
    """Documents joined step by step; two groups that were joined stay joined."""

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
                if _one_number(self._documents[here], self._documents[there]):
                    self._join(there, here)
            undated = [at for at in places if not span_of(self._documents[at])][:_MOST]
            for here in undated:
                self._join_only(here, heads, _one_number)
            alone = [at for at in undated if self._of(at) not in map(self._of, heads)]
            for here in alone:
                self._join_only(here, alone, _one_number)

    def without_number(self) -> None:
        by: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for at, document in enumerate(self._documents):
            header = document.header
            if header.type and document.security is None and len(_words(header.abstract)) >= _FEWEST:
                by[header.type, header.periods, _numbers(header.abstract)].append(at)
        for places in by.values():
            heads = self._heads(places)
            undated = [at for at in places if not self._documents[at].header.dated]
            for here in dict.fromkeys((*heads, *undated[:_MOST])):
                if not number_of(self._documents[here]):
                    self._join_only(here, heads, _one_text)

    def _join_only(self, here: int, heads: list[int], one: Callable[[Document, Document], bool]) -> None:
        """Join a document to the only group it agrees with: of several nobody can say which is its own."""
        alike = {
            self._of(there)
            for there in heads
            if self._of(there) != self._of(here) and one(self._documents[here], self._documents[there])
        }
        if len(alike) == 1:
            self._join(alike.pop(), here)

    def _heads(self, places: list[int]) -> list[int]:
        """One document of each head, at most so many as can be compared; dated ones with the same head are
        joined."""
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


def number_of(document: Document) -> str:
    """Number and symbol in one form, ``12 qd ubnd``; empty without a number that may be relied on."""
    if document.security is not None or "number_symbol" in document.open_fields:
        return ""
    found = _NUMBER.fullmatch(document.header.number_symbol)
    return f"{found[1].lower()} {words(found[2])}" if found else ""


def _one_number(one: Document, other: Document) -> bool:
    """Whether two documents of one kind and number are one paper."""
    if not _bodies_agree(one, other):
        return False
    days = span_of(one), span_of(other)
    if days[0] and days[1]:
        if days[0] == days[1]:
            return not _abstracts_differ(one, other)
        return days[0][0].year == days[1][0].year and _abstracts_agree(one, other)
    return _abstracts_agree(one, other)


def _one_text(one: Document, other: Document) -> bool:
    """Whether a document without a number is the same paper as another of its kind."""
    if not (_bodies_agree(one, other) and _abstracts_agree(one, other)):
        return False
    if one.header.periods != other.header.periods:
        return False
    symbols = [_symbol(document) for document in (one, other)]
    if all(symbols) and symbols[0] != symbols[1]:
        return False
    first, second = span_of(one), span_of(other)
    if first is None or second is None:
        return one.header.draft or other.header.draft
    return first[0] <= second[1] and second[0] <= first[1]


def _symbol(document: Document) -> str:
    return words(document.header.number_symbol.partition("/")[2])


def _bodies_agree(one: Document, other: Document) -> bool:
    """The same name, or one that was read only in part."""
    first, second = (spelt(document.header.issuing_body) for document in (one, other))
    return not first or not second or first in second or second in first


def _abstracts_agree(one: Document, other: Document) -> bool:
    return _share(one, other) >= _ALIKE


def _abstracts_differ(one: Document, other: Document) -> bool:
    """Whether both say what they are about, and it is not the same."""
    told = min(len(_words(document.header.abstract)) for document in (one, other)) >= _FEWEST
    return told and _share(one, other) < _ALIKE / 2


def _share(one: Document, other: Document) -> float:
    """How much of two abstracts is the same; nothing where one is too short to tell, or they name other
    years or numbers."""
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


def _paper(group: Iterable[Document]) -> Paper:
    first, *others = sorted(group, key=_standing)
    differences = tuple(each for other in others for each in _differences(first, other))
    return Paper(first, tuple(others), (), differences)


def _standing(document: Document) -> tuple[object, ...]:
    """Sorts the version that counts to the front: issued, signed, an original, whole."""
    header = document.header
    return (
        header.draft,
        any(signature.broken for signature in document.signatures),
        not any(_vouches(signature) for signature in document.signatures),
        bool(header.copy),
        # Ink on paper: a scan shows the signature and the seal, a file of words does not.
        document.reading not in (Reading.OCR, Reading.MIXED),
        document.format not in _PRINTED,
        not number_of(document),
        header.date is None,
        document.needs_review,
        document.path,
        document.ordinal,
    )


def _vouches(signature: Signature) -> bool:
    return signature.kind != "printed" and signature.checked and signature.intact


def _differences(counts: Document, other: Document) -> Iterable[Difference]:
    for field in _COMPARED:
        here, there = (_said(document, field) for document in (counts, other))
        if here and there and words(here) != words(there):
            yield Difference(other.id, field, here, there)
    if counts.format in _PRINTED and other.format in _PRINTED:
        pages = [each.pages[1] - each.pages[0] + 1 for each in (counts, other)]
        if pages[0] != pages[1]:
            yield Difference(other.id, "pages", str(pages[0]), str(pages[1]))


def _said(document: Document, field: str) -> str:
    if field == "date":
        return document.header.dated
    said: str = getattr(document.header, field)
    return said if field != "number_symbol" or number_of(document) else ""


def _attached(made: list[Paper]) -> list[Paper]:
    """The papers, those that were issued with a decision under its number set below it."""
    codes = {words(code): slug for code, slug in current().codes.items()}
    main: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in made:
        if (number := number_of(paper.document)) and paper.document.header.type == _kind(number, codes):
            main[number, paper.document.header.dated].append(paper)
    below: dict[int, list[Paper]] = defaultdict(list)
    kept = []
    for paper in made:
        number = number_of(paper.document)
        of = [
            each
            for each in main.get((number, paper.document.header.dated), ())
            if _bodies_agree(each.document, paper.document)
        ]
        if len(of) == 1 and of[0] is not paper and _may_be_attached(paper.document, number, codes):
            below[id(of[0])].append(paper)
        else:
            kept.append(paper)
    return [
        Paper(paper.document, paper.versions, tuple(below[id(paper)]), paper.differences)
        if id(paper) in below
        else paper
        for paper in kept
    ]


def _may_be_attached(document: Document, number: str, codes: dict[str, str]) -> bool:
    header = document.header
    return bool(header.type) and header.form is not Form.LETTER and header.type != _kind(number, codes)


def _kind(number: str, codes: dict[str, str]) -> str:
    """The kind of paper that a number is given to: ``quyet-dinh`` for ``12 qd ubnd``."""
    return next((codes[word] for word in number.split()[1:2] if word in codes), "")
