"""Read Word files (.docx): text in reading order, directly from the XML.

Source: ECMA-376 part 1 (WordprocessingML) and its strict variant, §17.17.2 for imported parts of other
formats (altChunk); part 3 for alternate content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.beside import of_beside
from dossier.scanner.readers.embedded import objects, remarks, with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError, pages_of
from dossier.scanner.readers.marks import of_drawn, of_pictures, remarks_note, with_marks
from dossier.scanner.readers.package import Package
from dossier.scanner.readers.signatures import of_package
from dossier.scanner.readers.text import legacy_note
from dossier.scanner.readers.word_alignment import Alignments
from dossier.scanner.readers.word_fonts import LEGACY_MARKS, Fonts
from dossier.scanner.readers.word_text import Extract, header_parts, note_elements

_MAIN = "word/document.xml"
_WITH_FONTS = frozenset(("header", "footer", "footnotes", "endnotes", "styles"))
_CORE = "docProps/core.xml"
_PROPERTIES = {"title": "title", "creator": "creator", "modified": "modified", "subject": "subject"}


class DocxReader(Reader):
    """Reader of Word documents: headers, body, footers, footnotes, endnotes, then embedded files.

    Pages end at the author's page breaks; where Word breaks pages automatically is not known.
    """

    format = "docx"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            text, notes = _text(package, limits)
            pages, more = pages_of(text, limits)
            embedded = objects(package, "word/embeddings/")
            if not any(page.text.strip() for page in pages) and not embedded:
                raise _nothing(package)
            content = Content(
                self.format,
                pages,
                package.properties(_CORE, _PROPERTIES),
                (*notes, *more, *remarks_note(remarks(package, "word/"))),
                signatures=of_package(package, package.main(_MAIN), limits),
            )
            content = with_marks(
                content,
                (*of_pictures(package, "word/media/", limits), *of_drawn(package), *of_beside(package)),
            )
            return with_objects(content, embedded, limits)


def _text(package: Package, limits: Limits) -> tuple[str, list[str]]:
    """Return the document's text with form feeds at page breaks, and notes on reading it."""
    main = package.main(_MAIN)
    root = package.xml(main)
    linked = package.relationships(main)
    notes: list[str] = []
    styles = cache(lambda: _styles(package, linked))  # parsed where a font or an alignment asks for them
    extract = Extract(
        _fonts(package, main, linked, styles),
        _import_reader(package, linked, limits, notes),
        Alignments(styles),
    )
    extract.sections(root)
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
    return extract.text(), [*legacy_note(extract.legacy), *notes]


def _import_reader(
    package: Package, linked: Mapping[str, tuple[str, str]], limits: Limits, notes: list[str]
) -> Callable[[str], str]:
    """Return a function from a relationship id to the text of an imported part (altChunk).

    Parts that cannot be read give ``""`` and add a sentence to ``notes``.
    """
    inner = replace(limits, containers=False, ocr=False)
    room = [limits.max_inner_files]

    def text(link: str) -> str:
        from dossier.scanner.readers import read_bytes

        kind, name = linked.get(link, ("", ""))
        room[0] -= 1
        if kind != "aFChunk" or name not in package or room[0] < 0:
            return ""
        result = read_bytes(package.read(name), inner)
        if not isinstance(result, Content):
            note = _("Phần nhúng “{name}” trong tệp Word không đọc được: {why}")
            notes.append(note.format(name=name.rpartition("/")[2], why=result.detail))
            return ""
        return "\n".join(page.text for page in result.pages)

    return text


def _fonts(
    package: Package, main: str, linked: Mapping[str, tuple[str, str]], styles: Callable[[], Any]
) -> Fonts | None:
    """The fonts of a document that uses legacy (pre-Unicode) fonts, else ``None``."""
    parts = {name for kind, name in linked.values() if kind in _WITH_FONTS and name in package}
    try:
        if not any(package.mentions(name, *LEGACY_MARKS) for name in (main, *parts)):
            return None
    except ReadError:  # the text is readable without the fonts
        return Fonts()
    return Fonts(styles())


def _styles(package: Package, linked: Mapping[str, tuple[str, str]]) -> Any:
    """The root element of the styles, ``None`` if there are none or they are damaged."""
    name = next((name for kind, name in linked.values() if kind == "styles"), "")
    try:
        return package.xml(name) if name in package else None
    except ReadError:
        return None


def _add(package: Package, extract: Extract, name: str) -> None:
    if name in package:
        extract.blocks(package.xml(name))


def _nothing(package: Package) -> ReadError:
    if any(name.startswith("word/media/") for name in package.names()):
        detail = _("Tệp Word chỉ có ảnh, chưa đọc được chữ trong ảnh; hãy lưu ảnh thành PDF rồi quét lại.")
        return ReadError.because(UnreadReason.UNSUPPORTED, detail, DocxReader.format)
    return ReadError.because(UnreadReason.EMPTY, _("Tệp Word không có chữ nào."), DocxReader.format)
