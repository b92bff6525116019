"""OpenDocument text (.odt): paragraphs, lists, tables, frames, notes, in reading order.

Source: OASIS OpenDocument 1.3, part 3: chapters 5 (text), 6.1 (white space), 9 (tables), 10.4 (frames).
"""

from __future__ import annotations

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.odf_text import OdfText, page_breaks, table_styles
from dossier.scanner.readers.package import Package, local_name
from dossier.scanner.readers.paging import pages_of

PROPERTIES = {"title": "title", "initial-creator": "creator", "date": "modified", "subject": "subject"}


class OdtReader(Reader):
    """OpenDocument text: page headers, body, page footers, then footnotes."""

    format = "odt"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            if "content.xml" not in package:
                raise package.damaged(_("thiếu phần nội dung chính"))
            if has_password(package):
                detail = _("Tệp OpenDocument có mật khẩu; hãy bỏ mật khẩu rồi lưu lại.")
                raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
            pages, notes = pages_of(_text(package), limits)
            if not any(page.text.strip() for page in pages):
                raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
            return Content(self.format, pages, package.properties("meta.xml", PROPERTIES), tuple(notes))


def _text(package: Package) -> str:
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    trees = [content] if styles is None else [content, styles]
    text = OdfText(page_breaks(trees), table_styles(trees))
    text.page_parts(styles, "header")
    text.body(content)
    text.page_parts(styles, "footer")
    text.notes()
    return text.text()


def has_password(package: Package) -> bool:
    """Whether an OpenDocument package has encrypted parts."""
    name = "META-INF/manifest.xml"
    if name not in package:
        return False
    try:
        manifest = package.xml(name)
    except ReadError:  # older files name a DTD in it
        return False
    return any(local_name(element) == "encryption-data" for element in manifest.iter("{*}*"))
