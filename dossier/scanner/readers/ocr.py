"""Scanned pages: which pages of a PDF are scans, their image, their text by Tesseract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any

from dossier.i18n import _
from dossier.model import Content, FieldReading, Page, Reading, Segment, Word
from dossier.scanner._exec import tesseract
from dossier.scanner.layout import arranged
from dossier.scanner.layout.spread import gutter, one_page, second_first
from dossier.scanner.ocr import engine, ppocr, red_frames, stamps
from dossier.scanner.ocr.head_columns import columns_again
from dossier.scanner.ocr.interface import EngineError, Recognised, Recogniser
from dossier.scanner.ocr.number_and_day import AGREED, HEAD, with_number_and_day
from dossier.scanner.ocr.passage import looked_again
from dossier.scanner.ocr.regions import only_red, without_red
from dossier.scanner.ocr.signer import signer_on
from dossier.scanner.ocr.tesseract import TesseractProgram
from dossier.scanner.readers.garbage import is_blank_picture
from dossier.scanner.readers.interface import Limits, cause
from dossier.scanner.readers.pdf_calls import address, call
from dossier.scanner.readers.straighten import evened, levelled, straightened
from dossier.scanner.recognise import recognise
from dossier.scanner.sandbox_worker import still_alive

if TYPE_CHECKING:
    from PIL import Image

FEW_LETTERS = 20  # a page with fewer letters than this has no text layer to speak of
STAMP_LETTERS = 400  # up to here the text over a page-sized image may be only a signature's stamp

_PAGE_SIZED = 0.6  # share of the page an image covers when the page is a scan with a stamp on it
_MANY_PATHS = 200  # letters drawn as outlines leave this many paths on a page
MAX_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million
_DOUBTFUL = 0.7  # confidence below which a page may lie on its side; upright ones have 0.85 and more
_WHITE = (255, 255, 255)
_SMALL = 585  # pixels of the long side: A4 at 50 dpi
_RED_DPI = 150  # stamps are large
_PAGE_PIXELS = 800  # of the short side of a picture that may be a page
_LEAST_DPI = 250  # on sample scans of 150 dpi, 200 lost 2 numbers in 100 that 250 and 300 read
_MAX_FAILURES = 3  # after so many pages Tesseract failed on, the rest of the file is left
_TEXT, _IMAGE, _PATH, _FORM = 1, 3, 2, 5  # FPDF_PAGEOBJ_… of fpdf_edit.h
_DEEPEST = 4  # forms within forms that are looked into


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as OCR read it; see :class:`dossier.model.Page`."""

    text: str
    confidence: float
    segments: Sequence[Segment] = ()
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    marks: tuple[str, ...] = ()

    def page(self, number: int) -> Page:
        """The page of a file."""
        return Page(
            number, self.text, Reading.OCR, self.confidence,
            segments=self.segments, fields=self.fields, marks=self.marks,
        )  # fmt: skip


