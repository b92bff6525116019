"""Read PDF text by pypdf, slower and without OCR, for machines where PDFium cannot be loaded."""

from __future__ import annotations

from io import BytesIO

from dossier.i18n import _
from dossier.legacy import Encoding
from dossier.model import Content, Page, Reading
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.pdf import clean
from dossier.scanner.readers.pdf_errors import damaged, encrypted, no_text, scan_without_text
from dossier.scanner.readers.pdf_legacy import in_unicode
from dossier.scanner.readers.text import legacy_note

_LACKS = ("pypdfium2",)  # the missing package, which would also read scans, stamps and forms


def read_with_pypdf(data: bytes, limits: Limits) -> Content:
    """Read the text layer of each page. Raises :class:`ReadError`."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted()
        count = len(reader.pages)
    except (FileNotDecryptedError, DependencyError) as error:  # AES needs another library
        raise encrypted() from error
    except PyPdfError as error:
        raise damaged("pypdf") from error
    pages: list[Page] = []
    images = False
    legacy: set[Encoding] = set()
    room = limits.max_text_chars
    for number in range(1, min(count, limits.max_pages) + 1):
        page = reader.pages[number - 1]
        text, more = in_unicode(page.extract_text()[:room])
        legacy |= more
        text = clean(text)
        room -= len(text)
        images = images or (not text.strip() and "/XObject" in (page.get("/Resources") or {}))
        pages.append(Page(number, text, Reading.TEXT if text.strip() else Reading.NONE))
        if room <= 0:
            break
    if not any(page.text.strip() for page in pages):
        raise scan_without_text(_("Nhận dạng chữ cần thư viện pypdfium2."), _LACKS) if images else no_text()
    notes = legacy_note(legacy)
    if count > len(pages):
        notes.append(_("Chỉ đọc {read} trên {all} trang vì tệp quá dài.").format(read=len(pages), all=count))
    if any(not page.text.strip() for page in pages):
        notes.append(_("Có trang không đọc được chữ; nhận dạng chữ cần thư viện pypdfium2."))
    return Content("pdf", tuple(pages), {}, tuple(notes), _LACKS)
