"""Plain text: UTF-8, UTF-16, else one of the old Vietnamese encodings, else Windows-1252."""

from __future__ import annotations

import codecs
import re

from dossier.i18n import _
from dossier.legacy import convert, guess_bytes
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.legacy_text import legacy_note
from dossier.scanner.readers.paging import pages_of

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.002  # more control characters than this and it is no text
_DAMAGE_SHARE = 0.01  # broken UTF-8 up to here is still UTF-8
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class TextReader(Reader):
    """Text files. Form feeds part pages."""

    format = "txt"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        text, notes = decode(data)
        if len(_CONTROL.findall(text[:100_000])) > _CONTROL_SHARE * min(len(text), 100_000):
            detail = _(
                "Không nhận ra loại tệp: nội dung không phải văn bản; hãy lưu lại dưới dạng .docx hoặc PDF."
            )
            raise ReadError.because(UnreadReason.UNSUPPORTED, detail, "unknown")
        text = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
        pages, more = pages_of(text, limits)
        return Content(self.format, pages, {}, (*notes, *more))


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text in whatever encoding fits best, and notes on what may be wrong with it. Never raises."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), []
    if encoding := _utf16_without_bom(data):
        return data.decode(encoding, "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    letters = sum(not char.isascii() for char in text[:100_000])
    if text[:100_000].count("\ufffd") <= _DAMAGE_SHARE * letters:
        return text, [_("Một số ký tự trong tệp bị hỏng và được thay bằng dấu \ufffd.")]
    if legacy := guess_bytes(data):
        return convert(data.decode("latin-1"), legacy), legacy_note([legacy])
    note = _("Tệp không theo bảng mã Unicode; đã đọc theo Windows-1252 (Tây Âu), dấu tiếng Việt có thể sai.")
    return data.decode("cp1252", "replace"), [note]


def _utf16_without_bom(data: bytes) -> str:
    """Spaces and line ends of UTF-16 leave a zero byte on one side only."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 10 and even <= odd // 50:
        return "utf-16-le"
    if even > len(head) // 10 and odd <= even // 50:
        return "utf-16-be"
    return ""
