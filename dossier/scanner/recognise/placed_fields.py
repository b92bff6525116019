"""Locate the values of header fields on the pages, by their letters and digits.

A value may extend over several rows, with words of the other column in between. On pages without word boxes
(Word, plain text) only the page number is set.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import overload

from dossier.checklists.vocabulary import name_of
from dossier.model import Box, FieldReading, FieldSource, Header, Page, Reading, Segment, Word
from dossier.vietnamese import fold

_MOST = 60  # segments of a page searched, from its top or its foot
_SKIPPED = 14  # segments of other columns between two rows of a value
OVERPRINTED = 0.4  # confidence of a value with other digits printed over it
_BESIDE = 12  # segments before and after a value checked for overprinting
_COVERED = 0.3  # fraction of a word's area
_FEWEST = 4  # letters and digits of a value on its first row, if it continues on the next


def placed(header: Header, pages: Sequence[Page], start: int) -> Header:
    """Add page and box to the readings of a header, and for OCR text the confidence of its words.

    ``pages``: those of the document, which begins at offset ``start`` of the first page's text. A number or
    date with other digits printed over it becomes a candidate only, for a person to decide.
    """
    rows = [_Rows(page.segments) for page in pages]
    fields = {
        name: _placed(name, reading, header, pages, rows, start) for name, reading in header.fields.items()
    }
    header = replace(header, fields=fields)
    if header.date and fields["date"].confidence == OVERPRINTED:
        doubtful = replace(fields["date"], candidates=(header.date.isoformat(),))
        year = str(header.date.year)
        header = replace(header, date=None, partial_date=year, fields={**header.fields, "date": doubtful})
    if header.number_symbol and fields["number_symbol"].confidence == OVERPRINTED:
        doubtful = replace(fields["number_symbol"], candidates=(header.number_symbol,))
        symbol = header.number_symbol.lstrip("0123456789.")
        header = replace(header, number_symbol=symbol, fields={**header.fields, "number_symbol": doubtful})
    return header


def _placed(
    name: str,
    reading: FieldReading,
    header: Header,
    pages: Sequence[Page],
    rows_of: Sequence[_Rows],
    start: int,
) -> FieldReading:
    """Locate one field: the signer from the last page upwards, others on the first two pages."""
    foot = name == "signer"
    ordered = list(enumerate(pages))
    for at, page in reversed(ordered) if foot else ordered[:2]:
        rows = rows_of[at]
        begin = bisect_left(page.segments, start, key=attrgetter("start")) if start and not at else 0
        near = range(max(begin, len(rows) - _MOST) if foot else begin, len(rows))
        for value in _values(name, header):
            index, words = _locate(value, rows, near[::-1] if foot else near[:_MOST])
            if words:
                beside = page.segments[max(index - _BESIDE, 0) : index + 2 * _BESIDE]
                return _read_from(reading, page, words, beside)
    first = pages[0]
    reading = _by_ocr(reading, first.confidence) if first.reading is Reading.OCR else reading
    return replace(reading, page=first.number)


def _read_from(
    reading: FieldReading, page: Page, words: Sequence[Word], beside: Sequence[Segment]
) -> FieldReading:
    """Return the reading with page, box and confidence of the words that hold the value."""
    words = list(dict.fromkeys(words))  # one entry per letter: remove duplicates
    box = words[0].box
    for word in words[1:]:
        box = box.with_(word.box)
    if page.reading is Reading.OCR:
        sure = [word.confidence for word in words if word.confidence is not None]
        reading = _by_ocr(reading, min(sure) if sure else page.confidence)
    figures = [word for word in words if any(map(str.isdigit, word.text))]
    if figures and any(_is_overprinted(word, beside) for word in figures):
        reading = replace(reading, confidence=OVERPRINTED)
    return replace(reading, page=page.number, box=box)


def _is_overprinted(word: Word, segments: Sequence[Segment]) -> bool:
    """Whether another word with digits overlaps a large part of this word."""
    _left, top, _right, bottom = word.box
    return any(
        other.box.top < bottom
        and other.box.bottom > top
        and _overlap(word.box, other.box) > _COVERED
        and other.text != word.text
        and any(map(str.isdigit, other.text))
        for segment in segments
        if segment.box.top < bottom and segment.box.bottom > top
        for other in segment.words
    )


def _overlap(one: Box, other: Box) -> float:
    """Return the overlap of two boxes as a fraction (0–1) of the smaller one's area."""
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if height <= 0:
        return 0.0
    width = min(one.right, other.right) - max(one.left, other.left)
    if width <= 0:
        return 0.0
    smaller = min((box.right - box.left) * (box.bottom - box.top) for box in (one, other))
    return width * height / smaller if smaller > 0 else 0.0


