"""Split the head of a document into pieces (motto, number, date, title, name …) and classify each.

File readers return the two columns one after the other (Word), alternating by line, or both on one line (PDF,
OCR); once every piece is classified, their order hardly matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.legacy.syllables import is_syllable
from dossier.scanner.recognise import types
from dossier.scanner.recognise.dates import find_date, partial_date
from dossier.scanner.recognise.lines import MAX_LINE, Line, is_upper, letters
from dossier.scanner.recognise.number import find_number
from dossier.vietnamese import fold

# The motto as printed, with letters that OCR confuses, and without spaces (a substituted font may be too wide
# for them).
_MOTTO = re.compile(
    r"(?:[a-z]{0,3}ng ?)?h[o0]a ?x[a-z] ?h[o0][il1t] ?ch[a-z]{1,2} ?ngh[a-z]{1,3} ?v\S{2,5} ?na[a-z]{1,2}"
)
_SLOGAN = re.compile(r"d[o0]c ?l[a-z]p\W{0,5}t[a-z] ?d[o0]\W{0,5}h[a-z]{2,3} ?ph[a-z]{2,3}\b")
_PARTY = re.compile(r"dang (?:(?:c[o0]ng|[^a-z\s]{1,3}) )?s[a-z]n v[a-z]{2,3}t na[a-z]{1,2}")
# In the right column of the Youth Union's documents, where others have the motto.
_YOUTH = re.compile(r"d[o0]an (?:tncs|thanh nien cong san) h[o0] ch[il1] minh")
_UNION = re.compile(r"t[o0]ng lien d[o0]an la[o0] d[o0]ng viet nam")  # and of the unions'
_REFERENCE = re.compile(r"[(\"“]?\s?(?:(?:v ?[/7] ?v|vv)\b|v/v(?=[a-z]))\s?[:.]?\s?|[(]?ve viec\b\s?:?\s?")
_MONTH = re.compile(
    r",\s?((?:thang )?(?P<month>\d{1,2})(?:(?<=g \d) nam |(?<=g \d\d) nam |\s?/\s?)"
    r"(?P<year>(?:19|20)\d\d))\W{0,3}$"
)
# A date after the place without “ngày”: Hà Nội, 25.11.2026 (stamped), Hà Nội, 5 tháng ba năm 2024
_UNLABELLED_DAY = re.compile(
    r",\s?(\d{1,2}\s?(?:([./-])\s?\d{1,2}\s?\2\s?(?:(?:19|20)\d\d|\d\d)"
    r"|thang [a-z\d ]{1,9} nam \d{4}))\W{0,3}$"
)
# The hour between place and date of a telegram: Hà Nội, lúc 16 giờ 00 ngày …
_HOUR = re.compile(r",?\s?(?:luc|hoi)\s?\d{1,2}\s?(?:gio|[hg:])\s?(?:\d{1,2}\s?(?:phut|')?)?\W{0,3}$")
_STAMP = re.compile(
    r"\W*(?:khan|thuong khan|hoa toc.{0,30}|mat|toi mat|tuyet mat"
    r"|khoa (?:[ivxl]+|\d{1,2})\b\W{0,4}(?:(?:ky hop|nhiem ky)\b.{0,40})?"
    r"|luu hanh noi bo|xem xong tra lai|ban sao|(?:ban )?sao y.{0,20}|sao luc|trich sao|ban chinh)\W*"
)
# An incoming stamp: CÔNG VĂN ĐẾN, ĐẾN Số: …, Ngày: …
_INCOMING = re.compile(
    r"\W{0,3}(?:(?:cong van|van ban) )?den\b(?:\W{0,4}(?:so|ngay|gio|luc)\b.*|\W*$)|\W{0,3}so va ky hieu"
)
# Its line for the addressee, left open or not read: Chuyển: …, Lưu hồ sơ số: …
_FORWARDED = re.compile(r"\W{0,3}(?:kinh )?(?:chuyen|luu ho so(?: so)?)\s?:[\s.…_]*")
# Address, telephone and tax number of a letterhead, and the motto in English
_CONTACT = re.compile(
    r"\W{0,3}(?:d/?c|dia chi|d/?t|dien thoai|tel|fax|hotline|e-?mail|mst|ma so thue|web(?:site)?)\s?[:.].*|"
    r"(?:socialist )?republic of viet ?nam|independence\W+freedom\W+happiness"
)
_GIVES = re.compile(r"\W*(?:truy |trao )?tang(?: thuong)?\W*")  # between a body and its BẰNG KHEN
# Page headers and section titles of an official gazette: CÔNG BÁO/Số 12 + 13/Ngày 20-12-2025
_GAZETTE = re.compile(
    r"\W*\d{0,4}\W*cong bao\b.{0,40}\bso\b.{1,30}\bngay\b.{1,30}|"
    r"\W*(?:phan )?(?:[ivx]+\W+)?(?:phan )?van ban (?:quy pham phap luat|khac)\W*"
)
# Of the table of properties that law portals have above a document
_PROPERTY = re.compile(
    r"\b(?:so (?:ky )?hieu|loai van ban|noi ban hanh|co quan ban hanh|nguoi ky|ngay ban hanh)\s?:"
)
_DRAFT = re.compile(r"\W{0,3}(?:ban )?du thao\b")
_FIRST_OF_BODY = re.compile(r"\W{0,3}(?:kinh gui|can cu|xet de nghi|theo de nghi|hom nay|noi nhan)\b")
# A place whose name is a number: Phường 5, ngày …
_NUMBERED = re.compile(
    r"(?<!\w)(?:phường|quận|khu phố|tổ dân phố|tổ|ấp|thôn|xóm|khóm|khu|đội|buôn|bản|tiểu khu) \d{1,2}$",
    re.IGNORECASE,
)
_LEVELS = frozenset(("Thành phố", "Thị xã", "Thị trấn", "Đặc khu"))  # of a place at the beginning of its line
# The day of the Moon's calendar after the date: (nhằm ngày 21 tháng 02 năm Ất Tỵ)
_LUNAR = re.compile(r"\s?\(?(?:nham|tuc|am lich|al)\b[^()]{0,60}\)?\W{0,3}$")
_LABEL = re.compile(r"\W{0,3}S[ốôổỐÔỔo]\s?:")  # of a number that cannot be read: no part of a body's name
_LONGEST = 220  # characters of a piece; a longer one is prose, or a long “V/v”
_CITES = re.compile(r"(?:^| )(?:theo|qd|quyet dinh|kh|ke hoach|cong van|cv|nghi quyet|nq|to trinh|van ban)$")


class Kind(Enum):
    """The kinds of pieces of a head."""

    MOTTO = auto()
    PARTY = auto()
    NUMBER = auto()
    DATE = auto()
    TITLE = auto()
    REFERENCE = auto()  # V/v …
    NAME = auto()  # in capitals: part of a body's name
    DRAFT = auto()
    STAMP = auto()
    INCOMING = auto()  # a line of the receiving office's stamp
    STAR = auto()  # the “*” between a Party body and its number
    BODY = auto()  # first line of the body text: the head ends
    OTHER = auto()


class Piece(NamedTuple):
    """A classified piece of a head. ``value``: normal form of a number, or place of a date; ``slug``: type of
    a title; ``rest``: text after a title or ``V/v`` on its line; ``at``: index of the line."""

    kind: Kind
    text: str
    folded: str
    at: int
    value: str = ""
    day: date | None = None
    partial: str = ""  # known part of an incomplete date
    rest: str = ""
    slug: str = ""


def pieces_of(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the pieces of all lines, left to right."""
    for at, line in enumerate(lines):
        for column, (text, folded) in enumerate(line.pieces):
            if column and (_YOUTH.fullmatch(folded) or _UNION.fullmatch(folded)):
                yield Piece(Kind.MOTTO, text, folded, at)
                continue
            known = _known(text, folded)
            yield from [piece._replace(at=at) for piece in known] if at else known


