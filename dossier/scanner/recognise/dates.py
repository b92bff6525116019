"""Parse dates as documents write them. A blank or impossible date has no value, but may be known in part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_GAP = r"[\s.…_·,]{0,24}"
_DAY = r"[0-9olis]{1,2}"
_APART = r"\d \d"  # a cell for each digit
_YEAR_APART = r"20 \d\d"  # typed “20” and filled in: 20 25
_MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
# Roman months; “II” is not among them, as OCR reads it for 11 too.
_ROMAN = {"iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_MONTHS |= _ROMAN
_MONTH = rf"(?<![a-z])(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![a-z])"
# Matched on folded text. Spaces or dots mean that nothing was filled in; what OCR made of a handwritten day
# is skipped.
_LONG = re.compile(
    rf"ng[ao]y(?:{_GAP}(?:m[uo]ng\s)?(?P<day>(?:{_APART}|(?<![a-z]){_DAY}|\d{{1,2}})(?=thang|(?![a-z])))?{_GAP}|[^\n]{{0,8}})th[ao]ng{_GAP}"
    rf"(?P<month>(?:(?<![a-z]){_DAY}|\d{{1,2}})(?=nam|(?![a-z]))|{_MONTH})?{_GAP}"
    rf"(?:n[ao]m{_GAP}|(?<=\d), ?(?=(?:19|20)\d\d))"
    rf"(?P<year>[0-9ol]{{4}}(?!\d)|{_YEAR_APART}(?!\d)|\d{{2}}(?!\d))?"
)
_SHORT = re.compile(
    r"ng[ao]y[\s:]{0,3}(?P<day>\d{1,2}) ?[/.\-–] ?(?P<month>\d{1,2})(?: ?[/.\-–] ?| nam )"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)
_DAYLESS = re.compile(
    r"ng[ao]y[\s:.…_]{0,24}(?P<day>(?!))?[/\-] ?(?P<month>\d{1,2}) ?[/\-] ?(?P<year>\d{4})(?!\d)"
)
_BARE = re.compile(r"(?<![\d/.])(?P<day>\d{1,2}) ?[/.\-] ?(?P<month>\d{1,2}) ?[/.\-] ?(?P<year>\d{4})(?!\d)")
# In words: "ngày mười hai tháng ba năm hai nghìn không trăm hai mươi ba".
_NUMERALS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_NUMERAL = rf"(?:{'|'.join(_NUMERALS)}|muoi|mung|mong)"
_SPELT = re.compile(
    rf"ngay\s(?P<day>{_NUMERAL}(?:\s{_NUMERAL}){{0,2}})\sthang\s(?P<month>{_NUMERAL}(?:\s{_NUMERAL})?)\s"
    rf"nam\s(?P<year>hai\s(?:nghin|ngan)(?:\s(?:{_NUMERAL}|tram|linh|le)){{1,6}})(?![a-z])"
)
_DIGITS = str.maketrans("olis", "0115")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: value (``None`` if blank or impossible), start and end offset.

    ``partial``: year and month, or year, if the rest is blank or unreadable (``2024-12``, ``2024``).
    """

    value: date | None
    start: int
    end: int
    partial: str = ""


def find_date(folded: str, start: int = 0, *, bare: bool = False) -> Dated | None:
    """Return the first date in a folded text; ``bare``: accept dates without the word “ngày” too."""
    expressions = (_LONG, _SHORT, _SPELT, _DAYLESS, *((_BARE,) if bare else ()))
    found = [match for expression in expressions if (match := expression.search(folded, start))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    day, month, year = first["day"], first["month"], first["year"]
    if first.re is _SPELT:
        day, month, year = (str(_in_figures(words)) for words in (day, month, year))
    partial = "" if day and month else partial_date(month, year)
    return Dated(_date(day, month, year), first.start(), first.end(), partial)


def _in_figures(words: str) -> int:
    """Convert folded number words to an integer: ``hai nghin khong tram hai muoi ba`` is 2023."""
    total = rest = 0
    for word in words.split():
        if word in ("nghin", "ngan", "tram"):
            total, rest = total + rest * (100 if word == "tram" else 1000), 0
        elif word == "muoi":
            rest = (rest or 1) * 10
        elif word in _NUMERALS:
            rest += _NUMERALS[word]
    return total + rest


def flaw_of(folded: str) -> str:
    """Return the flaw of the date in a folded text: ``short-year`` (two digits), ``impossible`` (31
    February), or an empty string."""
    bare = f"ngay {folded.rpartition(',')[2].strip()}"  # Hà Nội, 05/03/24
    found = [
        match for text in (folded, bare) for form in (_LONG, _SHORT) if (match := form.search(text))
    ]  # fmt: skip
    if not found:
        return ""
    first = min(found, key=lambda match: match.start())
    if not all((first["day"], first["month"], first["year"])):
        return ""
    if _date(first["day"], first["month"], first["year"]) is None:
        return "impossible"
    return "short-year" if len(first["year"]) == 2 else ""


def partial_date(month: str | None, year: str | None) -> str:
    """Format month and year as ``2024-12`` or ``2024``; empty without a plausible year of four digits."""
    year = (year or "").replace(" ", "")
    number = int(year.translate(_DIGITS)) if len(year) == 4 else 0
    if not 1930 <= number <= 2100:
        return ""
    if not month:
        return str(number)
    try:
        return f"{date(number, _month(month), 1):%Y-%m}"
    except ValueError:
        return ""


def _date(day: str | None, month: str | None, year: str | None) -> date | None:
    if not (day and month and year):
        return None
    try:
        number = int(year.replace(" ", "").translate(_DIGITS))
        if number < 100:
            number += 2000 if number < 70 else 1900
        if not 1930 <= number <= 2100:
            return None
        if month == "ii":
            return None  # February in Roman numerals, or 11
        return date(number, _month(month), int(day.replace(" ", "").translate(_DIGITS)))
    except ValueError:
        return None


def _month(written: str) -> int:
    """Convert a month in digits or as a folded word to its number. Raises ``ValueError``."""
    return _MONTHS.get(written) or int(written.translate(_DIGITS))
