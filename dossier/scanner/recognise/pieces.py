"""The head of a document taken apart: each piece of its two columns with what it is.

Readers give the columns one after the other (Word), line by line in turn, or both on one line (PDF,
OCR); once every piece is known for what it is, their order hardly matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from dossier.scanner.recognise import types
from dossier.scanner.recognise.dates import find_date, partial_date
from dossier.scanner.recognise.lines import MAX_LINE, Line, is_upper, letters
from dossier.scanner.recognise.number import find_number
from dossier.vietnamese import fold

# As printed, with the letters OCR takes for one another and without blanks where letters of a substituted
# font are too wide for them.
_MOTTO = re.compile(
    r"(?:[a-z]{0,3}ng ?)?h[o0]a ?x[a-z] ?h[o0][il1t] ?ch[a-z]{1,2} ?ngh[a-z]{1,3} ?v\S{2,5} ?na[a-z]{1,2}"
)
_SLOGAN = re.compile(r"d[o0]c ?l[a-z]p\W{0,5}t[a-z] ?d[o0]\W{0,5}h[a-z]{2,3} ?ph[a-z]{2,3}\b")
_PARTY = re.compile(r"dang c[o0]ng s[a-z]n v[a-z]{2,3}t na[a-z]{1,2}")
# In the right column of the Youth Union's papers, where others have the motto.
_YOUTH = re.compile(r"d[o0]an (?:tncs|thanh nien cong san) h[o0] ch[il1] minh")
_REFERENCE = re.compile(r"[(\"“]?\s?(?:v ?[/7] ?v|vv)\b\s?[:.]?\s?|[(]?ve viec\b\s?:?\s?")
_MONTH = re.compile(
    r",\s?((?:thang )?(?P<month>\d{1,2})(?:(?<=g \d) nam |(?<=g \d\d) nam |\s?/\s?)"
    r"(?P<year>(?:19|20)\d\d))\W{0,3}$"
)
# Behind the place without “ngày”: Hà Nội, 25.11.2026 as it is stamped on, Hà Nội, 5 tháng ba năm 2024
_UNLABELLED_DAY = re.compile(
    r",\s?(\d{1,2}\s?(?:([./-])\s?\d{1,2}\s?\2\s?(?:(?:19|20)\d\d|\d\d)"
    r"|thang [a-z\d ]{1,9} nam \d{4}))\W{0,3}$"
)
# Between place and day of a telegram: Hà Nội, lúc 16 giờ 00 ngày …
_HOUR = re.compile(r",?\s?(?:luc|hoi)\s?\d{1,2}\s?(?:gio|[hg:])\s?(?:\d{1,2}\s?(?:phut|')?)?\W{0,3}$")
_STAMP = re.compile(
    r"\W*(?:(?:du thao|ban du thao)\b.{0,20}|khan|thuong khan|hoa toc.{0,30}|mat|toi mat|tuyet mat"
    r"|luu hanh noi bo|xem xong tra lai|ban sao|sao y.{0,20}|sao luc|trich sao|ban chinh)\W*"
)
# An incoming stamp: CÔNG VĂN ĐẾN, ĐẾN Số: …, Ngày: …
_INCOMING = re.compile(
    r"\W{0,3}(?:(?:cong van|van ban) )?den\b(?:\W{0,4}(?:so|ngay|gio|luc)\b.*|\W*$)|\W{0,3}so va ky hieu"
)
_GIVES = re.compile(r"\W*(?:truy |trao )?tang(?: thuong)?\W*")  # between a body and its BẰNG KHEN
_DRAFT = re.compile(r"\W{0,3}(?:ban )?du thao\b")
_FIRST_OF_BODY = re.compile(r"\W{0,3}(?:kinh gui|can cu|xet de nghi|theo de nghi|hom nay|noi nhan)\b")
# A place that is named by a number: Phường 5, ngày …
_NUMBERED = re.compile(
    r"(?<!\w)(?:phường|quận|khu phố|tổ dân phố|tổ|ấp|thôn|xóm|khóm|khu|đội|buôn|bản|tiểu khu) \d{1,2}$",
    re.IGNORECASE,
)
_LONGEST = 220  # characters of a piece; what is longer is prose, or a long reference
_CITES = re.compile(r"(?:^| )(?:theo|qd|quyet dinh|kh|ke hoach|cong van|cv|nghi quyet|nq|to trinh|van ban)$")


class Kind(Enum):
    """What a piece of a head is."""

    MOTTO = auto()
    PARTY = auto()
    NUMBER = auto()
    DATE = auto()
    TITLE = auto()
    REFERENCE = auto()  # V/v …
    NAME = auto()  # capitals: part of a body's name
    DRAFT = auto()
    STAMP = auto()
    INCOMING = auto()  # a line of the stamp that the receiving office sets
    STAR = auto()  # the line between a Party body and its number
    BODY = auto()  # here the head ends
    OTHER = auto()


class Piece(NamedTuple):
    """One piece. ``value``: a number's normal form or a date's place; ``slug``: a title's type.

    ``rest`` is what follows a title or ``V/v`` on its line; ``at`` the index of the line.
    """

    kind: Kind
    text: str
    folded: str
    at: int
    value: str = ""
    day: date | None = None
    partial: str = ""  # of a date without its day
    rest: str = ""
    slug: str = ""


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """The pieces of all lines, left to right."""
    for at, line in enumerate(lines):
        for column, (text, folded) in enumerate(line.pieces):
            if column and _YOUTH.fullmatch(folded):
                yield Piece(Kind.MOTTO, text, folded, at)
                continue
            known = _known(text, folded)
            yield from [piece._replace(at=at) for piece in known] if at else known


@lru_cache(maxsize=2048)  # splitting and head look at the same lines, and papers of an office begin alike
def _known(text: str, folded: str) -> tuple[Piece, ...]:
    return tuple(_take_apart(text, folded, 0))


def _take_apart(text: str, folded: str, at: int) -> Iterator[Piece]:
    # First of all: the type and number that such a stamp names are not the paper's.
    if len(text) <= 80 and _INCOMING.match(folded) and (is_upper(text[:4].strip()) or "ký hiệu" in text):
        yield Piece(Kind.INCOMING, text, folded, at)
        return
    if len(text) > _LONGEST:
        reference = _REFERENCE.match(folded) if len(text) <= MAX_LINE else None
        if reference and not is_upper(text):
            yield Piece(Kind.REFERENCE, text, folded, at, rest=text[reference.end() :])
            return
        yield Piece(Kind.BODY if _FIRST_OF_BODY.match(folded) else Kind.OTHER, text, folded, at)
        return
    for kind, expression in ((Kind.MOTTO, _MOTTO), (Kind.MOTTO, _SLOGAN), (Kind.PARTY, _PARTY)):
        found = expression.search(folded)
        if found and (expression is _SLOGAN or is_upper(text[found.start() : found.end()])):
            yield from _split(
                text, folded, at, found.start(), found.end(), Piece(kind, found[0], found[0], at)
            )
            return
    number = find_number(text) if "so" in folded or "s0" in folded or "$" in text else None
    if number and _heads_line(text[: number.start]):
        piece = Piece(Kind.NUMBER, text, folded, at, value=number.value)
        yield from _split(text, folded, at, number.start, number.end, piece)
        return
    dated = place_and_date(text, folded)
    if dated:
        start, place, day, partial = dated
        if start:
            yield from _take_apart(text[:start].rstrip(), folded[:start].rstrip(), at)
        yield Piece(Kind.DATE, text[start:], folded[start:], at, value=place, day=day, partial=partial)
        return
    yield _plain(text, folded, at)


def _split(text: str, folded: str, at: int, start: int, end: int, piece: Piece) -> Iterator[Piece]:
    """The piece with what stands left and right of it."""
    left, right = text[:start].rstrip(), text[end:].lstrip()
    if left:
        yield from _take_apart(left, folded[: len(left)], at)
    yield piece
    if right:
        yield from _take_apart(right, folded[len(folded) - len(right) :], at)


def _plain(text: str, folded: str, at: int) -> Piece:
    if text.startswith("/") and (number := find_number(f"Số: {text}")) and types.of_symbol(number.value):
        return Piece(Kind.NUMBER, text, folded, at, value=number.value)
    if _FIRST_OF_BODY.match(folded):
        return Piece(Kind.BODY, text, folded, at)
    reference = _REFERENCE.match(folded)
    if reference and not is_upper(text):
        return Piece(Kind.REFERENCE, text, folded, at, rest=text[reference.end() :])
    if _DRAFT.match(folded) and (len(text) < 30 or is_upper(text)):
        title = types.title(text, folded)
        if not title:
            return Piece(Kind.DRAFT, text, folded, at)
        return Piece(Kind.TITLE, text, folded, at, slug=title[0], rest=text[title[1] :], value="draft")
    title = types.title(text, folded)
    if title:
        return Piece(Kind.TITLE, text, folded, at, slug=title[0], rest=text[title[1] :].strip(' :.-–"”'))
    if _GIVES.fullmatch(folded):
        return Piece(Kind.STAMP, text, folded, at)
    if not letters(text):
        return Piece(Kind.STAR if text.strip() in ("*", "∗", "＊") else Kind.STAMP, text, folded, at)
    if _STAMP.fullmatch(folded):
        return Piece(Kind.STAMP, text, folded, at)
    return Piece(Kind.NAME if is_upper(text) else Kind.OTHER, text, folded, at)


def _heads_line(before: str) -> bool:
    """Whether a number may stand after this on its line: after nothing, a type, or a body's name.

    ``ĐOÀN KIỂM TRA THEO QĐ SỐ 12/QĐ-SCT`` is all a name.
    """
    before = before.strip()
    if not letters(before):
        return True
    folded = fold(before)
    return types.is_name(folded) or (is_upper(before) and not _CITES.search(folded))


def place_and_date(text: str, folded: str) -> tuple[int, str, date | None, str] | None:
    """``(start, place, date, partial date)`` of a place and date that end a piece: ``Hàm Thắng, ngày 05
    tháng …``, ``Hà Nội, tháng 12 năm 2024``.

    A date within a sentence is none: before it stand a place in capitalised words and a comma.
    """
    at = max(folded.rfind("ngay"), folded.rfind("ngoy"))
    found = find_date(folded, at) if at >= 0 and len(folded) - at <= 110 else None
    if found and found.start == at and len(folded) - found.end <= 3:
        start, day, partial = found.start, found.value, found.partial
    elif (said := _UNLABELLED_DAY.search(folded)) and (whole := find_date(f"ngay {said[1]}")):
        start, day, partial = said.start(1), whole.value, whole.partial
    elif month := _MONTH.search(folded):
        start, day, partial = month.start(1), None, partial_date(month["month"], month["year"])
    else:
        return None
    hour = _HOUR.search(folded[:start])
    before = text[: hour.start() if hour else start].rstrip()
    comma = bool(hour) or before.endswith((",", ".", ";", ":"))
    before = before.rstrip(" ,.;:…_")
    place = trailing_name(before)
    if not place and before:
        return None
    if not comma and len(place) != len(before):
        return None
    return len(before) - len(place), place, day, partial


def trailing_name(text: str) -> str:
    """The capitalised words a text ends with, as a place is named (``Phường 7``); at most six.

    A body's name in capitals before it is no part: ``XÃ HÀM THẮNG Hàm Thắng``. A number may end it where it
    names the place: ``Khu phố 5``.
    """
    if unit := _NUMBERED.search(text):
        before = text[: unit.start()].rstrip()
        around = trailing_name(before) if before.endswith((",", "-")) else ""
        return text[len(before) - len(around) :] if around else unit[0]
    words = text.split()
    first = len(words)
    while first and len(words) - first < 6:
        word = words[first - 1]
        small = any(char.islower() for char in word)
        numbered = len(word) <= 2 and word.isdecimal() and first > 1 and words[first - 2][:1].isupper()
        if not (word[:1].isupper() or word == "-" or numbered) or (
            first < len(words) and not small and len(word) > 3 and word != "-"
        ):
            break
        first -= 1
    while first < len(words) and words[first] == "-":
        first += 1
    return " ".join(words[first:])
