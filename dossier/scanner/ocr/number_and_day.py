"""Number and day of a scanned head: usually written by hand into a printed line.

The engine for printed text says where the lines stand and reads what is printed in them (symbol, month,
year). What is written there is looked at several times by a recogniser for hand-writing, each time cut out
a little differently: what it reads alike every time is nearly always right, what wavers is not. Only
what is sure is put into the text; the rest is left out of it and told as candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dossier.model import FieldReading, FieldSource
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.looks import AGAIN, FIRST, alike_numbers, digits_of, looks_at, said, weighed
from dossier.scanner.ocr.spans import DATE, Span, date_span, number_span
from dossier.scanner.recognise.number import find_number, known_codes, symbol_of
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.ocr.looks import LettersSeen, Loader

    _Seen = Sequence[tuple[LettersSeen, re.Match[str]]]

PRINTED = 0.95  # confidence from which Tesseract's digits are printed ones; of written ones it has less
_ALONE = 0.9  # the same where there is no recogniser for hand-writing to ask
_LEGIBLE = 0.8  # below it what Tesseract alone says of digits is a guess
_CLEAR = 0.93  # weight from which what the looks say is beyond doubt
_LIKELY = 0.5  # weight from which it is so where Tesseract reads the same
_LOST = 0.35  # weight below which a single digit is one of two, the other of which was not seen
UNANIMOUS, AGREED = 0.97, 0.93  # confidence of what every look, or two engines, read alike
_TORN = 0.6  # confidence of a number of whose symbol two engines make two
_APART = 0.08  # of the page's height, at most between number and date
HEAD = 0.45  # of the page, from its top: below it stands no head's number
_MOST_CANDIDATES = 5
# Years of papers. Not up to today: what a file says must not depend on when it was read; whether a day has
# come is judged where today is handed in.
_EARLIEST, _LATEST = 1930, 2049

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?[a-zđ]?")
_DAY = re.compile(r"[a-z]{0,3}\W{0,3}(?P<day>\d{1,2})\W{0,2}")  # what follows "ng" up to "tháng"
_LOOK_NUMBER = re.compile(
    r"\W{0,3}[sS$5](?:6(?=\s?[:;])|[^\W\d_]{0,2})\s?[:;.,]{0,2}\s?(?P<number>.{0,14}?)\s?"
    r"(?:[/|](?!\s?\d{1,3}\s?[/|])|[-–](?=\s?[A-ZĐÐ])|i(?=[A-ZĐÐ]{2}))"  # no 1 between digits
)
_LOOK_SYMBOL = re.compile(r"[A-ZĐ]{2,}[A-ZĐa-z\d]{0,8}(?:[-/][A-ZĐ\d]{2,12}){0,4}(?=\s|$)")
_LOOK_DATE = re.compile(
    r"ng[^\W\d_]{0,2}\W{0,2}(?P<day>\S{0,4}?)\s?th.{0,3}ng\s?(?P<month>\S{0,3}?)\s?n.m\s?(?P<year>\d{4})?"
)
_STROKE = re.compile(r"\s?[/|]")
_ENOUGH = 0.7  # of the looks must find the line


def with_number_and_day(
    seen: Recognised, page: Image, model: Loader
) -> tuple[Recognised, dict[str, FieldReading]]:
    """The page with number and day of its head as surely as they can be read, and how surely that is.

    ``page``: in colour, as ``seen`` was read from it. ``model`` loads the recogniser, which is asked only
    about what is not printed.
    """
    fields: dict[str, FieldReading] = {}
    lines = list(seen.lines)
    heads = [at for at, line in enumerate(lines) if line.words[0].box.bottom < HEAD]
    dated = _dated(lines, heads)
    numbered = next((at for at in heads if number_span(lines[at]) and _beside(lines, at, dated)), None)
    for field, at, span_of, read in (
        ("number_symbol", numbered, number_span, _number),
        ("date", dated, date_span, _day),
    ):
        span = span_of(lines[at]) if at is not None else None
        if at is not None and span is not None:
            reading, lines[at] = read(span, page, model)
            fields |= {field: reading} if reading else {}
    return Recognised(tuple(lines)), fields


def _dated(lines: Sequence[TextLine], heads: Sequence[int]) -> int | None:
    """The line with the paper's date: behind a place, where there is one, for a receiver's stamp above the
    head has a date as well."""
    spans = [(at, span) for at in heads if (span := date_span(lines[at]))]
    behind_place = (at for at, span in spans if span.text[: span.begin].rstrip().endswith((",", ".")))
    return next(behind_place, spans[0][0] if spans else None)


def _beside(lines: Sequence[TextLine], at: int, dated: int | None) -> bool:
    """Whether a line stands about as high as the date: further down papers are cited."""
    if dated is None:
        return lines[at].words[0].box.bottom < HEAD / 2
    return abs(lines[at].words[0].box.top - lines[dated].words[0].box.top) < _APART


def _number(span: Span, page: Image, model: Loader) -> tuple[FieldReading | None, TextLine]:
    """How surely the number before a symbol is read, and the line with it or without."""
    printed_symbol = span.text[span.written[1] : span.end].strip()
    printed_symbol = re.sub(r"(?<=\w) (?=\w)", "-", printed_symbol)
    read = span.text[slice(*span.written)].strip(" .…_·")
    printed = span.sure(*span.written) if _NUMBER.fullmatch(read) else 0.0
    if printed >= (PRINTED if model() else _ALONE):
        return FieldReading(printed, FieldSource.OCR, (read + printed_symbol,), box=span.value_box), span.line
    looks: list[LettersSeen] = []
    last = ""  # the number if a stroke behind it is a 1
    for ways in (FIRST, AGAIN):
        looks += looks_at(span.of_line(page), page, model, ways)
        seen = [(look, found) for look in looks if (found := _LOOK_NUMBER.search(said(look)))]
        symbol, sure_symbol = _agreed(printed_symbol, _symbol(seen))
        if not symbol:
            return None, span.line
        if seen and not any(found["number"].strip() for _look, found in seen):
            return None, span.line  # a blank that nobody filled in
        votes, saw = weighed([(look, found.span("number")) for look, found in seen], _NUMBER.fullmatch)
        value, sure = _decided(votes, saw / (len(looks) or 1), read if printed else "", printed)
        sure = min(sure, sure_symbol)
        if _missed(seen, "number"):
            sure = min(sure, _TORN)
        if _strokes(seen):
            sure, last = min(sure, _TORN), f"{value}1"
        if sure >= AGREED:
            break
    candidates = [
        value,
        last,
        *_likeliest(votes),
        read if printed else "",
        *(n for v in votes for n in alike_numbers(v)),
    ]
    reading = FieldReading(
        sure,
        FieldSource.HANDWRITING if votes else FieldSource.OCR,
        tuple(dict.fromkeys(number + symbol for number in candidates if number))[:_MOST_CANDIDATES],
        box=span.value_box,
    )
    return reading, span.filled_in(f"Số: {value if sure >= AGREED else ''} {symbol}")


def _missed(seen: _Seen, part: str) -> bool:
    """Whether two looks and more passed over a stroke where ``part`` is written."""
    return sum(look.missed(*found.span(part), len(digits_of(found[part]))) for look, found in seen) > 1


def _strokes(seen: _Seen) -> bool:
    """Whether most looks saw two strokes before the symbol: ``7//QĐ`` is 7 with a stroke of the clerk's, or
    71."""
    return sum(bool(_STROKE.match(said(look), found.end())) for look, found in seen) * 2 > len(seen)


def _agreed(printed: str, looked: str) -> tuple[str, float]:
    """The symbol of the two that engines read, and how sure it is: a letter or a dash that only one of them
    saw makes it another office's."""
    mine, other = (fold(symbol).replace(" ", "").lstrip("/|-–") for symbol in (printed, looked))
    if not printed or not looked:
        return printed or looked, UNANIMOUS
    if mine == other:
        of_party = looked[0] == "-" and "/" in mine  # 12-QĐ/ĐU, whose dash OCR takes for a stroke
        return "-" + printed.lstrip(" /|-–") if of_party else printed, UNANIMOUS
    mended = find_number(f"Số: 1{looked}")
    if mended and known_codes(symbol_of(mended.value)) and not known_codes(printed):
        return symbol_of(mended.value), AGREED
    return printed, UNANIMOUS if known_codes(printed) and not known_codes(looked) else _TORN


