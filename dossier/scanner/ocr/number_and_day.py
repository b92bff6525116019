"""Read number and date of a scanned head, which are usually handwritten into a printed line.

The engine for printed text locates the lines and reads their printed parts (symbol, month, year). The
handwritten parts are read by a recogniser for handwriting in several passes (:mod:`.looks`). Only sure values
are put into the text; others become candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from dossier.model import FieldReading, FieldSource, Word
from dossier.scanner.ocr.digits import written_digits
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.looks import (
    AGAIN,
    FIRST,
    alike_numbers,
    digits_of,
    looks_at,
    text_of_look,
    weights_of,
)
from dossier.scanner.ocr.spans import Span, date_in, date_span, number_span, year_below
from dossier.scanner.ocr.symbols import agreed_symbol
from dossier.scanner.ocr.votes import (
    AGREED,
    CLEAR,
    ENOUGH,
    LEGIBLE,
    TORN,
    backed,
    confirmed,
    decided,
    filled,
    joined,
    likeliest,
    summed,
)
from dossier.scanner.recognise.number import find_number, known_codes, symbol_of
from dossier.scanner.recognise.types import of_symbol
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.ocr.looks import LettersSeen, Loader

    _Seen = Sequence[tuple[LettersSeen, re.Match[str]]]

PRINTED = 0.95  # Tesseract's confidence from which digits count as printed; handwritten ones have less
_ALONE = 0.9  # the same threshold if no recogniser for handwriting is installed
_APART = 0.08  # largest vertical distance of number and date, as a fraction of the page height
_BELOW = 0.15  # by how much the number may stand below the date, under the long name of an office
_LEFT = 0.5  # fraction of the page width within which the left column of a head ends
_HIGH = 0.27  # fraction of the page height within which a number without a date beside it is the document's
HEAD = 0.45  # fraction of the page height within which number and date of a head are printed
_MOST_CANDIDATES = 5
# Valid years. The limit is not today, because the result must not depend on the day of reading; dates in the
# future are checked elsewhere.
_EARLIEST, _LATEST = 1930, 2049

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?[a-dđ]?")
_WRITTEN = re.compile(r"\d{1,6}[a-dđ]?")  # dots beside handwriting are those of a form
_YEAR_FIRST = re.compile(r"\s?[/|]\s?\d{4}\s?[/|]")
# The text between "ng" and "tháng". Other signs than dots are strokes that were not understood: "{ 3" is 13.
_DAY = re.compile(r"[a-z]{0,3}[\s.,:…·_]{0,4}(?P<day>\d{1,2})[\s.,…·_]{0,3}")
_LOOK_NUMBER = re.compile(
    r"\W{0,3}[sS$5](?:[06](?=\s?[:;])|[^\W\d_]{0,2})\s?[:;.,]{0,2}\s?"
    r"(?P<number>(?:(?![A-ZĐ][A-HJ-NP-RT-ZĐ]|[A-HJ-NP-RT-ZĐ][A-ZĐ]).){0,14}?)\s?"  # no capitals but I, O, S
    r"(?:[/|](?!\s?\d{1,3}\s?[/|])|(?<![A-HJ-NP-RT-ZĐ])[-–](?=\s?[A-ZĐÐ])|i(?=[A-ZĐÐ]{2}))"  # no 1 in between
)
# Digits that cover the stroke before the symbol: “Số: 4874CTr-CĐCT”.
_GLUED = re.compile(
    r"\W{0,3}[sS$5](?:[06]|[^\W\d_]{0,2})\s?[:;]\s?"
    r"(?P<number>\d[\d ]{0,6}?) ?(?P<symbol>[A-ZĐ]{2}\S{2,20})\s*$"
)
_LOOK_SYMBOL = re.compile(r"(?:[A-ZĐ]{2,}[A-ZĐa-z\d]{0,8}|[A-Z]\d\d?)(?:[-/][A-ZĐ\d]{2,12}){0,4}(?=\s|$)")
_LOOK_DATE = re.compile(
    r"ng[^\W\d_]{0,2}[^\w∥‖]{0,2}[\s.…·]{0,4}(?P<day>\S{0,4}?|\d\s\d)[\s.…·]{0,4}th.{0,3}ng[\s.…·]{0,4}"
    r"(?P<month>\S{0,3}?|\d\s\d)"
    r"[\s.…·]{0,4}n.m\s?(?P<year>\d{4}|20[\s.…·]{0,4}\d\d(?!\d))?"
)
# The same where the pen hid the beginning of “tháng”.
_LOOK_HIDDEN = re.compile(
    r"ng[^\W\d_]{0,2}[\s.…·]{0,4}(?P<day>\S{0,4}?|\d\s\d)[\s.…·]{0,4}\S?h?[^\W\d_]{1,2}ng\s?(?P<month>\d{1,2})\s?n.m\s?"
    r"(?P<year>\d{4})"
)
_MARKS = re.compile(r"[\dIl|!]")  # digits, and what Tesseract makes of a detached 1
_STROKE = re.compile(r"\s{0,3}[/|]")
_CONFUSED = str.maketrans({"Ñ": "N", "Œ": "C-", "Ð": "Đ"})  # capitals that no symbol has


def with_number_and_day(
    seen: Recognised, page: Image, model: Loader
) -> tuple[Recognised, dict[str, FieldReading]]:
    """Return the page with number and date of its head corrected, and the readings of both fields.

    ``page``: the colour image from which ``seen`` was read. ``model``: loads the recogniser for handwriting,
    which is used only for parts that are not printed.
    """
    fields: dict[str, FieldReading] = {}
    lines = list(seen.lines)
    heads = [at for at, line in enumerate(lines) if line.words[0].box.bottom < HEAD]
    dated = _dated(lines, heads)
    numbered = next((at for at in heads if number_span(lines[at]) and _beside(lines, at, dated)), None)
    below = year_below(lines, dated) if dated is not None else None
    year = lines[below].words[0] if below is not None else None
    for field, at, span_of, read in (
        ("number_symbol", numbered, number_span, _number),
        ("date", dated, date_span, partial(_day, below=year)),
    ):
        span = span_of(lines[at]) if at is not None else None
        if at is not None and span is not None:
            reading, lines[at] = read(span, page, model)
            fields |= {field: reading} if reading else {}
    if below is not None and "date" in fields:
        del lines[below]  # the line of the date has it now
    return Recognised(tuple(lines)), fields


def _dated(lines: Sequence[TextLine], heads: Sequence[int]) -> int | None:
    """Return the index of the line with the document's date.

    A date after a place takes precedence, because an incoming stamp above the head has a date too.
    """
    spans = [(at, span) for at in heads if (span := date_span(lines[at]))]
    behind_place = (at for at, span in spans if span.text[: span.begin].rstrip().endswith((",", ".")))
    return next(behind_place, spans[0][0] if spans else None)


def _beside(lines: Sequence[TextLine], at: int, dated: int | None) -> bool:
    """Whether a line is about as high on the page as the date: numbers further down are citations. A date
    far below a number in the head stands above the signature."""
    first, last = lines[at].words[0].box, lines[at].words[-1].box
    below = first.top - lines[dated].words[0].box.top if dated is not None else -1.0
    if below < -_BELOW:
        return first.bottom < _HIGH
    return abs(below) < _APART or (0 < below < _BELOW and last.right < _LEFT)


def _number(span: Span, page: Image, model: Loader) -> tuple[FieldReading | None, TextLine]:
    """Return the reading of number and symbol, and the line with the number, or without it if unsure."""
    printed_symbol = span.text[span.written[1] : span.end].strip()
    printed_symbol = re.sub(r" ?([-–/|]) ?", r"\1", printed_symbol.translate(_CONFUSED))
    printed_symbol = re.sub(r"(?<=\w) (?=\w)", "-", printed_symbol)
    read = span.text[slice(*span.written)].strip(" .…_·")
    printed = span.sure(*span.written) if _NUMBER.fullmatch(read) else 0.0
    form = _NUMBER if _YEAR_FIRST.match(printed_symbol) else _WRITTEN  # 66.7/2025/NQ-CP
    if printed >= _surely_printed(read, model):
        whole = find_number(span.text[: span.end]) is not None and not span.is_parted
        line = span.line if whole else span.filled_in(f"Số: {read} {printed_symbol}")
        return FieldReading(printed, FieldSource.OCR, (read + printed_symbol,), box=span.value_box), line
    typed = read if printed else ""
    looks: list[LettersSeen] = []
    by_hand = written_digits(span.around_written(), page)
    last = ""  # the number if the stroke after it is a 1
    for ways in (FIRST, AGAIN):
        looks += looks_at(span.of_line(page), page, model, ways)
        seen = [(look, found) for look in looks if (found := _number_in(look, glued=not printed_symbol))]
        touches = sum(found.re is _GLUED for _look, found in seen) * 2 > len(seen)
        symbol, sure_symbol = agreed_symbol(printed_symbol, _symbol(seen, read))
        if not symbol:
            return None, span.line
        if not printed_symbol and not (of_symbol(f"1{symbol}") or known_codes(symbol)):
            sure_symbol = TORN  # digits may hide its beginning
        if symbol[0] == "-" and "/" not in symbol:
            sure_symbol = TORN  # the end of /QĐ-UBND: a symbol of the Party has a stroke behind the dash
        if seen and not any(found["number"].strip() for _look, found in seen) and not filled(by_hand):
            return None, span.line  # not filled in
        votes, saw = weights_of([(look, found.span("number")) for look, found in seen], form.fullmatch)
        votes = joined(votes)
        value, sure = decided(votes, saw / (len(looks) or 1), typed, printed)
        value, sure = confirmed(value, sure, by_hand, votes, typed)
        sure = min(sure, sure_symbol)
        missed = _missed(seen, "number") or len(_MARKS.findall(read)) > len(value)
        hidden = saw * 2 < len(looks)  # most looks see letters in it: digits over the beginning of the symbol
        if (missed and not backed(value, by_hand, votes)) or _struck(seen) or _overwritten(seen, "number"):
            sure = min(sure, TORN)
        if hidden or (touches and not backed(value, by_hand, votes)):
            sure, last = min(sure, TORN), value[:-1]  # the last digit may be the stroke
        if _strokes(seen):
            sure, last = min(sure, TORN), f"{value}1"
        if sure >= AGREED:
            break
    candidates = [
        value,
        last,
        *likeliest(by_hand)[:1],
        *likeliest(votes),
        typed,
        *(n for v in votes for n in alike_numbers(v)),
    ]
    reading = FieldReading(
        sure,
        FieldSource.HANDWRITING if votes else FieldSource.OCR,
        tuple(dict.fromkeys(number + symbol for number in candidates if number))[:_MOST_CANDIDATES],
        box=span.value_box,
    )
    return reading, span.filled_in(f"Số: {value if sure >= AGREED else ''} {symbol}")


def _number_in(look: LettersSeen, *, glued: bool) -> re.Match[str] | None:
    """Return where a look has the number; ``glued``: also where it sees no stroke before the symbol."""
    text = text_of_look(look)
    return _LOOK_NUMBER.search(text) or (_GLUED.match(text) if glued else None)


def _missed(seen: _Seen, part: str) -> bool:
    """Whether at least two looks missed a stroke in the group ``part``."""
    return sum(look.missed(*found.span(part), len(digits_of(found[part]))) for look, found in seen) > 1


def _struck(seen: _Seen) -> bool:
    """Whether at least two looks saw the number struck out by pen: another one is written near it."""
    return sum(look.is_struck(*found.span("number")) for look, found in seen) > 1


def _overwritten(seen: _Seen, part: str) -> bool:
    """Whether most of the plain looks saw a digit of the group ``part`` written over another one."""
    return sum(bool(look.twice & {*range(*found.span(part))}) for look, found in seen) * 2 > len(FIRST)


def _strokes(seen: _Seen) -> bool:
    """Whether most looks saw two strokes before the symbol: ``7//QĐ`` is 7 with a handwritten slash, or
    71."""
    return sum(bool(_STROKE.match(text_of_look(look), found.end())) for look, found in seen) * 2 > len(seen)


def _symbol(seen: _Seen, printed: str) -> str:
    """Return the symbol that most looks saw after the number; empty if they differ. It has no diacritics
    but those of ``printed``, where this ends with it. One at digits without a stroke must be known."""
    symbols = Counter(symbol for look, found in seen if (symbol := _symbol_in(look, found)))
    best, count = symbols.most_common(1)[0] if symbols else ("", 0)
    stroke = any(found.re is _LOOK_NUMBER and _symbol_in(look, found) == best for look, found in seen)
    if count * 2 <= len(seen):
        return ""
    number = find_number(f"Số: 1{best}")
    if number and of_symbol(number.value):
        return symbol_of(number.value)
    if not stroke and "-" not in best[1:]:
        return ""
    end = printed[1 - len(best) :]
    return best[0] + end if fold(end) == fold(best[1:]) else best


def _symbol_in(look: LettersSeen, found: re.Match[str]) -> str:
    if found.re is _GLUED:
        return f"/{found['symbol']}"
    symbol = _LOOK_SYMBOL.match(text_of_look(look).strip(), found.end())
    return f"{'-' if found[0][-1] in '-–' else '/'}{symbol[0]}" if symbol else ""


def _day(
    span: Span, page: Image, model: Loader, *, below: Word | None = None
) -> tuple[FieldReading | None, TextLine]:
    """Return the reading of the date, and the line with the day, or without it if unsure.

    Year and month are usually printed, the day is handwritten. ``below``: the year, if it stands on a line of
    its own.
    """
    found = date_in(fold(span.text))
    assert found is not None
    between = _DAY.fullmatch(fold(span.text[slice(*span.written)]))
    read = {
        "day": between["day"] if between else "",
        "month": found["month"].strip(" .…_·"),
        "year": found["year"] or "",
    }
    sure_of = {part: span.sure(*found.span(part)) if read[part].isdecimal() else 0.0 for part in read}
    if below is not None:
        read["year"], sure_of["year"] = below.text.strip(".,"), below.confidence or 0.0
    printed = min(sure_of.values())
    if printed >= _surely_printed(read["day"], model) and (iso := _iso(**read)):
        line = span.filled_in("ngày {day} tháng {month} năm {year}".format(**read)) if below else span.line
        return FieldReading(printed, FieldSource.OCR, (iso,), box=span.box), line
    looks: list[LettersSeen] = []
    days_by_hand = written_digits(span.around_written(), page, lambda day: 1 <= int(day) <= 31)
    for ways in (FIRST, AGAIN):
        looks += looks_at(span.of_line(page), page, model, ways)
        seen = [(look, found) for look in looks if (found := _date_in(look))]
        if seen and not any(found["day"] for _look, found in seen) and not filled(days_by_hand):
            return None, span.line
        month, year, torn = _month_and_year(read, sure_of, seen)
        by_hand = {day: weight for day, weight in days_by_hand.items() if _iso(day, month, year)}
        days, single, saw = _days(seen, month, year)
        votes = summed(days, partial(_iso, month=month, year=year))
        iso = _iso(read["day"], month, year)
        value, sure = decided(votes, saw / (len(looks) or 1), iso, sure_of["day"] if iso else 0.0)
        day, sure = confirmed(_day_in(value, days), sure, by_hand, days, read["day"])
        value = _iso(day, month, year)
        missed = (single and iso != value) or _missed(seen, "day")
        if (missed and not backed(day, by_hand, days)) or _overwritten(seen, "day"):
            sure = min(sure, LEGIBLE)
        if any(torn.values()):
            sure = min(sure, TORN)
        if sure >= AGREED:
            break
    thought_of = dict.fromkeys([*(vote[-2:] for vote in votes), *(digits_of(f["day"]) for _look, f in seen)])
    also = [iso for day in thought_of for other in alike_numbers(day) if (iso := _iso(other, month, year))]
    second = [_iso(other, month, year) for other in likeliest(by_hand)[:1]]
    likely = (value, *second, *likeliest(votes), iso, *single, *also)
    day_known = value[-2:] if sure >= AGREED else ""
    known = f"ngày {day_known} tháng {'' if torn['month'] else month} năm {'' if torn['year'] else year}"
    reading = FieldReading(
        sure,
        FieldSource.HANDWRITING if looks else FieldSource.OCR,
        tuple(dict.fromkeys(filter(None, likely)))[:_MOST_CANDIDATES],
        box=span.box,
    )
    return reading, span.filled_in(known)


def _month_and_year(
    read: Mapping[str, str], sure_of: Mapping[str, float], seen: _Seen
) -> tuple[str, str, dict[str, bool]]:
    """Return month and year, printed or seen by the looks, and for each whether these saw another one."""
    month, other_month = read["month"] if sure_of["month"] >= LEGIBLE else "", _month(seen)
    year, other_year = read["year"] if sure_of["year"] >= LEGIBLE else "", _year(seen)
    torn = {
        "month": sure_of["month"] < PRINTED and _differ(month, other_month),
        "year": _differ(year, other_year),  # deadlines hang on it
    }
    year = year or other_year
    return month or other_month, year if _may_be_year(year) else "", torn


def _date_in(look: LettersSeen) -> re.Match[str] | None:
    text = text_of_look(look)
    return _LOOK_DATE.search(text) or _LOOK_HIDDEN.search(text)


def _days(seen: _Seen, month: str, year: str) -> tuple[dict[str, float], list[str], int]:
    """Return the weights of the days seen, the dates possible for single digits, and the number of looks
    that saw a day."""
    looks = [(look, found.span("day")) for look, found in seen]
    days, saw = weights_of(looks, lambda day: day.isdecimal() and _iso(day, month, year))
    days = joined(days)
    single = [
        iso
        for digit in days
        for prefix in "0123"
        if len(digit) == 1 and (iso := _iso(prefix + digit, month, year))
    ]
    return days, single, saw


def _day_in(iso: str, days: Mapping[str, float]) -> str:
    """Return the day of a date as most looks saw it: a single digit may be what is left of two."""
    of_it = {day: weight for day, weight in days.items() if day.zfill(2) == iso[-2:]}
    return max(of_it, key=lambda day: of_it[day], default=iso[-2:])


def _surely_printed(read: str, model: Loader) -> float:
    """Return Tesseract's confidence from which digits count as printed. A single digit may be what it saw of
    two written ones: it never does if handwriting can be read."""
    if not model():
        return _ALONE
    return PRINTED if len(read) > 1 else 1.1


def _month(seen: _Seen) -> str:
    """Return the month that nearly all looks saw; empty if they differ."""
    looks = [(look, found.span("month")) for look, found in seen]
    seen_as, saw = weights_of(looks, lambda month: month.isdecimal() and 1 <= int(month) <= 12)
    votes = summed(seen_as, lambda month: f"{int(month):02}")
    best = max(votes, key=lambda month: votes[month], default="")
    return best if best and votes[best] >= CLEAR and saw >= ENOUGH * len(seen) else ""


def _differ(printed: str, looked: str) -> bool:
    """Whether the looks agree on another month or year than Tesseract: the pen wrote a part of it."""
    return bool(printed and looked) and int(printed) != int(looked)


def _year(seen: _Seen) -> str:
    """Return the year that all looks saw; empty if they differ."""
    years = {digits_of(found["year"] or "") for _look, found in seen}
    return years.pop() if len(years) == 1 else ""


def _iso(day: str, month: str, year: str) -> str:
    """Return the date as ``2025-02-05``; empty if it is invalid or its year implausible (2924 for 2024)."""
    try:
        return date(int(year), int(month), int(day)).isoformat() if _may_be_year(year) else ""
    except ValueError:
        return ""


def _may_be_year(year: str) -> bool:
    return year.isdecimal() and _EARLIEST <= int(year) <= _LATEST
