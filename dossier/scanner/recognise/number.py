"""Parse number and symbol: ``Số : 12 /QĐ - UBND`` → ``12/QĐ-UBND``; ``Số 05-NQ/ĐU`` → ``05-NQ/ĐU``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.scanner.recognise import types
from dossier.vietnamese import fold, squash

# “Số” as printed, typed without diacritics, or read by OCR.
_LABEL = (
    r"(?<![^\W_])[S$][ốổỗồộôoóòỏõọơớờởỡợöõ0]{1,2}(?![^\W\d_])"
    r"(?:\s?/\s?No\b\.?|\s(?:k[ýí] )?hiệu(?: văn bản)?)?\s{0,3}[:;.,]{0,2}"
)
_BLANK = r"[\s.…_·]{0,60}"
_CELL = r"(?:\s?\|\s)?"  # between label and number in a table written as text
_PIECE = r"[^\W_]{1,20}"
_JOINED = rf"{_PIECE}(?:\s{{0,2}}[-–—/.&+_]\s{{0,2}}{_PIECE}){{0,7}}"
_CODE = r"(?:QĐ|NQ|CT|TB|CV|KH|BC|TTr|HD|KL|CTr|GM|BB|QC)"
_NUMBER = re.compile(
    rf"{_LABEL}{_CELL}{_BLANK}(?P<number>[0-9OolI]{{1,6}}(?:\.\d{{1,3}})?(?:\.(?=[a-zđ]\s?/))?[a-zđ]?|\d(?:\s\d){{1,4}})?{_BLANK}"
    rf"(?P<sign>[/⁄∕|\\\-–—]|(?<=\d)[lI](?=[A-ZĐ])|(?(number)(?<=[\d.…_])\s(?=(?:{_CODE}|TT|PA|ĐA)[/\-])|(?!)))\s{{0,3}}"
    rf"(?P<symbol>{_JOINED}(?:(?<=BCĐ)\s\d{{2,3}}(?!\d)|(?<=-KV)\s[IVX]{{1,4}}(?!\w))?)",
    re.IGNORECASE,
)
# A handwritten or stamped number that OCR cannot read: only the printed symbol is returned.
_UNREADABLE = re.compile(
    rf"^\W{{0,3}}{_LABEL}(?:[^\n]{{0,16}}?|[\d\s.…_·]{{0,60}})(?:/|(?<=\s)-(?=[A-ZĐ]{{2,4}}/)|-(?={_CODE}/))\s{{0,3}}"
    rf"(?P<symbol>(?=[^\W\d_]|(?:19|20)\d\d\W){_JOINED}(?:(?<=BCĐ)\s\d{{2,3}}(?!\d))?)",
    re.IGNORECASE,
)
# The symbol of a type or office that is not known, after “Số:”.
_CODED = re.compile(r"\W{0,3}S[^:]{1,6}:.*/\s*[A-ZĐ]{2,8}(?:-[A-ZĐ]{2,8}\d{0,3}){1,3}")
_NO_CODE = re.compile(r"\d{1,3}(?!\d)")  # digits after a stroke that is a 1 written by hand: Số /2 -NQ/CB
_TWICE = re.compile(r"^(.{4,})/\1$")  # a symbol that OCR read twice
_OVER_DOTS = re.compile(r"[^\d.…_]{2,6}(?=.{0,60}[.…_]{2})[\d\s.…_·]{2,60}/.*")  # digits on a dotted line
_CITED = re.compile(r"\W{0,3}(?:của|ngày\s*\d[^\n]{0,40}\s(?:của|về|v/v)\b)", re.IGNORECASE)
_OF_LAW = re.compile(r"^\w+\s?:|QH\d{1,2}$")
_OF_LETTER = re.compile(r"\W{0,3}CV\s{0,3}")  # CV số: 84/CAX, alone in its column
# Codes of offices after a type's code, with the dash missing: 37/KH MTTQ-BTT.
_OFFICE = re.compile(r"\s(?P<codes>[A-ZĐ]{2,8}(?:-[A-ZĐ\d]{2,10}){0,3})(?=\s*$|\t|\s[^A-ZĐ])")
# The section that wrote the document, after the symbol of its office: 771/CAH(XDPT), 12/PV05(Đ3).
_SECTION = re.compile(r"\s?\((?P<code>[A-ZĐ]{1,8}\d{0,3}(?:[-,&]\s?[A-ZĐ]{1,8}\d{0,3}){0,3})\)")
_TYPE_BEHIND = re.compile(r"-[A-ZĐ][A-ZĐr]{1,3}(?![^\W_])")  # 14/A05(P3)-BC
_NAMED_AFTER = re.compile(r"\btheo (?:qd|quyet dinh|kh|ke hoach|cv|cong van)(?P<label> so)?$")
# The next word without a space, as in texts copied from a web page: 14/2024/TT-BCANgày ban hành
_GLUED = re.compile(r"(?<=[A-ZĐ]{2})(?:[A-ZĐ][^\W\d_A-ZĐ]{2,}|Xã)$")
_JOINT = re.compile(r"(?:LT|LTr|LN|LB|PH)$")  # liên tịch, liên ngành, liên bộ, phối hợp
_CODES = re.compile(r"[-&.]")
_DIGITS = str.maketrans("OolI", "0011")
_DASHES = str.maketrans("_–—⁄∕|\\Ðð", "---////Đđ")
# Codes with letters that are lost without a Vietnamese keyboard, or in OCR. HD and HĐ, DA and ĐA are
# different codes and stay as printed.
_KNOWN = (
    "QĐ", "QyĐ", "HĐND", "BCĐ", "ĐU", "UBND", "TTr", "CTr", "TTri", "NQ", "KH", "BC", "BB", "TB", "BCA",
    "V05", "PV05", "CAX", "CAT", "CAH", "CAP", "CATP", "MTTQ", "BTT", "BTV", "BCH", "ĐTN",
    "HLHPN", "HCCB", "VPCP", "CĐCS",
)  # fmt: skip
_MISREAD = {"od": "QĐ", "0d": "QĐ", "qdd": "QĐ", "odd": "QĐ", "vo5": "V05", "pvo5": "PV05"}
_MENDED = {fold(code): code for code in _KNOWN} | _MISREAD


@dataclass(frozen=True, slots=True)
class Number:
    """A number and symbol in normal form, with start and end offset in the text."""

    value: str
    start: int
    end: int


def find_number(text: str) -> Number | None:
    """Return the labelled number in a piece of a head; ``None`` if there is none, or only a cited one."""
    found = _NUMBER.search(text[:300])
    if not found:
        return _unreadable(text[:120])
    before, behind = text[: found.start()], text[found.end() :].strip(" .")
    of_letter = _OF_LETTER.fullmatch(before) and not behind
    if not of_letter and not _labelled(before, found[0]):
        return None
    if _is_name(before, found):
        return None
    if _CITED.match(text, found.end()):
        return None
    if not found["number"] and _NO_CODE.match(found["symbol"]):
        return _unreadable(text[:120])
    pieces = _pieces(found["symbol"])
    symbol = _symbol(found["symbol"])
    if not any(char.isalpha() for char in symbol) or len(symbol) == 1:
        return None  # the first letter of a symbol broken apart: 12/Q Đ-UBND
    sign = found["sign"].translate(_DASHES)
    value = _digits(found["number"] or "") + ("/" if sign in "lI" else sign or " ") + symbol
    end = found.start("symbol") + _length(found["symbol"], pieces)
    office = office_behind(symbol, text[end:])
    if office:
        value, end = f"{value}-{office}", end + 1 + len(office)
    if section := _SECTION.match(text, end):
        value, end = f"{value}({section['code'].replace(' ', '')})", section.end()
        if typed := _TYPE_BEHIND.match(text, end):
            value, end = value + typed[0], typed.end()
    return Number(value, 0 if of_letter else found.start(), end)


def office_behind(symbol: str, behind: str) -> str:
    """Return the codes of offices that follow a type's code after a space instead of a dash; otherwise
    ``""``."""
    found = _OFFICE.match(behind) if types.of_symbol(f"/{symbol}") and symbol.isalpha() else None
    return found["codes"] if found and known_codes(found["codes"]) else ""


def symbol_of(number: str) -> str:
    """Return the symbol of a number: ``/QĐ-UBND`` of ``12/QĐ-UBND``."""
    return number[len(number) - len(number.lstrip("0123456789.")) :].lstrip("abcđ")


def cites(name: str, number: str) -> bool:
    """Whether a number belongs to the body's name above it: ĐOÀN KIỂM TRA THEO QĐ and SỐ 12/QĐ-SNV."""
    named = _NAMED_AFTER.search(fold(name))
    return named is not None and (number[:1].isdigit() if named["label"] else number.startswith("SỐ "))


