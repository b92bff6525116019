"""The abstract: what stands under the type, or after ``V/v`` in an official letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.scanner.recognise import types
from dossier.scanner.recognise.bodies import starts_name
from dossier.scanner.recognise.lines import Line, is_upper, letters
from dossier.scanner.recognise.pieces import Kind, Piece, pieces_of
from dossier.vietnamese import fold, squash

_MOST_LINES = 12
_LONG = 115  # characters; a longer line is a paragraph
_LONGEST = 400  # of a line that may be all of an abstract
# How the text under an abstract begins; only where a sentence begins with a capital.
_SENTENCE = re.compile(
    r"(?:can cu|kinh gui|xet|theo (?:de nghi|noi dung|chi dao|ke hoach)|hom nay|vao hoi|vao luc|luc \d|"
    r"thoi gian(?: qua)?\s?[:,]|thoi gian danh gia|dia diem\s?:|thanh phan|noi nhan|ho va ten|so tt|stt|tt\b|"
    r"de (?:trien khai|thuc hien|tiep tuc|nang cao|dam bao|bao dam|phat huy|kip thoi|chu dong)|"
    r"quyet dinh so\s?:\s?\d[^,;]{0,40} ngay \d.{0,25}\d{4}\W{0,3}$|"
    r"nham (?!dan|thin|ngo|than|tuat|ty)|"
    r"trong (?:thoi gian|nhung nam|nam) |duoc su |tren co so|qua (?:khao sat|hon|mot|theo doi|thoi gian)|"
    r"thuc te|nam \d{4}, |tiep tuc thuc hien|ngay \d|chung toi|dong kinh gui|sau khi|hien nay|kinh thua|"
    r"(?:uy ban nhan dan|ubnd|cong an|van phong|so|phong|cong ty|truong|ban)\b.{3,120}"
    r"\b(?:nhan duoc|tran trong)\b|"
    r"(?:uy ban nhan dan|ubnd|cong an|dang uy|ban chi dao|ban chap hanh|chi bo)\b.{5,160}"
    r"\b(?:ban hanh|bao cao|de nghi|xay dung|thong bao|to chuc|trinh|ra)\b.{0,200}(?:nhu sau|[:;,.])$)"
)
_CITES = re.compile(r"thuc hien (?:.{0,80}\bso\b|.{0,80}\d/|.{100})")
_SECTION = re.compile(
    r"(?!v ?/ ?v\b)(?:(?:dieu|chuong|phan|muc) (?:\d|[ivx]+\b|thu nhat|mot)|[ivx]{1,5}\s?[.\-/)]\s?\S|"
    r"\d{1,2}\s?[.)/]\s?\D|"
    r"\d{1,2}\s?-\s?[a-z]|[a-e]\s?[.)]\s|[-+•*–]\s)"
)
_AUTHORITY = re.compile(
    r"(?:chu tich|uy ban nhan dan|giam doc|hieu truong|truong (?:cong an|ban|phong)|ban chap hanh|"
    r"ban thuong vu|"
    r"ban chi dao|bi thu|thu truong|hoi dong|tong giam doc|ban giam|bo truong|cong an|dang uy|uy ban|chi bo|"
    r"hoi nghi|cuc truong|ban quan ly)\b"
)
_GROUNDS = re.compile(r"\W{0,3}(?:can cu|xet|theo)\b")
_ATTACHED = re.compile(r"\W{0,3}(?:ban hanh )?kem theo\b")
_BY = re.compile(
    r"cua (?:dong chi|bi thu|ong|ba|chu tich|uy ban|ubnd|giam doc|ban|hoi dong|bo|truong|cong an|so|cuc|"
    r"thu tuong|chinh phu|quoc hoi|hieu truong|doan|hoi)\b"
)
_NOTED = re.compile(
    r"\W{0,2}\(\W{0,2}(?:[cg]ap |lan thu|dieu chinh lan|ap dung|dung cho|ban hanh|kem theo|thuc hien tu)"
)
# What must go on: the line above ends before its object, or within a name. Of the words that may end a title
# all the same (“điều trị ban ngày”) it is the place of the line below that tells.
_OPEN = re.compile(
    r"(?:^|\s)(?:(?P<must>và|của|các|những|cho|về|trên|tại|trong|với|đến|từ|theo|do|bởi|được|bị|là|một|giữa|thuộc|"
    r"để|việc|[-–&,(])|số|(?<!\d )(?:năm|tháng|ngày))$"
)
_OPEN_NAME = re.compile(
    r"\s(?:tỉnh|huyện|quận|xã|phường|thành phố|thị xã|thị trấn|đặc khu|thôn|khu phố|ấp|cấp|ngành|giai đoạn|"
    r"nhiệm kỳ|khóa|ủy viên|điều lệ|hội đồng|ban|ông|bà|đồng chí|nghị quyết|quyết định|kế hoạch|chỉ thị|"
    r"nghị định|thông tư|luật)$"
)
_AFTER_OF = re.compile(r"(?:cua|thuoc|voi|va|giua|tai|cho|do|boi|den|ve|trinh|gui|tu|trong|tren|phu|cap|la)$")
_SKIPPED = frozenset((Kind.NUMBER, Kind.DATE, Kind.DRAFT, Kind.MOTTO, Kind.PARTY))
_ASKEW, _INSET = 0.03, 0.025  # of the page's width
_ONE_MIDDLE = 0.02  # the same, twice: lines whose middles lie so near stand under each other's middle
_ROOM = 0.8  # of the width: a centred abstract is set narrower than the text
_FULL = 0.85
# Of "năm / 2024" and "giai đoạn / (2023 - 2025)", broken over two lines.
_YEAR = re.compile(r"\W*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\W*")
_WORD = re.compile(r"[^\W_]{3}|\d\d")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,8}[.;]?")
_LATE = re.compile(r"^.{1,80}?(?=V(?:ề việc|/v) )")
_SPECKS_AFTER = re.compile(r"(?:\s+[^\w\s]{1,4}|\s+[.,|]\S{0,3})+$")
_FEWEST_LETTERS = 8  # of an abstract; what is shorter is a rest of one
_UNLIKELY = 320  # characters; few abstracts are longer
_QUOTES = "“\"‘'("


def after_title(lines: Sequence[Line], rest: str, issuer: str = "") -> str:
    """The abstract below a title. ``lines`` come after the title; ``rest`` follows it on its line; the name
    of the ``issuer`` may stand below in capitals, as the authority that decides."""
    if types.qualifier(rest) or _BY.match(fold(rest)):
        rest = ""
    found = [rest] if rest else []
    last: Line | None = None
    sides = _sides(lines[: _MOST_LINES + 6])
    width = _width(lines[: _MOST_LINES + 6])
    for at, line in enumerate(lines[: _MOST_LINES + 6]):
        pieces = list(pieces_of([line]))
        goes_on = bool(found) and _is_open(found[-1])
        if pieces and all(piece.kind in _SKIPPED for piece in pieces) and not goes_on:
            continue
        if letters(line.text) and not _WORD.search(line.text) and not line.text.isalnum():
            continue  # specks
        numbered = bool(found) and bool(_OPEN_NAME.search(found[-1].lower())) and line.text.isalnum()
        if not letters(line.text) and not (goes_on or numbered) and not _YEAR.fullmatch(line.text):
            if found and found != [rest]:
                break
            continue
        if len(found) >= _MOST_LINES:
            break
        if _ends(line, found, lines[at + 1 : at + 3], bool(rest), width, _stands(line, last, sides)):
            break
        last = line
        if found or not (_BY.match(line.folded) and line.upper):
            found.append(line.text.replace("\t", " "))
    return _without_authority(tidy(" ".join(found)), issuer)


def _without_authority(text: str, issuer: str) -> str:
    """Without the name of the body that enacts, when it was typed onto the last line of the title."""
    own, folded = fold(issuer), fold(text)
    if not own or not is_upper(text) or not folded.endswith(f" {own}") or len(folded) < 2 * len(own):
        return text
    before = folded[: -len(own)].rstrip()
    return text if _AFTER_OF.search(before) else text[: len(before)].rstrip(" ,;:")


def _is_open(text: str) -> bool:
    """Whether a text cannot end here."""
    opened = any(text.count(left) > text.count(right) for left, right in ("()", "“”"))
    return opened or bool(_OPEN.search(text.lower()))


def _must_go_on(text: str) -> bool:
    """The same of one that no paragraph may follow, wherever it stands."""
    found = _OPEN.search(text.lower())
    return bool(found["must"]) if found else _is_open(text)


def _sides(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right side of the text, in widths of the page; equal where no places are known."""
    boxes = [line.box for line in lines if line.box]
    return (min(box.left for box in boxes), max(box.right for box in boxes)) if boxes else (0.0, 0.0)


