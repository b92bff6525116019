"""The text of an abstract: whether it is complete, and how it is tidied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.legacy.syllables import is_syllable
from dossier.scanner.recognise.lines import is_upper, letters
from dossier.vietnamese import fold, squash

# Endings of a line that cannot end an abstract: the object is missing, or a name is incomplete. Words that
# may still end a title (“điều trị ban ngày”) are outside the group ``must``; there the alignment decides.
_OPEN = re.compile(
    r"(?:^|\s)(?:(?P<must>và|của|các|những|cho|(?<!giờ )(?<!trở )(?<!ra )về|(?<!cấp )trên|"
    r"(?<!hiện )(?<!tồn )tại|trong|với|đến|từ|(?<!tiếp )(?<!làm )(?<!noi )theo|(?<!tự )do|bởi|được|"
    r"(?<!thiết )(?<!trang )(?<!chuẩn )(?<!dự )bị|là|một|"
    r"giữa|thuộc|để|(?<!làm )(?<!công )(?<!thôi )(?<!nghỉ )việc|[-–&,(])|"
    r"(?P<span>\S*(?<!\d)(?:19|20)\d\d[-–])|"
    r"số|(?<!\d )(?<!cuối )(?<!đầu )(?<!hằng )(?<!hàng )(?<!cả )(?<!trong )(?:năm|tháng|ngày))$"
)
_BROKEN_SYMBOL = re.compile(r"(?<=/[A-ZĐ]{2}-) (?=[A-ZĐ]{2})")  # 76/NQ- and CP on the next line
_BROKEN_SPAN = re.compile(r"(?<=\d{4}[-–]) (?=(?:19|20)\d\d(?!\d))")  # 2023- and 2025 on the next line
_LATE = re.compile(r"^.{1,80}?(?=V(?:ề việc|/v) )")
_SPECKS_AFTER = re.compile(r"(?:\s+[^\w\s]{1,4}|\s+[.,|]\S{0,3})+$")
_QUARTER = re.compile(r"(?<=[Qq]uý )[IVLl1|]{1,4}(?![\w|])")
# Quốc khánh nước / Cộng hòa xã hội chủ nghĩa Việt Nam; phong trào / Toàn dân bảo vệ an ninh Tổ quốc
_NAME_BROKEN = re.compile(r"(?:\bnước\ncong hoa|\b(?:phong trào|ngày hội)\n(?:toan dan|thi dua|dai doan))\b")
# Hướng dẫn số / 22/HD-BCA-V05 …; Kế hoạch số 33/KH-CAX ngày / 02/02/2025; giai đoạn 2025 / - 2027, …
_ANNOUNCED = re.compile(
    r"số:?\n\d{1,5}[a-zđ]?[-/](?:\d{4}/)?[A-ZĐ]|\bngày\n\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$|"
    r"(?:19|20)\d\d\n[-–]\s?(?:19|20)\d\d\b"
)
_OPEN_NAME = re.compile(
    r"\s(?:tỉnh|huyện|quận|xã|phường|thành phố|thị xã|thị trấn|đặc khu|thôn|khu phố|ấp|cấp|ngành|giai đoạn|"
    r"nhiệm kỳ|khóa|ủy viên|điều lệ|hội đồng|ban|ông|bà|đồng chí|nghị quyết|quyết định|kế hoạch|chỉ thị|"
    r"nghị định|thông tư|luật|cuộc họp|phiên họp|buổi làm việc|quốc lộ|tỉnh lộ|đường tỉnh)$"
)
# As older papers repeat number and day below the title: CỦA CHÍNH PHỦ SỐ 12/1999/NĐ-CP NGÀY … VỀ …
_REPEATED = re.compile(r"cua .{2,90}? so .{3,50}? ngay .{4,30}? ?(?:19|20)\d\d(?!\d)\W*")
# What the title says behind the body that it names: CỦA ỦY BAN NHÂN DÂN TỈNH V/V …; with diacritics: BẢO VỆ.
_SUBJECT = re.compile(r"(?<!\w)(?:v\s?/\s?v|về|ban hành(?! kèm))(?!\w)", re.IGNORECASE)
_COUNCIL = re.compile(r"(?:dai )?hoi dong\b|ban chap hanh\b|ban thuong vu\b")
# As titles and authorities name the body that decides or speaks; on folded text.
OF_BODY = re.compile(
    r"cua (?:dong chi|bi thu|ong|ba|chu tich|uy ban|ubnd|giam doc|ban|hoi dong|bo|truong|cong an|so|cuc|"
    r"thu tuong|chinh phu|quoc hoi|hieu truong|doan|hoi|vien truong|vien kiem sat|chanh an|toa an|cuc truong|"
    r"tong cuc|tong giam doc|thong doc|thu truong|tu lenh)\b"
)
_AFTER_OF = re.compile(
    r"(?:cua|thuoc|voi|va|giua|tai|cho|do|boi|den|ve|trinh|gui|tu|trong|tren|phu|cap|la|chu tich|truong|"
    r"giam doc|thong doc|bi thu|chanh an)$"
)
FEWEST_LETTERS = 8  # of a complete abstract; a shorter text is only a part of one
_UNLIKELY = 320  # characters; few abstracts are longer


def is_open(text: str) -> bool:
    """Whether the text is incomplete: an open bracket or quote, or a last word that needs another."""
    return text.count("(") > text.count(")") or has_open_name(text) or bool(_OPEN.search(text.lower()))


def last_words(lines: Sequence[str]) -> str:
    """Return the last line of an abstract, with the word before it if it is a single one: ``thiết bị``."""
    short = len(lines) > 1 and " " not in lines[-1]
    return f"{lines[-2].rsplit(None, 1)[-1]} {lines[-1]}" if short else "".join(lines[-1:])


def has_open_name(text: str) -> bool:
    """Whether a quoted name has begun in the text and not ended."""
    return text.count("“") > text.count("”")


def announces(above: str, text: str) -> bool:
    """Whether a line goes on with what the one above announces, and is no section of the body: the number of
    a paper, its day, the second of two years, or the rest of a known name."""
    ends, joined = above[-12:].lower(), _ANNOUNCED.search(f"{above[-5:].lower()}\n{text}")
    return joined is not None or _NAME_BROKEN.search(f"{ends}\n{fold(text[:12])}") is not None


def lacks_name(text: str) -> bool:
    """Whether a text ends in a word that a name or number follows: ``tại phường``."""
    return _OPEN_NAME.search(text.lower()) is not None


def must_go_on(text: str) -> bool:
    """Whether the text is incomplete even if the next line is aligned like a new paragraph."""
    found = _OPEN.search(text.lower())
    return bool(found["must"] or found["span"]) if found else is_open(text)


def is_short_end(title: str, text: str) -> bool:
    """Whether a line below the title is its end, not dirt, though no word has three letters: ``cơ sở``,
    ``cư ấp 7``, or the last syllable of what a quotation mark began."""
    words = text.rstrip(" .").split()
    if len(words) > 1:
        known = all(word.isdigit() or is_syllable(word) for word in words)
        return known and text[0].islower() and not text.isascii()
    closes = title.count("“") > title.count("”") and text.rstrip(".").endswith("”")
    return closes and is_syllable(text.strip("”."))


def sureness(text: str, *, titled: bool, capital: bool = False) -> float:
    """Return the confidence (0–1) that the text is a complete abstract and nothing else.

    ``capital``: it begins with a capital, unless OCR lost its first words.
    """
    if capital and titled and text[:1].islower():
        return 0.6
    if len(text) > _UNLIKELY or _is_broken(text) or letters(text) < FEWEST_LETTERS:
        return 0.6
    return 0.95 if titled else 0.93


def _is_broken(text: str) -> bool:
    """Whether the text seems truncated or is no sentence: an open bracket, few letters."""
    return is_open(text) or letters(text) * 2 < len(text)


def behind_body(text: str) -> str:
    """Return what a title says behind the body that it names, if anything: behind number and day in ``CỦA
    CHÍNH PHỦ SỐ … NGÀY … VỀ …``, or from ``V/V`` or ``VỀ`` on."""
    if repeated := _REPEATED.match(fold(text)):
        return text[repeated.end() :]
    subject = _SUBJECT.search(text)
    return text[subject.start() :] if subject else ""


def without_authority(text: str, issuer: str) -> str:
    """Remove the name of the enacting body if it was typed on the last line of the title."""
    own, folded = fold(issuer), fold(text)
    if not own or not is_upper(text) or not folded.endswith(f" {own}") or len(folded) < 2 * len(own):
        return text
    before = folded[: -len(own)].rstrip()
    return text if _AFTER_OF.search(before) else text[: len(before)].rstrip(" ,;:")


def is_council(text: str) -> bool:
    """Whether a line is the name of a deciding council in capitals."""
    return is_upper(text) and bool(_COUNCIL.match(fold(text)))


def first_letter(text: str) -> str:
    """Return the first letter or digit near the beginning of a text; ``""`` if there is none."""
    return next((char for char in text[:12] if char.isalnum()), "")


def is_body(text: str, below: str) -> bool:
    """Whether a line above ``V/v`` is only the deciding body: a council, ``Của Chủ tịch … tỉnh``."""
    of_body = OF_BODY.match(fold(text)) and below.lstrip("(")[0].isupper() and " tại " not in text
    return is_council(text) or bool(of_body)


def begins(text: str) -> bool:
    """Whether a text begins as an abstract of any document may: ``Về việc …``, ``V/v …``."""
    return fold(text[:8]).startswith(("ve viec", "ve ", "v/v"))


def without_specks(text: str) -> str:
    """Remove OCR specks of an abstract: text that stamps left before ``Về việc``, signs at the end; and give
    the quarter of a year its strokes back (``quý IIL/2021``)."""
    return _QUARTER.sub(_strokes, _SPECKS_AFTER.sub("", _LATE.sub("", text)))


def _strokes(found: re.Match[str]) -> str:
    quarter = re.sub("[Ll1|]", "I", found[0])
    return found[0] if found[0].isdigit() or quarter not in ("I", "II", "III", "IV") else quarter


def tidy(text: str) -> str:
    """Return the text on one line, without surrounding punctuation and leading ``V/v``; inner quotes stay."""
    text = _BROKEN_SPAN.sub("", _BROKEN_SYMBOL.sub("", squash(text))).strip(" -–—_*:|")
    if fold(text[:4]) == "(v/v":
        text = text[1:]  # its closing bracket is removed below
    folded = fold(text[:4])
    if folded in ("v/v ", "v/v:"):
        text = text[4:].lstrip(" :")
    if text.endswith("..."):
        return text
    text = text.rstrip(".;:, ")
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(".;:, ")  # closing bracket of “(V/v …)”
    return text[1:].rstrip(")") if text.startswith("(") and text.endswith(")") else text
