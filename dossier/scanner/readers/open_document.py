"""What the formats of OpenDocument have in common: the package, its password, its properties.

Source: OASIS OpenDocument 1.3, part 2 (packages): 3 and 4.
"""

from __future__ import annotations

from abc import abstractmethod

from dossier.i18n import _
from dossier.model import Content, Page, UnreadReason
from dossier.scanner.readers.embedded import with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.marks import of_pictures, with_marks
from dossier.scanner.readers.odf_objects import odf_objects
from dossier.scanner.readers.package import Package, local_name
from dossier.scanner.readers.remarks import remarks_note
from dossier.scanner.readers.sheet_parts import of_open_document

_PROPERTIES = {"title": "title", "initial-creator": "creator", "date": "modified", "subject": "subject"}


class OpenDocumentReader(Reader):
    """A reader of one of the formats; they differ in :meth:`pages`."""

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            if "content.xml" not in package:
                raise package.damaged(_("thiếu phần nội dung chính"))
            if _has_password(package):
                detail = _("Tệp OpenDocument có mật khẩu; hãy bỏ mật khẩu rồi lưu lại.")
                raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
            pages, notes = self.pages(package, limits)
            embedded = odf_objects(package)
            if not any(page.text.strip() for page in pages) and not embedded:
                raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
            notes += remarks_note(of_open_document(package)[""].remarks)
            properties = package.properties("meta.xml", _PROPERTIES)
            content = Content(self.format, pages, properties, tuple(notes))
            content = with_marks(content, of_pictures(package, "Pictures/", limits))
            return with_objects(content, embedded, limits)

    @abstractmethod
    def pages(self, package: Package, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
        """The pages, and sentences about what was left out."""


def _has_password(package: Package) -> bool:
    """Whether an OpenDocument package has encrypted parts."""
    name = "META-INF/manifest.xml"
    if name not in package:
        return False
    try:
        manifest = package.xml(name)
    except ReadError:  # older files name a DTD in it
        return False
    return any(local_name(element) == "encryption-data" for element in manifest.iter("{*}*"))
