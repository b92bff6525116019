"""Find the periods that an abstract names: years, half-years, quarters, evaluation years."""

from __future__ import annotations

import re
from datetime import date

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MOST = 12
_HALF = re.compile(
    r"(?<![a-z0-9])(?:0?6|sau) thang (?P<half>dau|cuoi)?(?: cua)?(?: nam)?(?: " + _YEAR + r")?"
)
_QUARTER = re.compile(
    r"(?<![a-z])quy (?P<quarter>iv|iii|ii|i|0?[1-4])(?![a-z0-9])(?:[ /]?(?:nam )?" + _YEAR + r")?"
)
_SPAN = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?(?:[-–]|den(?: nam)?)\s?(?P<last>(?:19|20)\d\d)(?![\d/])"
)
_DAYS = re.compile(
    r"\d{1,2}\s?[/.-]\s?(?P<m1>\d{1,2})\s?[/.-]\s?(?P<y1>(?:19|20)\d\d)[^\d]{1,20}"
    r"\d{1,2}\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>(?:19|20)\d\d)"
)
_DATE = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d|"
    r"(?:ngay \d{1,2} )?thang \d{1,2}[/ ](?:nam )?(?:19|20)\d\d"
)
_SINGLE = re.compile(r"(?<![\d/])" + _YEAR + r"(?![\d/])")
_CITED = re.compile(r"\bso \d+[^ ]*")
# “… 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024”: of the period planned only the year is used.
_AHEAD = re.compile(
    r"(?<=\S\s)(?:phuong huong|nhiem vu|chuong trinh|ke hoach)\b.{0,30}?(?:0?6|sau) thang cuoi\b"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def covered(abstract: str, signed: date | None) -> tuple[str, ...]:
    """Return the periods named in a folded abstract, in order, each once: ``2024``, ``2024-H1``, ``2024-Q3``.

    A half-year or quarter without a year takes the only year named, or the year of signing.
    """
    text = _CITED.sub(" ", _AHEAD.sub(" ", abstract))
    labels = [label for days in _DAYS.finditer(text) if (label := _of_days(days))]
    text = _DATE.sub(" ", _DAYS.sub(" ", text))
    for span in _SPAN.finditer(text):
        first, last = int(span["first"]), int(span["last"])
        labels += map(str, range(first, min(last, first + _MOST) + 1))
    text = _SPAN.sub(" ", text)
    years = list(dict.fromkeys(year["year"] for year in _SINGLE.finditer(text)))
    only = years[0] if len(years) == 1 else str(signed.year) if signed and not years else ""
    parts = {}
    for half in _HALF.finditer(text):
        second = half["half"] == "cuoi" or (not half["half"] and signed is not None and signed.month >= 10)
        parts[f"H{2 if second else 1}"] = half["year"] or only
    for quarter in _QUARTER.finditer(text):
        parts[f"Q{_QUARTERS.get(quarter['quarter']) or int(quarter['quarter'])}"] = quarter["year"] or only
    labels += [f"{year}-{part}" for part, year in parts.items() if year]
    labels += [year for year in years if year not in parts.values()]
    return tuple(dict.fromkeys(labels))[:_MOST]


def _of_days(days: re.Match[str]) -> str:
    """Return the period of a range of dates; evaluation years run from 01/11 to 31/10 (HD22 III.2.c)."""
    m1, y1, m2, y2 = (int(days[key]) for key in ("m1", "y1", "m2", "y2"))
    months = (y2 - y1) * 12 + m2 - m1 + 1
    if 10 <= months <= 13:
        return str(y2)
    if y1 == y2 and 5 <= months <= 7:
        return f"{y2}-H{1 if m2 <= 7 else 2}"
    return ""
