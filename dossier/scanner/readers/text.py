"""Plain text: UTF-8, UTF-16, else Windows-1258, the old Vietnamese code page of Windows."""

from __future__ import annotations

import codecs
import re

from dossier.i18n import _
from dossier.model import Content, Page, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.vietnamese import nfc

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
        text, notes = _decode(data)
        if len(_CONTROL.findall(text[:100_000])) > _CONTROL_SHARE * min(len(text), 100_000):
            detail = _(
                "Không nhận ra loại tệp: nội dung không phải văn bản; hãy lưu lại dưới dạng .docx hoặc PDF."
            )
            raise ReadError.because(UnreadReason.UNSUPPORTED, detail, "unknown")
        text = nfc(_CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
        if not text.strip():
            raise ReadError.because(UnreadReason.EMPTY, _("Tệp không có chữ nào."), self.format)
        if len(text) > limits.max_text_chars:
            text = text[: limits.max_text_chars]
            notes.append(_("Văn bản quá dài nên chỉ đọc {count} ký tự đầu.").format(count=len(text)))
        parts = text.split("\f")
        if len(parts) > limits.max_pages:
            notes.append(_("Chỉ đọc {read} trên {all} trang.").format(read=limits.max_pages, all=len(parts)))
        while len(parts) > 1 and not parts[-1].strip():
            del parts[-1]
        pages = tuple(Page(number, part) for number, part in enumerate(parts[: limits.max_pages], 1))
        return Content(self.format, pages, {}, tuple(notes))


def _decode(data: bytes) -> tuple[str, list[str]]:
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
    note = _("Tệp không theo bảng mã Unicode; đã đọc theo Windows-1258, dấu tiếng Việt có thể sai.")
    return data.decode("cp1258", "replace"), [note]


def _utf16_without_bom(data: bytes) -> str:
    """Spaces and line ends of UTF-16 leave a zero byte on one side only."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 10 and even <= odd // 50:
        return "utf-16-le"
    if even > len(head) // 10 and odd <= even // 50:
        return "utf-16-be"
    return ""
