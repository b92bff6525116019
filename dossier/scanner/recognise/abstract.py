"""Find the abstract (trích yếu): the text under the document type, or after ``V/v`` in an official letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossier.scanner.recognise import types
from dossier.scanner.recognise.abstract_text import (
    FEWEST_LETTERS,
    OF_BODY,
    announces,
    begins,
    behind_body,
    first_letter,
    has_open_name,
    is_body,
    is_open,
    is_short_end,
    lacks_name,
    last_words,
    must_go_on,
    tidy,
    without_authority,
)
from dossier.scanner.recognise.alignment import (
    LONG,
    Layout,
    alignment_of,
    axis_of,
    is_row_of_table,
    layout_of,
)
from dossier.scanner.recognise.bodies import starts_name
from dossier.scanner.recognise.lines import Line, is_upper, letters
from dossier.scanner.recognise.pieces import Kind, Piece, pieces_of
from dossier.vietnamese import fold, words

_MOST_LINES = 12
_LONGEST = 400  # characters of a line that may be a whole abstract
# First words of the body text below an abstract; used only on lines that begin with a capital.
_SENTENCE = re.compile(
    r"(?:can cu|kinh gui|xet|theo (?:de nghi|noi dung|chi dao|ke hoach)|hom nay|vao hoi|vao luc|luc \d|"
    r"thoi gian\s?[:,](?!\s?dia diem\s\w)|thoi gian danh gia|dia diem\s?:|"
    r"thanh phan|noi nhan|ho va ten|so tt|stt|tt\b|(?:ten|don vi|chuc vu|dia chi|dai dien)\b[^:]{0,30}:|"
    r"quyet dinh so\s?:\s?\d[^,;]{0,40} ngay \d.{0,25}\d{4}\W{0,3}$|"
    r"nham (?!dan|thin|ngo|than|tuat|ty)|"
    r"tran trong (?:kinh )?(?:moi|bao|thong bao)|kinh moi|"
    r"ngay \d|chung toi|dong kinh gui|kinh thua|"
    r"(?:uy ban nhan dan|ubnd|cong an|van phong|so|phong|cong ty|truong|ban|chu tich|giam doc|"
    r"hieu truong|bi thu|thuong truc|lanh dao|hoi|doan|chi bo|dang uy)\b.{3,120}"
    r"\b(?:nhan duoc|tran trong)\b|"
    r"(?:uy ban nhan dan|ubnd|cong an|dang uy|ban chi dao|ban chap hanh|chi bo)\b.{5,160}"
    r"\b(?:ban hanh|bao cao|de nghi|xay dung|thong bao|to chuc|trinh|ra)\b.{0,200}(?:nhu sau|[:;,.])$)"
)
# First words of the body text with which an abstract may begin too: there the end of its paragraph decides.
_EITHER = re.compile(
    r"(?:de (?:trien khai|thuc hien|tiep tuc|nang cao|dam bao|bao dam|phat huy|kip thoi|chu dong)|"
    r"trong (?:thoi gian|nhung nam|nam) |duoc su |tren co so|qua (?:khao sat|hon|mot|theo doi|thoi gian)|"
    r"thoi gian qua\s?[:,]|thuc te|nam \d{4}, |tiep tuc thuc hien|sau khi|hien nay)"
)
_CONSIDERED = re.compile(r"xet(?:,| (?:tang|chon|khen|cong nhan|nang|tuyen|duyet|phong)\b)")  # Xét tặng …
_CITES = re.compile(r"thuc hien (?:.{0,80}\bso\b|.{0,80}\d/|(?P<long>.{100}))")
_SECTION = re.compile(
    r"(?!v ?/ ?v\b)(?:(?:dieu|chuong|phan|muc) (?:\d|[ivx]+\b|thu nhat|mot)|"
    r"[ivx]{1,5}\s?(?:[.\-)]|/(?!\s?(?:19|20)\d\d))\s?\S|"
    r"\d{1,2}\s?[.)/]\s?\D|"
    r"\d{1,2}\s?-\s?[a-z]|[a-e]\s?[.)]\s|[-+•*–]\s(?!(?:19|20)\d\d\W*$)|"
    r"(?:dat van de|(?:loi )?mo dau|loi noi dau|muc luc|su can thiet|can cu phap ly)\W*$)"
)
_AUTHORITY = re.compile(
    r"(?:chu tich|uy ban nhan dan|giam doc|hieu truong|truong (?:cong an|ban|phong)|ban chap hanh|"
    r"ban thuong vu|doan chu tich|ban thuong truc|ban bi thu|bo chinh tri|tong cuc truong|chi cuc truong|"
    r"tong thanh tra|tu lenh|ban chi dao|bi thu|thu truong|hoi dong|tong giam doc|ban giam|bo truong|cong an|"
    r"dang uy|uy ban|chi bo|hoi nghi|cuc truong|ban quan ly|quoc hoi|chinh phu|thu tuong|chanh an|"
    r"vien truong|thong doc)\b"
)
_GROUNDS = re.compile(r"\W{0,3}(?:can cu|xet|theo)\b")
_ATTACHED = re.compile(r"\W{0,3}(?:ban hanh )?kem theo\b")
_REST_OF_BODY = re.compile(r"(?:nhan dan )?(?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu)\b")
# The decision below the text of a commendation, with its day or the book it is entered in.
_AWARDED = re.compile(r"\W{0,3}quyet dinh (?:khen thuong )?so\s?:?\s?\d\S{0,30}\W{0,3}")
_ENTERED = re.compile(r"\W{0,3}(?:ngay \d|vao so|so (?:so|vao)\b)")
_NOTED = re.compile(
    r"\W{0,2}\(\W{0,2}(?:[cg]ap |lan thu|dieu chinh lan|ap dung|dung cho|ban hanh|kem theo|thuc hien tu|"
    r"co hieu luc|so lieu |tinh (?:den|tu) |(?:da )?duoc .{0,40}thong qua|cua dong chi )"
)
_SKIPPED = frozenset((Kind.NUMBER, Kind.DATE, Kind.DRAFT, Kind.MOTTO, Kind.PARTY))
_ROOM = 0.8  # of the text width: a centred abstract is narrower than body text
_FULL = 0.85
_COLUMN = 0.4  # right limit of the beginning of lines of the left column, as a fraction of the page width
_NARROW = 70  # characters of a line in the left column
# The second line of "năm / 2024", "giai đoạn / (2023 - 2025)" and "80 năm … / (19/8/1945 - 19/8/2025)".
_YEAR = re.compile(
    r"\W*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\W*|"
    r"\W*(?:\d{1,2}[/.]){1,2}(?:19|20)\d\d\s*[-–]\s*(?:\d{1,2}[/.]){1,2}(?:19|20)\d\d\W*"
)
_COUNT = re.compile(r"số \d{1,3}[.;]?")
_SPAN_BEGUN = re.compile(r"\([^()]*\d{4}$")  # … Ngày truyền thống (19/8/1945, with - 19/8/2025) … below
_WORD = re.compile(r"[^\W_]{3}|\d\d")
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,8}(?:[-/ ][A-ZĐ\d]{1,8})?\d{0,4}[.;]?")  # ANTT, V05, IV/2025
_ROAD = re.compile(r"\d{1,3}[A-ZĐ]?[.;]?")  # Quốc lộ / 4D
_CODE = re.compile(r"(?:\d{2,3}|\d{1,2}/\d{1,2})[.;]?")  # Đề án / 06, nghỉ Lễ / 30/4
_RULE = re.compile(r"[-–—]{3,}|_+")
_SENTENCE_LENGTH = 40  # least characters of a line that is a sentence by its full stop wherever it stands
_SPECK, _QUOTES = 3, "“\"‘'("


def after_title(
    lines: Sequence[Line], rest: str, issuer: str, title: Line | None = None, *, scanned: bool
) -> str:
    """Return the abstract below a title.

    ``lines``: those after the line ``title``; ``rest``: text after the title on its own line; ``issuer``:
    name of the issuing body, which may be printed below in capitals as the deciding authority; ``scanned``:
    the lines were read by OCR.
    """
    if types.qualifier(rest):
        rest = ""
    elif OF_BODY.match(fold(rest)):
        rest = behind_body(rest)
    found, own, named = [rest] if rest else [], words(issuer), False
    last = axis = None
    layout = layout_of(lines[: _MOST_LINES + 6], scanned=scanned)
    for at, line in enumerate(map(_without_dirt, lines[: _MOST_LINES + 6])):
        pieces = list(pieces_of([line]))
        goes_on = bool(found) and (
            is_open(last_words(found)) or _is_day_meant(pieces) or announces(found[-1], line.text)
        )
        counts = bool(found) and _COUNT.fullmatch(line.text) is not None  # “… liên gia tự quản / số 5”
        if pieces and all(piece.kind in _SKIPPED for piece in pieces) and not (goes_on or counts):
            continue
        if any(piece.kind is Kind.INCOMING for piece in pieces):
            continue  # a stamp beside the abstract
        alone = line.text.isalnum() if found else line.folded == "ve"  # V05; VỀ, with VIỆC … below
        short = bool(found) and is_short_end(" ".join(found), line.text)
        if letters(line.text) and not _WORD.search(line.text) and not (goes_on or alone or short):
            continue  # specks
        below = bool(last and last.centred and line.centred and not line.after_blank)
        coded = _CODE.fullmatch(line.text) and not line.after_blank
        numbered = below or (bool(found) and (coded or (lacks_name(found[-1]) and line.text.isalnum())))
        if not letters(line.text) and not (goes_on or numbered) and not _YEAR.fullmatch(line.text):
            if found and found != [rest] and not _is_speck(line, lines[at + 1 : at + 2]):
                break
            continue
        if len(found) >= _MOST_LINES or (found and is_row_of_table(line)):
            break
        alignment = alignment_of(lines[at:], last, layout, axis)
        whole = found in ([], [rest]) and _is_whole(lines[at:])
        if not whole and _ends(line, found, lines[at + 1 : at + 3], bool(rest), layout, alignment):
            break
        if line.upper and words(line.text) == own and not (found and is_open(found[-1])):
            if found:
                break  # the deciding authority
            continue
        if found and begins(line.text.lstrip("(")) and all(is_body(part, line.text) for part in found):
            found.clear()  # the deciding body, above its V/v
        axis = axis_of(title, line) if axis is None and title else axis
        last = line
        text = line.text.replace("	", " ")
        body = OF_BODY.match(line.folded) or (named and _REST_OF_BODY.match(line.folded))
        if not found and line.upper and body:
            text, named = behind_body(text), True
        if text:
            found.append(text)
    return without_authority(tidy(" ".join(found)), issuer)


def _without_dirt(line: Line) -> Line:
    """Return the line without pieces before its words that are only signs, as dust on the glass leaves."""
    first = next((at for at, (text, _folded) in enumerate(line.pieces) if re.search(r"[^\W_]", text)), 0)
    if not first or line.pieces[first][0][0].isdigit():  # - 19/8/2025) of a span of days
        return line
    text, folded = ("\t".join(parts) for parts in zip(*line.pieces[first:], strict=True))
    return line._replace(text=text, folded=folded)


def _is_speck(line: Line, after: Sequence[Line]) -> bool:
    """Whether a line without letters is dirt within a sentence, no rule below it: the next begins small."""
    return len(line.text) <= _SPECK and any(first_letter(other.text).islower() for other in after)


def _is_day_meant(pieces: Sequence[Piece]) -> bool:
    """Whether a line is the day of what the line above names (“tại cuộc họp / ngày 18/3/2026”): it has no
    place and begins small, unlike the document's own date."""
    day = pieces[0] if len(pieces) == 1 else None
    return day is not None and day.kind is Kind.DATE and not day.value and day.text[0].islower()


