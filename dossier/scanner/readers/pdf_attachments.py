"""Read the files attached to a PDF and append their pages to those of the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers.inner import Gathering, Inner
from dossier.scanner.readers.interface import Limits, ReadError
from dossier.scanner.readers.mail_text import not_opened


def with_attachments(document: Any, content: Content, data: bytes, limits: Limits) -> Content:
    """Append the pages of the attachments of a PDFium document, with bytes ``data``, to its content; inside a
    container, name them only. A portfolio's own pages are left out, because they only tell how to open it."""
    count = document.count_attachments()
    if count <= 0:
        return content
    if not limits.containers:
        names = [_attachment(document, index)[0] for index in range(min(count, 20))]
        return replace(content, notes=(*content.notes, not_opened(names)))
    portfolio = _is_portfolio(data)
    gathering = Gathering(content.format, limits, () if portfolio else content.pages)
    gathering.notes.extend(content.notes)
    gathering.add_all(_files(document, count, limits))
    try:
        whole = gathering.content(dict(content.properties))
    except ReadError:
        if not portfolio:
            raise
        whole = replace(content, notes=tuple(gathering.notes))  # the cover is all that can be read
    lacks = tuple({*content.lacks, *whole.lacks})
    return replace(content, pages=whole.pages, notes=whole.notes, lacks=lacks, signatures=whole.signatures)


def _is_portfolio(data: bytes) -> bool:
    """Whether a PDF file is a collection of files with a cover (ISO 32000-1, 12.3.5)."""
    from pypdf import PdfReader

    try:
        return "/Collection" in PdfReader(BytesIO(data)).root_object
    except Exception:  # noqa: BLE001  pypdf may raise anything; PDFium has read the file already
        return False


def _files(document: Any, count: int, limits: Limits) -> Iterator[Inner]:
    room = limits.max_unzipped_bytes
    for index in range(min(count, limits.max_entries)):
        name, attachment = _attachment(document, index)
        data = b""
        if attachment is not None:
            try:
                data = bytes(attachment.get_data())
            except Exception:  # noqa: BLE001  a damaged attachment; PDFium's errors have no common base
                attachment = None
        if attachment is None:
            why = _("Tệp đính kèm bị hỏng; hãy sao chép lại từ bản gốc.")
            yield Inner(name, Unread(UnreadReason.CORRUPT, why))
            continue
        room -= len(data)
        if room < 0 or len(data) > limits.max_bytes:
            yield Inner(name, Unread(UnreadReason.TOO_LARGE, _("Tệp quá lớn nên không đọc.")))
        else:
            yield Inner(name, data)


def _attachment(document: Any, index: int) -> tuple[str, Any]:
    """Return the name of an attachment and PDFium's object for it, ``None`` if it is damaged."""
    try:
        attachment = document.get_attachment(index)
        return _decoded(attachment.get_name()) or str(index + 1), attachment
    except Exception:  # noqa: BLE001  as above
        return str(index + 1), None


def _decoded(name: str) -> str:
    """Decode a name in UTF-16 from the old entry /F, which PDFium returns as single bytes."""
    if not name.startswith("\xfe\xff"):
        return name
    try:
        return name.encode("latin-1").decode("utf-16")
    except UnicodeError:
        return name
