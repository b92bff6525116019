"""Read PDF files: text layers by PDFium, scanned pages by OCR; by pypdf if PDFium cannot be loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dossier.i18n import _
from dossier.legacy import Encoding
from dossier.model import Content, FieldReading, Page, Reading, UnreadReason
from dossier.scanner.layout import Arranged, arranged_glyphs
from dossier.scanner.readers.filled_in import confirmed, has_head, may_be_pasted
from dossier.scanner.readers.garbage import is_better, is_blank, is_garbage, is_misread, is_sense, sense
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.marks import with_marks
from dossier.scanner.readers.ocr import STAMP_LETTERS, Ocr, Seen
from dossier.scanner.readers.pdf_attachments import with_attachments
from dossier.scanner.readers.pdf_calls import Objects
from dossier.scanner.readers.pdf_codes import is_coded, without_wrong_tables
from dossier.scanner.readers.pdf_errors import damaged, encrypted, no_text, out_of_sight, scan_without_text
from dossier.scanner.readers.pdf_glyphs import drawn_on
from dossier.scanner.readers.pdf_pictures import FEW_LETTERS, is_over_text, is_scan, shows_pictures
from dossier.scanner.readers.pdf_stamps import (
    Stamps,
    alternative_texts,
    titles_and_bookmarks,
    with_form,
    with_stamps,
)
from dossier.scanner.readers.pdf_unseen import has_layers_off, is_undecoded
from dossier.scanner.readers.signatures import of_pdf
from dossier.scanner.readers.text import legacy_note, misread_words
from dossier.scanner.recognise.lost_letters import has_replaced, lost_letters, regained
from dossier.vietnamese import nfc

# PDFium replaces a hyphen at a line end by U+FFFE, older versions by U+0002.
_MARKS = (("\r", ""), ("\ufffe", "-"), ("\x02", "-"), ("\x00", ""), ("\u00ad", ""), ("\u00a0", " "))
_PROPERTIES = {"Title": "title", "Author": "creator", "ModDate": "modified", "Producer": "producer"}
_MOST_PICTURED = 20  # pages with a text layer and pictures that are searched for stamps
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_… of fpdfview.h


class PdfReader(Reader):
    """Reader of PDF files. Pages without a usable text layer are read by OCR if it is available."""

    format = "pdf"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        try:
            import pypdfium2 as pdfium
        except (ImportError, OSError):  # PDFium is not built for this machine, or does not load
            from dossier.scanner.readers.pdf_fallback import read_with_pypdf

            return replace(read_with_pypdf(data, limits), signatures=of_pdf(data))
        document = _open(pdfium, data)
        work = _Pass(document, partial(_open, pdfium), limits, pdfium.PdfiumError, data)
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
    """Read pages, form and attachments. Raises :class:`ReadError` if none of them has text."""
    try:
        content = work.content()
    except ReadError as error:
        if error.unread.reason is not UnreadReason.EMPTY:
            raise
        blank = Content(PdfReader.format, (Page(1, ""),), notes=tuple(work.notes))
        content = with_attachments(document, with_form(blank, data), data, limits)
        if not any(page.text.strip() for page in content.pages):
            raise
        return content
    content = with_marks(with_form(content, data), alternative_texts(data))
    return with_attachments(document, content, data, limits)


def clean(text: str) -> str:
    """Return the text in NFC, with line ends as ``\\n`` and without PDFium's layout characters."""
    for mark, instead in _MARKS:  # several times faster than str.translate
        text = text.replace(mark, instead)
    return nfc(text)


