"""Find the issuing body and its superior body in the left column of a document's head (names in capitals)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, any_of, current
from dossier.edit_distance import distance
from dossier.model import Level
from dossier.scanner.recognise.broken_names import (
    PLACED,
    is_in_phrase,
    is_of_other_marks,
    is_open_name,
    is_remnant,
)
from dossier.scanner.recognise.levels import place_of
from dossier.scanner.recognise.lines import letters
from dossier.scanner.recognise.names import is_impossible
from dossier.vietnamese import fold, marked_words, squash

_TELLING = 5  # least letters of a word that is still told with one of them misread
# Smaller places begin a body only below a complete name: BAN CÔNG TÁC MẶT TRẬN / KHU PHỐ 3 is one name.
_QUARTER = re.compile(r"(?:khu pho|thon|ap|khom|to dan pho|khoi pho|khoi|ban|buon|xom|khu dan cu) ")
# A place below one that it lies in: UBND TỈNH AN GIANG / ĐẶC KHU PHÚ QUỐC. Matched with diacritics.
_PLACE = re.compile(r"(?:xã|phường|thị trấn|đặc khu) \w")
_WIDER = re.compile(r"(?:ubnd|[uủ][yỷ] ban nhân dân) (?:tỉnh|thành phố|huyện|quận|thị xã) \w")
# Whole names, below which another body's begins; what goes on nevertheless: TỈNH QUẢNG NAM / - ĐÀ NẴNG.
_MINISTRY = re.compile(
    r"bo (?:cong an|quoc phong|noi vu|tai chinh|y te|tu phap|xay dung|ngoai giao|cong thuong)"
)
_ADDED = re.compile(r"\W|(?:va|ve|cua|tai|so|khu vuc|khoa|nhiem ky|nam|phong,? chong|\d+)\b")
_PLACE_WORD = re.compile(r"(?:xã|phường|thị trấn|đặc khu|thị xã|huyện|quận|thành phố|tỉnh)\b")
_PLACELESS = re.compile(r"(?:[UỦ][YỶ] BAN|HỘI ĐỒNG) NHÂN DÂN")
# UBND TRUNG HƯNG: of which kind of place is lost.
_KINDLESS = re.compile(
    r"(?:(?:[UỦ][YỶ] BAN|HỘI ĐỒNG) NHÂN DÂN|UBND|HĐND) (?!(?:XÃ|PHƯỜNG|THỊ|ĐẶC KHU|HUYỆN|QUẬN|THÀNH PHỐ|TỈNH|"
    r"TP|TX|TT|[XPHQT])\b)"
)
_AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH )?((?:[UỦ][YỶ] BAN|HỘI ĐỒNG) NHÂN DÂN (?:XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|THỊ XÃ|HUYỆN|QUẬN|"
    r"THÀNH PHỐ|TỈNH) \w.*?)(?:\W+(?:KHÓA|KHOÁ|NHIỆM KỲ)\b.*)?"
)
# The Youth Union's motto, where the columns are one below the other, and the bodies that have it.
_YOUTH = re.compile(r"doan (?:tncs|thanh nien cong san) ho chi minh")
_OF_YOUTH = re.compile(r".*\bdoan\b|(?:ban chap hanh|bch) trung uong$")
_BESIDE = re.compile(r"\s[-–]\s")  # bodies on one line: CÔNG AN - ĐOÀN THANH NIÊN
_WIDTH = {Level.COMMUNE: 0, Level.DISTRICT: 1, Level.PROVINCE: 2}
# A superior and its body on one line; matched on lower case with diacritics.
_TWO = re.compile(
    r"((?:ubnd|[uủ][yỷ] ban nhân dân) (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) "
    r"\S.{1,25}?|bộ \S.{2,50}?) "
    r"(?<![-–] )((?:sở|(?<!quốc )(?<!hải )phòng|văn phòng|(?<!bộ )công an|trung tâm|chi cục|ban quản|"
    r"ban chỉ|cục|tổng cục) \S.*)"
)
# Second line of a letterhead in two languages: PHUC LOC GARMENT CO., LTD
_ENGLISH = re.compile(
    r"\b(?:OF|AND|CO|LTD|COMPANY|CORPORATION|JSC|GROUP|PEOPLE'?S|COMMITTEE|DEPARTMENT|MINISTRY|SCHOOL|JOINT|STOCK|"
    r"UNIVERSITY|COLLEGE|CENT(?:ER|RE)|PROVINCE|DISTRICT|BRANCH)\b"
)
# A body's name that contains words of the right column or of another line.
_RUN_ON = re.compile(r"CỘNG HÒA|HÒA CỘNG|ĐỘC LẬP.*HẠNH|[^\W\d_]{10}|(?<!KIỂM TRA )VĂN BẢN")
# A body's name whose place name is missing, or of which only UBMTTQ is left.
_NAMELESS = re.compile(r"\b(?:TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|THÀNH PHỐ|THỊ TRẤN|ĐẶC KHU)$|^\S+$")
_NO_NAME = re.compile(r"[\d/\\*]|^\S+$")  # not words: codes of forms, page number fields
# Incomplete without the next line: BAN CHỦ NHIỆM / CÂU LẠC BỘ …, CHỦ TỊCH / ỦY BAN NHÂN DÂN …
_BARE = re.compile(
    r"ban (?:chu nhiem|dieu hanh|dai dien|lien lac|van dong|giam doc|giam hieu|chap hanh)|"
    r"(?:chi|dang) bo|(?:tong )?cong ty|tap doan|cong doan(?: co so)?|chi (?:doan|hoi)|"
    r"(?:ban thuong (?:vu|truc) )?hoi dong(?: (?:quan (?:ly|tri)|tham phan|muc vu))?|ban hanh giao|"
    r"bo (?:chi huy|tu lenh)|doan thanh nien|hoi (?:cuu chien binh|phu nu)|"
    r"(?:pho )?chu tich|thu truong|giam doc|truong cong an"
)
_OFFICER = re.compile(r"(?:pho )?chu tich|truong cong an")
_NUMBER = re.compile(r"so \d")  # of a school, a team: TRƯỜNG TIỂU HỌC / SỐ 2, where SO may also begin SỞ
_SCHOOL = re.compile(
    r"(?:THCS|THPT|TH|PTDT\w*|TIỂU HỌC|MẦM NON|MẪU GIÁO|ĐẠI HỌC|CAO ĐẲNG|TRUNG HỌC|TRUNG CẤP)\b"
)
_DEPARTMENT = re.compile(r"P?[A-Z]{1,2}\d{2}")  # of the police, by its code alone: C06, PV05
_CHAIRMAN = re.compile(r"(?:pho )?chu tich")
# Bodies of one place that issue a document jointly, with the place after the last: ĐẢNG ỦY - HĐND - UBND
_LISTED = re.compile(r"(?:dang uy|hdnd|ubnd|ubmttq|mttq)(?:\s?[-–,]\s?(?:hdnd|ubnd|ubmttq|mttq))+")
_MORE = re.compile(r"\w [-–] \w.* ?[-–]$")  # a list of bodies that goes on: CÔNG AN - QUÂN SỰ -
_BRANCH = re.compile(r"(?:chi nhanh|phong giao dich) ")  # NGÂN HÀNG CÔNG THƯƠNG - / CHI NHÁNH NAM HẢI
_DASHED = re.compile(r"\w [-–]$")  # TÒA ÁN NHÂN DÂN KHU VỰC 7 -, with HÀ TRUNG below
# A steering committee ends the chain of bodies: what follows is the rest of its model's name.
_COMMITTEE = re.compile(r"(?:ban chi dao|bcd) .{0,20}mo hinh\b")


@lru_cache(maxsize=2)
def _starters(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Pattern of the first words of body names; a line that does not match continues the line above."""
    own = vocabulary.bodies
    never, begin = ("|".join(map(re.escape, map(fold, words))) for words in (own.never, own.begin))
    return re.compile(rf"(?!(?:{never})\b)(?:{begin})(?![a-z0-9])")