def _symbol(seen: _Seen) -> str:
    """The symbol that most looks saw behind the sign, without its diacritics; empty where they did not."""
    symbols = Counter(
        f"{'-' if found[0][-1] in '-–' else '/'}{symbol[0]}"
        for look, found in seen
        if (symbol := _LOOK_SYMBOL.match(said(look).strip(), found.end()))
    )
    best, count = symbols.most_common(1)[0] if symbols else ("", 0)
    return best if count * 2 > len(seen) else ""


def _day(span: Span, page: Image, model: Loader) -> tuple[FieldReading | None, TextLine]:
    """The same for a date: year and month are usually printed, the day is not."""
    found = DATE.match(fold(span.text))
    assert found is not None
    day = _DAY.fullmatch(fold(span.text[slice(*span.written)]))
    read = {
        "day": day["day"] if day else "",
        "month": found["month"].strip(" .…_·"),
        "year": found["year"] or "",
    }
    sure_of = {part: span.sure(*found.span(part)) if read[part].isdecimal() else 0.0 for part in read}
    printed = min(sure_of.values())
    if printed >= (PRINTED if model() else _ALONE) and (iso := _iso(**read)):
        return FieldReading(printed, FieldSource.OCR, (iso,), box=span.box), span.line
    looks: list[LettersSeen] = []
    for ways in (FIRST, AGAIN):
        looks += looks_at(span.of_line(page), page, model, ways)
        seen = [(look, found) for look in looks if (found := _LOOK_DATE.search(said(look)))]
        if seen and not any(found["day"] for _look, found in seen):
            return None, span.line
        month = read["month"] if sure_of["month"] >= _LEGIBLE else _month(seen)
        year = read["year"] if sure_of["year"] >= _LEGIBLE else _year(seen)
        year = year if _may_be_year(year) else ""
        votes, single, saw = _days(seen, month, year)
        iso = _iso(read["day"], month, year)
        value, sure = _decided(votes, saw / (len(looks) or 1), iso, sure_of["day"] if iso else 0.0)
        if single and sure > _LEGIBLE and iso != value:
            sure = _LEGIBLE  # a digit may have been lost
        if _missed(seen, "day"):
            sure = min(sure, _LEGIBLE)
        if sure >= AGREED:
            break
    thought_of = dict.fromkeys([*(vote[-2:] for vote in votes), *(digits_of(f["day"]) for _look, f in seen)])
    also = [iso for day in thought_of for other in alike_numbers(day) if (iso := _iso(other, month, year))]
    likely = (value, *_likeliest(votes), iso, *single, *also)
    known = f"ngày {value[-2:] if sure >= AGREED else ''} tháng {month} năm {year}"
    reading = FieldReading(
        sure,
        FieldSource.HANDWRITING if looks else FieldSource.OCR,
        tuple(dict.fromkeys(filter(None, likely)))[:_MOST_CANDIDATES],
        box=span.box,
    )
    return reading, span.filled_in(known)


