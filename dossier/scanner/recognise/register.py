"""Doubt handwritten numbers that lie against the order of the register.

An office numbers its documents of one symbol in order of their dates, anew every year. A handwritten number
that does not lie between the numbers issued before and after it was misread, or the date was, or the clerk
did not keep to the order: a person must look. The number is never replaced by another one.

The result can be undone (:func:`as_read`): it is valid only as long as the neighbours are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from dossier.model import FieldReading, FieldSource, Form, Header
from dossier.scanner.recognise.evidence import digits_of_number
from dossier.scanner.recognise.number import symbol_of
from dossier.vietnamese import fold

_LESS = 0.3  # by how much the doubt lowers the confidence of a sure number: below that of any stated one
_BESIDE = 2  # documents before and after that are compared
_WITNESSES = 2  # least number of these: two documents alone do not tell which of them is misplaced
_RESERVED = timedelta(7)  # numbers are taken some days before a document is dated, and dates set back
_NUMBER = "number_symbol"


class Series(NamedTuple):
    """Numbers of one issuer and symbol in one year."""

    issuer: str
    symbol: str
    year: int


class Issued(NamedTuple):
    """A document's number and date in its series."""

    day: date
    number: int


def series_of(header: Header) -> Series | None:
    """Return the series of a document with a date; ``None`` for other documents, and for those of the Party,
    whose numbers run through the years of a term."""
    symbol = symbol_of(header.number_symbol)
    if header.date is None or not symbol or not header.issuing_body or header.form is Form.PARTY:
        return None
    return Series(fold(header.issuing_body), symbol, header.date.year)


def misplaced(papers: Mapping[int, Header], is_cited: Callable[[int, str], bool]) -> dict[int, Header]:
    """Return the headers that change: those whose number is against the order of its series, and those whose
    number is no longer; keys as in ``papers``. Numbers are compared as read.

    ``is_cited``: whether another document cites the number of one; then it is not doubted.
    """
    members = defaultdict[Series, list[tuple[int, Header]]](list)
    for key, paper in papers.items():
        header = as_read(paper)
        if series := series_of(header):
            members[series].append((key, header))
    now = dict[int, Header]()
    for papers_of_one in members.values():
        counted = Counter(filter(None, (_issued(header) for _key, header in papers_of_one)))
        in_order = sorted(counted)
        for key, header in papers_of_one:
            judged = _judged(header, in_order, counted)
            cited = judged is not header and is_cited(key, header.number_symbol)
            now[key] = header if cited else judged
    return {key: header for key, header in now.items() if header != papers[key]}


def _judged(header: Header, in_order: Sequence[Issued], counted: Mapping[Issued, int]) -> Header:
    """Return the header with its number in doubt if it is handwritten, sure, and against the order.

    Candidates that fit the order come right after the number as read.
    """
    reading, own = header.fields.get(_NUMBER), _issued(header)
    if own is None or reading is None or not reading.candidates:
        return header
    if reading.source is not FieldSource.HANDWRITING or counted[own] > 1 or _fits(own, in_order):
        return header
    read, *rest = reading.candidates
    rest.sort(key=lambda value: not _would_fit(value, own.day, in_order))
    less = replace(
        reading,
        confidence=round(reading.confidence - _LESS, 3),
        source=FieldSource.ORDER,
        candidates=(read, *rest),
    )
    return _with_number(header, less, symbol_of(header.number_symbol))


def _issued(header: Header) -> Issued | None:
    """Return number and date of a document if both are sure."""
    digits = digits_of_number(header.number_symbol)
    readings = (header.fields.get(name) for name in (_NUMBER, "date"))
    if header.date is None or not digits.isdecimal() or any(one.doubtful for one in readings if one):
        return None
    return Issued(header.date, int(digits))


def as_read(header: Header) -> Header:
    """Undo what :func:`misplaced` changed in the header."""
    reading = header.fields.get(_NUMBER)
    if reading is None or reading.source is not FieldSource.ORDER:
        return header
    sure = replace(reading, confidence=round(reading.confidence + _LESS, 3), source=FieldSource.HANDWRITING)
    return _with_number(header, sure, reading.candidates[0])


def _with_number(header: Header, reading: FieldReading, number: str) -> Header:
    return replace(header, number_symbol=number, fields={**header.fields, _NUMBER: reading})


def _would_fit(value: str, day: date, in_order: Sequence[Issued]) -> bool:
    digits = digits_of_number(value)
    return digits.isdecimal() and _fits(Issued(day, int(digits)), in_order)


def _fits(own: Issued, in_order: Sequence[Issued]) -> bool:
    """Whether a number lies between those of its neighbours, or these do not tell: they are too few, or not
    in order themselves, as where an office began anew within the year."""
    first = bisect_left(in_order, own.day, key=lambda one: one.day)
    last = bisect_right(in_order, own.day, key=lambda one: one.day)
    before, after = in_order[max(first - _BESIDE, 0) : first], in_order[last : last + _BESIDE]
    beside = [*before, *after]
    if len(beside) < _WITNESSES or any(
        one.day < other.day and one.number >= other.number for one in beside for other in beside
    ):
        return True
    return not (
        any(other.number >= own.number and own.day - other.day > _RESERVED for other in before)
        or any(other.number <= own.number and other.day - own.day > _RESERVED for other in after)
    )
