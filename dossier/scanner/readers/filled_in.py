"""Number and day that the text of a page does not tell, or that it tells without showing them.

Some offices paste them into the form as pictures, or stamp them on in fonts that tell no letters; under the
text that a scanner's program laid over a page the page itself may show others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dossier.model import FieldReading, FieldSource
from dossier.scanner.ocr.number_and_day import AGREED
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import symbol_of
from dossier.vietnamese import fold

_HEAD = 5  # lines: below them papers are cited
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doan tncs")
_NUMBER = re.compile(r"(?<![a-z])so\s?[:.]?\s?\d[\d.]*\s?[a-z]?\s?[/-]")
_DAY = re.compile(r"ngay\s?\d\d?\s?(?:thang|[/.-])")
_FIELDS = ("number_symbol", "date")
_UNCONFIRMED = 0.6
_MOST_SEEN = 4  # candidates beside what the text tells


def has_head(text: str) -> bool:
    """Whether the text of a page begins with the head of a paper."""
    return bool(_MOTTO.search(fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))))


def may_be_pasted(text: str) -> bool:
    """Whether a page of text has the head of a paper in which number or day are left open."""
    head = fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))
    return bool(_MOTTO.search(head)) and not (_NUMBER.search(head) and _DAY.search(head))


def confirmed(text: str, seen: Mapping[str, FieldReading]) -> Mapping[str, FieldReading]:
    """Number and day of a page over which a ``text`` is laid, ``seen`` on the page itself.

    Two programs that read the same are believed; where they do not, both values are candidates, and what the
    text alone tells is in doubt.
    """
    header = read_header(text)
    told = {"number_symbol": header.number_symbol, "date": header.date.isoformat() if header.date else ""}
    return {name: reading for name in _FIELDS if (reading := _confirmed(told[name], seen.get(name)))}


def _confirmed(told: str, seen: FieldReading | None) -> FieldReading | None:
    if not told or not seen or not seen.candidates:
        return FieldReading(_UNCONFIRMED, FieldSource.TEXT) if told else seen
    own, other = (fold(symbol_of(number)) for number in (told, seen.candidates[0]))
    if own != other and any(map(str.isalpha, own)):  # of another head, or one of them misread it
        return FieldReading(_UNCONFIRMED, FieldSource.TEXT)
    if fold(told).lstrip("0") == fold(seen.candidates[0]).lstrip("0"):
        return replace(seen, confidence=max(seen.confidence, AGREED))
    both = (*seen.candidates[:_MOST_SEEN], told)
    return replace(seen, confidence=min(seen.confidence, _UNCONFIRMED), candidates=both)
