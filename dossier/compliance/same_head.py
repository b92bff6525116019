"""Whether the heads of two documents speak against their being one paper. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.compliance.bodies import spelt
from dossier.compliance.periods import span_of
from dossier.model import Document, Reading
from dossier.vietnamese import words

_FEWEST = 4  # words of an abstract by which a paper without a number is known
_ALIKE = 0.85  # of the words of two abstracts that are the same, of all that they have
_ALIKE_IN_TEXT = 0.8  # … of those that need no recognition, on the same day
_NUMBER = re.compile(r"\s*0*(\d+[a-zđ]?)\s*[/-]\s*(.+)", re.IGNORECASE)


def number_of(document: Document) -> str:
    """Number and symbol in one form, ``12 qd ubnd``; empty without a number that may be relied on."""
    if document.security is not None or "number_symbol" in document.open_fields:
        return ""
    found = _NUMBER.fullmatch(document.header.number_symbol)
    return f"{found[1].lower()} {words(found[2])}" if found else ""


def one_number(one: Document, other: Document) -> bool:
    """Whether two documents of one kind and number are one paper."""
    if not bodies_agree(one, other):
        return False
    days = span_of(one), span_of(other)
    if days[0] and days[1]:
        if days[0] == days[1]:
            # What was recognised on a scan may be torn. Of what is text the founding decision and that on its
            # committee, given one number by mistake, have most words in common and are two.
            sure = one.reading is Reading.TEXT is other.reading
            return not _abstracts_differ(one, other, _ALIKE_IN_TEXT if sure else _ALIKE / 2)
        return days[0][0].year == days[1][0].year and _abstracts_agree(one, other)
    return _abstracts_agree(one, other)


def may_be_one(one: Document, other: Document) -> bool:
    """Whether nothing that two heads say speaks against their being one paper."""
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
    """The same name, or one that was read only in part."""
    first, second = (spelt(document.header.issuing_body) for document in (one, other))
    return not first or not second or first in second or second in first


def _abstracts_agree(one: Document, other: Document) -> bool:
    return _share(one, other) >= _ALIKE


def _abstracts_differ(one: Document, other: Document, least: float = _ALIKE / 2) -> bool:
    """Whether both say what they are about, and less than ``least`` of it is the same."""
    told = min(len(_words(document.header.abstract)) for document in (one, other)) >= _FEWEST
    return told and _share(one, other) < least


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