def _stands(line: Line, above: Line | None, sides: tuple[float, float]) -> str:
    """How a line stands under the one above: ``centred`` as titles are, ``indented`` as a paragraph, or
    neither for certain."""
    if not line.box or not above or not above.box or sides[0] == sides[1]:
        return ""
    left, right = line.box.left - sides[0], sides[1] - line.box.right
    middle, middle_above = (box.left + box.right for box in (line.box, above.box))  # twice each
    if abs(middle - middle_above) < _ONE_MIDDLE and abs(line.box.left - above.box.left) > _INSET:
        return "centred" if min(left, above.box.left - sides[0]) > _INSET else ""
    if abs(left - right) < _ASKEW and min(left, right) > _INSET:
        return "centred"
    return "indented" if left > _INSET and right < _INSET else ""


def _width(lines: Sequence[Line]) -> int:
    """Characters to a line of wrapped text; 0 where paragraphs stand on one line, as in Word."""
    longest = max((len(line.text) for line in lines), default=0)
    return longest if longest <= _LONG else 0


def _ends(
    line: Line, found: list[str], after: Sequence[Line], has_rest: bool, width: int, stands: str
) -> bool:
    """Whether the text under the abstract begins with this line, which stands as :func:`_stands` tells."""
    if _stops(line, first=not found):
        return True
    capital = _first_letter(line.text).isupper()
    if line.upper and found and _AUTHORITY.match(line.folded):
        grounds = any(_GROUNDS.match(other.folded) for other in after)
        if grounds or not all(is_upper(part) for part in found):
            return True
    if not found:
        return False
    if line.upper and letters(line.text) > 12 and not any(is_upper(part) for part in found):
        return True
    if found[-1].endswith((".", ";")) and not found[-1].endswith("..."):
        return True
    paragraph = stands == "indented" and capital and not (line.upper and is_upper(found[-1]))
    if paragraph and line.text[0] not in _QUOTES and not _must_go_on(found[-1]):
        return True
    if not capital or line.text[0] in _QUOTES or _is_open(found[-1]):
        return len(line.text) > _LONG and line.after_blank
    if _OPEN_NAME.search(found[-1].lower()) and not line.after_blank:
        return len(line.text) > _LONG and (starts_name(line.text) or line.text[-1] in ".:;")
    if (line.upper and is_upper(found[-1])) or stands == "centred":
        return False
    only_rest = has_rest and len(found) == 1
    if only_rest and is_upper(found[0]):
        width = 0  # “KẾ HOẠCH PHỐI HỢP” and below it the subject, however long its line
    return (line.after_blank and not only_rest) or _new_paragraph(line, found[-1], after, width)