def is_slogan(folded: str) -> bool:
    """Whether a piece of the motto is its second line, below which no body's name is expected."""
    return _SLOGAN.match(folded) is not None


def below_caption(lines: list[Line], most: int) -> list[Line]:
    """Return the lines without those above the head that name the document, as web pages, newsletters and
    collections of forms have them: ``Công văn Số: 12/CAX V/v …``, ``BẢN TIN``; all lines if there are none.

    ``most``: lines that are searched.
    """
    table = below_properties(lines[:most])
    if table and any(piece.kind is Kind.MOTTO for piece in pieces_of(lines[table : table + most])):
        return lines[table:]
    above = takewhile(lambda piece: piece.kind not in (Kind.NAME, Kind.MOTTO), pieces_of(lines[:most]))
    if not any(piece.kind is Kind.TITLE or types.is_name(piece.folded) for piece in above):
        return lines  # nearly all documents: most begin with a name or the motto
    pieces = list(pieces_of(lines[:most]))
    kinds = [piece.kind for piece in pieces]
    motto = kinds.index(Kind.MOTTO) if Kind.MOTTO in kinds else 0
    names = kinds.index(Kind.NAME) if Kind.NAME in kinds[:motto] else motto
    numbered = {piece.at for piece in pieces if piece.kind is Kind.NUMBER}
    captions = [
        piece.at
        for piece in pieces[:names]
        if piece.kind is Kind.TITLE or (piece.at in numbered and types.is_name(piece.folded))
    ]
    if not captions or not {Kind.TITLE, Kind.REFERENCE} & set(kinds[motto:]):
        return lines
    return lines[captions[-1] + 1 :]


