"""Read annotations and form fields of PDF pages: number, date and seal of e-office systems, notes.

PDFium extracts text only from a page's own content, so the annotations' appearances are first merged into
it, in the copy of the file in memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import Any

from dossier.model import Content
from dossier.scanner.readers.marks import of_title, typed
from dossier.vietnamese import nfc, squash

_MOST = 5000  # annotations of a page that are examined
_MOST_TYPED = 60  # free-text annotations of a page that fill in its blanks; if more, they are comments
_MOST_BOOKMARKS = 500
_LONGEST = 20_000  # characters of a note
_MOST_FIELDS = 1000  # fields whose values are read
_FILLED_IN = 30  # characters of a free text that fills in a blank: a number, a day
_ONE_LINE = 100  # characters of a value that fits into its box on one line
_LINK, _POPUP, _WIDGET, _FREE_TEXT, _NOTE = 2, 16, 20, 3, 1  # FPDF_ANNOT_… of fpdf_annot.h
_DONE = 1  # FLATTEN_SUCCESS of fpdf_flatten.h
_FIELDS = ("Tx", "Ch", "Btn")  # types of fields that users fill in, ISO 32000-1 table 220
_TEXTS = ("Tx", "Ch")  # those of them with text


_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stamps:
    """The annotations of a page.

    ``before``: the page's text without them; ``None`` if none was drawn into it. ``blocks``: boxes (left,
    top, right, bottom in PDF page space, upwards) of annotations that may be text blocks. ``notes``: texts
    of annotations that are not drawn. ``values``: values of form fields and short free texts without an
    appearance, with their boxes.
    """

    before: str | None = None
    blocks: tuple[_Box, ...] = ()
    notes: tuple[str, ...] = ()
    values: tuple[tuple[str, _Box], ...] = ()


def with_stamps(document: Any, page: Any, index: int) -> tuple[Any, Stamps | None]:
    """Draw a page's annotations into it; return the new page and the annotations, ``None`` if none matter."""
    from pypdfium2 import raw as pdfium_functions

    raw: Any = pdfium_functions
    count = raw.FPDFPage_GetAnnotCount(page)
    if count <= 0:
        return page, None
    blocks: list[_Box] = []
    notes: list[str] = []
    values: list[tuple[str, _Box]] = []
    drawn = False
    remarks = _remarks(raw, page, min(count, _MOST))
    for at in range(min(count, _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in (_LINK, _POPUP):
            pass
        elif kind == _NOTE or (kind == _FREE_TEXT and remarks):
            notes.append(_string(raw, annotation, "Contents"))
        elif kind == _FREE_TEXT and not _string(raw, annotation, "AP", appearance=True):
            # Most viewers draw it themselves; what is no number or day is a remark.
            said, place = _string(raw, annotation, "Contents"), raw.FS_RECTF()
            if said[:1].isdigit() and len(said) <= _FILLED_IN and raw.FPDFAnnot_GetRect(annotation, place):
                values.append((said, (place.left, place.top, place.right, place.bottom)))
            else:
                notes.append(said)
        else:
            drawn = True
            notes += typed([_string(raw, annotation, "Contents")])
            place = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(annotation, place):
                box = (place.left, place.top, place.right, place.bottom)
                if kind != _WIDGET or (field := _string(raw, annotation, "FT")) not in _FIELDS:
                    blocks.append(box)
                elif field in _TEXTS and not _string(raw, annotation, "AP", appearance=True):
                    values.append((_string(raw, annotation, "V"), box))
        raw.FPDFPage_CloseAnnot(annotation)
    written = tuple(note for note in notes if note.strip())
    held = tuple((text, box) for text, box in values if text.strip() and len(text) <= _ONE_LINE)[
        :_MOST_FIELDS
    ]
    if not drawn:
        return page, Stamps(notes=written, values=held) if written or held else None
    for at in reversed(remarks):
        raw.FPDFPage_RemoveAnnot(page, at)
    before, seen = _text(page), page.get_bbox()
    if raw.FPDFPage_Flatten(page, 0) != _DONE:
        return page, Stamps(notes=written, values=held) if written or held else None
    page.set_mediabox(*seen)  # PDFium loses a size inherited from the page tree
    page.set_cropbox(*seen)
    page.close()
    return document.get_page(index), Stamps(before, tuple(blocks), written, held)


def _remarks(raw: Any, page: Any, count: int) -> list[int]:
    """Return the indexes of free-text annotations if they are so many that they must be comments."""
    if count <= _MOST_TYPED:
        return []
    typed_over = []
    for at in range(count):
        if annotation := raw.FPDFPage_GetAnnot(page, at):
            if raw.FPDFAnnot_GetSubtype(annotation) == _FREE_TEXT:
                typed_over.append(at)
            raw.FPDFPage_CloseAnnot(annotation)
    return typed_over if len(typed_over) > _MOST_TYPED else []


def titles_and_bookmarks(document: Any) -> tuple[str, ...]:
    """Return possible stamps in a PDFium document's title, subject, keywords and bookmarks."""
    texts = [document.get_metadata_value(key) for key in ("Title", "Subject", "Keywords")]
    texts += [bookmark.get_title() for bookmark in islice(document.get_toc(), _MOST_BOOKMARKS)]
    return typed(part for text in texts for part in of_title(text[:_LONGEST]))


# Alternative text of a figure (ISO 32000-1, 14.9.3) outside compressed streams.
_ALTERNATIVE = re.compile(
    rb"/Alt\s{0,9}(?:\(((?:\\.|[^()\\]){1,400})\)|<([0-9A-Fa-f\s]{4,1600})>)", re.DOTALL
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n?|\n|(.))", re.DOTALL)
_MOST_ALTERNATIVES = 500


def alternative_texts(data: bytes) -> tuple[str, ...]:
    """Return possible stamps in the alternative texts of a PDF file's figures."""
    matches = islice(_ALTERNATIVE.finditer(data), _MOST_ALTERNATIVES) if b"/Alt" in data else ()
    return typed(_decoded(match[1], match[2]) for match in matches)


def _decoded(literal: bytes | None, digits: bytes | None) -> str:
    """Decode a literal or hexadecimal PDF string, ISO 32000-1, 7.3.4 and 7.9.2."""
    if literal is None:
        packed = b"".join((digits or b"").split())
        raw = bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode())
    else:
        raw = _ESCAPE.sub(_unescaped, literal)
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    if escape[1]:
        return bytes((int(escape[1], 8) & 0xFF,))
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}.get(escape[2], escape[2] or b"")