class Ocr:
    """Reads the scanned pages of one file, within the limits; knows why it did not read some."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.ocr_max_pages
        self._failures: list[str] = []
        self._blind = False  # something was written by hand and there was nothing to read it with

    @cached_property
    def _engine(self) -> Recogniser:
        """Loaded when there is something to recognise: most files have nothing."""
        return engine(self._limits.ocr_engine)

    def read(self, page: Any, stamped: Sequence[Word] = ()) -> Seen | None:
        """Text of a PDFium page, or ``None`` (then :meth:`why_not` says why).

        ``stamped``: words that annotations put on it, which are not drawn on this page.
        """
        return self.read_image(lambda: render(page, resolution(page, self._limits.ocr_dpi)), stamped)

    def read_image(
        self, image: Callable[[], tuple[Image.Image, int]], stamped: Sequence[Word] = ()
    ) -> Seen | None:
        """As :meth:`read`, of a picture and its dots per inch, made when they are needed."""
        if not self._limits.ocr or not self._engine.available() or self._left <= 0:
            return None
        if len(self._failures) >= _MAX_FAILURES:
            return None
        self._left -= 1
        still_alive()
        while True:
            try:
                return self._recognise(*image(), stamped)
            except EngineError as error:
                other = engine(TesseractProgram.name)
                if self._engine.name == other.name or not other.available():
                    self._failures.append(str(error))
                    return None
                self._engine = other  # what the library cannot, the program may, for the rest of the file

    def head(self, page: Any) -> Mapping[str, FieldReading]:
        """Number and day in the head of a PDFium page, as they are seen on it; nothing where none are."""
        if not self._limits.ocr or not self._engine.available() or self._left <= 0:
            return {}
        self._left -= 1
        still_alive()
        picture, dpi = render(page, resolution(page, self._limits.ocr_dpi))
        below = round(HEAD * picture.height)
        picture.paste(_WHITE, (0, below, picture.width, picture.height))
        try:
            upright, found = self._printed(evened(picture), dpi)
            found = columns_again(found, upright, lambda piece: self._piece(piece, dpi))
        except EngineError:
            return {}
        _found, fields = with_number_and_day(found, upright, ppocr.model)
        self._blind |= not ppocr.available() and any(f.confidence < AGREED for f in fields.values())
        return fields

    @property
    def lacks(self) -> tuple[str, ...]:
        """Programs that would have read what was left: never one that is here and failed.

        Whichever engine is set, it is Tesseract that a person installs.
        """
        if self._limits.ocr and self._engine.available():
            return self.misses
        return (tesseract.PROGRAM if self._library_broke else tesseract.NAME, *self.misses)

    @property
    def _library_broke(self) -> bool:
        """Whether the library ended the process that read this file, and the program is not here."""
        return self._limits.apart and not self._engine.available()

    @property
    def misses(self) -> tuple[str, ...]:
        """Packages that would have read what is written by hand on pages that were read."""
        return (ppocr.NAME,) if self._blind else ()

    def notes(self) -> list[str]:
        """Sentences about what was not made out on pages that were read."""
        if not self._blind:
            return []
        if broken := ppocr.trouble():
            return [_("Số hoặc ngày viết tay chưa đọc được chắc chắn.") + " " + broken]
        note = _("Số hoặc ngày viết tay chưa đọc được chắc chắn. Cài gói đọc chữ viết tay bằng: {command}")
        return [note.format(command=ppocr.install_command())]

    def why_not(self) -> str:
        """A sentence that says why scanned pages were left unread, and what to do."""
        if not self._limits.ocr:
            return _("Nhận dạng chữ (OCR) đang tắt.")
        if self._library_broke:
            broke = _(
                "Phần nhận dạng chữ cài sẵn bị dừng đột ngột ở tệp này; cài thêm chương trình Tesseract "
                "và dữ liệu tiếng Việt để đọc lại: {command}"
            )
            return broke.format(command=tesseract.install_command())
        if not self._engine.available():
            missing = _("Cần Tesseract và dữ liệu tiếng Việt để nhận dạng chữ; cài bằng: {command}")
            return missing.format(command=tesseract.install_command())
        if self._failures:
            return _("Tesseract không nhận dạng được ({error}).").format(error=cause(self._failures[-1]))
        if self._left <= 0:
            return _("Chỉ nhận dạng {count} trang đầu.").format(count=self._limits.ocr_max_pages)
        return _("Không nhận dạng được chữ nào trong ảnh; hãy quét lại rõ hơn (300 dpi, đúng chiều).")

    def _recognise(self, page: Image.Image, dpi: int, stamped: Sequence[Word]) -> Seen:
        """Text of a page that may lie askew, on its side or upside down."""
        page = evened(page)
        upright, found = self._printed(page, dpi)
        if found.confidence < _DOUBTFUL and not is_blank_picture(_small(page)):
            # Upright pages are the rule: only where little could be read is it asked how the page lies.
            degrees = self._engine.quarter_turn(without_red(page), self._limits.ocr_page_seconds)
            if degrees:
                turned, other = self._printed(page.rotate(-degrees, expand=True), dpi)
                if other.confidence > found.confidence:
                    upright, found = turned, other
        if middle := gutter(_reaches(found), *upright.size):
            return self._spread(upright, middle, dpi)
        found = columns_again(found, upright, lambda piece: self._piece(piece, dpi))
        found, fields = with_number_and_day(found, upright, ppocr.model)
        self._blind |= not ppocr.available() and any(f.confidence < AGREED for f in fields.values())
        found = self._abstract_again(found, upright, dpi)
        if signer := signer_on(found, upright, lambda piece: self._piece(piece, dpi)):
            fields["signer"] = signer
        words = [word for line in found.lines for word in line.words]
        # A stamped number or day belongs into its line; the block of a signature lies over other words.
        filled_in = [word for word in stamped if word.text.strip(".,/").isdecimal()]
        seen = arranged([*words, *filled_in], *upright.size)
        rest = " ".join(word.text for word in stamped if word not in filled_in)
        text = "\n".join(filter(None, (seen.text, rest)))
        marks = self._red(upright, dpi)
        if ppocr.available():
            marks += red_frames.unread(upright) + stamps.framed(upright) + stamps.unread(upright, words)
        return Seen(text, found.confidence, seen.segments, fields, marks)

    def _spread(self, picture: Image.Image, middle: float, dpi: int) -> Seen:
        """Text of two pages that one picture shows. What was weighed of their fields is left out: it would be
        said of a page as a whole, and two papers may begin on this one."""
        (wide, high), at = picture.size, round(middle * picture.width)
        sides = [
            (self._recognise(picture.crop((left, 0, right, high)), dpi, ()), (left / wide, right / wide))
            for left, right in ((0, at), (at, wide))
        ]
        if second_first(*(seen.text for seen, _reach in sides)):
            sides.reverse()
        text, segments = one_page([(seen.text, seen.segments, reach) for seen, reach in sides])
        marks = tuple(mark for seen, _reach in sides for mark in seen.marks)
        return Seen(text, min(seen.confidence for seen, _reach in sides), tuple(segments), {}, marks)

    def _abstract_again(self, found: Recognised, page: Image.Image, dpi: int) -> Recognised:
        """The same with the words of the abstracts that begin on the page read once more."""
        seen = arranged([word for line in found.lines for word in line.words], *page.size)
        whole = Page(1, seen.text, Reading.OCR, found.confidence, segments=seen.segments)
        for document in recognise(Content("", (whole,))):
            place = document.header.fields.get("abstract")
            if place is not None and place.box is not None:
                found = looked_again(found, place.box, page, lambda piece: self._piece(piece, dpi))
        return found

    def red(self, page: Any) -> tuple[str, ...]:
        """What is written in red ink on a PDFium page whose text needs no recognising."""
        if not self._limits.ocr:
            return ()
        picture, dpi = render(page, _RED_DPI)
        # A scan with a layer of text is a scan; on a page that was written, boxes are drawn in any colour.
        frames = red_frames.unread(picture) if _is_covered(page) and ppocr.available() else ()
        try:
            return (*self._red(picture, dpi), *frames)
        except EngineError:
            return frames

    def picture(self, picture: Image.Image) -> tuple[str, ...]:
        """What a picture within a document says: its red ink, and all of one as large as a page."""
        if not self._limits.ocr:
            return ()
        if min(picture.size) < _PAGE_PIXELS:
            return self._red(picture, _RED_DPI)
        seen = self.read_image(lambda: (picture, _LEAST_DPI))
        return () if seen is None else (seen.text, *seen.marks)

    def _red(self, page: Image.Image, dpi: int) -> tuple[str, ...]:
        """What the red ink on a page says, read by whatever is here to read it."""
        if ppocr.available():
            return stamps.said(page.convert("RGB"))
        ink = only_red(page.convert("RGB"))
        if ink is None or not self._engine.available():
            return ()
        found = self._engine.recognise(ink, dpi, self._limits.ocr_page_seconds)
        return tuple(" ".join(word.text for word in line.words) for line in found.lines)

    def _piece(self, piece: Image.Image, dpi: int) -> Recognised:
        """What is printed on a piece of a page; nothing where that cannot be made out in time."""
        try:
            return self._engine.recognise(piece, dpi, self._limits.ocr_page_seconds, piece=True)
        except EngineError:
            return Recognised()

    def _printed(self, page: Image.Image, dpi: int) -> tuple[Image.Image, Recognised]:
        """The page put straight, and what is printed on it."""
        straight = levelled(straightened(page))
        return straight, self._engine.recognise(without_red(straight), dpi, self._limits.ocr_page_seconds)


def _reaches(found: Recognised) -> list[list[tuple[float, float]]]:
    """Where the words of each line stand from left to right, such as have letters or digits."""
    return [
        [(w.box.left, w.box.right) for w in line.words if any(map(str.isalnum, w.text))]
        for line in found.lines
    ]


def _small(page: Image.Image) -> Image.Image:
    """The page in grey, as large as it must be to see whether there is anything on it."""
    small = page.convert("L")
    small.thumbnail((_SMALL, _SMALL))
    return small


def shows_pictures(page: Any) -> bool:
    """Whether there is any picture on a PDFium page."""
    type_of = call("FPDFPageObj_GetType")

    def pictured(count: Any, get: Any, holder: Any, depth: int) -> bool:
        # Asked directly, in loops in C: nearly all pages have text and lines only, by the hundred.
        items = list(map(get, repeat(holder), range(count(holder))))
        kinds = list(map(type_of, items))
        if _IMAGE in kinds or depth == _DEEPEST:
            return _IMAGE in kinds
        forms = [item for item, kind in zip(items, kinds, strict=True) if kind == _FORM]
        count, get = call("FPDFFormObj_CountObjects"), call("FPDFFormObj_GetObject")
        return any(pictured(count, get, form, depth + 1) for form in forms)

    return pictured(call("FPDFPage_CountObjects"), call("FPDFPage_GetObject"), address(page.raw), 1)


def is_scan(page: Any, letters: int) -> bool:
    """Whether a PDFium page of so few letters (not counting spaces) shows its text as an image."""
    images, paths, covered = 0, 0, 0.0
    area = page.get_width() * page.get_height() or 1.0
    for item in page.get_objects(filter=[_IMAGE, _PATH], max_depth=_DEEPEST):
        if item.type == _PATH:
            paths += 1
            if paths > _MANY_PATHS and letters < FEW_LETTERS:
                return True
            continue
        images += 1
        if letters < FEW_LETTERS:
            return True
        covered += _area(item) / area
        if covered >= _PAGE_SIZED:
            return True
        if images > 1000:
            return False
    return False


def _area(item: Any) -> float:
    """Area of a page object, in square points; inside a form it is that of the form's space."""
    try:
        left, bottom, right, top = item.get_bounds()
    except Exception:  # noqa: BLE001  an object without bounds covers nothing
        return 0.0
    return float(abs(right - left) * abs(top - bottom))


