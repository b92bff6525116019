"""Recognise the text block that a digital signature prints on a page: signer, office, time of signing.

The time of signing is not the document's date, and its ``Cơ quan`` is not the issuing body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from dossier.i18n import _
from dossier.model import Page, Signature
from dossier.scanner.recognise.lines import Line

_LABEL = re.compile(
    r"(?<![a-z])(?:(?:nguoi ky|ky boi|co quan|e-?mail|thoi gian ky|ngay ky|chu ky so|don vi ky)\s?:"
    r"|(?:digitally signed|signed) by\b|signature (?:not )?valid\b)"
)
_ZONE_TIME = re.compile(r"[+-]\d{2}\s?[:']\s?\d{2}'?")
# Parts of a block broken over several lines: an e-mail address, a date, a time, a time zone.
_VALUE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}[\d:.+ '\-]*|\d{1,2}:\d{2}(:\d{2})?|[+-]\d{2}:?\d{2}|\S+@\S+"
)
_ODD_BIT = re.compile(r"[a-z]{1,2}|v\d{2}|\S{1,12}@\S*")
_REACH = 4  # lines that a value may take
# A block without labels: the name in up to _REACH lines, an address, the time to the second.
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SECOND = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4} \d{1,2}:\d{2}:\d{2}(?: ?[+-]\d{2}:?\d{2})?")
# The block as running text: the signer precedes the time.
_SIGNED_BY = re.compile(r"(?:người ký|ký bởi)\s?:", re.I)
_NEXT = re.compile(r"(?:e-?mail|cơ quan|đơn vị|thời gian ký|ngày ký|ngày)\s?:", re.I)
_SIGNED_AT = re.compile(
    r"(?:thời gian ký|ngày ký)\s?:\s{0,4}(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s{1,4}"
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s{0,4}([+-])(\d{2})[:'](\d{2}))?",
    re.I,
)
_TIMES = ("thời gian ký", "ngày ký")  # one of them is in every such text, in any case
_BLOCK = 400  # characters from the signer's label to the time
_MOST = 32  # blocks per file
_HOURS = 7  # UTC offset if no time zone is printed


def without_blocks(lines: Sequence[Line]) -> list[Line]:
    """Remove signature blocks from the lines of a page's beginning; text beside a block on its line stays."""
    kept: list[Line] = []
    since = _REACH + 1  # lines since the last label
    cut = False
    for line in lines[_end_of_first(lines) :]:
        may = ":" in line.folded or "sign" in line.folded  # every label contains one of them
        found = _LABEL.search(line.folded) if may else None
        if found:
            since = 0
            rest = _beside(line, found.start())
            if rest is not None:
                kept.append(rest)
            cut = rest is None
            continue
        since += 1
        if since <= _REACH and len(line.text) <= 40 and _is_value(line.folded, first=since == 1):
            since = min(since, 1) if _VALUE.fullmatch(line.folded) else since
            continue
        kept.append(line._replace(after_blank=True) if cut else line)
        cut = False
    return kept


def _end_of_first(lines: Sequence[Line]) -> int:
    """Return the number of lines of a block without labels above all other lines, 0 without one.

    Such a block is the appearance of a signature that a program has made part of the page.
    """
    for at, line in enumerate(lines[: _REACH + 1]):
        if not _ADDRESS.fullmatch(line.folded):
            continue
        if at + 1 == len(lines) or not _SECOND.fullmatch(lines[at + 1].folded):
            return 0
        zone = at + 2 < len(lines) and _ZONE_TIME.fullmatch(lines[at + 2].folded)
        return at + 3 if zone else at + 2
    return 0


def is_label(folded: str) -> bool:
    """Whether a folded line begins with a label of a signature block."""
    return _LABEL.match(folded) is not None


def _is_value(folded: str, *, first: bool) -> bool:
    return bool(_VALUE.fullmatch(folded) or _ODD_BIT.fullmatch(folded)) or (first and folded.isdigit())


def _beside(line: Line, start: int) -> Line | None:
    """Return the text left of the block, and right of its time if the whole block is on one line."""
    zone = list(_ZONE_TIME.finditer(line.folded, start))
    cut = zone[-1].end() if zone else len(line.text)
    text = line.text[:start].rstrip() + "\t" + line.text[cut:].lstrip()
    folded = line.folded[:start].rstrip() + "\t" + line.folded[cut:].lstrip()
    if not any(char.isalpha() for char in text):
        return None
    return line._replace(text=text.strip("\t"), folded=folded.strip("\t"))


def printed(pages: Sequence[Page]) -> tuple[Signature, ...]:
    """Return the printed signature blocks of the pages as unchecked signatures, each once."""
    found: dict[tuple[str, str, datetime], Signature] = {}
    for page in pages:
        small = page.text.lower()
        if not any(map(small.__contains__, _TIMES)):
            continue
        for match in _SIGNED_AT.finditer(page.text):
            before = page.text[max(0, match.start() - _BLOCK) : match.start()]
            label = next(reversed(list(_SIGNED_BY.finditer(before))), None)
            at = _instant(match)
            if label is None or at is None:
                continue
            signer = " ".join(_NEXT.split(before[label.end() :], maxsplit=1)[0].split())[:200]
            detail = _("Chỉ là dòng chữ in trên trang, không phải chữ ký số kiểm tra được.")
            found[page.inner, signer, at] = Signature(
                "printed", signer, at, False, False, detail, checked=False, inner=page.inner
            )
            if len(found) == _MOST:
                return tuple(found.values())
    return tuple(found.values())


def _instant(match: re.Match[str]) -> datetime | None:
    day, month, year, hour, minute = (int(match[group]) for group in range(1, 6))
    offset = timedelta(hours=_HOURS)
    if match[7]:
        offset = timedelta(hours=int(match[8]), minutes=int(match[9])) * (-1 if match[7] == "-" else 1)
    try:
        return datetime(year, month, day, hour, minute, int(match[6] or 0), tzinfo=timezone(offset))
    except ValueError:  # 31 February, or a time zone of 99 hours
        return None