def _text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range(0, -1))
    finally:
        textpage.close()


def _string(raw: Any, annotation: Any, key: str, *, appearance: bool = False) -> str:
    """Return a string of an annotation, or its appearance stream; ``""`` if missing or too long.

    An appearance stream that is too long gives ``"…"``.
    """
    import ctypes

    def ask(buffer: Any, size: int) -> int:
        if appearance:
            return int(raw.FPDFAnnot_GetAP(annotation, 0, buffer, size))
        return int(raw.FPDFAnnot_GetStringValue(annotation, key.encode(), buffer, size))

    size = ask(None, 0)  # bytes of UTF-16, including the final zero
    if not 2 < size <= 2 * _LONGEST:
        return "…" if appearance and size > 2 else ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return nfc(buffer.raw[: size - 2].decode("utf-16-le", "replace")).strip("\0")


_MOST_SHOWN = 100_000  # characters of the pages in which a value is searched
# Text or choice fields, or objects that may contain them: object streams, names with escapes. Most forms
# have only a signature field, and parsing the file again takes long.
_MAY_BE_FILLED_IN = re.compile(rb"/(?:Tx|Ch)\b|/ObjStm|/\w*#[0-9a-fA-F]{2}")


def with_form(content: Content, data: bytes) -> Content:
    """Append the values of form fields that the pages do not display to the last page, one per line."""
    if b"/AcroForm" not in data or not _MAY_BE_FILLED_IN.search(data):
        return content
    from pypdf import PdfReader

    try:
        fields = PdfReader(BytesIO(data)).get_fields() or {}
    except Exception:  # noqa: BLE001  pypdf may raise anything; the pages are read already
        return content
    # Values with an appearance, and those placed by with_stamps(), are in the pages already.
    shown = squash(" ".join(page.text for page in content.pages))[:_MOST_SHOWN]
    lines = [
        value
        for field in list(fields.values())[:_MOST_FIELDS]
        if (value := _value(field)) and not _is_shown(squash(value), shown)
    ]
    if not lines:
        return content
    *pages, last = content.pages
    text = "\n".join(filter(None, (last.text, *lines)))
    return replace(content, pages=(*pages, replace(last, text=text)))


def _is_shown(value: str, shown: str) -> bool:
    return value in shown and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", shown) is not None


def _value(field: Any) -> str:
    """Return the text in a form field; ``""`` for buttons and signatures."""
    value = field.get("/V")
    return nfc(str(value)[:_LONGEST]).strip() if field.get("/FT") in ("/Tx", "/Ch") and value else ""