def _stops(line: Line, *, first: bool) -> bool:
    """Whether a line can be no part of an abstract. ``first``: it would be its first line."""
    folded = line.folded
    if _ATTACHED.match(folded) or _NOTED.match(folded) or _SECTION.match(folded) or len(line.text) > _LONGEST:
        return True
    if not _first_letter(line.text).isupper():
        return False
    if _SENTENCE.match(folded):
        return True
    # “Thực hiện Nghị quyết số …” is a subject when it is short, the first sentence when it is not.
    cites = _CITES.match(folded) and not line.upper
    return bool(cites) and not (first and len(line.text) <= _LONG and line.text[-1] not in ".,;:")


def _new_paragraph(line: Line, above: str, after: Sequence[Line], width: int) -> bool:
    """Whether a line that begins with a capital begins a sentence rather than goes on."""
    if len(line.text) > _LONG or line.text.endswith((";", ":")):
        return True
    if len(line.text) >= 40 and line.text.endswith("."):
        return True
    if not after or after[0].after_blank or len(after[0].text) > _LONG or _stops(after[0], first=False):
        # By itself above what is text for certain: a name set on a line of its own.
        return bool(width) and len(line.text) > _FULL * width
    word = line.text.split(" ", 1)[0]
    if width and len(above) + 1 + len(word) <= _ROOM * width:
        return True  # there was room for its first word on the line above
    goes_on = not after[0].after_blank and _first_letter(after[0].text).islower()
    return goes_on and len(line.text) >= (_FULL * width or 75)


