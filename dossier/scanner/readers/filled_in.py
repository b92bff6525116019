"""Number and day that the text of a page does not tell, or that it tells without showing them.

Some offices paste them into the form as pictures, or stamp them on in fonts that tell no letters; under the
text that a scanner's program laid over a page the page itself may show others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dossier.model import FieldReading, FieldSource
from dossier.vietnamese import fold

_HEAD = 5  # lines: below them papers are cited
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doan tncs")
_NUMBER = re.compile(r"(?<![a-z])so\s?[:.]?\s?\d[\d.]*\s?[a-z]?\s?[/-]")
_DAY = re.compile(r"ngay\s?\d\d?\s?(?:thang|[/.-])")
_FIELDS = ("number_symbol", "date")
_UNCONFIRMED = 0.6


def has_head(text: str) -> bool:
    """Whether the text of a page begins with the head of a paper."""
    return bool(_MOTTO.search(fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))))


def may_be_pasted(text: str) -> bool:
    """Whether a page of text has the head of a paper in which number or day are left open."""
    head = fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))
    return bool(_MOTTO.search(head)) and not (_NUMBER.search(head) and _DAY.search(head))


def confirmed(text: str, seen: Mapping[str, FieldReading]) -> Mapping[str, FieldReading]:
    """What is ``seen`` of number and day on a page over which a text is laid; what the text alone tells is in
    doubt."""
    head = fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))
    told = {name for name, form in zip(_FIELDS, (_NUMBER, _DAY), strict=True) if form.search(head)}
    return {**{name: FieldReading(_UNCONFIRMED, FieldSource.TEXT) for name in told}, **seen}