def _by_ocr(reading: FieldReading, sure: float | None) -> FieldReading:
    """Multiply the confidence of a reading by that of OCR, and mark OCR as its source."""
    confidence = reading.confidence * (1.0 if sure is None else sure)
    source = FieldSource.OCR if reading.source is FieldSource.TEXT else reading.source
    return replace(reading, confidence=confidence, source=source)


def _values(name: str, header: Header) -> list[str]:
    """Return the forms in which a field's value may be printed, letters and digits only."""
    if name == "date":
        return [_alphanumeric(form) for form in _forms(header.date, header.partial_date)]
    if name == "type":
        return [_alphanumeric(name_of(header.type))]
    value: str = getattr(header, name)
    return [_alphanumeric(value)] if value else []


def _forms(day: date | None, partial: str) -> list[str]:
    if day:
        days, months = {f"{day.day:02}", str(day.day)}, {f"{day.month:02}", str(day.month)}
        both = [(d, m) for d in sorted(days) for m in sorted(months)]
        return [f"ngay{d}thang{m}nam{day.year}" for d, m in both] + [f"{d}{m}{day.year}" for d, m in both]
    year, _, month = partial.partition("-")
    if month:
        return [f"thang{m}nam{year}" for m in (month, str(int(month)))] + [f"{month}{year}"]
    return [f"nam{year}"] if year else []


@lru_cache(maxsize=4096)  # Vietnamese text consists of a few thousand syllables
def _alphanumeric(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


class _Row:
    """The letters and digits of a segment."""

    __slots__ = ("_segment", "text")

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self.text = "".join(filter(str.isalnum, fold(segment.text)))

    @property
    def words(self) -> list[Word]:
        """The source word of each letter and digit of ``text``."""
        return [word for word in self._segment.words for _char in _alphanumeric(word.text)]


class _Rows(Sequence[_Row]):
    """The rows of a page, created on access: most values are near the top or the foot."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._made: dict[int, _Row] = {}

    def __len__(self) -> int:
        return len(self._segments)

    @overload
    def __getitem__(self, at: int) -> _Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[_Row]: ...
    def __getitem__(self, at: int | slice) -> _Row | list[_Row]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        if at not in self._made:
            self._made[at] = _Row(self._segments[at])
        return self._made[at]


def _locate(value: str, rows: Sequence[_Row], order: Iterable[int]) -> tuple[int, list[Word]]:
    """Return index of the first row (in ``order``) where the value begins, and its words; no words if not
    found."""
    if len(value) >= 2:
        first = value[0]
        for at in order:
            if first in rows[at].text and (words := _words_from(value, rows, at)):
                return at, words
    return 0, []


def _words_from(value: str, rows: Sequence[_Row], at: int) -> list[Word]:
    """Return the words of the value if it begins in row ``at``, otherwise an empty list."""
    row = rows[at]
    start = row.text.find(value)
    if start >= 0:
        return row.words[start : start + len(value)]
    length = len(row.text)
    begins = (index for index in range(max(length - len(value), 0), length) if row.text[index] == value[0])
    begun = next((length - index for index in begins if value.startswith(row.text[index:])), 0)
    if begun < min(_FEWEST, len(value)):
        return []
    found, rest, skipped = row.words[-begun:], value[begun:], 0
    for below in range(at + 1, len(rows)):
        other = rows[below]
        if other.text.startswith(rest):
            return found + other.words[: len(rest)]
        if other.text and rest.startswith(other.text):
            found, rest = found + other.words, rest[len(other.text) :]
        else:
            skipped += 1
            if skipped > _SKIPPED:
                break
    return []
