"""Number and day of a scanned head: usually written by hand into a printed line.

The engine for printed text says where the lines stand and reads what is printed in them (symbol, month,
year). What is written there is looked at several times by a recogniser for hand-writing, each time cut out
a little differently: what it reads alike every time is nearly always right, what wavers is not. Only
what is sure is put into the text; the rest is left out of it and told as candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from dossier.model import Box, FieldReading, FieldSource, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.ocr.ppocr import Character, Model

    Loader = Callable[[], Model | None]

PRINTED = 0.9  # confidence from which Tesseract's digits are printed ones; of written ones it has less
_LEGIBLE = 0.8  # below it what Tesseract alone says of digits is a guess
_CLEAR = 0.9  # weight from which what the looks say is beyond doubt
UNANIMOUS, AGREED = 0.97, 0.93  # confidence of what every look, or two engines, read alike
_APART = 0.08  # of the page's height, at most between number and date
_HEAD = 0.45  # of the page, from its top: below it stands no head's number
_MOST_CANDIDATES = 5

_LABEL = re.compile(r"\W{0,3}(?:[S$][^\W\d_]{1,5}?(?=[\W\d])|s[^\W\d_]{1,2}\s?[:;])[\s:;.,]{0,3}")
_SIGN = re.compile(r"\s?[/|]\s?(?=(?:\d{4}\s?[/|]\s?)?[A-ZĐÐ]{2})|(?<=[\s\d])[-–]\s?(?=[A-ZĐÐ]{2,4}\s?/)")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?[a-zđ]?")
_DATE = re.compile(
    r".*(?P<ng>ng)(?P<day>.{0,16}?)th[a-z]{1,2}ng(?P<month>.{0,8}?)n[a-z]m\W{0,3}(?P<year>\d{4}(?!\d))?"
)
_CITED = re.compile(r"\b(?:can cu|theo|luat|hom nay)\b|\w\W+so\b|;")  # before the date of another paper
_AFTER_A_DATE = 3  # letters; the rubbish at the end of a line is shorter
_DAY = re.compile(r"[a-z]{0,3}\W{0,3}(?P<day>\d{1,2})\W{0,2}")  # what follows "ng" up to "tháng"
_LOOK_NUMBER = re.compile(
    r"\W{0,3}[sS$5][^\W\d_]{0,2}\s?[:;.,]{0,2}\s?(?P<number>.{0,14}?)\s?"
    r"(?:[/|]|[-–](?=\s?[A-ZĐÐ])|i(?=[A-ZĐÐ]{2}))"
)
_LOOK_DATE = re.compile(
    r"ng[^\W\d_]{0,2}\W{0,2}(?P<day>\S{0,4}?)\s?th.{0,3}ng\s?(?P<month>\S{0,3}?)\s?n.m\s?(?P<year>\d{4})?"
)
_AS_DIGITS = str.maketrans("oOlI&S", "001185")
# Written digits that are taken for one another: a 1 with a long upstroke looks like a 4 or a 7.
_ALIKE = {"1": "47", "4": "1", "7": "1", "8": "3", "3": "8", "0": "6", "6": "0"}
# How a line is cut out: so much (of its letters' height) higher above and below, turned by so many degrees.
_LOOKS = ((0.25, 0.0), (0.4, 0.0), (0.55, 0.0), (0.35, 0.8), (0.35, -0.8))
_COLOURED = 30  # of 255: a page whose colours differ by less is grey
_GAP = 1.3  # of a word's height: a wider one parts columns
_CONTEXT = 12  # letters before a date that are cut out with it: a line is read better than a piece of it
_ENOUGH = 0.7  # of the looks must find the line
_LEAST_WEIGHT = 0.05  # of a value that is thought of at all
_RIVAL = 0.01  # likeliness from which another letter is thought of
_MOST_RIVALS = 24  # readings of one look


@dataclass(frozen=True, slots=True)
class _Span:
    """A line of words as one text, and the part of it that counts: where it begins, ends, and between what
    two places something may be written by hand."""

    line: TextLine
    text: str
    begin: int
    written: tuple[int, int]
    end: int

    def sure(self, begin: int, end: int) -> float:
        """How surely Tesseract read a part of the text."""
        words = [word for word in self.words(begin, end) if any(map(str.isdigit, word.text))]
        return min((word.confidence or 0.0 for word in words), default=0.0)

    def filled_in(self, instead: str) -> TextLine:
        """The line with other words where the part that counts stood."""
        new: list[Word] = []
        box = self.box
        letter = (box.right - box.left) / max(len(instead), 1)
        at = box.left
        for text in instead.split(" "):
            if text:
                new.append(Word(text, Box(at, box.top, at + len(text) * letter, box.bottom)))
            at += (len(text) + 1) * letter
        before, behind = self.words(0, self.begin), self.words(self.end, len(self.text))
        return TextLine((*before, *new, *behind))

    @property
    def box(self) -> Box:
        """Around the part that counts."""
        first, *others = (word.box for word in self.words(self.begin, self.end))
        for box in others:
            first = first.with_(box)
        return first

    def words(self, begin: int, end: int) -> list[Word]:
        """The words of a part of the text; of one that reaches beyond it the piece inside."""
        out: list[Word] = []
        at = 0
        for word in self.line.words:
            first, last = max(begin - at, 0), min(end - at, len(word.text))
            if first < last:
                box, letter = word.box, (word.box.right - word.box.left) / len(word.text)
                piece = Box(box.left + first * letter, box.top, box.left + last * letter, box.bottom)
                out.append(Word(word.text[first:last], piece, word.confidence))
            at += len(word.text) + 1
        return out


def with_number_and_day(
    seen: Recognised, page: Image, model: Loader
) -> tuple[Recognised, dict[str, FieldReading]]:
    """The page with number and day of its head as surely as they can be read, and how surely that is.

    ``page``: in colour, as ``seen`` was read from it. ``model`` loads the recogniser, which is asked only
    about what is not printed.
    """
    fields: dict[str, FieldReading] = {}
    lines = list(seen.lines)
    heads = [at for at, line in enumerate(lines) if line.words[0].box.bottom < _HEAD]
    dated = next((at for at in heads if _date_span(lines[at])), None)
    numbered = next((at for at in heads if _number_span(lines[at]) and _beside(lines, at, dated)), None)
    for field, at, span_of, read in (
        ("number_symbol", numbered, _number_span, _number),
        ("date", dated, _date_span, _day),
    ):
        span = span_of(lines[at]) if at is not None else None
        if at is not None and span is not None:
            reading, lines[at] = read(span, page, model)
            fields |= {field: reading} if reading else {}
    return Recognised(tuple(lines)), fields


def _beside(lines: Sequence[TextLine], at: int, dated: int | None) -> bool:
    """Whether a line stands about as high as the date: further down papers are cited."""
    if dated is None:
        return lines[at].words[0].box.bottom < _HEAD / 2
    return abs(lines[at].words[0].box.top - lines[dated].words[0].box.top) < _APART


def _number_span(line: TextLine) -> _Span | None:
    """``Số: 12/QĐ-UBND``, whatever stands before the sign."""
    text = _text(line)
    label = _LABEL.match(text)
    sign = _SIGN.search(text, label.end(), label.end() + 30) if label else None
    if label is None or sign is None:
        return None
    end = text.find(" ", sign.end())
    return _Span(line, text, 0, (label.end(), sign.start()), end if end > 0 else len(text))


def _date_span(line: TextLine) -> _Span | None:
    """``Phan Thiết, ngày 05 tháng 02 năm 2025``, whatever stands for day and month."""
    text = _text(line)
    folded = fold(text)
    found = _DATE.match(folded)
    if found is None or _CITED.search(folded, 0, found.start("ng")) or _goes_on(folded[found.end() :]):
        return None
    return _Span(line, text, found.start("ng"), found.span("day"), found.end())


def _goes_on(rest: str) -> bool:
    """Whether words follow a date: then it is that of a paper which is cited."""
    return sum(map(str.isalnum, rest)) > _AFTER_A_DATE


def _text(line: TextLine) -> str:
    return " ".join(word.text for word in line.words)


def _number(span: _Span, page: Image, model: Loader) -> tuple[FieldReading | None, TextLine]:
    """How surely the number before a symbol is read, and the line with it or without."""
    symbol = span.text[span.written[1] : span.end].strip()
    said = span.text[slice(*span.written)].strip(" .…_·")
    printed = span.sure(*span.written) if _NUMBER.fullmatch(said) else 0.0
    if printed >= PRINTED:
        return FieldReading(printed, FieldSource.OCR, (said + symbol,), box=span.box), span.line
    looks = _looks(span, page, model)
    seen = [(look, found) for look in looks if (found := _LOOK_NUMBER.search(_said(look)))]
    if seen and not any(found["number"].strip() for _look, found in seen):  # a blank that nobody filled in
        return None, span.line
    votes = _weighed([_readings(look, *found.span("number")) for look, found in seen], _NUMBER.fullmatch)
    value, sure = _decided(votes, len(seen) / (len(looks) or 1), said if printed else "", printed)
    candidates = [value, *_likeliest(votes), said if printed else "", *(n for v in votes for n in _alike(v))]
    reading = FieldReading(
        sure,
        FieldSource.HANDWRITING if votes else FieldSource.OCR,
        tuple(dict.fromkeys(number + symbol for number in candidates if number))[:_MOST_CANDIDATES],
        box=span.box,
    )
    return reading, span.filled_in(f"Số: {value if sure >= AGREED else ''} {symbol}")


def _day(span: _Span, page: Image, model: Loader) -> tuple[FieldReading | None, TextLine]:
    """The same for a date: year and month are usually printed, the day is not."""
    found = _DATE.match(fold(span.text))
    assert found is not None
    day = _DAY.fullmatch(fold(span.text[slice(*span.written)]))
    said = day["day"] if day else ""
    month, year = found["month"].strip(" .…_·"), found["year"] or ""
    sure_day, sure_month, sure_year = (
        span.sure(*found.span(part)) if digits.isdecimal() else 0.0
        for part, digits in (("day", said), ("month", month), ("year", year))
    )
    printed = min(sure_day, sure_month, sure_year)
    if printed >= PRINTED and (iso := _iso(said, month, year)):
        return FieldReading(printed, FieldSource.OCR, (iso,), box=span.box), span.line
    looks = _looks(span, page, model)
    seen = [(look, found) for look in looks if (found := _LOOK_DATE.search(_said(look)))]
    if seen and not any(found["day"] for _look, found in seen):
        return None, span.line
    month, year = (
        said_part if sure_part >= _LEGIBLE else _only(_digits(found[part] or "") for _look, found in seen)
        for part, said_part, sure_part in (("month", month, sure_month), ("year", year, sure_year))
    )
    days = _weighed([_readings(look, *found.span("day")) for look, found in seen], str.isdecimal)
    votes = {iso: weight for number, weight in days.items() if (iso := _iso(number, month, year))}
    alone = [
        iso
        for number in days
        for prefix in "0123"
        if len(number) == 1 and (iso := _iso(prefix + number, month, year))
    ]
    iso = _iso(said, month, year)
    value, sure = _decided(votes, len(seen) / (len(looks) or 1), iso, sure_day)
    if alone and sure > _LEGIBLE and iso != value:
        sure = _LEGIBLE  # a digit may have been lost
    likely = [*_likeliest(votes), iso, *alone]
    likely += [iso for number in days for other in _alike(number) if (iso := _iso(other, month, year))]
    known = f"ngày {value[-2:] if sure >= AGREED else ''} tháng {month} năm {year}"
    reading = FieldReading(
        sure,
        FieldSource.HANDWRITING if looks else FieldSource.OCR,
        tuple(dict.fromkeys(filter(None, [value, *likely])))[:_MOST_CANDIDATES],
        box=span.box,
    )
    return reading, span.filled_in(known)


def _decided(votes: Mapping[str, float], found: float, said: str, sure: float) -> tuple[str, float]:
    """The likeliest value, and how sure it is.

    ``votes``: the weight (0–1) of each; ``found``: the share of looks that found the line; ``said`` and
    ``sure``: what Tesseract read.
    """
    if not votes:
        return said, sure
    best, weight = max(votes.items(), key=lambda vote: vote[1])
    if said and _same(said, best):
        return best, max(AGREED, min(weight, UNANIMOUS))
    if weight < _CLEAR or found < _ENOUGH:
        return best, min(weight, _LEGIBLE)
    return best, UNANIMOUS if sure < _LEGIBLE else 0.5


def _same(one: str, other: str) -> bool:
    return one.lstrip("0") == other.lstrip("0")


def _likeliest(votes: Mapping[str, float]) -> list[str]:
    return sorted(votes, key=lambda value: -votes[value])


def _only(values: Iterable[str]) -> str:
    """What all looks saw alike; empty when they did not."""
    seen = set(values)
    return seen.pop() if len(seen) == 1 else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text.translate(_AS_DIGITS)))


def _alike(number: str) -> Iterator[str]:
    """Numbers that look like this one when they are written by hand."""
    for at, digit in enumerate(number):
        for other in _ALIKE.get(digit, ""):
            yield number[:at] + other + number[at + 1 :]
    ones = number.replace("4", "1")
    if ones != number:
        yield ones


def _iso(day: str, month: str, year: str) -> str:
    """``2025-02-05``, or nothing when it is no date."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _weighed(looks: Sequence[Sequence[tuple[str, float]]], fits: Callable[[str], object]) -> dict[str, float]:
    """What all looks together make of a value: how likely (0–1) each is."""
    weights: dict[str, float] = defaultdict(float)
    for readings in looks:
        for value, likely in readings:
            if fits(value):
                weights[value] += likely / len(looks)
    return {value: weight for value, weight in weights.items() if weight >= _LEAST_WEIGHT}


