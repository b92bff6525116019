"""What people typed into the fields of a PDF form; where it has no appearance on the page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from dossier.model import Content
from dossier.vietnamese import nfc, squash

_MOST = 1000  # fields
_LONGEST = 20_000  # characters of one field


def with_form(content: Content, data: bytes) -> Content:
    """The content with the values of the form's fields as lines under the last page."""
    if b"/AcroForm" not in data:
        return content
    from pypdf import PdfReader

    try:
        fields = PdfReader(BytesIO(data)).get_fields() or {}
    except Exception:  # noqa: BLE001  pypdf raises whatever it stumbles upon; the pages are read already
        return content
    # What has an appearance is there already.
    shown = f" {squash(' '.join(page.text for page in content.pages))} "
    lines = [
        value
        for field in list(fields.values())[:_MOST]
        if (value := _value(field)) and f" {squash(value)} " not in shown
    ]
    if not lines:
        return content
    *pages, last = content.pages
    text = "\n".join(filter(None, (last.text, *lines)))
    return replace(content, pages=(*pages, replace(last, text=text)))


def _value(field: Any) -> str:
    """The text in a field; buttons and signatures have none."""
    value = field.get("/V")
    return nfc(str(value)[:_LONGEST]).strip() if field.get("/FT") in ("/Tx", "/Ch") and value else ""
