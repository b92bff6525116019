"""PowerPoint 97–2003 (.ppt), by LibreOffice: a slide is a page, its notes at its end."""

from __future__ import annotations

from dataclasses import replace

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.pptx import PptxReader

_SECONDS = 60.0
_LOCKED = "EncryptedSummary".encode("utf-16-le")  # a stream that only locked presentations have


class PptReader(Reader):
    """Old presentations; where LibreOffice is missing, the reason names it."""

    format = "ppt"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if _LOCKED in data:
            detail = _("Tệp PowerPoint có mật khẩu; hãy mở bằng PowerPoint, bỏ mật khẩu rồi lưu lại.")
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        program = libreoffice.converter(libreoffice.OLD_SLIDES)
        if program is None:
            detail = _(
                "Tệp PowerPoint đời cũ (.ppt) cần LibreOffice để đọc; cài bằng: {command}, hoặc xuất ra PDF."
            )
            said = detail.format(command=libreoffice.install_command(libreoffice.OLD_SLIDES))
            raise ReadError(
                Unread(UnreadReason.UNSUPPORTED, said, self.format, (libreoffice.OLD_SLIDES.name,))
            )
        try:
            converted = libreoffice.converted(program, data, libreoffice.OLD_SLIDES, _SECONDS)
        except ProgramError as error:
            detail = _("Tệp PowerPoint bị hỏng ({error}); hãy sao chép lại từ bản gốc, hoặc xuất ra PDF.")
            raise ReadError.because(UnreadReason.CORRUPT, detail.format(error=error), self.format) from error
        return replace(PptxReader().read(converted, limits), format=self.format)
