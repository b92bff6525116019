"""Read OpenDocument texts and presentations: package, password, properties and embedded objects.

Source: OASIS OpenDocument 1.3, part 2 (packages): 3 and 4.
"""

from __future__ import annotations

import re
import zipfile
from abc import abstractmethod
from io import BytesIO

from dossier.i18n import _
from dossier.model import Content, Page, Unread, UnreadReason
from dossier.scanner.readers.beside import of_beside
from dossier.scanner.readers.embedded import ole_object, with_objects
from dossier.scanner.readers.inner import Inner
from dossier.scanner.readers.interface import Limits, Reader, ReadError, numbered, pages_of
from dossier.scanner.readers.marks import of_pictures, remarks_note, typed, with_marks
from dossier.scanner.readers.odf_text import OdfText, centred_styles, page_breaks, slides, table_styles
from dossier.scanner.readers.package import Package, local_name
from dossier.scanner.readers.sheet_parts import of_open_document

_MOST = 200
_CONTENT = re.compile(r"(Object [^/]{1,100})/content\.xml")
_OLE = re.compile(r"(?:ObjectReplacements/)?Object [^/]{1,100}")
_KINDS = (
    (b"<office:spreadsheet", "spreadsheet"),
    (b"<office:text", "text"),
    (b"<office:presentation", "presentation"),
)


def odf_objects(package: Package) -> list[Inner]:
    """The embedded texts, spreadsheets, presentations and OLE objects of a package; no formulas or charts."""
    files: list[Inner] = []
    for name in package.names():
        if len(files) >= _MOST:
            break
        try:
            if document := _CONTENT.fullmatch(name):
                files.extend(_document(package, document[1]))
            elif _OLE.fullmatch(name) and not name.startswith("ObjectReplacements"):
                files.extend(ole_object(package.read(name), name))
        except ReadError as error:
            files.append(Inner(name, Unread(error.unread.reason, error.unread.detail)))
    return files


def _document(package: Package, folder: str) -> list[Inner]:
    """Repack an embedded object's folder as an OpenDocument file; empty for formulas and charts."""
    content = package.read(f"{folder}/content.xml")
    kind = next((kind for kind in _KINDS if f"<office:{kind}".encode() in content), "")
    if not kind:
        return []
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name in ("content.xml", "styles.xml"):
            if f"{folder}/{name}" in package:
                archive.writestr(name, package.read(f"{folder}/{name}"))
    return [Inner(folder, out.getvalue())]


_PROPERTIES = {"title": "title", "initial-creator": "creator", "date": "modified", "subject": "subject"}


class OpenDocumentReader(Reader):
    """Base of the readers of OpenDocument formats, which differ in :meth:`pages`."""

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            if "content.xml" not in package:
                raise package.without_main()
            if _has_password(package):
                detail = _("Tệp OpenDocument có mật khẩu; hãy bỏ mật khẩu rồi lưu lại.")
                raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
            pages, notes = self.pages(package, limits)
            embedded = odf_objects(package)
            if not any(page.text.strip() for page in pages) and not embedded:
                raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
            remarks = of_open_document(package)[""].remarks
            notes += remarks_note(remarks)
            properties = package.properties("meta.xml", _PROPERTIES)
            content = Content(self.format, pages, properties, tuple(notes))
            marks = (*of_pictures(package, "Pictures/", limits), *typed(remarks), *of_beside(package))
            content = with_marks(content, marks)
            return with_objects(content, embedded, limits)

    @abstractmethod
    def pages(self, package: Package, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
        """Return the pages, and sentences for users about omissions."""


def _has_password(package: Package) -> bool:
    """Whether an OpenDocument package has encrypted parts."""
    name = "META-INF/manifest.xml"
    if name not in package:
        return False
    try:
        manifest = package.xml(name)
    except ReadError:  # manifests of older files refer to a DTD
        return False
    return any(local_name(element) == "encryption-data" for element in manifest.iter("{*}*"))


class OdtReader(OpenDocumentReader):
    """Reader of OpenDocument texts: page headers, body, page footers, then notes."""

    format = "odt"

    def pages(self, package: Package, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
        """See :meth:`OpenDocumentReader.pages`."""
        return pages_of(_text(package), limits)


def _text(package: Package) -> str:
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    trees = [content] if styles is None else [content, styles]
    text = OdfText(page_breaks(trees), table_styles(trees), centred_styles(trees))
    text.page_parts(styles, "header")
    text.body(content)
    text.page_parts(styles, "footer")
    text.notes()
    return text.text()


class OdpReader(OpenDocumentReader):
    """Reader of OpenDocument presentations: each slide's text boxes, shapes, tables and notes are a page."""

    format = "odp"

    def pages(self, package: Package, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
        """See :meth:`OpenDocumentReader.pages`."""
        content = package.xml("content.xml")
        lined = table_styles([content])
        return numbered((_slide(slide, lined) for slide in slides(content)), limits)


def _slide(slide: object, lined: dict[str, bool]) -> str:
    text = OdfText(frozenset(), lined)
    text.blocks(slide)
    text.notes()
    return text.text()