def _open(pdfium: Any, data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise encrypted() from error
        raise damaged(f"PDFium {error.err_code}") from error


@dataclass(slots=True)
class _Layer:
    """The text layer of a page, and findings that decide whether the page needs OCR.

    ``notes``: texts of annotations that are not drawn. ``stamped``: other annotations were drawn into the
    page. ``pictured``: the page has images. ``scanned``: its text is an image. ``wrong``: the text layer is
    garbage or lacks letters. ``damaged``: PDFium cannot open the page. ``laid`` and ``unread`` as in
    :class:`Drawn`.
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
        """Number of characters without white space; an upper bound for long texts."""
        text = self.arranged.text
        return len(text) if len(text) > 4 * STAMP_LETTERS else len("".join(text.split()))


class _Pass:
    """Reads the pages of a document: all text layers first, then by OCR the pages that need it.

    ``reopen`` opens a file's bytes again, without annotations drawn into its pages.
    """

    def __init__(
        self,
        document: Any,
        reopen: Callable[[bytes], Any],
        limits: Limits,
        pdfium_error: type[Exception],
        data: bytes,
    ) -> None:
        self._document = document
        self._reopen = reopen
        self._data = data
        self._layers_off = has_layers_off(data)
        self._unstamped: Any = None
        self._limits = limits
        self._error = pdfium_error
        self._ocr = Ocr(limits)
        self._pictured = 0  # pages with a text layer that were searched for stamps
        self._room = limits.max_text_chars  # characters that may still be kept
        self._scans: list[int] = []  # numbers of scanned pages that were not recognised
        self._wrong: list[int] = []  # numbers of pages whose wrong text layer was replaced
        self._damaged: list[int] = []
        self._legacy: set[Encoding] = set()
        self._off_page = False  # a page has text only outside its visible area
        self.notes: list[str] = []

    def content(self) -> Content:
        """Return all pages within the limits. Raises :class:`ReadError` if none has text."""
        count = len(self._document)
        layers: list[_Layer] = []
        while len(layers) < min(count, self._limits.max_pages) and self._room > 0:
            layers.append(self._layer(self._document, len(layers)))
        self._read_codes(layers)
        self._judge(layers)
        pages = [_noted(self._page(index, layer), layer.notes) for index, layer in enumerate(layers)]
        if not any(page.text.strip() for page in pages):
            if self._scans:
                raise scan_without_text(self._ocr.why_not(), self._ocr.lacks)
            if self._damaged:
                raise damaged("no page opens")
            raise out_of_sight() if self._off_page else no_text()
        self._note_what_is_missing(count, len(pages))
        lacks = self._ocr.lacks if self._scans else self._ocr.misses
        content = Content(PdfReader.format, tuple(pages), self._properties(), tuple(self.notes), lacks)
        return with_marks(content, titles_and_bookmarks(self._document))

    def _layer(self, document: Any, index: int) -> _Layer:
        try:
            page = document.get_page(index)
        except self._error:
            return _Layer(Arranged(), damaged=True)
        try:
            page, stamps = with_stamps(document, page, index)
            objects = Objects.of_page(page)
            layer = self._text_layer(page, objects, stamps)
            if (letters := layer.letters) < STAMP_LETTERS:
                layer.scanned = is_scan(page, letters)
            layer.pictured = self._limits.ocr and not layer.scanned and shows_pictures(objects)
            if not layer.scanned:
                layer.laid |= layer.pictured and is_over_text(page)
                text = layer.arranged.text
                misread = layer.pictured and is_misread(text) and is_scan(page, letters)
                layer.wrong = layer.wrong or misread or is_garbage(text) or lost_letters(text)
            return layer
        except self._error:
            return _Layer(Arranged(), damaged=True)
        finally:
            page.close()

    def _text_layer(self, page: Any, objects: Objects, stamps: Stamps | None) -> _Layer:
        textpage = page.get_textpage()
        try:
            fits = textpage.count_chars() <= self._room
            drawn = drawn_on(page, textpage, objects, self._room, stamps, layers=self._layers_off)
        finally:
            textpage.close()
        self._legacy |= drawn.legacy
        layer = arranged_glyphs(drawn.glyphs, drawn.width, drawn.height)
        self._off_page |= not layer.text and drawn.off_page
        if not layer.text.isascii():
            layer = layer.replaced(misread_words(layer.text))
        notes = "\n".join(stamps.notes) if stamps is not None else ""
        self._room = max(self._room - len(layer.text) - len(notes), 0) if fits else 0
        return _Layer(
            layer, notes, stamps is not None, wrong=drawn.ambiguous, laid=drawn.laid, unread=drawn.unread
        )

    def _read_codes(self, layers: list[_Layer]) -> None:
        """Replace layers whose fonts name wrong letters by what the codes of the letters say."""
        if not any(layer.wrong or has_replaced(layer.arranged.text) for layer in layers):
            return
        data = without_wrong_tables(self._data)
        if data is None:
            return
        document, room = self._reopen(data), self._room
        try:
            for index, layer in enumerate(layers):
                self._room = len(layer.arranged.text) + len(layer.notes) + room
                again = self._layer(document, index)
                text = again.arranged.text
                if not again.wrong and not is_coded(text) and sense(text) >= sense(layer.arranged.text):
                    layers[index] = again
        finally:
            self._room = room
            document.close()

    def _judge(self, layers: list[_Layer]) -> None:
        """Mark layers too short to be judged as wrong too, if as many layers are wrong as are right."""
        wrong = sum(layer.wrong for layer in layers)
        if wrong and wrong >= sum(is_sense(layer.arranged.text) for layer in layers):
            for layer in layers:
                decided = layer.scanned or is_sense(layer.arranged.text)
                layer.wrong = layer.wrong or (not decided and layer.letters > 0)

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
            # Drawn stamps would cover the scanned image; their texts are known without OCR.
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
        """Recognise secrecy stamps that are pictures on a page with a text layer."""
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
        """Recognise number and date in the image of a document's head, where the text layer may lack them."""
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
        """Read a page by OCR; keep its text layer if OCR finds less."""
        arranged = layer.arranged
        stamped = [word for segment in arranged.segments for word in segment.words if word.stamped]
        seen = self._ocr.read(page, stamped)
        if seen is not None and len(seen.text) < FEW_LETTERS and not layer.letters and is_blank(page):
            if is_undecoded(page, self._error):
                self._damaged.append(number)
                return Page(number, "", Reading.NONE)
            return Page(number, "")  # the blank back of a sheet
        if layer.wrong:
            return self._better(number, arranged, seen)
        if seen is not None and len(seen.text) > max(len(arranged.text), 1):
            return seen.page(number)
        self._scans.append(number)
        reading = Reading.TEXT if layer.letters >= FEW_LETTERS else Reading.NONE
        marks = seen.marks if seen is not None else ()
        return Page(number, arranged.text, reading, segments=arranged.segments, marks=marks)

    def _without_stamps(self) -> Any:
        """Return the document opened anew, without annotations drawn into its pages."""
        if self._unstamped is None:
            self._unstamped = self._reopen(self._data)
        return self._unstamped

    def close(self) -> None:
        """Close the reopened document, if any."""
        if self._unstamped is not None:
            self._unstamped.close()

    def _better(self, number: int, arranged: Arranged, seen: Seen | None) -> Page:
        """Replace a wrong text layer by OCR's text, unless OCR's is no better."""
        if seen is None and not lost_letters(arranged.text):
            self._scans.append(number)
            return Page(number, "", Reading.NONE)
        if seen is None or not (is_better(seen.text, arranged.text) and regained(seen.text, arranged.text)):
            marks = seen.marks if seen is not None else ()
            return Page(number, arranged.text, segments=arranged.segments, marks=marks)
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
        values = ((name, self._document.get_metadata_value(key)) for key, name in _PROPERTIES.items())
        return {name: nfc(value) for name, value in values if value}


def _noted(page: Page, notes: str) -> Page:
    """Append notes to the page's text, after an empty line so that they do not continue its last line."""
    return replace(page, text=f"{page.text}\n\n{notes}" if page.text else notes) if notes else page


def _numbers(pages: list[int]) -> str:
    """Format page numbers for a note: ``1, 3, 4 …``, at most twenty."""
    return ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