@lru_cache(maxsize=2)
def _spellings(vocabulary: Vocabulary) -> dict[str, str]:
    """Map the folded first words of body names to their spelling in capitals, if the spelling is unique."""
    found: dict[str, str] = {}
    for words in vocabulary.bodies.begin:
        plain = fold(words)
        found[plain] = "" if found.get(plain, words.upper()) != words.upper() else words.upper()
    return {plain: words for plain, words in found.items() if words and words.casefold() != plain}


@lru_cache(maxsize=2)
def _beyond_place(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Pattern of a province's name followed by another word."""
    provinces = "|".join(re.escape(fold(name)) for name in vocabulary.bodies.provinces)
    return re.compile(rf"\b(?:tinh|thanh pho) (?:{provinces})\W+\w")


@lru_cache(maxsize=2)
def _of_province(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Pattern of a province's whole name at the end of a name."""
    provinces = "|".join(re.escape(fold(name)) for name in vocabulary.bodies.provinces)
    return re.compile(rf"\b(?:tinh|thanh pho) (?:{provinces})$")


@lru_cache(maxsize=2)
def _placed(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Pattern, with diacritics, of a body with its place and a second one behind it. The second begins with
    more than a syllable, as a place's name may end in one that bodies begin with: XÃ XUÂN TRƯỜNG."""
    bodies_of = vocabulary.bodies
    schools = next(kind.words for kind in bodies_of.kinds if kind.level == "school")
    begin = {words.lower() for words in (*bodies_of.begin, *schools) if " " in words or words.isupper()}
    places = {word for place in bodies_of.places[:3] for word in place.words} | {"thành phố", "tp.", "tp"}
    place, starter = any_of(places), any_of(begin)
    return re.compile(
        rf"(\S.*? (?:{place}) [^\W\d_]\S*(?: [^\W\d_]\S*){{0,3}}?)(?<!,)(?<!\sđến)(?<!\svà)(?<!\scủa) "
        rf"((?:{starter})(?!\w).*)"
    )


def spelled(name: str) -> str:
    """Correct the diacritics in the first words of a body name read by OCR: SỞ for SƠ."""
    plain = fold(name)
    if len(plain) != len(name) or not name.isupper():
        return name
    for words, right in _spellings(current()).items():
        if plain.startswith(f"{words} ") and len(words) == len(right):
            return right + name[len(words) :]
    return name


def bodies(names: Iterable[str], joint: Sequence[str] = ()) -> tuple[str, str]:
    """Return ``(issuing body, superior body)`` from the name lines in order; names broken over lines are
    joined.

    ``joint``: codes of the joint issuers in the symbol; used if exactly as many names are found.
    """
    found: list[str] = []
    for text in _schools(_once(part for name in names for part in _parted(name))):
        if found and text.isascii() and _ENGLISH.search(text):
            continue
        if found and starts_name(text) and not _is_behind_dash(text, found[-1]):
            found[-1] = found[-1].removesuffix(" -")
        if found and not _begins(text, found[-1]):
            found[-1] = f"{found[-1] if _goes_on(text) else found[-1].rstrip(',')} {text}"
        elif not (found and _YOUTH.fullmatch(fold(text)) and _OF_YOUTH.match(fold(found[-1]))):
            found.append(text)
    while len(found) > 1 and _OFFICER.fullmatch(fold(found[-1])):
        found.pop()  # of a signature: an officer is no body without the body's name
    if not found:
        return "", ""
    if (
        len(joint) > 1
        and len(joint) in (len(found), sum(len(_BESIDE.split(name)) for name in found))
        and not _one_above(found, joint)
    ):
        return " - ".join(squash(name).rstrip(",").removesuffix(" -") for name in found), ""
    *above, issuing = (squash(name).rstrip(",").removesuffix(" -") for name in found)
    return issuing, " ".join(name for name in above if starts_name(name) or not _NO_NAME.search(name))


def completed(name: str, lines: Iterable[str]) -> str:
    """Return a body's name that lacks its place with the place that the deciding authority below the title
    has: ``HỘI ĐỒNG NHÂN DÂN QUẬN TÂN PHÚ`` of ``HỘI ĐỒNG NHÂN DÂN QUẬN TÂN PHÚ KHÓA I, KỲ HỌP THỨ 7``;
    otherwise the name as it is."""
    if not _PLACELESS.fullmatch(name):
        return name
    authorities = (_AUTHORITY.fullmatch(squash(line)) for line in lines if line.isupper())
    return next((found[1] for found in authorities if found and fold(found[1]).startswith(fold(name))), name)


def is_department(text: str) -> bool:
    """Whether a line is nothing but the code of a department of the police."""
    return _DEPARTMENT.fullmatch(text.strip()) is not None


def of_number(names: Sequence[str], number: str) -> list[str]:
    """Return the names without codes of departments that the document's number does not have."""
    codes = re.split(r"[/&-]", number)
    return [name for name in names if not is_department(name) or name.strip() in codes]


def _goes_on(text: str) -> bool:
    """Whether a line may be the next of a list: after a comma no place follows, which a speck looks like."""
    return not _PLACE_WORD.match(text.lower())


def _one_above(names: Sequence[str], codes: Sequence[str]) -> bool:
    """Whether the first of the names is the superior of the others: of a wider place, or a People's
    Committee that the symbol does not name."""
    first = names[0]
    if fold(first).startswith(("ubnd ", "uy ban nhan dan ")):
        return not any(code.startswith("UB") for code in codes)
    widths = [_WIDTH.get(place_of(name) or Level.MINISTRY) for name in names]
    placed = [width for width in widths if width is not None]
    return widths[0] is not None and widths[0] > min(placed)


def _parted(name: str) -> list[str]:
    """Split a line with a superior and its body (a table reader joins the lines of a cell)."""
    found = _TWO.fullmatch(name.lower()) or (starts_name(name) and _placed(current()).fullmatch(name.lower()))
    return [name[: found.end(1)], name[found.start(2) :]] if found else [name]


def misread(name: str) -> bool:
    """Whether a name read by OCR must be wrong: it has an impossible syllable, an abbreviation but for one
    letter (``UBMTTO``), or further words after a province's name, which always ends the name of a body."""
    short = current().written.short
    nearly = (
        len(word) >= _TELLING and word.isupper() and word not in short
        and any(distance(word, known, 1) == 1 for known in short if len(known) == len(word))
        for word in name.split()
    )  # fmt: skip
    return is_impossible(name) or any(nearly) or bool(_beyond_place(current()).search(fold(name)))


def starts_name(text: str) -> bool:
    """Whether a line in capitals begins with the first words of a body's name."""
    return bool(_starters(current()).match(fold(text)))


def sure_of_issuer(name: str) -> float:
    """Return the confidence (0–1) that this is the whole name of an issuing body and nothing else."""
    if _RUN_ON.search(name):
        return 0.4
    lacks = _NAMELESS.search(name) or _PLACELESS.fullmatch(name) or _KINDLESS.match(name)
    whole = starts_name(name) and not lacks
    return 0.97 if whole else 0.75


def has_motto(name: str) -> bool:
    """Whether a body's name contains the first line of a motto, the rest of which the next one may have."""
    return "CỘNG HÒA XÃ" in name


def sure_of_superior(name: str) -> float:
    """Return the same of a superior body."""
    if _RUN_ON.search(name):
        return 0.4
    return 0.95 if starts_name(name) else 0.6


def names_of_body(lines: Sequence[str]) -> bool:
    """Whether any of the lines begins a body's name."""
    return any(starts_name(line) for line in lines)


def is_whole_name(lines: Sequence[str]) -> bool:
    """Whether lines are the whole names of bodies, which ends with a place."""
    issuing, _superior = bodies(lines)
    return starts_name(issuing) and PLACED.search(marked_words(issuing)) is not None


def _begins(text: str, above: str) -> bool:
    """Whether a line begins a new body's name instead of continuing the line ``above``."""
    if is_department(text):
        return True
    above = above.rstrip(",")
    folded, before = fold(text), fold(above)
    if (
        is_open_name(above)
        or before == "uy"
        or _COMMITTEE.match(before)
        or _BARE.fullmatch(before)
        or is_in_phrase(text, above)
    ):
        return False
    if _LISTED.fullmatch(before) or is_remnant(text, above) or is_of_other_marks(text):
        return False
    if (_MINISTRY.fullmatch(before) or _of_province(current()).search(before)) and not _ADDED.match(folded):
        return True
    if _NUMBER.match(folded):
        return False
    if _CHAIRMAN.fullmatch(folded):  # alone on its line: the body of the next line follows
        return True
    if _PLACE.match(marked_words(text)) and _WIDER.match(marked_words(above)):
        return True
    if _begins_alike(folded, before):
        return True
    return bool(
        _starters(current()).match(folded) or (_QUARTER.match(folded) and PLACED.search(marked_words(above)))
    )


def _is_behind_dash(text: str, above: str) -> bool:
    """Whether a line that begins as bodies do goes on behind the dash in which the line above ends."""
    listed = _MORE.search(above) is not None
    return listed or _BRANCH.match(fold(text)) is not None or is_in_phrase(text, above)


def _begins_alike(folded: str, before: str) -> bool:
    """Whether a line begins as the one above but for a letter: ``UBMTTO VIỆT NAM XÃ`` below ``UBMTTQ VIỆT NAM
    HUYỆN``, as OCR reads it."""
    first, above = folded.split()[:2], before.split()[:2]
    if len(first) < 2 or first[1:] != above[1:] or len(first[0]) < _TELLING:
        return False
    return distance(first[0], above[0], 1) == 1


def _schools(names: Iterable[str]) -> Iterator[str]:
    """Yield the names with TRƯỜNG, where a wide blank parts it from THCS …, before the school's own words."""
    before = ""
    for name in names:
        if before and not _SCHOOL.match(name):
            yield before
        whole = f"{before} {name}" if before and _SCHOOL.match(name) else name
        before = name if name == "TRƯỜNG" else ""
        if not before:
            yield whole
    if before:
        yield before


def _once(names: Iterable[str]) -> list[str]:
    """Return the names without surrounding signs and adjacent duplicates (lines printed or read twice)."""
    kept: list[str] = []
    for name in names:
        text = squash(name.replace("*", " "))
        more = " -" if _DASHED.search(text) else ""
        more = more or "," * text.endswith(",")  # BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM, with TỆ NẠN XÃ HỘI below
        text = text.strip(" -–—_.,;:|=~$'`•") + more
        if letters(text) < 2 and not is_department(text):
            continue
        if kept:
            now, before = fold(text), fold(kept[-1])
            if now == before or (len(before) > 4 and now.endswith(before) and len(now) - len(before) <= 2):
                kept.pop()
        kept.append(text)
    return kept
