"""PDF: the text layer by PDFium, scanned pages by OCR, pypdf where PDFium cannot be loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dossier.i18n import _
from dossier.legacy import Encoding
from dossier.model import Content, FieldReading, Page, Reading, Unread, UnreadReason
from dossier.scanner.layout import Arranged, arranged_glyphs
from dossier.scanner.readers.filled_in import confirmed, has_head, may_be_pasted
from dossier.scanner.readers.garbage import is_better, is_blank, is_garbage, is_misread, is_sense
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause
from dossier.scanner.readers.marks import with_marks
from dossier.scanner.readers.ocr import (
    FEW_LETTERS,
    STAMP_LETTERS,
    Ocr,
    Seen,
    is_over_text,
    is_scan,
    shows_pictures,
)
from dossier.scanner.readers.package import misread_words
from dossier.scanner.readers.pdf_attachments import with_attachments
from dossier.scanner.readers.pdf_glyphs import drawn_on
from dossier.scanner.readers.pdf_stamps import Stamps, beside, called, with_form, with_stamps
from dossier.scanner.readers.pdf_unseen import has_layers_off
from dossier.scanner.readers.signatures import of_pdf
from dossier.scanner.readers.text import legacy_note
from dossier.vietnamese import nfc

# PDFium marks a hyphen at a line's end with U+FFFE, older versions with U+0002.
_MARKS = (("\r", ""), ("\ufffe", "-"), ("\x02", "-"), ("\x00", ""), ("\u00ad", ""), ("\u00a0", " "))
_PROPERTIES = {"Title": "title", "Author": "creator", "ModDate": "modified", "Producer": "producer"}
_MOST_PICTURED = 20  # pages of text with pictures that are looked at for stamps
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_… of fpdfview.h


class PdfReader(Reader):
    """PDF files. A page without a text layer is read by OCR where Tesseract is installed."""

    format = "pdf"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        try:
            import pypdfium2 as pdfium
        except (ImportError, OSError):  # no build for this machine, or one that does not load
            from dossier.scanner.readers.pdf_fallback import read_with_pypdf

            return replace(read_with_pypdf(data, limits), signatures=of_pdf(data))
        document = _open(pdfium, data)
        work = _Pass(document, lambda: _open(pdfium, data), limits, pdfium.PdfiumError, data)
        try:
            if b"%%EOF" not in data[-4096:]:
                work.notes.append(
                    _("Tệp PDF thiếu phần cuối, có thể đã bị cắt cụt; chỉ đọc được phần còn lại.")
                )
            content = _whole(document, work, data, limits)
        finally:
            work.close()
            document.close()
        return replace(content, signatures=(*of_pdf(data), *content.signatures))


def _whole(document: Any, work: _Pass, data: bytes, limits: Limits) -> Content:
    """Pages, form and attachments. Blank pages are no error where form or attachments have text."""
    try:
        content = work.content()
    except ReadError as error:
        if error.unread.reason is not UnreadReason.EMPTY:
            raise
        blank = Content(PdfReader.format, (Page(1, ""),), notes=tuple(work.notes))
        content = with_attachments(document, with_form(blank, data), limits)
        if not any(page.text.strip() for page in content.pages):
            raise
        return content
    return with_attachments(document, with_marks(with_form(content, data), called(data)), limits)


def clean(text: str) -> str:
    """NFC, plain line ends, no marks that belong to the layout."""
    for mark, instead in _MARKS:  # several times faster than str.translate
        text = text.replace(mark, instead)
    return nfc(text)


def encrypted() -> ReadError:
    """The error for a PDF that asks for a password."""
    detail = _("Tệp PDF có mật khẩu; hãy mở bằng mật khẩu rồi in hoặc lưu lại thành PDF không có mật khẩu.")
    return ReadError.because(UnreadReason.ENCRYPTED, detail, PdfReader.format)


def damaged(why: str) -> ReadError:
    """The error for a PDF that cannot be parsed; ``why`` in a few technical words."""
    detail = _("Tệp PDF bị hỏng hoặc bị cắt cụt ({why}); hãy sao chép lại từ bản gốc hoặc quét lại.")
    return ReadError.because(UnreadReason.CORRUPT, detail.format(why=cause(why)), PdfReader.format)


def scan_without_text(why: str, lacks: tuple[str, ...] = ()) -> ReadError:
    """The error for a PDF of images only; ``lacks`` as in :class:`Unread`."""
    detail = _("Bản quét (chỉ có ảnh), chưa đọc được chữ. {why}").format(why=why)
    return ReadError(Unread(UnreadReason.UNSUPPORTED, detail, PdfReader.format, lacks))


def no_text() -> ReadError:
    """The error for a PDF whose pages are blank."""
    return ReadError.because(UnreadReason.EMPTY, _("Tệp PDF không có chữ nào."), PdfReader.format)


def out_of_sight() -> ReadError:
    """The error for a PDF whose text lies beside its pages: there nobody sees it."""
    detail = _(
        "Chữ trong tệp PDF nằm ngoài khung trang nên không nhìn thấy; hãy in hoặc lưu lại tệp từ bản gốc."
    )
    return ReadError.because(UnreadReason.EMPTY, detail, PdfReader.format)


def _open(pdfium: Any, data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise encrypted() from error
        raise damaged(f"PDFium {error.err_code}") from error


@dataclass(slots=True)
class _Layer:
    """What PDFium tells of a page: its text layer, and whether its text is to be had from its picture.

    ``notes``: what annotations say beside it. ``wrong``: the layer is garbage. ``stamped``: annotations are
    drawn into the page. ``pictured``: there are pictures on it. ``laid`` and ``unread`` as in :class:`Drawn`.
    """

    arranged: Arranged
    notes: str = ""
    stamped: bool = False
    pictured: bool = False
    scanned: bool = False
    wrong: bool = False
    damaged: bool = False
    laid: bool = False
    unread: bool = False

    @property
    def letters(self) -> int:
        """Characters that are no blanks; long texts are not counted exactly."""
        text = self.arranged.text
        return len(text) if len(text) > 4 * STAMP_LETTERS else len("".join(text.split()))


class _Pass:
    """One pass over the pages of a document, and over those again whose text is to be recognised."""

    def __init__(
        self,
        document: Any,
        again: Callable[[], Any],
        limits: Limits,
        pdfium_error: type[Exception],
        data: bytes,
    ) -> None:
        self._document = document
        self._again = again
        self._layers = has_layers_off(data)
        self._unstamped: Any = None
        self._limits = limits
        self._error = pdfium_error
        self._ocr = Ocr(limits)
        self._pictured = 0  # pages of text that were looked at for stamps
        self._room = limits.max_text_chars
        self._scans: list[int] = []  # numbers of pages whose text is in an image and was not had
        self._wrong: list[int] = []  # numbers of pages whose layer was wrong and is replaced
        self._damaged: list[int] = []
        self._legacy: set[Encoding] = set()
        self._beside = False  # a page has text only where it is not seen
        self.notes: list[str] = []

    def content(self) -> Content:
        """All pages within the limits. Raises :class:`ReadError` when none of them gave text."""
        count = len(self._document)
        layers: list[_Layer] = []
        while len(layers) < min(count, self._limits.max_pages) and self._room > 0:
            layers.append(self._layer(len(layers)))
        self._judge(layers)
        pages = [_noted(self._page(index, layer), layer.notes) for index, layer in enumerate(layers)]
        if not any(page.text.strip() for page in pages):
            if self._scans:
                raise scan_without_text(self._ocr.why_not(), self._ocr.lacks)
            if self._damaged:
                raise damaged("no page opens")
            raise out_of_sight() if self._beside else no_text()
        self._note_what_is_missing(count, len(pages))
        lacks = self._ocr.lacks if self._scans else self._ocr.misses
        content = Content(PdfReader.format, tuple(pages), self._properties(), tuple(self.notes), lacks)
        return with_marks(content, beside(self._document))

    def _layer(self, index: int) -> _Layer:
        try:
            page = self._document.get_page(index)
        except self._error:
            return _Layer(Arranged(), damaged=True)
        try:
            page, stamps = with_stamps(self._document, page, index)
            layer = self._text_layer(page, stamps)
            if (letters := layer.letters) < STAMP_LETTERS:
                layer.scanned = is_scan(page, letters)
            layer.pictured = self._limits.ocr and not layer.scanned and shows_pictures(page)
            if not layer.scanned:
                layer.laid |= layer.pictured and is_over_text(page)
                text = layer.arranged.text
                misread = layer.pictured and is_misread(text) and is_scan(page, letters)
                layer.wrong = layer.wrong or misread or is_garbage(text)
            return layer
        except self._error:
            return _Layer(Arranged(), damaged=True)
        finally:
            page.close()

    def _text_layer(self, page: Any, stamps: Stamps | None) -> _Layer:
        textpage = page.get_textpage()
        try:
            fits = textpage.count_chars() <= self._room
            drawn = drawn_on(page, textpage, self._room, stamps, layers=self._layers)
        finally:
            textpage.close()
        self._legacy |= drawn.legacy
        layer = arranged_glyphs(drawn.glyphs, drawn.width, drawn.height)
        self._beside |= not layer.text and drawn.beside
        if not layer.text.isascii():
            layer = layer.replaced(misread_words(layer.text.split()))
        notes = "\n".join(stamps.notes) if stamps is not None else ""
        self._room = max(self._room - len(layer.text) - len(notes), 0) if fits else 0
        return _Layer(
            layer, notes, stamps is not None, wrong=drawn.ambiguous, laid=drawn.laid, unread=drawn.unread
        )

    def _judge(self, layers: list[_Layer]) -> None:
        """Pages too short to tell are taken for wrong where the fonts of most others of the file are."""
        wrong = sum(layer.wrong for layer in layers)
        if wrong and wrong >= sum(is_sense(layer.arranged.text) for layer in layers):
            for layer in layers:
                told = layer.scanned or is_sense(layer.arranged.text)
                layer.wrong = layer.wrong or (not told and layer.letters > 0)

    def _page(self, index: int, layer: _Layer) -> Page:
        if layer.damaged:
            self._damaged.append(index + 1)
            return Page(index + 1, "", Reading.NONE)
        if not layer.scanned and not layer.wrong:
            return Page(
                index + 1,
                layer.arranged.text,
                segments=layer.arranged.segments,
                marks=self._marks(index) if layer.pictured else (),
                fields=self._pasted(index, layer),
            )
        try:
            # Stamps over a picture would hide what it shows; what they say is known.
            page = (self._without_stamps() if layer.stamped else self._document).get_page(index)
        except self._error:
            self._damaged.append(index + 1)
            return Page(index + 1, "", Reading.NONE)
        try:
            return self._scanned_page(page, index + 1, layer)
        except self._error:
            self._damaged.append(index + 1)
            return Page(index + 1, "", Reading.NONE)
        finally:
            page.close()

    def _marks(self, index: int) -> tuple[str, ...]:
        """What a stamp says that was put as a picture onto a page of text."""
        if self._pictured >= _MOST_PICTURED:
            return ()
        self._pictured += 1
        try:
            page = self._document.get_page(index)
        except self._error:
            return ()
        try:
            return self._ocr.red(page)
        except self._error:
            return ()
        finally:
            page.close()

    def _pasted(self, index: int, layer: _Layer) -> Mapping[str, FieldReading]:
        """Number and day as they are seen in a head whose text may not tell them."""
        text = layer.arranged.text
        if not (layer.laid and has_head(text)):
            shown = layer.pictured or layer.unread
            if index or not shown or not may_be_pasted(text):
                return {}
        try:
            page = self._document.get_page(index)
        except self._error:
            return {}
        try:
            seen = self._ocr.head(page)
            return confirmed(text, seen) if layer.laid else seen
        except self._error:
            return {}
        finally:
            page.close()

    def _scanned_page(self, page: Any, number: int, layer: _Layer) -> Page:
        """By OCR; what text layer there is stays when OCR saw less."""
        arranged = layer.arranged
        stamped = [word for segment in arranged.segments for word in segment.words if word.stamped]
        seen = self._ocr.read(page, stamped)
        if seen is not None and len(seen.text) < FEW_LETTERS and not layer.letters and is_blank(page):
            return Page(number, "")  # the back of a sheet
        if layer.wrong:
            return self._better(number, arranged, seen)
        if seen is not None and len(seen.text) > max(len(arranged.text), 1):
            return seen.page(number)
        self._scans.append(number)
        reading = Reading.TEXT if layer.letters >= FEW_LETTERS else Reading.NONE
        marks = seen.marks if seen is not None else ()
        return Page(number, arranged.text, reading, segments=arranged.segments, marks=marks)

    def _without_stamps(self) -> Any:
        """The document anew, its annotations not drawn into its pages."""
        if self._unstamped is None:
            self._unstamped = self._again()
        return self._unstamped

    def close(self) -> None:
        """Let go of what was opened."""
        if self._unstamped is not None:
            self._unstamped.close()

    def _better(self, number: int, arranged: Arranged, seen: Seen | None) -> Page:
        """A wrong layer, or what OCR reads in its place."""
        if seen is None:
            self._scans.append(number)
            return Page(number, "", Reading.NONE)
        if not is_better(seen.text, arranged.text):
            return Page(number, arranged.text, segments=arranged.segments, marks=seen.marks)
        self._wrong.append(number)
        return seen.page(number)

    def _note_what_is_missing(self, count: int, read: int) -> None:
        self.notes += legacy_note(self._legacy)
        if count > read:
            self.notes.append(
                _("Chỉ đọc {read} trên {all} trang vì tệp quá dài.").format(read=read, all=count)
            )
        if self._wrong:
            note = _("Lớp chữ trong tệp sai ở trang {pages}; đã nhận dạng lại chữ từ hình của trang.")
            self.notes.append(note.format(pages=_numbers(self._wrong)))
        if self._scans:
            note = _("Trang chỉ có ảnh, chưa đọc được chữ: {pages}. {why}")
            self.notes.append(note.format(pages=_numbers(self._scans), why=self._ocr.why_not()))
        self.notes += self._ocr.notes()
        if self._damaged:
            note = _("Trang bị hỏng, không đọc được: {pages}.")
            self.notes.append(note.format(pages=_numbers(self._damaged)))

    def _properties(self) -> dict[str, str]:
        found = ((name, self._document.get_metadata_value(key)) for key, name in _PROPERTIES.items())
        return {name: nfc(value) for name, value in found if value}


def _noted(page: Page, notes: str) -> Page:
    """The page with notes below its text: they are no part of its last line."""
    return replace(page, text=f"{page.text}\n\n{notes}" if page.text else notes) if notes else page


def _numbers(pages: list[int]) -> str:
    """``1, 3, 4 …``: at most twenty."""
    return ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
