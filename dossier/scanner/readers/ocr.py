"""Read the text of scanned pages by OCR."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dossier.i18n import _
from dossier.model import Content, FieldReading, Page, Reading, Segment, Word
from dossier.scanner._exec import tesseract
from dossier.scanner.layout import arranged
from dossier.scanner.layout.spread import gutter, one_page, second_first
from dossier.scanner.ocr import engine, ppocr, red_frames, stamps
from dossier.scanner.ocr.head_columns import columns_again
from dossier.scanner.ocr.inked_lines import without_ink_over
from dossier.scanner.ocr.interface import EngineError, Recognised, Recogniser
from dossier.scanner.ocr.missed_lines import with_missed_lines
from dossier.scanner.ocr.number_and_day import HEAD, with_number_and_day
from dossier.scanner.ocr.passage import looked_again
from dossier.scanner.ocr.regions import only_red, part_of, without_red
from dossier.scanner.ocr.signer import signer_on
from dossier.scanner.ocr.tesseract import TesseractProgram
from dossier.scanner.ocr.unframed import Unframed, without_frames
from dossier.scanner.ocr.votes import AGREED
from dossier.scanner.readers.garbage import is_blank_picture
from dossier.scanner.readers.interface import Limits, cause
from dossier.scanner.readers.pdf_pictures import LEAST_DPI, is_covered, render, resolution
from dossier.scanner.readers.straighten import evened, levelled, mirrored, straightened
from dossier.scanner.readers.unruled import unruled
from dossier.scanner.recognise import recognise
from dossier.scanner.sandbox_worker import still_alive

if TYPE_CHECKING:
    from PIL import Image

STAMP_LETTERS = 400  # up to this length, the text over a page-sized image may be just a signature's stamp

_DOUBTFUL = 0.7  # confidence below which a page may be rotated; upright pages have 0.85 and more
_SMALL = 585  # pixels of the long side: A4 at 50 dpi
_RED_DPI = 150  # stamps are large
_PAGE_PIXELS = 800  # least short side of a picture that may be a whole page
_MAX_FAILURES = 3  # failed pages after which the rest of the file is not recognised


@dataclass(frozen=True, slots=True)
class Seen:
    """The result of OCR on a page; the fields are those of :class:`dossier.model.Page`."""

    text: str
    confidence: float
    segments: Sequence[Segment] = ()
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    marks: tuple[str, ...] = ()

    def page(self, number: int) -> Page:
        """Return the result as page ``number`` of a file."""
        return Page(
            number, self.text, Reading.OCR, self.confidence,
            segments=self.segments, fields=self.fields, marks=self.marks,
        )  # fmt: skip


class Ocr:
    """OCR for the scanned pages of one file, within the limits; records why pages were not read."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.ocr_max_pages  # pages that may still be recognised
        self._failures: list[str] = []
        self._blind = False  # handwriting was met, and the package that reads it is not installed

    @cached_property
    def _engine(self) -> Recogniser:
        """The engine, loaded on first use, because most files need no OCR."""
        return engine(self._limits.ocr_engine)

    def read(self, page: Any, stamped: Sequence[Word] = ()) -> Seen | None:
        """Recognise a PDFium page; ``None`` if that is not possible, for the reason in :meth:`why_not`.

        ``stamped``: words of the page's annotations, which are not rendered on ``page``.
        """
        return self.read_image(lambda: render(page, resolution(page, self._limits.ocr_dpi)), stamped)

    def read_image(
        self, image: Callable[[], tuple[Image.Image, int]], stamped: Sequence[Word] = ()
    ) -> Seen | None:
        """Like :meth:`read`, for an image and its dots per inch, which ``image`` makes when needed."""
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
                self._engine = other  # the library failed: use the program for the rest of the file

    def head(self, page: Any) -> Mapping[str, FieldReading]:
        """Recognise number and date in the rendered head of a PDFium page; empty if none are found."""
        if not self._limits.ocr or not self._engine.available() or self._left <= 0:
            return {}
        self._left -= 1
        still_alive()
        picture, dpi = render(page, resolution(page, self._limits.ocr_dpi))
        below = round(HEAD * picture.height)
        picture.paste("white", (0, below, picture.width, picture.height))
        try:
            upright, _unframed, recognised = self._printed(evened(picture), dpi)
            recognised = columns_again(recognised, upright, lambda piece: self._piece(piece, dpi))
        except EngineError:
            return {}
        _recognised, fields = self._number_and_day(recognised, upright, dpi)
        self._blind |= not ppocr.available() and any(f.confidence < AGREED for f in fields.values())
        return fields

    @property
    def lacks(self) -> tuple[str, ...]:
        """Programs that are not installed and would have read the unread pages.

        Tesseract is named whichever engine is configured, since it is what users can install.
        """
        if self._limits.ocr and self._engine.available():
            return self.misses
        return (tesseract.PROGRAM if self._library_broke else tesseract.NAME, *self.misses)

    @property
    def _library_broke(self) -> bool:
        """Whether the OCR library crashed the process that read this file, and no program replaces it."""
        return self._limits.apart and not self._engine.available()

    @property
    def misses(self) -> tuple[str, ...]:
        """Packages that are not installed and would have read handwriting on recognised pages."""
        return (ppocr.NAME,) if self._blind else ()

    def notes(self) -> list[str]:
        """Sentences for users about handwriting that was not read on recognised pages."""
        if not self._blind:
            return []
        if trouble := ppocr.trouble():
            return [_("Số hoặc ngày viết tay chưa đọc được chắc chắn.") + " " + trouble]
        note = _("Số hoặc ngày viết tay chưa đọc được chắc chắn. Cài gói đọc chữ viết tay bằng: {command}")
        return [note.format(command=ppocr.install_command())]

    def why_not(self) -> str:
        """Return a sentence for users: why scanned pages were not read, and what to do."""
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
        """Recognise a page image that may be skewed, rotated or a spread of two pages."""
        page = evened(page)
        upright, unframed, recognised = self._printed(page, dpi)
        if recognised.confidence < _DOUBTFUL and not is_blank_picture(_small(page)):
            # Most pages are upright and no mirror images: both are detected only after a poor result.
            degrees = self._engine.quarter_turn(without_red(page), self._limits.ocr_page_seconds)
            if degrees:
                turned = self._printed(page.rotate(-degrees, expand=True), dpi)
                if turned[-1].confidence > recognised.confidence:
                    upright, unframed, recognised = turned
            if recognised.confidence < _DOUBTFUL and self._is_mirrored(page, recognised, dpi):
                upright, unframed, recognised = self._printed(mirrored(page), dpi)
        if middle := gutter(_reaches(recognised), *upright.size):
            return self._spread(upright, middle, dpi)
        recognised = columns_again(recognised, upright, lambda piece: self._piece(piece, dpi))
        recognised, plain = without_ink_over(recognised, unframed.page, lambda piece: self._piece(piece, dpi))
        recognised, fields = self._number_and_day(recognised, upright, dpi)
        self._blind |= not ppocr.available() and any(f.confidence < AGREED for f in fields.values())
        recognised = self._abstract_again(recognised, plain, dpi)
        if signer := signer_on(recognised, upright, lambda piece: self._piece(piece, dpi)):
            fields["signer"] = signer
        # A stamped number or date belongs to a line of the page; other stamps lie over unrelated words.
        filled_in = [word for word in stamped if word.text.strip(".,/").isdecimal()]
        seen = arranged([*recognised.words, *filled_in], *upright.size)
        pieces = [self._piece(without_red(part_of(upright, box)), dpi).words for box in unframed.frames]
        aside = sum(pieces, [word for word in stamped if word not in filled_in])
        text = "\n".join(filter(None, (seen.text, " ".join(word.text for word in aside))))
        marks = self._red(upright, dpi)
        if ppocr.available():
            marks += (
                red_frames.unread(upright) + stamps.framed(upright) + stamps.unread(upright, recognised.words)
            )
        return Seen(text, recognised.confidence, seen.segments, fields, marks)

    def _number_and_day(
        self, recognised: Recognised, page: Image.Image, dpi: int
    ) -> tuple[Recognised, dict[str, FieldReading]]:
        """See :func:`with_number_and_day`; their lines are looked for where they are missing."""
        recognised = with_missed_lines(recognised, page, ppocr.model, lambda piece: self._piece(piece, dpi))
        return with_number_and_day(recognised, page, ppocr.model)

    def _is_mirrored(self, page: Image.Image, recognised: Recognised, dpi: int) -> bool:
        """Whether the top of a page is read better as in a mirror."""
        top = mirrored(page.crop((0, 0, page.width, round(HEAD * page.height))))
        return self._printed(top, dpi)[-1].confidence > max(recognised.confidence, _DOUBTFUL)

    def _spread(self, picture: Image.Image, middle: float, dpi: int) -> Seen:
        """Recognise an image of two facing pages, with the gap at ``middle`` (share of the width).

        The fields of both are left out: fields describe a page with one document, and two may begin here.
        """
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

    def _abstract_again(self, recognised: Recognised, page: Image.Image, dpi: int) -> Recognised:
        """Recognise the abstracts of documents that begin on the page again; return the corrected result."""
        seen = arranged(recognised.words, *page.size)
        whole = Page(1, seen.text, Reading.OCR, recognised.confidence, segments=seen.segments)
        for document in recognise(Content("", (whole,))):
            place = document.header.fields.get("abstract")
            if place is not None and place.box is not None:
                recognised = looked_again(recognised, place.box, page, lambda piece: self._piece(piece, dpi))
        return recognised

    def red(self, page: Any) -> tuple[str, ...]:
        """Recognise red stamps on a PDFium page whose text layer is used."""
        if not self._limits.ocr:
            return ()
        picture, dpi = render(page, _RED_DPI)
        # Red frames are stamps only on scans (with a text layer); typed pages have boxes of any colour.
        frames = red_frames.unread(picture) if is_covered(page) and ppocr.available() else ()
        try:
            return (*self._red(picture, dpi), *frames)
        except EngineError:
            return frames

    def picture(self, picture: Image.Image) -> tuple[str, ...]:
        """Recognise a picture in a document: only its red ink, or all of it if it is as large as a page."""
        if not self._limits.ocr:
            return ()
        if min(picture.size) < _PAGE_PIXELS:
            return self._red(picture, _RED_DPI)
        seen = self.read_image(lambda: (picture, LEAST_DPI))
        return () if seen is None else (seen.text, *seen.marks)

    def _red(self, page: Image.Image, dpi: int) -> tuple[str, ...]:
        """Recognise the red ink on a page by PP-OCR if installed, else by the engine."""
        if ppocr.available():
            return stamps.red_text(page.convert("RGB"))
        ink = only_red(page.convert("RGB"))
        if ink is None or not self._engine.available():
            return ()
        recognised = self._engine.recognise(ink, dpi, self._limits.ocr_page_seconds)
        return tuple(" ".join(word.text for word in line.words) for line in recognised.lines)

    def _piece(self, piece: Image.Image, dpi: int) -> Recognised:
        """Recognise a piece of a page; an empty result if the engine fails or exceeds its time."""
        try:
            return self._engine.recognise(piece, dpi, self._limits.ocr_page_seconds, piece=True)
        except EngineError:
            return Recognised()

    def _printed(self, page: Image.Image, dpi: int) -> tuple[Image.Image, Unframed, Recognised]:
        """Return the page straightened, that without frames of stamps, and its text, red ink excluded."""
        straight = unruled(levelled(straightened(page)))
        unframed = without_frames(straight)
        plain = without_red(unframed.page)
        return straight, unframed, self._engine.recognise(plain, dpi, self._limits.ocr_page_seconds)


def _reaches(recognised: Recognised) -> list[list[tuple[float, float]]]:
    """Return for each line the (left, right) extents of its words that have letters or digits."""
    return [
        [(w.box.left, w.box.right) for w in line.words if any(map(str.isalnum, w.text))]
        for line in recognised.lines
    ]


def _small(page: Image.Image) -> Image.Image:
    """Return the page in grey, reduced to the size needed to test whether it is blank."""
    small = page.convert("L")
    small.thumbnail((_SMALL, _SMALL))
    return small
