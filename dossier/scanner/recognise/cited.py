"""Resolve handwritten numbers and dates from citations in other documents of the same dossier.

Later documents cite earlier ones with number and date, in print. A doubtful handwritten value takes the
candidate that another document cites; a sure one becomes doubtful if another document cites a number of the
same symbol and day that differs in one digit. Numbers of one symbol increase with the date within a year, so
the documents before and after also exclude candidates.

The result can be undone (:func:`as_read`): it is valid only as long as the citing documents are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.model import FieldReading, FieldSource, Header, Reference
from dossier.scanner.recognise.dates import find_date
from dossier.scanner.recognise.evidence import digits_of_number, known_part
from dossier.scanner.recognise.number import find_number, symbol_of
from dossier.scanner.recognise.periods import covered
from dossier.scanner.recognise.register import as_read as before_order
from dossier.scanner.recognise.types import of_symbol
from dossier.vietnamese import fold

_CITED = 0.93  # confidence of a candidate that another paper cites
_IN_ORDER = 0.85  # confidence of the only candidate that fits between the documents before and after it
_DOUBTED, _BY_HAND = 0.6, 0.9  # confidence of a contradicted value; of a sure handwritten value as read
_NUMBER, _DATE = "number_symbol", "date"

Papers = Mapping[int, Header]


def reconciled(papers: Papers) -> dict[int, Header]:
    """Return the headers of a dossier that change by the citations now in force; keys as in ``papers``."""
    read = {key: as_read(header) for key, header in papers.items()}
    by_hand = [key for key, header in read.items() if _filled_in(header)]
    found = {key: _reconciled(read, key) for key in by_hand}
    now = {**read, **found}
    return {
        key: header for key, header in now.items() if header not in (papers[key], before_order(papers[key]))
    }


def as_read(header: Header) -> Header:
    """Undo what other documents changed in the header."""
    header = before_order(header)
    number, day = header.fields.get(_NUMBER), header.fields.get(_DATE)
    if number and number.source is FieldSource.CITED and number.candidates:
        if number.doubtful:
            before = replace(number, confidence=_BY_HAND, candidates=number.candidates[:-1])
            header = _with(header, _NUMBER, before, number_symbol=number.candidates[0])
        else:
            before = replace(number, confidence=_DOUBTED)
            header = _with(header, _NUMBER, before, number_symbol=symbol_of(header.number_symbol))
    if day and day.source is FieldSource.CITED and day.candidates:
        partial = known_part([date.fromisoformat(one) for one in day.candidates])
        header = _with(header, _DATE, replace(day, confidence=_DOUBTED), date=None, partial_date=partial)
    return header


def _with(header: Header, name: str, reading: FieldReading, **values: object) -> Header:
    """Return the header with a field whose source is handwriting again."""
    by_hand = replace(reading, source=FieldSource.HANDWRITING)
    return replace(header, **values, fields={**header.fields, name: by_hand})  # type: ignore[arg-type]


def _filled_in(header: Header) -> bool:
    """Whether number or date is handwritten and has candidates."""
    readings = (header.fields.get(name) for name in (_NUMBER, _DATE))
    return any(
        one is not None and one.source is FieldSource.HANDWRITING and one.candidates for one in readings
    )


def _reconciled(papers: Papers, key: int) -> Header:
    """Return the header ``key`` as changed by the citations and numbers of the other documents."""
    header = papers[key]
    cited = [
        reference
        for other, paper in papers.items()
        if other != key
        for reference in paper.references
        if reference.type in ("", header.type) and _may_be(reference, header)
    ]
    taken = {
        paper.number_symbol for other, paper in papers.items() if other != key and paper.type == header.type
    }
    header = _number(header, [one for one in cited if one.number_symbol not in taken])
    header = _date(header, cited)
    return _in_order(header, [paper for other, paper in papers.items() if other != key])


def _may_be(reference: Reference, header: Header) -> bool:
    """Whether a citation may refer to this document: same symbol, no contradicting date."""
    if symbol_of(reference.number_symbol) != symbol_of(header.number_symbol) or not symbol_of(
        header.number_symbol
    ):
        return False
    return reference.date is None or not header.dated or reference.date.isoformat().startswith(header.dated)


def _number(header: Header, cited: Iterable[Reference]) -> Header:
    """Confirm a doubtful number by the only candidate cited, or doubt a sure one that a citation
    contradicts."""
    reading = header.fields.get(_NUMBER)
    if reading is None or reading.source is not FieldSource.HANDWRITING or not reading.candidates:
        return header
    numbers = {one.number_symbol: one.date for one in cited}
    if reading.doubtful:
        fitting = [value for value in reading.candidates if value in numbers]
        if len(fitting) != 1:
            return header
        return _with_cited(header, _NUMBER, replace(reading, confidence=_CITED), number_symbol=fitting[0])
    own = header.number_symbol
    rivals = [
        number
        for number, day in numbers.items()
        if day is not None and day == header.date and _nearly(number, own)
    ]
    if own in numbers or len(rivals) != 1:
        return header
    doubted = replace(reading, confidence=_DOUBTED, candidates=(own, *rivals))
    return _with_cited(header, _NUMBER, doubted, number_symbol=symbol_of(own))


def _date(header: Header, cited: Iterable[Reference]) -> Header:
    """Set a doubtful date to the only date with which the document's number is cited."""
    reading = header.fields.get(_DATE)
    if reading is None or not reading.doubtful or reading.source is not FieldSource.HANDWRITING:
        return header
    if not digits_of_number(header.number_symbol):
        return header
    days = {one.date for one in cited if one.number_symbol == header.number_symbol and one.date}
    if len(days) != 1 or not reading.candidates:
        return header
    day = days.pop()
    if day.isoformat() not in reading.candidates and not (
        header.partial_date and day.isoformat().startswith(header.partial_date)
    ):
        return header
    return _dated(header, replace(reading, confidence=_CITED), day)


