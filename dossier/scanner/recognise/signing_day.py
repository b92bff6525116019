"""Find the place and date above the signature of a document without a date in its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dossier.scanner.recognise.lines import Line, is_upper, lines_of
from dossier.scanner.recognise.pieces import place_and_date
from dossier.vietnamese import fold

_PLACE = re.compile(
    r"^[^\n]{2,70}?, ?\W{0,3}"
    r"(?:(?:ngay|thang)\b[^\n]{4,60}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{4}\W{0,4})$",
    re.MULTILINE,
)
_FOOT_WITHIN = 900  # characters after a date searched for the signature
_LINES = 14
_SIGNED = re.compile(
    r"(?<![a-z])(?:tm|kt|tl|tuq|q)\s?\.|noi nhan|ky ten|ky, |nguoi (?:lam|viet|khai|cam ket|de nghi|lap)|"
    r"chu tich|giam doc|truong (?:cong an|ban|phong|thon)|dai dien|bo truong|hieu truong"
)
_OFFICER = re.compile(r"\b(?:truong|pho|chanh|bi thu|chu nhiem|chinh uy|thu ky)\b")  # in capitals


def signed_on(text: str) -> tuple[date | None, str]:
    """Return ``(date, partial date)`` of the first place and date followed by a signature; else ``(None,
    "")``."""
    folded = fold(text)
    if len(folded) != len(text):
        return None, ""
    for found in _PLACE.finditer(folded):
        lines = lines_of(text[found.start() : found.end()], 1)
        pieces = lines[0].pieces if lines else []
        dated = place_and_date(*pieces[-1]) if pieces else None
        if not dated or not dated[1]:
            continue
        below = lines_of(text[found.end() : found.end() + _FOOT_WITHIN], _LINES)
        beside = (piece[1] for piece in pieces[:-1])  # “Nơi nhận:”
        if any(map(_SIGNED.search, (*beside, *(line.folded for line in below)))) or _is_by_officer(below):
            return dated[2], dated[3]
    return None, ""


def _is_by_officer(below: Sequence[Line]) -> bool:
    """Whether lines have an officer's title in capitals: QUYỀN CHÁNH VĂN PHÒNG."""
    pieces = (piece for line in below for piece in line.pieces)
    return any(is_upper(text) and _OFFICER.search(folded) for text, folded in pieces)
