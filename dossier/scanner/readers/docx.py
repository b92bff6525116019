"""Word (.docx): text in reading order, straight from the XML.

Source: ECMA-376 part 1 (WordprocessingML) and its strict variant; part 3 for alternate content.
"""

from __future__ import annotations

from typing import Any

from dossier.i18n import _
from dossier.model import Content, Page, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.package import Package
from dossier.scanner.readers.word_text import Extract, header_parts, note_elements
from dossier.vietnamese import nfc

_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
_PROPERTIES = {"title": "title", "creator": "creator", "modified": "modified", "subject": "subject"}


class DocxReader(Reader):
    """Word documents: headers, body, footers, then footnotes and endnotes.

    Pages are parted at page breaks the author set; where Word itself breaks pages is not known.
    """

    format = "docx"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            text, notes = _text(package)
            pages, more = _pages(nfc(text), limits)
            if not any(page.text.strip() for page in pages):
                raise _nothing(package)
            return Content(self.format, pages, _properties(package), tuple(notes + more))


def _text(package: Package) -> tuple[str, list[str]]:
    """Text with form feeds at page breaks, and notes."""
    main = _MAIN if _MAIN in package else _find_main(package)
    root = package.xml(main)
    extract = Extract()
    extract.sections(root)
    linked = package.relationships(main)
    headers, footers = header_parts(root, linked)
    for name in headers:
        _add(package, extract, name)
    extract.body(root)
    for name in footers:
        _add(package, extract, name)
    for kind, name in sorted(set(linked.values()), reverse=True):  # footnotes before endnotes
        if kind in ("footnotes", "endnotes") and name in package:
            for note in note_elements(package.xml(name)):
                extract.blocks(note)
    notes = []
    if any(kind == "aFChunk" for kind, _name in linked.values()):
        notes.append(_("Tệp Word có phần nhúng từ tệp khác, phần đó chưa đọc được."))
    return extract.text(), notes


def _add(package: Package, extract: Extract, name: str) -> None:
    if name in package:
        extract.blocks(package.xml(name))


def _find_main(package: Package) -> str:
    for kind, name in package.relationships("").values():
        if kind == "officeDocument" and name in package:
            return name
    raise package.damaged(_("thiếu phần nội dung chính"))


def _pages(text: str, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    notes = []
    if len(text) > limits.max_text_chars:
        text = text[: limits.max_text_chars]
        notes.append(_("Văn bản quá dài nên chỉ đọc {count} ký tự đầu.").format(count=len(text)))
    parts = text.split("\f")
    while len(parts) > 1 and not parts[-1].strip():
        del parts[-1]
    if len(parts) > limits.max_pages:
        notes.append(_("Chỉ đọc {read} trên {all} trang.").format(read=limits.max_pages, all=len(parts)))
    pages = (Page(number, part.strip("\n")) for number, part in enumerate(parts[: limits.max_pages], 1))
    return tuple(pages), notes


def _nothing(package: Package) -> ReadError:
    if any(name.startswith("word/media/") for name in package.names()):
        detail = _("Tệp Word chỉ có ảnh, chưa đọc được chữ trong ảnh; hãy lưu ảnh thành PDF rồi quét lại.")
        return ReadError.because(UnreadReason.UNSUPPORTED, detail, DocxReader.format)
    return ReadError.because(UnreadReason.EMPTY, _("Tệp Word không có chữ nào."), DocxReader.format)


def _properties(package: Package) -> dict[str, str]:
    """Title, creator and so on; a damaged list of them is no reason to lose the text."""
    if _CORE not in package:
        return {}
    try:
        root = package.xml(_CORE)
    except ReadError:
        return {}
    found: dict[str, str] = {}
    for element in root:
        name = _PROPERTIES.get(_local(element))
        if name and element.text and element.text.strip():
            found[name] = nfc(element.text.strip())
    return found


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
