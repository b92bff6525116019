"""Decide when a document's number and date must be read from the page image, and compare both readings.

Some offices paste number and date as pictures, or stamp them in fonts without Unicode mapping. And where a
scanner's OCR laid an invisible text over the image, the image may show other values than that text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dossier.model import FieldReading, FieldSource
from dossier.scanner.ocr.votes import AGREED
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.number import symbol_of
from dossier.vietnamese import fold

_HEAD = 5  # lines; numbers and dates further down belong to cited documents
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doan tncs")
_NUMBER = re.compile(r"(?<![a-z])so\s?[:.]?\s?\d[\d.]*\s?[a-z]?\s?[/-]")
_DAY = re.compile(r"ngay\s?\d\d?\s?(?:thang|[/.-])")
_FIELDS = ("number_symbol", "date")
_UNCONFIRMED = 0.6
_MOST_SEEN = 4  # candidates from the image, besides the value in the text


def has_head(text: str) -> bool:
    """Whether the text of a page begins with the head of an administrative document (the motto)."""
    return bool(_MOTTO.search(fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))))


def may_be_pasted(text: str) -> bool:
    """Whether the head of a document lacks number or date in the text, so that they may be pasted
    pictures."""
    head = fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))
    return bool(_MOTTO.search(head)) and not (_NUMBER.search(head) and _DAY.search(head))


def confirmed(text: str, seen: Mapping[str, FieldReading]) -> Mapping[str, FieldReading]:
    """Compare number and date in a page's invisible text layer (``text``) with those ``seen`` on its image.

    Equal values are trusted. Different values both become candidates; a value found only in the text layer
    is doubtful.
    """
    header = read_header(text)
    in_text = {"number_symbol": header.number_symbol, "date": header.date.isoformat() if header.date else ""}
    return {name: reading for name in _FIELDS if (reading := _confirmed(in_text[name], seen.get(name)))}


def _confirmed(in_text: str, seen: FieldReading | None) -> FieldReading | None:
    if not in_text or not seen or not seen.candidates:
        return FieldReading(_UNCONFIRMED, FieldSource.TEXT) if in_text else seen
    own, other = (fold(symbol_of(number)) for number in (in_text, seen.candidates[0]))
    if own != other and any(map(str.isalpha, own)):  # the image shows another head, or one was misread
        return FieldReading(_UNCONFIRMED, FieldSource.TEXT)
    if fold(in_text).lstrip("0") == fold(seen.candidates[0]).lstrip("0"):
        return replace(seen, confidence=max(seen.confidence, AGREED))
    both = (*seen.candidates[:_MOST_SEEN], in_text)
    return replace(seen, confidence=min(seen.confidence, _UNCONFIRMED), candidates=both)
