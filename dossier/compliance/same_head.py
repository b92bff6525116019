"""Compare the headers of two documents: may they be versions of one paper? Pure."""

from __future__ import annotations

import re
from functools import lru_cache

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
