"""Whether two documents come from the same authority. Pure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from dossier.model import Document
from dossier.vietnamese import words

# District police ended on 01/03/2025, district committees on 01/07/2025, and communes were merged
# (secondary sources): from then on another name may be the same authority's successor.
_REORGANISED = date(2025, 3, 1)
_SHORT = {
    "ubnd": "uy ban nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "mttq": "mat tran to quoc",
    "hdnd": "hoi dong nhan dan",
    "bcd": "ban chi dao",
    "ca": "cong an",
    "tp": "thanh pho",
}


def differ(one: Document, other: Document) -> Literal["other", "renamed"] | None:
    """``None`` when the issuers are the same or one is unknown; ``renamed``: the later document is from
    after the reorganisation of 2025, when bodies were renamed and merged."""
    first, second = body_words(one.header.issuing_body), body_words(other.header.issuing_body)
    if not first or not second or first == second or first in second or second in first:
        return None
    later = max(one.header.date or date.min, other.header.date or date.min)
    return "renamed" if later >= _REORGANISED else "other"


@lru_cache(maxsize=8192)
def body_words(name: str) -> str:
    """The name of a body without diacritics and case, its abbreviations spelt out."""
    return " ".join(_SHORT.get(word, word) for word in words(name).split())
