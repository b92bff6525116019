"""Place and date that stand above the signature: licences, certificates, applications.

Source: Nghị định 30/2020/NĐ-CP, annex III, forms without a date in the head; older forms likewise.
"""

from __future__ import annotations

import re
from datetime import date

from dossier.scanner.recognise.lines import lines_of
from dossier.scanner.recognise.pieces import place_and_date
from dossier.vietnamese import fold

_PLACE = re.compile(r"^[^\n]{2,70}?, ?\W{0,3}(?:ngay|thang)\b[^\n]{4,60}$", re.MULTILINE)
_BELOW = 900  # characters under a date among which the signature stands
_LINES = 14
_SIGNED = re.compile(
    r"(?<![a-z])(?:tm|kt|tl|tuq|q)\s?\.|noi nhan|ky ten|ky, |nguoi (?:lam|viet|khai|cam ket|de nghi|lap)|"
    r"chu tich|giam doc|truong (?:cong an|ban|phong|thon)|dai dien|bo truong|hieu truong"
)


def signed_on(text: str) -> tuple[date | None, str]:
    """``(date, partial date)`` of the first place and date with a signature right below; none there, none."""
    folded = fold(text)
    if len(folded) != len(text):
        return None, ""
    for found in _PLACE.finditer(folded):
        lines = lines_of(text[found.start() : found.end()], 1)
        pieces = lines[0].pieces if lines else []
        dated = place_and_date(*pieces[-1]) if pieces else None
        if not dated or not dated[1]:
            continue
        below = "\n".join(line.folded for line in lines_of(text[found.end() : found.end() + _BELOW], _LINES))
        if _SIGNED.search(below):
            return dated[2], dated[3]
    return None, ""