def joint_offices(number: str) -> list[str]:
    """Return the codes of the offices in the symbol of a joint document: ``CAX`` and ``ĐTN`` of
    ``14/KHLT-CAX-ĐTN``, and of ``14-CAX-ĐTN/KHLT`` as older papers have it; none for other documents."""
    *before, last = symbol_of(number).split("/")
    kind, *offices = _CODES.split(last)
    if not _JOINT.search(kind):
        return []
    return offices or [code for part in before for code in _CODES.split(part) if code and not code.isdigit()]


def known_codes(symbol: str) -> bool:
    """Whether every code of a symbol is a known one: true for ``/KH-BCĐ138``, false for ``/KH-BCP138``."""
    pieces = [piece.rstrip("0123456789") for piece in re.split(r"[/\-.&]", symbol)]
    offices = _office_codes(current())
    return all(fold(piece) in offices or bool(types.of_symbol(f"/{piece}")) for piece in pieces if piece)


@lru_cache(maxsize=2)
def _office_codes(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the codes of offices used in symbols, folded and without digits."""
    standing = (*vocabulary.bodies.kinds, *vocabulary.bodies.places)
    listed = (code for place in standing for code in place.codes)
    return frozenset(fold(code.rstrip("0123456789")) for code in (*listed, *_KNOWN))


def _unreadable(text: str) -> Number | None:
    """Return the symbol of a number whose digits OCR could not read."""
    found = _UNREADABLE.match(text)
    symbol = _symbol(found["symbol"]) if found else ""
    if not found or not (
        types.of_symbol(f"/{symbol}")
        or _OVER_DOTS.fullmatch(found[0])
        or _CODED.fullmatch(found[0].translate(_DASHES))
    ):
        return None
    sign = text[found.start("symbol") - 1]
    return Number(
        f"{sign if sign == '-' else '/'}{symbol}",
        found.start(),
        found.start("symbol") + _length(found["symbol"], _pieces(found["symbol"])),
    )


def _symbol(printed: str) -> str:
    """Return a printed symbol in normal form."""
    pieces = _pieces(printed)
    mended = (_mend(piece) if at % 2 == 0 else piece for at, piece in enumerate(pieces))
    return _TWICE.sub(r"\1", squash("".join(mended)).replace(" ", ""))


def _labelled(before: str, found: str) -> bool:
    """Whether the label marks the document's own number: ``Số``, or ``số`` after the type in the number of a
    law (``Luật số: 35/2024/QH15``). ``Quyết định số 12/QĐ-UBND`` is a citation."""
    if found[0].isupper() or found[0] == "$":
        return True
    return bool(_OF_LAW.search(found)) and types.is_name(fold(before).strip())


def _is_name(before: str, found: re.Match[str]) -> bool:
    """Whether the label is the end of a place's name above a dash: XÃ CHIỀNG SƠ - CÔNG AN XÃ."""
    open_dash = not found["number"] and found["sign"] in "-–—"
    return open_dash and any(map(str.isalpha, before)) and not re.search(r"[:.…_]", found[0])


def _digits(number: str) -> str:
    """Replace O and l by 0 and 1 in a number; a final letter stays (``12a``)."""
    body, last = (number[:-1], number[-1]) if number[-1:] not in "0123456789OolI" else (number, "")
    return "".join(body.split()).translate(_DIGITS) + last  # 1 4 3: a cell for each digit


def _pieces(symbol: str) -> list[str]:
    """Split a symbol into its codes and the signs between them, up to the first ordinary word."""
    symbol = symbol.translate(_DASHES)
    pieces = re.split(r"\s*([-/.&+])\s*", symbol)
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        small = sum(map(str.islower, piece))
        spaced = small > len(piece) - small + 1 and fold(piece) not in _MENDED
        if at and (spaced or piece == "Xã"):  # of the place beside the date
            return pieces[: at - 1]
        if glued := _GLUED.search(piece):
            return [*pieces[:at], piece[: glued.start()]]
    return pieces


def _length(symbol: str, pieces: list[str]) -> int:
    """Return how many characters of the printed symbol the pieces cover."""
    left = sum(map(len, pieces))
    for at, char in enumerate(symbol):
        if left == 0:
            return at
        left -= not char.isspace()
    return len(symbol)


def _mend(piece: str) -> str:
    """Correct the diacritics of a known code."""
    known = _MENDED.get(fold(piece))
    bare = piece.rstrip("0123456789")
    if not known and bare != piece and bare == bare.upper():  # BCD138 for BCĐ138
        return _MENDED.get(fold(bare), bare) + piece[len(bare) :]
    if known and (piece.isupper() or piece.islower() or fold(known) != known.lower()):
        return known
    return piece
