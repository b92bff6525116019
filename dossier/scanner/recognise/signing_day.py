"""Find the place and date above the signature of a document without a date in its head."""

from __future__ import annotations

import re
from datetime import date

from dossier.scanner.recognise.lines import lines_of
from dossier.scanner.recognise.pieces import place_and_date
from dossier.vietnamese import fold

_PLACE = re.compile(r"^[^\n]{2,70}?, ?\W{0,3}(?:ngay|thang)\b[^\n]{4,60}$", re.MULTILINE)
_FOOT_WITHIN = 900  # characters after a date searched for the signature
_LINES = 14
_SIGNED = re.compile(
    r"(?<![a-z])(?:tm|kt|tl|tuq|q)\s?\.|noi nhan|ky ten|ky, |nguoi (?:lam|viet|khai|cam ket|de nghi|lap)|"
    r"chu tich|giam doc|truong (?:cong an|ban|phong|thon)|dai dien|bo truong|hieu truong"
)


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
        below = "\n".join(
            line.folded for line in lines_of(text[found.end() : found.end() + _FOOT_WITHIN], _LINES)
        )
        if _SIGNED.search(below):
            return dated[2], dated[3]
    return None, ""
