"""Rich Text Format, as Word, WordPad and LibreOffice write it.

Source: Rich Text Format (RTF) Specification 1.9.1, Microsoft. The words of a control are read in
:mod:`rtf_text`; this module only makes pages of what they say.
"""

from __future__ import annotations

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.embedded import rtf_object, with_objects
from dossier.scanner.readers.interface import Limits, Reader, ReadError, pages_of
from dossier.scanner.readers.marks import remarks_note, typed, with_marks
from dossier.scanner.readers.rtf_text import RtfText
from dossier.vietnamese import nfc


class RtfReader(Reader):
    """RTF: headers, body, footers, then footnotes; pages where the author broke them."""

    format = "rtf"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        text = RtfText(data, limits.max_text_chars)
        pages, notes = pages_of(text.text(), limits)
        embedded = [
            found for number, one in enumerate(text.objects(), 1) for found in rtf_object(one, number)
        ]
        if not any(page.text.strip() for page in pages) and not embedded:
            raise ReadError.because(UnreadReason.EMPTY, _("Tệp RTF không có chữ nào."), self.format)
        if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
            notes.append(_("Tệp RTF thiếu phần cuối, có thể đã bị cắt cụt; chỉ đọc được phần còn lại."))
        properties = {name: nfc(value) for name, value in text.properties().items()}
        remarks = tuple(text.remarks())
        content = Content(self.format, pages, properties, (*notes, *remarks_note(remarks)))
        content = with_marks(content, typed((*remarks, *text.beside(), *properties.values())))
        return with_objects(content, embedded, limits)
