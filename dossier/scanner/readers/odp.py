"""OpenDocument presentations (.odp): a slide is a page, its notes at its end.

Source: OASIS OpenDocument 1.3, part 3: 3.8 (presentations), 10.2.4 (pages), 16.17 (notes).
"""

from __future__ import annotations

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.odf_text import OdfText, slides, table_styles
from dossier.scanner.readers.odt import PROPERTIES, has_password
from dossier.scanner.readers.package import Package
from dossier.scanner.readers.paging import numbered


class OdpReader(Reader):
    """Presentations: slides in their order; text boxes, shapes, tables, notes."""

    format = "odp"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        with Package(data, limits, self.format) as package:
            if "content.xml" not in package:
                raise package.damaged(_("thiếu phần nội dung chính"))
            if has_password(package):
                detail = _("Tệp OpenDocument có mật khẩu; hãy bỏ mật khẩu rồi lưu lại.")
                raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
            content = package.xml("content.xml")
            lined = table_styles([content])
            pages, notes = numbered((_slide(slide, lined) for slide in slides(content)), limits)
            if not any(page.text.strip() for page in pages):
                raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
            return Content(self.format, pages, package.properties("meta.xml", PROPERTIES), tuple(notes))


def _slide(slide: object, lined: dict[str, bool]) -> str:
    text = OdfText(frozenset(), lined)
    text.blocks(slide)
    text.notes()
    return text.text()