def _days(seen: _Seen, month: str, year: str) -> tuple[dict[str, float], list[str], int]:
    """The dates that the looks may have seen with their weight, those that a single digit may be the rest of,
    and how many looks saw a day. A single digit of which others saw a second one was that one's."""
    looks = [(look, found.span("day")) for look, found in seen]
    days, saw = weighed(looks, lambda day: day.isdecimal() and _iso(day, month, year))
    lone = {day: weight for day, weight in days.items() if len(day) == 1}
    for digit, weight in lone.items():
        whole = {day: days[day] for day in days if len(day) > 1 and digit in day}
        if whole and weight < _LOST:
            share = weight / sum(whole.values())
            days |= {day: own * (1 + share) for day, own in whole.items()}
            del days[digit]
    votes = {_iso(day, month, year): weight for day, weight in days.items()}
    single = [
        iso
        for digit in days
        for prefix in "0123"
        if len(digit) == 1 and (iso := _iso(prefix + digit, month, year))
    ]
    return votes, single, saw


def _month(seen: _Seen) -> str:
    """The month that nearly all looks saw; empty where they did not."""
    looks = [(look, found.span("month")) for look, found in seen]
    votes, saw = weighed(looks, lambda month: month.isdecimal() and 1 <= int(month) <= 12)
    best = max(votes, key=lambda month: votes[month], default="")
    return best if best and votes[best] >= _CLEAR and saw >= _ENOUGH * len(seen) else ""


def _year(seen: _Seen) -> str:
    """The year that all looks saw alike; empty where they did not."""
    years = {digits_of(found["year"] or "") for _look, found in seen}
    return years.pop() if len(years) == 1 else ""


def _decided(votes: Mapping[str, float], found: float, said: str, sure: float) -> tuple[str, float]:
    """The likeliest value, and how sure it is.

    ``votes``: the weight (0–1) of each; ``found``: the share of looks that found the line; ``said`` and
    ``sure``: what Tesseract read.
    """
    if not votes:
        return said, sure
    best, weight = max(votes.items(), key=lambda vote: vote[1])
    if said and _same(said, best) and weight >= _LIKELY:
        return best, max(AGREED, min(weight, UNANIMOUS))
    if weight < _CLEAR or found < _ENOUGH:
        return best, min(weight, _LEGIBLE)
    return best, UNANIMOUS if sure < _LEGIBLE else 0.5


def _same(one: str, other: str) -> bool:
    return one.lstrip("0") == other.lstrip("0")


def _likeliest(votes: Mapping[str, float]) -> list[str]:
    return sorted(votes, key=lambda value: -votes[value])


def _iso(day: str, month: str, year: str) -> str:
    """``2025-02-05``, or nothing when it is no date, or none of a paper: 2924 for 2024."""
    try:
        return date(int(year), int(month), int(day)).isoformat() if _may_be_year(year) else ""
    except ValueError:
        return ""


def _may_be_year(year: str) -> bool:
    return year.isdecimal() and _EARLIEST <= int(year) <= _LATEST
