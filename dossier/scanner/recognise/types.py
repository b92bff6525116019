"""Types of documents as heads show them: titles in capitals, letters spaced out, codes in symbols."""

from __future__ import annotations

import re

from dossier.document_types import CODES, LETTER, OTHERS, PARTY, SHORT, STATE
from dossier.scanner.recognise.lines import is_upper
from dossier.vietnamese import fold, slug

__all__ = ["LETTER", "OF_ONE_SYLLABLE", "is_name", "of_symbol", "plain_title", "title"]

_SHORT = {name.lower(): slug(name) for name in SHORT}
OF_ONE_SYLLABLE = frozenset(_SHORT.values())
# As typed in a hurry or read by OCR, folded; a code above goes first.
_FOLDED_CODES = {fold(code): kind for code, kind in reversed(CODES.items())} | {"ttri": "thong-tri"}
# A State symbol TT beside a proposal is a slip for TTr.
_STATE_CODES = {"TT": "to-trinh"}

_SLUGS = {fold(name): slug(name) for name in (*STATE, *PARTY, *OTHERS)} | {"thoa thuan": "ban-thoa-thuan"}
_LONGEST_FIRST = sorted(_SLUGS, key=len, reverse=True)
_TITLE = re.compile(r"(?:du thao )?(" + "|".join(map(re.escape, _LONGEST_FIRST)) + r")(?![0-9a-z])")
# "ĐƠN DƯƠNG" is a district, "ĐƠN VỊ" a unit.
_SHORT_TITLE = re.compile(
    r"(sổ|phiếu)(?= |$)|(đơn)(?= (?:xin|đề nghị|đăng ký|kiến nghị|khiếu|tố|trình|cam)|$)", re.IGNORECASE
)
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
        return _SHORT[short[0].lower()], short.end()
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
        return CODES.get(piece) or _FOLDED_CODES.get(fold(piece), "")
    return ""