def _is_covered(page: Any) -> bool:
    """Whether one picture covers a PDFium page."""
    area, _dots = max(
        map(_picture, page.get_objects(filter=[_IMAGE], max_depth=_DEEPEST)), default=(0.0, 0.0)
    )
    return bool(area >= _PAGE_SIZED * page.get_width() * page.get_height())


def is_over_text(page: Any) -> bool:
    """Whether a picture that covers a PDFium page was drawn after text, which then lies beneath it."""
    least = _PAGE_SIZED * page.get_width() * page.get_height()
    written = False
    for item in page.get_objects(filter=[_TEXT, _IMAGE], max_depth=_DEEPEST):
        written = written or item.type == _TEXT
        if written and item.type == _IMAGE and _area(item) >= least:
            return True
    return False


def resolution(page: Any, most: int) -> int:
    """Dots per inch at which to draw a scanned page: its picture's own, for more would be invented.

    At least :data:`_LEAST_DPI`, so that small letters keep their marks; ``most`` where nothing tells.
    """
    area, best = max(map(_picture, page.get_objects(filter=[_IMAGE], max_depth=_DEEPEST)), default=(0.0, 0.0))
    covers = area >= _PAGE_SIZED * page.get_width() * page.get_height()
    return max(min(round(best), most), min(_LEAST_DPI, most)) if covers and best else most


def _picture(item: Any) -> tuple[float, float]:
    """Area (square points) of a picture on the page, and its dots per inch; zeros for a broken one."""
    try:
        left, _bottom, right, _top = item.get_bounds()
        return _area(item), item.get_px_size()[0] * 72 / (right - left)
    except Exception:  # noqa: BLE001  PDFium's errors have no common base
        return 0.0, 0.0


def render(page: Any, dpi: int) -> tuple[Image.Image, int]:
    """The page as a picture in colour, and its dots per inch (fewer than asked for on huge pages)."""
    width, height = page.get_width() / 72, page.get_height() / 72
    scale = dpi / 72
    if (pixels := width * height * dpi * dpi) > MAX_PIXELS:
        scale *= (MAX_PIXELS / pixels) ** 0.5  # of a page of kilometres less than a dot an inch
        dpi = max(int(scale * 72), 1)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return bitmap.to_pil().convert("RGB"), dpi  # a copy: PDFium's own pixels go with the bitmap
    finally:
        bitmap.close()