def _first_letter(text: str) -> str:
    return next((char for char in text[:12] if char.isalnum()), "")


def after_reference(pieces: Sequence[Piece], lines: Sequence[Line], at: int) -> str:
    """The abstract of an official letter: from ``V/v``, piece number ``at``, to the address.

    What a PDF put between its lines, the right column, is left out.
    """
    parts = [pieces[at].rest]
    last = pieces[at].at
    for piece in pieces[at + 1 : at + 12]:
        if piece.kind is Kind.DATE:
            continue
        longest = _LONGEST if parts == [""] else _LONG
        if _goes_on(piece, parts[-1], last):
            parts.append(piece.text)
            last = piece.at
            continue
        if piece.kind is not Kind.OTHER or len(piece.text) > longest or parts[-1].endswith("."):
            break
        if piece.at > last and lines[piece.at].after_blank and parts != [""]:
            break
        if parts != [""] and _SENTENCE.match(piece.folded) and piece.text[:1].isupper():
            break
        parts.append(piece.text)
        last = piece.at
    return tidy(" ".join(parts))


def _goes_on(piece: Piece, above: str, last: int) -> bool:
    """Whether a piece is the rest of a letter's abstract that by itself would be none: the year of “năm /
    2025”, an abbreviation on the line below."""
    if piece.at != last + 1 or above.endswith("."):
        return False
    return bool(_YEAR.fullmatch(piece.text) and _is_open(above)) or (
        piece.kind is Kind.NAME and bool(_ABBREVIATION.fullmatch(piece.text)) and not is_upper(above)
    )


def sureness(text: str, *, titled: bool) -> float:
    """How surely a text is an abstract, all of it and nothing else (0–1)."""
    if len(text) > _UNLIKELY or _is_broken(text) or letters(text) < _FEWEST_LETTERS:
        return 0.6
    return 0.95 if titled else 0.93


def _is_broken(text: str) -> bool:
    """Whether a text seems to lack its end or to be no sentence: an open bracket, few letters."""
    return _is_open(text) or letters(text) * 2 < len(text)


def without_specks(text: str) -> str:
    """A recognised abstract without what stamps left before ``Về việc``, and without marks at its end."""
    return _SPECKS_AFTER.sub("", _LATE.sub("", text))


def tidy(text: str) -> str:
    """One line without marks around it and without a leading ``V/v``; inner quotes stay."""
    text = squash(text).strip(" -–—_*:")
    folded = fold(text[:4])
    if folded in ("v/v ", "v/v:"):
        text = text[4:].lstrip(" :")
    if text.endswith("..."):
        return text
    text = text.rstrip(".;:, ")
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(".;:, ")  # of “(V/v …)”
    return text[1:].rstrip(")") if text.startswith("(") and text.endswith(")") else text