def _ends(
    line: Line, found: list[str], after: Sequence[Line], has_rest: bool, layout: Layout, alignment: str
) -> bool:
    """Whether the body text begins with this line, so that the abstract has ended.

    ``found``: lines of the abstract so far; ``after``: following lines; ``alignment``: see
    :func:`alignment_of`.
    """
    only_rest, end = has_rest and len(found) == 1, last_words(found)
    considered = only_rest and _CONSIDERED.match(line.folded)  # BIÊN BẢN HỌP / Xét tặng danh hiệu …
    spans = line.text[0] in "-–" and bool(found) and _SPAN_BEGUN.search(found[-1]) is not None
    cites = bool(found) and announces(found[-1], line.text)
    if not spans and not cites and _stops(line, first=not found or bool(considered)):
        return True
    first = first_letter(line.text)
    capital = first.isupper()
    if _AWARDED.fullmatch(line.folded) and after and _ENTERED.match(after[0].folded):
        return True
    whole = bool(found) and not has_open_name(" ".join(found)) and not must_go_on(end)
    if line.upper and whole and _AUTHORITY.match(line.folded):
        grounds = any(_GROUNDS.match(other.folded) for other in after)
        if grounds or not all(is_upper(part) for part in found):
            return True
    if not found:
        return False
    if line.upper and letters(line.text) > 12 and not any(is_upper(part) for part in found):
        return True
    if found[-1].endswith((".", ";")) and not found[-1].endswith("..."):
        # “… năm 2025; / phương hướng, nhiệm vụ năm 2026” goes on.
        return found[-1].endswith(".") or capital or len(line.text) > LONG
    if line.folded.startswith("va "):
        return False  # no sentence begins so: OCR took its v for a capital
    paragraph = alignment == "indented" and not (line.upper and is_upper(found[-1]))
    begins_one = (paragraph or _is_whole_sentence(line.text, layout, alignment)) and not first.islower()
    quoted = line.text[0] in _QUOTES and line.box is not None
    if begins_one and not quoted and not must_go_on(end) and not cites:
        return True
    if not capital or line.text[0] in _QUOTES or is_open(end):
        return len(line.text) > LONG and line.after_blank
    if cites:
        return False
    if begins(line.text) and all(is_upper(part) for part in found):
        return False  # BIÊN BẢN CUỘC HỌP CỦA CỘNG ĐỒNG DÂN CƯ, and below: Về việc …
    if lacks_name(found[-1]) and not line.after_blank:
        announced = line.text[-1] == ":" and not layout.scanned  # “… của ba xã” / “… trình bày như sau:”
        return announced or (len(line.text) > LONG and (starts_name(line.text) or line.text[-1] in ".:;"))
    if (line.upper and is_upper(found[-1])) or alignment == "centred":
        return False
    if only_rest and is_upper(found[0]):
        if line.text[-1] not in ".,;:" and not line.after_blank:
            return False  # “KẾ HOẠCH PHỐI HỢP” with the subject below it, however long that line is
        layout = layout._replace(width=0)
    return (line.after_blank and not only_rest) or _new_paragraph(line, found[-1], after, layout.width)