def below_properties(lines: Sequence[Line]) -> int:
    """Return the index of the line below a law portal's table of properties; 0 if there is none."""
    found = [
        (at, label[0])
        for at, line in enumerate(lines)
        if ":" in line.folded
        for label in _PROPERTY.finditer(line.folded)
    ]
    return found[-1][0] + 1 if len({label for _at, label in found}) > 1 else 0


@lru_cache(maxsize=2048)  # splitting and header read the same lines; an office's documents begin alike
def _known(text: str, folded: str) -> tuple[Piece, ...]:
    return tuple(_take_apart(text, folded, 0))


def _take_apart(text: str, folded: str, at: int) -> Iterator[Piece]:
    """Split one column of a line at motto, number and date, and classify the parts."""
    # Checked first: type and number in an incoming stamp are not those of the document.
    if len(text) <= 80 and _INCOMING.match(folded) and (is_upper(text[:4].strip()) or "ký hiệu" in text):
        yield Piece(Kind.INCOMING, text, folded, at)
        return
    if text[-1:] in ":.…_" and _FORWARDED.fullmatch(folded):
        yield Piece(Kind.INCOMING, text, folded, at)
        return
    gazette = "van ban" in folded or "cong bao" in folded
    if gazette and is_upper(text[:12]) and _GAZETTE.fullmatch(folded):
        yield Piece(Kind.STAMP, text, folded, at)
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
        if (
            found
            and (expression is _SLOGAN or is_upper(text[found.start() : found.end()]))
            and not types.title(text[: found.start()], folded[: found.start()])  # of the title: 80 NĂM NƯỚC …
        ):
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
    """Yield the piece, with the pieces left and right of it on its line."""
    left, right = text[:start].rstrip(), text[end:].lstrip()
    if left:
        yield from _take_apart(left, folded[: len(left)], at)
    yield piece
    if right:
        yield from _take_apart(right, folded[len(folded) - len(right) :], at)


def _plain(text: str, folded: str, at: int) -> Piece:
    """Classify a piece without motto, labelled number or date."""
    if text.startswith("/") and (number := find_number(f"Số: {text}")) and types.of_symbol(number.value):
        return Piece(Kind.NUMBER, text, folded, at, value=number.value)
    if _FIRST_OF_BODY.match(folded):
        return Piece(Kind.BODY, text, folded, at)
    reference = _REFERENCE.match(folded)
    if reference and not is_upper(text):
        return Piece(Kind.REFERENCE, text, folded, at, rest=text[reference.end() :])
    if _DRAFT.match(folded) and not text[0].islower() and (len(text) < 30 or is_upper(text)):
        title = types.title(text, folded)
        if not title:
            return Piece(Kind.DRAFT, text, folded, at)
        return Piece(Kind.TITLE, text, folded, at, slug=title[0], rest=text[title[1] :], value="draft")
    title = types.title(text, folded)
    if title:
        rest = text[title[1] :].strip(' :.-–"”')
        if rest.startswith("/") and (other := types.title(rest[1:], folded[len(folded) - len(rest) + 1 :])):
            rest = rest[1 + other[1] :].strip()  # NGHỊ QUYẾT/BIÊN BẢN
        return Piece(Kind.TITLE, text, folded, at, slug=title[0], rest=rest)
    if _GIVES.fullmatch(folded):
        return Piece(Kind.STAMP, text, folded, at)
    if not letters(text):
        return Piece(Kind.STAR if text.strip() in ("*", "∗", "＊") else Kind.STAMP, text, folded, at)
    if _STAMP.fullmatch(folded) or _CONTACT.fullmatch(folded):
        return Piece(Kind.STAMP, text, folded, at)
    named = is_upper(text) and letters(text) > 1 and not _LABEL.match(text)
    return Piece(Kind.NAME if named else Kind.OTHER, text, folded, at)