def _readings(look: Sequence[Character], begin: int, end: int) -> list[tuple[str, float]]:
    """What a part of a look may say, and how likely: the rivals of each letter count too."""
    readings = [("", 1.0)]
    for letter in look[begin:end]:
        if letter.text.isspace():
            continue
        rivals = [(letter.text, letter.confidence), *letter.others]
        readings = [
            (text + rival.strip().translate(_AS_DIGITS), likely * chance)
            for text, likely in readings
            for rival, chance in rivals
            if likely * chance > _RIVAL
        ]
        readings = sorted(readings, key=lambda reading: -reading[1])[:_MOST_RIVALS]
    return readings


def _said(look: Sequence[Character]) -> str:
    return "".join(letter.text[:1] for letter in look)


def _looks(span: _Span, page: Image, load: Loader) -> list[tuple[Character, ...]]:
    """What the recogniser reads in the line, cut out in several ways; none without it."""
    model = load()
    if model is None:
        return []
    from dossier.scanner.ocr.ppocr import cut_out
    from dossier.scanner.ocr.regions import Region

    words = span.words(span.begin, span.end)
    for word in reversed(span.words(max(span.begin - _CONTEXT, 0), span.begin)):
        if (words[0].box.left - word.box.right) * page.width > _GAP * (
            word.box.bottom - word.box.top
        ) * page.height:
            break  # another column
        words.insert(0, word)
    tall = median((word.box.bottom - word.box.top) * page.height for word in words)
    middle = median((word.box.bottom + word.box.top) / 2 * page.height for word in words)
    left, right = words[0].box.left * page.width, words[-1].box.right * page.width
    looks = []
    for more, turn in _LOOKS:
        region = Region((left + right) / 2, middle, right - left + tall, tall * (1 + 2 * more), turn, 1.0)
        piece = cut_out(page, region)
        looks.append(model.read(piece))
        if _coloured(piece):  # in its red what a seal covers comes to light
            looks.append(model.read(piece.getchannel("R")))
    return looks


def _coloured(picture: Image) -> bool:
    red, _green, blue = picture.split()
    from PIL import ImageChops

    histogram = ImageChops.difference(red, blue).histogram()
    return sum(histogram[_COLOURED:]) > 0
