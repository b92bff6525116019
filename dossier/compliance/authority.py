"""Whether two documents come from the same authority, and whether that still existed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

from dossier.compliance.definitions import found
from dossier.i18n import _
from dossier.model import Document, DossierState, Finding, Level
from dossier.vietnamese import words

# District police ended on 01/03/2025, district committees on 01/07/2025, and communes were merged
# (secondary sources): from then on another name may be the same authority's successor.
_REORGANISED = date(2025, 3, 1)
_NO_DISTRICTS = date(2025, 7, 1)
_SHORT = {
    "ubnd": "uy ban nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "mttq": "mat tran to quoc",
    "hdnd": "hoi dong nhan dan",
    "bcd": "ban chi dao",
    "ca": "cong an",
    "tp": "thanh pho",
}


def check(state: DossierState) -> Iterator[Finding]:
    """Documents of a district body dated when there were none any more: worth a look, no more."""
    for document in state.documents:
        header = document.header
        if header.date is None or header.date < _REORGANISED:
            continue
        body = body_words(header.issuing_body)
        if header.issuer_level is not Level.DISTRICT and not body.startswith("huyen uy"):
            continue
        since = _REORGANISED if "cong an" in body else _NO_DISTRICTS
        if header.date >= since:
            message = _(
                "{document}: do {body} ban hành ngày {day:%d/%m/%Y}; cơ quan cấp huyện đã kết thúc hoạt động "
                "từ {since:%d/%m/%Y}. Hãy xem lại ngày hoặc cơ quan ban hành."
            )
            said = message.format(
                document=document.id, body=header.issuing_body, day=header.date, since=since
            )
            yield found("TV-19", said, [document.id])


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