def _heads_line(before: str) -> bool:
    """Whether a number after this text is the document's own: the text is empty, a type, or a body's name.

    ``ĐOÀN KIỂM TRA THEO QĐ SỐ 12/QĐ-SCT`` is as a whole a body's name.
    """
    before = before.strip()
    if not letters(before):
        return True
    folded = fold(before)
    return types.is_name(folded) or (is_upper(before) and not _CITES.search(folded))


def place_and_date(text: str, folded: str) -> tuple[int, str, date | None, str] | None:
    """Return ``(start, place, date, partial date)`` of the place and date at the end of a piece: ``Hàm Thắng,
    ngày 05 tháng …``, ``Hà Nội, tháng 12 năm 2024``.

    ``None`` for a date in a sentence: the date must follow a place in capitalised words and a comma.
    """
    if "nham" in folded or "lich" in folded or "tuc" in folded:
        folded = _LUNAR.sub("", folded)
    at = max(folded.rfind("ngay"), folded.rfind("ngoy"))
    found = find_date(folded, at) if at >= 0 and len(folded) - at <= 110 else None
    if found and found.start == at and len(folded[found.end :].strip(" .…_")) <= 3:
        start, day, partial = found.start, found.value, found.partial
    elif (unlabelled := _UNLABELLED_DAY.search(folded)) and (dated := find_date(f"ngay {unlabelled[1]}")):
        start, day, partial = unlabelled.start(1), dated.value, dated.partial
    elif month := _MONTH.search(folded):
        start, day, partial = month.start(1), None, partial_date(month["month"], month["year"])
    else:
        return None
    hour = _HOUR.search(folded[:start])
    before = text[: hour.start() if hour else start].rstrip()
    comma = bool(hour) or before.endswith((",", ".", ";", ":"))
    before = before.rstrip(" ,.;:…_")
    place = _of_own_column(before, trailing_name(before))
    place = place or (before if fold(before) in _provinces(current()) else "")
    if not place and before:
        return None
    if not comma and (
        len(place) != len(before) or (place.isupper() and place.isalpha() and not is_syllable(place.lower()))
    ):
        return None  # of what is cited: “Nghị quyết số 76/NQ-”, and “CP ngày 15 tháng 7 năm 2021” below
    return len(before) - len(place), place, day, partial


@lru_cache(maxsize=2)
def _provinces(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the folded names of provinces, which are places in small letters too: Hà nội, ngày …"""
    return frozenset(map(fold, vocabulary.bodies.provinces))


def _of_own_column(before: str, place: str) -> str:
    """Return the place without the name with which the left column ends: ``Đà Nẵng`` of ``V/v ra mắt mô hình
    tại phường Cẩm Lệ Đà Nẵng``."""
    words = place.split()
    if len(place) == len(before) or not place.replace(" ", "").isalpha():
        return place
    for at in range(2, len(words) - 1):
        first, end = fold(" ".join(words[:at])), fold(" ".join(words[at:]))
        if end in _provinces(current()) and first != "thanh pho":
            return " ".join(words[at:])
    return place


def trailing_name(text: str) -> str:
    """Return the capitalised words at the end of a text, as in a place name; at most six.

    A body's name in capitals before them is excluded: ``XÃ HÀM THẮNG Hàm Thắng``. A final number is included
    if it names the place: ``Khu phố 5``.
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
    mixed = any(char.islower() for word in words[first:] for char in word)
    while first < len(words) and (words[first] == "-" or (mixed and _is_capital_syllable(words[first]))):
        first += 1  # of a body's name that ends in short words: HỘI ĐỒNG MỤC VỤ Tân Hiệp
    if 1 < first < len(words) and " ".join(words[first - 2 : first]) in _LEVELS:
        first -= 2
    return " ".join(words[first:])


def _is_capital_syllable(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not word.isascii() and is_syllable(word.lower())


def first_names(pieces: Sequence[Piece], lines: Sequence[Line]) -> list[str]:
    """Return the names of the first block: without number, date and motto, capitals below are no names."""
    names: list[str] = []
    for piece in pieces:
        ends = piece.kind is not Kind.NAME or lines[piece.at].after_blank
        if piece.kind is Kind.TITLE or (names and ends):
            break
        if piece.kind is Kind.NAME:
            names.append(piece.text)
    return names
