"""The period of a recurring document: ``2024`` or ``2024-H1``.

A period stated in the abstract, name or folder comes first, then the date of signature. Evaluation
year N runs from 01/11/N-1 to 31/10/N (HD22 III.2.c); its documents are written around its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_YEAR = r"((?:19|20)\d\d)"
_AFTER_NAM = re.compile(rf"\bnam (?:(?:19|20)\d\d )?{_YEAR}\b")
_RANGE_END = re.compile(rf"\b31 10 {_YEAR}\b|\b{_YEAR} den (?:het )?(?:ngay )?\d{{1,2}} \d{{1,2}} {_YEAR}\b")
_DATE = re.compile(
    rf"\b(?:ngay )?\d{{1,2}} (?:thang )?\d{{1,2}} (?:nam )?{_YEAR}\b|\bthang \d{{1,2}} nam {_YEAR}\b"
)
_ANY = re.compile(rf"\b{_YEAR}\b")
_FIRST_HALF = re.compile(r"\b(?:0?6|sau) thang(?! cuoi)|\b0?6t\b|\b(?:nua dau|giua) nam\b")
_SECOND_HALF = re.compile(r"\b(?:0?6|sau) thang cuoi\b|\bnua cuoi nam\b")
# "từ tháng 11/2025 đến nay": the beginning of a period is not its year.
_SINCE = re.compile(rf"\b(?:tu|ke tu)(?: ngay)?(?: \d{{1,2}})?(?: thang)?(?: \d{{1,2}})?(?: nam)? {_YEAR}\b")
# Fields in which the year may be of something else: a folder of several documents, a date of birth.
_LOOSE = ("head", "name", "folder")
_NEW_YEAR_PLAN_MONTH = 12  # a yearly plan signed from this month on is next year's
_AFTERMATH_MONTHS = 3  # reports and decisions signed up to this month are about the year before


def period(kind: str, texts: Mapping[str, str], signed: date | None) -> str:
    """Return the label of the period, or an empty string if it is unknown.

    ``kind`` is the part's ``period`` (``year``, ``half-year``, ``evaluation-year``); ``texts`` are
    folded words by field, with years.
    """
    if not kind:
        return ""
    for field in ("abstract", "head", "name", "folder"):
        year = _stated_year(texts.get(field, ""), signed)
        if year and (field not in _LOOSE or signed is None or _near(year, signed)):
            return _labelled(kind, year, texts, signed)
    if signed is not None:
        return _labelled(kind, _year_of_date(kind, signed), texts, signed)
    year = _stated_year(texts.get("body", ""))
    return _labelled(kind, year, texts, signed) if year else ""


def planned_after(label: str, texts: Mapping[str, str]) -> str:
    """Return the year of the plan that a title ends with, if it is after a period; otherwise an empty
    string."""
    planned = (texts.get("abstract", "") or texts.get("head", "")).rpartition("ke hoach")[2]
    return next((year for year in _ANY.findall(_DATE.sub(" ", planned)) if year > label), "")


def _near(year: int, signed: date) -> bool:
    """Whether documents about the year are signed at such a date: a file "Bộ văn bản 2025.pdf" may also
    contain later ones."""
    return date(year - 1, 9, 1) <= signed < date(year + 1, 5, 1)


def _stated_year(text: str, signed: date | None = None) -> int:
    """Return the year a text is about, preferably one near the date of signature; 0 for none."""
    if not text:
        return 0
    end = _RANGE_END.search(text)
    if end:
        return int(end[1] or end[3])
    plain = _DATE.sub(" ", _SINCE.sub(" ", text))
    after = _AFTER_NAM.findall(plain)
    years = list(map(int, after or reversed(_ANY.findall(plain))))
    near = (year for year in years if signed is None or _near(year, signed))
    return next(near, years[0] if years else 0)


def _year_of_date(kind: str, signed: date) -> int:
    if kind == "year":
        return signed.year + (signed.month >= _NEW_YEAR_PLAN_MONTH)
    if kind == "half-year":
        return signed.year - (signed.month <= 2)
    return signed.year - (signed.month <= _AFTERMATH_MONTHS)


def _labelled(kind: str, year: int, texts: Mapping[str, str], signed: date | None) -> str:
    if kind != "half-year":
        return str(year)
    title = " ".join(texts.get(field, "") for field in ("abstract", "head", "name"))
    first, second = _FIRST_HALF.search(title), _SECOND_HALF.search(title)
    # "… 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm": the half-year reported on comes first.
    if second and not (first and first.start() < second.start()):
        return f"{year}-H2"
    if first or signed is None:
        return f"{year}-H1"
    return f"{year}-H1" if 3 <= signed.month <= 9 else f"{year}-H2"