def _is_whole_sentence(text: str, layout: Layout, alignment: str) -> bool:
    """Whether a line is a sentence with its full stop, which no title has. OCR reads specks as full stops."""
    if layout.scanned or not text.endswith(".") or text.endswith(".."):
        return False
    is_name = all(not word[:1].islower() for word in text.split())  # “… của xã / Tân Hội.”
    return len(text) >= _SENTENCE_LENGTH or (alignment != "centred" and not is_name)


def _stops(line: Line, *, first: bool) -> bool:
    """Whether a line cannot belong to an abstract. ``first``: the abstract has no line yet."""
    folded = line.folded
    attached = _ATTACHED.match(folded) and (first or not line.text[0].islower())
    if attached or _NOTED.match(folded) or _SECTION.match(folded) or len(line.text) > _LONGEST:
        return True
    if not first_letter(line.text).isupper():
        return False
    if _is_sentence(folded):
        return not (first and _CONSIDERED.match(folded))
    # “Thực hiện Nghị quyết số …” is an abstract if short, otherwise the first sentence of the body.
    cites = _CITES.match(folded) if not line.upper else None
    short = cites is not None and (len(line.text) <= LONG or cites["long"] is not None)
    return cites is not None and not (first and short and line.text[-1] not in ".,;:")


def _is_sentence(folded: str) -> bool:
    """Whether a line begins as the body text below an abstract does."""
    return bool(_SENTENCE.match(folded) or _EITHER.match(folded))


