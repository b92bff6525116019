"""Number and day that stand as pictures on a page of text, as some offices paste them into the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dossier.vietnamese import fold

if TYPE_CHECKING:
    from dossier.model import FieldReading
    from dossier.scanner.readers.ocr import Ocr

_HEAD = 5  # lines: below them papers are cited
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doan tncs")
_NUMBER = re.compile(r"(?<![a-z])so\s?[:.]?\s?\d[\d.]*\s?[a-z]?\s?[/-]")
_DAY = re.compile(r"ngay\s?\d\d?\s?(?:thang|[/.-])")
_FIELDS = ("number_symbol", "date")


def may_be_pasted(text: str) -> bool:
    """Whether a page of text has the head of a paper in which number or day are left open."""
    head = fold("\n".join(text.split("\n", _HEAD)[:_HEAD]))
    return bool(_MOTTO.search(head)) and not (_NUMBER.search(head) and _DAY.search(head))


def pasted(page: Any, ocr: Ocr) -> Mapping[str, FieldReading]:
    """Number and day of the head of a PDFium page, as they are seen on it."""
    seen = ocr.read(page)
    return {name: seen.fields[name] for name in _FIELDS if name in seen.fields} if seen else {}
