"""What a document does, in its own formal words: a decision's first article, a proposal's request.

An abstract may be short, abbreviated or silent; ``Điều 1. Kiện toàn Ban Chỉ đạo …`` is neither.
"""

from __future__ import annotations

import re

_DECIDING = frozenset(("quyet-dinh", "nghi-quyet"))
_ASKING = frozenset(("to-trinh", "cong-van", "bao-cao", "bien-ban"))
_ARTICLE = re.compile(
    r"^\W{0,6}đi[ềê]u\s{1,2}(?:1|một|thứ nhất)(?!\d)\s?[.:\-–]?\s{0,3}", re.IGNORECASE | re.MULTILINE
)
_NEXT = re.compile(r"\n\W{0,6}đi[ềê]u\s{1,2}(?:2|hai)(?!\d)|[.;:]\s|\.$", re.IGNORECASE)
_REQUEST = re.compile(r"(?:kính|trân trọng)\s(?:đề nghị|trình|mong|đề xuất|xin)\s", re.IGNORECASE)
_MOST = 260  # characters


def operative(kind: str, text: str) -> str:
    """The sentence of a document of type ``kind`` that says what it does; empty where none was found."""
    if kind in _DECIDING:
        found = _ARTICLE.search(text)
    elif kind in _ASKING:
        found = _REQUEST.search(text)
    else:
        return ""
    if found is None:
        return ""
    said = text[found.end() : found.end() + _MOST]
    ends = _NEXT.search(said, 15)
    return said[: ends.start()] if ends else said