def _in_order(header: Header, others: Iterable[Header]) -> Header:
    """Choose the only candidate that lies between the numbers issued before and after the document's date."""
    reading = header.fields.get(_NUMBER)
    if reading is None or not reading.doubtful or reading.source is not FieldSource.HANDWRITING:
        return header
    if header.date is None:
        return header
    near = [*_numbered(header, header.date, others)]
    before = max((number for number, day in near if day < header.date), default=None)
    after = min((number for number, day in near if day > header.date), default=None)
    if before is None or after is None or before >= after:
        return header
    fitting = [
        value
        for value in reading.candidates
        if digits_of_number(value).isdecimal() and before < int(digits_of_number(value)) < after
    ]
    if len(fitting) != 1:
        return header
    return _with_cited(header, _NUMBER, replace(reading, confidence=_IN_ORDER), number_symbol=fitting[0])


def _numbered(header: Header, day: date, others: Iterable[Header]) -> Iterator[tuple[int, date]]:
    """Yield (number, date), both sure, of the issuer's documents with the same symbol in the same year."""
    for other in others:
        sure = not any(reading.doubtful for reading in map(other.fields.get, (_NUMBER, _DATE)) if reading)
        digits = digits_of_number(other.number_symbol)
        same = symbol_of(other.number_symbol) == symbol_of(header.number_symbol)
        same = same and fold(other.issuing_body) == fold(header.issuing_body)
        if sure and same and digits.isdecimal() and other.date and other.date.year == day.year:
            yield int(digits), other.date


def _with_cited(header: Header, name: str, reading: FieldReading, **values: object) -> Header:
    cited = replace(reading, source=FieldSource.CITED)
    return replace(header, **values, fields={**header.fields, name: cited})  # type: ignore[arg-type]


def _dated(header: Header, reading: FieldReading, day: date) -> Header:
    periods = covered(fold(header.abstract), day)
    return _with_cited(header, _DATE, reading, date=day, partial_date="", periods=periods)


def _nearly(number: str, other: str) -> bool:
    """Whether two numbers differ in exactly one digit."""
    one, two = digits_of_number(number), digits_of_number(other)
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1


_MOST = 64  # references of one text
# Begins with its letters, not with a word boundary, because a literal prefix makes the search fast.
_NUMBERED = re.compile(r"so(?<!\wso)\s?:?\s{0,3}(?=\d)")
_BEFORE = 40  # characters before “số” searched for the document type
_SYMBOL = re.compile(
    r"\d{1,6}[a-zđ]?\s?[/\-–][^\s,;.)”\"]{2,40}(?:\s?-\s?[^\s,;.)”\"]{2,20})?", re.IGNORECASE
)
_DAY = 60  # characters between a symbol and its date


@lru_cache(maxsize=2)
def _types(vocabulary: Vocabulary) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the type slugs by folded name, and the pattern of a type name at most a few words before “số”:
    “Kế hoạch phối hợp số 12/KH-…”."""
    kinds = [kind for kind in vocabulary.types if kind.code or kind.followed_by is None]
    slugs = {fold(name): kind.slug for kind in kinds for name in (*kind.also, kind.name)} | {"van ban": ""}
    names = "|".join(sorted(slugs, key=len, reverse=True))
    return slugs, re.compile(rf"(?<![a-z])({names})\s(?:[^\n.;:]{{0,12}}\s)?\Z")


def references(text: str, folded: str, own: str = "") -> tuple[Reference, ...]:
    """Return the documents cited in a text, each once, in order; ``own``: the document's own number
    (skipped).

    ``folded`` is :func:`~dossier.vietnamese.fold` of ``text``.
    """
    if len(folded) != len(text):
        text = folded
    found: dict[tuple[str, str], Reference] = {}
    slugs, named = _types(current())
    at = 0
    while len(found) < _MOST and (numbered := _NUMBERED.search(folded, at)):
        at = numbered.end()
        start = max(numbered.start() - _BEFORE, 0)
        cited = named.search(folded[start : numbered.start()])
        if cited is None:
            continue
        symbol = _SYMBOL.match(text, at)
        number = find_number("Số: " + symbol[0].strip()) if symbol else None
        if symbol is None or number is None or number.value == own:
            continue
        kind = slugs[cited[1]] or of_symbol(number.value)
        after = folded[symbol.end() : symbol.end() + _DAY + 30]
        day = find_date(after)
        when = day.value if day and day.start <= _DAY and ";" not in after[: day.start] else None
        known = found.get((kind, number.value))
        if known is None or known.date is None:
            found[kind, number.value] = Reference(kind, number.value, when)
    return tuple(found.values())
