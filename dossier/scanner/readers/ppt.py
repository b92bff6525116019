"""PowerPoint 97–2003 (.ppt): a slide is a page, its notes at its end.

Source: [MS-PPT] 2.1.1 (the streams).
"""

from __future__ import annotations

from io import BytesIO

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.paging import numbered
from dossier.scanner.readers.ppt_records import DamagedError, EncryptedError, every_text, slides

_STREAM, _CURRENT_USER = "PowerPoint Document", "Current User"


class PptReader(Reader):
    """Old presentations, read without any program; of a damaged one what texts there are."""

    format = "ppt"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        stream, edit = _streams(data)
        notes = []
        try:
            texts = slides(stream, edit)
        except EncryptedError as error:
            detail = _("Tệp PowerPoint có mật khẩu; hãy mở bằng PowerPoint, bỏ mật khẩu rồi lưu lại.")
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format) from error
        except DamagedError:
            texts = [every_text(stream)]
            notes.append(_("Tệp PowerPoint hỏng một phần; chữ được đọc không theo từng trang."))
        pages, cut = numbered(texts, limits)
        if not any(page.text.strip() for page in pages):
            detail = _("Tệp PowerPoint không có chữ nào; nếu có ảnh chụp văn bản, hãy xuất ra PDF.")
            raise ReadError.because(UnreadReason.EMPTY, detail, self.format)
        return Content(self.format, pages, {}, (*notes, *cut))


def _streams(data: bytes) -> tuple[bytes, int]:
    """The stream of records, and where its newest user edit stands."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            stream = ole.openstream(_STREAM).read()
            user = ole.openstream(_CURRENT_USER).read() if ole.exists(_CURRENT_USER) else b""
    except Exception as error:
        detail = _("Tệp PowerPoint bị hỏng ({error}); hãy sao chép lại từ bản gốc, hoặc xuất ra PDF.")
        said = detail.format(error=" ".join(str(error).split())[:200])
        raise ReadError.because(UnreadReason.CORRUPT, said, PptReader.format) from error
    return stream, int.from_bytes(user[16:20], "little")
