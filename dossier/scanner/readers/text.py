"""Plain text: UTF-8, UTF-16, else one of the old Vietnamese encodings, else Windows-1252."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dossier.i18n import _
from dossier.legacy import Encoding, convert, fits, guess, guess_bytes
from dossier.model import Content, Reading, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError, pages_of

_FEWEST = 8  # words; on fewer the letters alone may say anything

Segment = tuple[str, Encoding | None]  # text, and the encoding its font says


def converted(segments: Iterable[Segment]) -> tuple[str, set[Encoding]]:
    """The text of segments in Unicode, and the encodings that were met.

    Neighbours in one encoding are taken together: a letter of VNI may be parted by a change of font
    size. A segment that cannot be what its font says stays as it is.
    """
    out: list[str] = []
    met: set[Encoding] = set()
    for text, encoding in _joined(segments):
        if encoding is None or text.isascii() or not fits(text, encoding):
            out.append(text.upper() if encoding is Encoding.TCVN3_CAPITALS and text.isascii() else text)
        else:
            out.append(convert(text, encoding))
            met.add(encoding)
    return "".join(out), met


def by_statistics(content: Content) -> Content:
    """The content of a format whose reader knows no fonts, its pages converted where they tell by letters."""
    met: set[Encoding] = set()
    pages = []
    for page in content.pages:
        plain = page.reading is not Reading.TEXT or page.inner or page.text.isascii()
        encoding = None if plain or len(page.text.split()) < _FEWEST else guess(page.text)
        if encoding is not None:
            met.add(encoding)
            page = replace(page, text=convert(page.text, encoding))
        pages.append(page)
    if not met:
        return content
    return replace(content, pages=tuple(pages), notes=(*content.notes, *legacy_note(met)))


def legacy_note(met: Iterable[Encoding]) -> list[str]:
    """The sentence that says from what text was converted; none when nothing was."""
    labels = sorted({encoding.label for encoding in met})
    if not labels:
        return []
    note = _("Chữ trong tệp theo bảng mã cũ {encodings}, đã chuyển sang Unicode.")
    return [note.format(encodings=", ".join(labels))]


def _joined(segments: Iterable[Segment]) -> Sequence[Segment]:
    joined: list[tuple[list[str], Encoding | None]] = []
    for text, encoding in segments:
        if joined and joined[-1][1] is encoding:
            joined[-1][0].append(text)
        else:
            joined.append(([text], encoding))
    return [("".join(texts), encoding) for texts, encoding in joined]


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