def _is_whole(lines: Sequence[Line]) -> bool:
    """Whether lines below a title that begin like a sentence of the body are an abstract by themselves: in
    capitals, or a paragraph without a full stop or colon, and the body begins below it."""
    if not _EITHER.match(lines[0].folded) or len(lines[0].text) > _LONGEST:
        return False
    if lines[0].upper:
        return True
    below = (at for at, line in enumerate(lines[1:_MOST_LINES], 1) if _stops(line, first=False))
    end = next(below, 0)
    return end > 0 and not lines[end - 1].text.endswith((".", ":", ";", ","))


def _new_paragraph(line: Line, above: str, after: Sequence[Line], width: int) -> bool:
    """Whether a line with a capital first letter begins a new sentence instead of continuing the abstract."""
    if len(line.text) > LONG or line.text.endswith((";", ":")):
        return True
    if len(line.text) >= _SENTENCE_LENGTH and line.text.endswith("."):
        return True
    if after and _RULE.fullmatch(after[0].text):
        return False  # the rule below an abstract
    if not after or after[0].after_blank or len(after[0].text) > LONG or _stops(after[0], first=False):
        # The last line before the body text: usually a name on a line of its own.
        return bool(width) and len(line.text) > _FULL * width
    word = line.text.split(" ", 1)[0]
    if width and len(above) + 1 + len(word) <= _ROOM * width:
        return True  # its first word would have fitted on the line above
    goes_on = not after[0].after_blank and first_letter(after[0].text).islower()
    return goes_on and len(line.text) >= (_FULL * width or 75)


