"""Text to pages, within the limits; what was left out becomes a note."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.i18n import _
from dossier.model import Page
from dossier.scanner.readers.interface import Limits
from dossier.vietnamese import nfc


def pages_of(text: str, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """Pages of a text with form feeds between them, in NFC, and notes on what was cut.

    Empty pages at the end are dropped; there is always at least one page.
    """
    return numbered(text.split("\f"), limits)


def numbered(texts: Iterable[str], limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """As :func:`pages_of`, from the text of each page."""
    notes: list[str] = []
    parts, room = [], limits.max_text_chars
    for part in texts:
        if len(part) > room:
            part = part[:room]
            notes.append(
                _("Văn bản quá dài nên chỉ đọc {count} ký tự đầu.").format(count=limits.max_text_chars)
            )
        room -= len(part)
        parts.append(nfc(part).strip("\n"))
        if notes:
            break
    while len(parts) > 1 and not parts[-1].strip():
        del parts[-1]
    if len(parts) > limits.max_pages:
        notes.append(_("Chỉ đọc {read} trên {all} trang.").format(read=limits.max_pages, all=len(parts)))
    kept = parts[: limits.max_pages] or [""]
    return tuple(Page(number, part) for number, part in enumerate(kept, 1)), notes
