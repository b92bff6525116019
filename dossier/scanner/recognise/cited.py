"""Number and date of papers filled in by hand, as the other papers of their dossier tell them.

A later paper cites an earlier one with its number and day, in print. Where a hand-written number or day is in
doubt, the one of its candidates that another paper cites is right; where it seemed sure and another paper
cites one of the same symbol and day that differs by one figure, it is in doubt. Numbers of one symbol grow
within a year with their days: of the candidates only some may lie between the papers before and after.

What is told here can be taken back (:func:`as_read`): it holds only as long as the papers do that tell it.
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
from dossier.scanner.recognise.signature import covered
from dossier.scanner.recognise.types import of_symbol
from dossier.vietnamese import fold

_CITED = 0.93  # confidence of a candidate that another paper cites
_IN_ORDER = 0.85  # of the only candidate that fits between the papers before and after it
_DOUBTED, _BY_HAND = 0.6, 0.9  # of a value that another paper contradicts; of a sure one as it was read
_NUMBER, _DATE = "number_symbol", "date"

Papers = Mapping[int, Header]


def told(papers: Papers) -> dict[int, Header]:
    """The headers of a dossier's papers that read otherwise by what the others say, or said before."""
    read = {key: as_read(header) for key, header in papers.items()}
    by_hand = [key for key, header in read.items() if _filled_in(header)]
    found = {key: _as_told(read, key) for key in by_hand}
    now = {**read, **found}
    return {key: header for key, header in now.items() if header != papers[key]}


def as_read(header: Header) -> Header:
    """The header without what other papers told."""
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
    """The header with a field as it was read by hand."""
    by_hand = replace(reading, source=FieldSource.HANDWRITING)
    return replace(header, **values, fields={**header.fields, name: by_hand})  # type: ignore[arg-type]


def _filled_in(header: Header) -> bool:
    readings = (header.fields.get(name) for name in (_NUMBER, _DATE))
    return any(
        one is not None and one.source is FieldSource.HANDWRITING and one.candidates for one in readings
    )


def _as_told(papers: Papers, key: int) -> Header:
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
    """Whether a citation may mean this paper: the same symbol, and no other day."""
    if symbol_of(reference.number_symbol) != symbol_of(header.number_symbol) or not symbol_of(
        header.number_symbol
    ):
        return False
    return reference.date is None or not header.dated or reference.date.isoformat().startswith(header.dated)


def _number(header: Header, cited: Iterable[Reference]) -> Header:
    reading = header.fields.get(_NUMBER)
    if reading is None or reading.source is not FieldSource.HANDWRITING or not reading.candidates:
        return header
    numbers = {one.number_symbol: one.date for one in cited}
    if reading.doubtful:
        fitting = [value for value in reading.candidates if value in numbers]
        if len(fitting) != 1:
            return header
        return _told(header, _NUMBER, replace(reading, confidence=_CITED), number_symbol=fitting[0])
    own = header.number_symbol
    rivals = [
        number
        for number, day in numbers.items()
        if day is not None and day == header.date and _nearly(number, own)
    ]
    if own in numbers or len(rivals) != 1:
        return header
    doubted = replace(reading, confidence=_DOUBTED, candidates=(own, *rivals))
    return _told(header, _NUMBER, doubted, number_symbol=symbol_of(own))


def _date(header: Header, cited: Iterable[Reference]) -> Header:
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
    """The header with the only candidate that lies between the numbers before and after its day."""
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
    return _told(header, _NUMBER, replace(reading, confidence=_IN_ORDER), number_symbol=fitting[0])


def _numbered(header: Header, day: date, others: Iterable[Header]) -> Iterator[tuple[int, date]]:
    """Numbers and days, both sure, of the issuer's papers with the same symbol in the same year."""
    for other in others:
        sure = not any(reading.doubtful for reading in map(other.fields.get, (_NUMBER, _DATE)) if reading)
        digits = digits_of_number(other.number_symbol)
        same = symbol_of(other.number_symbol) == symbol_of(header.number_symbol)
        same = same and fold(other.issuing_body) == fold(header.issuing_body)
        if sure and same and digits.isdecimal() and other.date and other.date.year == day.year:
            yield int(digits), other.date


def _told(header: Header, name: str, reading: FieldReading, **values: object) -> Header:
    cited = replace(reading, source=FieldSource.CITED)
    return replace(header, **values, fields={**header.fields, name: cited})  # type: ignore[arg-type]


def _dated(header: Header, reading: FieldReading, day: date) -> Header:
    periods = covered(fold(header.abstract), day)
    return _told(header, _DATE, reading, date=day, partial_date="", periods=periods)


def _nearly(number: str, other: str) -> bool:
    """Whether two numbers differ by one figure."""
    one, two = digits_of_number(number), digits_of_number(other)
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1


_MOST = 64
_NUMBERED = re.compile(r"\bso\s?:?\s{0,3}(?=\d)")
_BEFORE = 40  # characters
_SYMBOL = re.compile(
    r"\d{1,6}[a-zđ]?\s?[/\-–][^\s,;.)”\"]{2,40}(?:\s?-\s?[^\s,;.)”\"]{2,20})?", re.IGNORECASE
)
_DAY = 60  # characters between a symbol and its date


@lru_cache(maxsize=2)
def _types(vocabulary: Vocabulary) -> tuple[dict[str, str], re.Pattern[str]]:
    """Slugs by folded names, and what finds a name before “số”, at most a few words away: “Kế hoạch phối
    hợp số 12/KH-…”."""
    kinds = [kind for kind in vocabulary.types if kind.code or kind.followed_by is None]
    slugs = {fold(name): kind.slug for kind in kinds for name in (*kind.also, kind.name)} | {"van ban": ""}
    names = "|".join(sorted(slugs, key=len, reverse=True))
    return slugs, re.compile(rf"(?<![a-z])({names})\s(?:[^\n.;:]{{0,12}}\s)?\Z")


def references(text: str, folded: str, own: str = "") -> tuple[Reference, ...]:
    """The documents cited in a text, each once, in order; ``own`` is the document's own number.

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
