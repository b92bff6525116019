"""Types of documents: names, codes, slugs.

Source: Nghị định 30/2020/NĐ-CP, annex III; for the Party Quy định 66-QĐ/TW. The last group are papers
without a code that lie in dossiers.
"""

from __future__ import annotations

import re

from dossier.scanner.recognise.lines import is_upper
from dossier.vietnamese import fold, slug

LETTER = "cong-van"

_STATE = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Quy chế": "QC", "Quy định": "QyĐ",
    "Thông cáo": "TC", "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr", "Kế hoạch": "KH",
    "Phương án": "PA", "Đề án": "ĐA", "Dự án": "DA", "Báo cáo": "BC", "Biên bản": "BB", "Tờ trình": "TTr",
    "Hợp đồng": "HĐ", "Công điện": "CĐ", "Bản ghi nhớ": "BGN", "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ", "Giấy mời": "GM", "Giấy giới thiệu": "GGT", "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB", "Công văn": "CV", "Thư công": "",
}  # fmt: skip
_PARTY = {"Kết luận": "KL", "Thông tri": "TT"}
_OTHERS = (
    "Giấy khen", "Bằng khen", "Giấy chứng nhận", "Giấy xác nhận", "Giấy đề nghị", "Danh sách", "Bộ tiêu chí",
    "Tiêu chí", "Nội quy", "Quy ước", "Quy trình", "Thư cảm ơn", "Thư khen", "Thư ngỏ", "Bảng tổng hợp",
    "Bảng thống kê", "Bảng kê", "Bảng điểm", "Phiếu khảo sát", "Phiếu lấy ý kiến", "Bản cam kết",
    "Bản tự đánh giá", "Kịch bản", "Bài phát biểu", "Bài viết", "Diễn văn", "Lời kêu gọi", "Phụ lục",
)  # fmt: skip
# Words that are a title only with care: they also begin other words of one syllable.
_SHORT = {"sổ": "so", "phiếu": "phieu", "đơn": "don"}

_CODES = {code: slug(name) for name, code in (*_STATE.items(), *_PARTY.items()) if code}
_CODES["BB"] = "bien-ban"
# As typed in a hurry or read by OCR, folded; a code above goes first.
_FOLDED_CODES = {fold(code): kind for code, kind in reversed(_CODES.items())} | {"ttri": "thong-tri"}
# A State symbol TT beside a proposal is a slip for TTr.
_STATE_CODES = {"TT": "to-trinh"}

_SLUGS = {fold(name): slug(name) for name in (*_STATE, *_PARTY, *_OTHERS)} | {"thoa thuan": "ban-thoa-thuan"}
_LONGEST_FIRST = sorted(_SLUGS, key=len, reverse=True)
_TITLE = re.compile(r"(?:du thao )?(" + "|".join(map(re.escape, _LONGEST_FIRST)) + r")(?![0-9a-z])")
_SHORT_TITLE = re.compile(r"(sổ|phiếu|đơn)(?= (?!vị\b)|$)", re.IGNORECASE)
_SPACED = re.compile(r"(?:\w {1,3}){5,}\w")
_TOUCHING = re.compile(r"(?<=\w) (?=\w)")


def title(text: str, folded: str) -> tuple[str, int] | None:
    """``(slug, end of the name)`` when a piece of a head in capitals begins with a type's name."""
    if len(text) > 200 or not is_upper(text):
        return None
    found = _TITLE.match(folded)
    if found:
        return _SLUGS[found[1]], found.end()
    short = _SHORT_TITLE.match(text)
    if short:
        return _SHORT[short[1].lower()], short.end()
    # Q U Y Ế T  Đ Ị N H: letters spaced out, words by wider gaps that may have got lost
    if _SPACED.fullmatch(folded):
        joined = folded.replace(" ", "")
        for name in _LONGEST_FIRST:
            if joined == name.replace(" ", ""):
                return _SLUGS[name], len(text)
    return None


def plain_title(folded: str) -> tuple[str, int] | None:
    """The same for a line not in capitals: the name alone, or followed by its subject."""
    found = _TITLE.match(folded)
    return (_SLUGS[found[1]], found.end()) if found else None


def is_name(folded: str) -> bool:
    """Whether a folded line is just a type's name."""
    return folded in _SLUGS


def of_symbol(number_symbol: str) -> str:
    """The type whose code a symbol begins with: ``12/QĐ-UBND``, ``05-QĐ/HU`` → ``quyet-dinh``."""
    state = "/" in number_symbol.split("-", 1)[0]
    for piece in re.split(r"[/\-]", number_symbol):
        if not piece or piece[0].isdigit():
            continue
        if state and piece in _STATE_CODES:
            return _STATE_CODES[piece]
        return _CODES.get(piece) or _FOLDED_CODES.get(fold(piece), "")
    return ""