def after_reference(pieces: Sequence[Piece], lines: Sequence[Line], at: int) -> str:
    """Return the abstract of an official letter: from ``V/v`` (``pieces[at]``) to the addressee.

    Pieces of the right column that a PDF reader put between its lines are left out.
    """
    parts = [pieces[at].rest]
    last = pieces[at].at
    dated = any(piece.kind is Kind.DATE and piece.value for piece in pieces)
    for piece in pieces[at + 1 : at + 12]:
        follows = piece.at == last + 1 and lines[piece.at].text == piece.text
        meant = dated and follows and _is_day_meant([piece])
        if piece.kind is Kind.DATE and not meant and not _goes_on(piece, parts[-1], last):
            continue
        if piece.at == last and not letters(piece.text) and parts != [""]:
            continue  # the rule of dashes under the motto, beside it
        if piece.at > last and is_row_of_table(lines[piece.at]):
            break
        longest = _LONGEST if parts == [""] else LONG
        if meant or _goes_on(piece, parts[-1], last):
            parts.append(piece.text)
            last = piece.at
            continue
        if piece.kind is not Kind.OTHER or len(piece.text) > longest or parts[-1].endswith("."):
            break
        if piece.at > last and lines[piece.at].after_blank and parts != [""]:
            break
        if parts != [""] and piece.text[:1].isupper() and _begins_body(piece, parts[-1]):
            break
        section = _SECTION.match(piece.folded) and not announces(parts[-1], piece.text)
        if parts != [""] and piece.at > last and section:
            break
        if parts != [""] and piece.at > last and _is_paragraph(lines, pieces[at].at, piece.at, parts[-1]):
            break
        parts.append(piece.text)
        last = piece.at
    return tidy(" ".join(parts))


def _begins_body(piece: Piece, above: str) -> bool:
    """Whether a piece with a capital begins the body: by its words, or a sentence below a whole abstract."""
    whole = len(piece.text) > _NARROW and piece.text[-1] in ".;:"
    return _is_sentence(piece.folded) or (whole and not is_open(above))


def _is_paragraph(lines: Sequence[Line], first: int, at: int, above: str) -> bool:
    """Whether a paragraph of the body begins on line ``at`` below a centred ``V/v`` (line ``first``)."""
    line = lines[at]
    layout = layout_of(lines[first : at + _MOST_LINES], scanned=False)
    alignment = alignment_of(lines[at:], lines[at - 1], layout)
    return alignment == "indented" and first_letter(line.text).isupper() and not must_go_on(above)


def below_number(pieces: Sequence[Piece], lines: Sequence[Line], at: int) -> str:
    """Return the subject of a letter without ``V/v``, as the Party writes them: the lines in small letters
    below the number (``pieces[at]``), in the left column."""
    parts: list[str] = []
    dated = any(piece.kind is Kind.DATE and piece.value for piece in pieces)
    for piece in pieces[at + 1 : at + _MOST_LINES]:
        line = lines[piece.at]
        meant = dated and parts and line.text == piece.text and _is_day_meant([piece])
        if piece.kind in _SKIPPED and not meant:
            if piece.kind is Kind.DATE and line.box is None and line.text == piece.text:
                break  # the head's last line, where columns are not known to be side by side
            continue
        beside = not line.text.startswith(piece.text) or (line.box is not None and line.box.left > _COLUMN)
        text = piece.kind is Kind.OTHER or meant or (parts and _goes_on(piece, parts[-1], piece.at - 1))
        widest = LONG if not parts and begins(piece.text) else _NARROW
        below = line.after_blank and (parts or piece.text.endswith((".", ":", ";")))  # the body's first line
        if beside or not text or below or len(piece.text) > widest:
            break
        parts.append(piece.text)
    found = tidy(" ".join(parts))
    return found if letters(found) >= FEWEST_LETTERS else ""


def _goes_on(piece: Piece, above: str, last: int) -> bool:
    """Whether a piece continues a letter's abstract though it is no text of its own: the year of “năm /
    2025”, the day of “cuộc họp / ngày 18/3/2026”, or an abbreviation on the next line."""
    if piece.at != last + 1 or above.endswith("."):
        return False
    if announces(above, piece.text):
        return True
    if piece.kind is Kind.DATE:
        return _is_day_meant([piece]) and lacks_name(above)
    spans = piece.text[:1] in "-–" and above[-1:].isdigit()  # 2025 / - 2026
    whole = _CODE.fullmatch(piece.text)  # Ban Chỉ đạo / 138
    if whole or ((spans or is_open(above) or lacks_name(above)) and _ROAD.fullmatch(piece.text)):
        return True
    return bool(_YEAR.fullmatch(piece.text)) or (
        piece.kind is Kind.NAME and bool(_ABBREVIATION.fullmatch(piece.text)) and not is_upper(above)
    )
