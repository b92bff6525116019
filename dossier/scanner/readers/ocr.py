"""Scanned pages: which pages of a PDF are scans, their image, their text by Tesseract."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dossier.i18n import _
from dossier.scanner._exec import tesseract
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.straighten import straightened
from dossier.scanner.sandbox_worker import still_alive

if TYPE_CHECKING:
    from PIL import Image

FEW_LETTERS = 20  # a page with fewer letters than this has no text layer to speak of
STAMP_LETTERS = 400  # up to here the text over a page-sized image may be only a signature's stamp

_PAGE_SIZED = 0.6  # share of the page an image covers when the page is a scan with a stamp on it
_MANY_PATHS = 200  # letters drawn as outlines leave this many paths on a page
MAX_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million
_DOUBTFUL = 0.7  # confidence below which a page may lie on its side; upright ones have 0.85 and more
_LEAST_DPI = 250  # on sample scans of 150 dpi, 200 lost 2 numbers in 100 that 250 and 300 read
_MAX_FAILURES = 3  # after so many pages Tesseract failed on, the rest of the file is left
_IMAGE, _PATH, _FORM = 3, 2, 5  # FPDF_PAGEOBJ_… of fpdf_edit.h


class Ocr:
    """Reads the scanned pages of one file, within the limits; knows why it did not read some."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.ocr_max_pages
        self._failures: list[str] = []

    def read(self, page: Any) -> tesseract.Recognised | None:
        """Text of a PDFium page, or ``None`` (then :meth:`why_not` says why)."""
        return self.read_image(lambda: render(page, resolution(page, self._limits.ocr_dpi)))

    def read_image(self, image: Callable[[], tuple[Image.Image, int]]) -> tesseract.Recognised | None:
        """As :meth:`read`, of a grey picture and its dots per inch, made when they are needed."""
        program = tesseract.available() if self._limits.ocr else None
        if not program or not program.reads_vietnamese or self._left <= 0:
            return None
        if len(self._failures) >= _MAX_FAILURES:
            return None
        self._left -= 1
        still_alive()
        try:
            return _recognise(program, *image(), self._limits.ocr_page_seconds)
        except ProgramError as error:
            self._failures.append(str(error))
            return None

    @property
    def lacks(self) -> tuple[str, ...]:
        """Programs that would have read what was left: never one that is here and failed."""
        program = tesseract.available() if self._limits.ocr else None
        return () if program and program.reads_vietnamese else (tesseract.NAME,)

    def why_not(self) -> str:
        """A sentence that says why scanned pages were left unread, and what to do."""
        if not self._limits.ocr:
            return _("Nhận dạng chữ (OCR) đang tắt.")
        program = tesseract.available()
        if program is None or not program.reads_vietnamese:
            missing = _("Cần Tesseract và dữ liệu tiếng Việt để nhận dạng chữ; cài bằng: {command}")
            return missing.format(command=tesseract.install_command())
        if self._failures:
            return _("Tesseract không nhận dạng được ({error}).").format(error=self._failures[-1])
        if self._left <= 0:
            return _("Chỉ nhận dạng {count} trang đầu.").format(count=self._limits.ocr_max_pages)
        return _("Không nhận dạng được chữ nào trong ảnh; hãy quét lại rõ hơn (300 dpi, đúng chiều).")


def _recognise(
    program: tesseract.Tesseract, page: Image.Image, dpi: int, seconds: float
) -> tesseract.Recognised:
    """Text of a page that may lie askew, on its side or upside down."""
    found = tesseract.recognise(program, _bmp(straightened(page)), dpi, seconds)
    if found.confidence >= _DOUBTFUL:
        return found
    # Upright pages are the rule: only where little could be read is it asked how the page lies.
    degrees = tesseract.quarter_turn(program, _bmp(page), seconds)
    if not degrees:
        return found
    upright = straightened(page.rotate(-degrees, expand=True))
    turned = tesseract.recognise(program, _bmp(upright), dpi, seconds)
    return turned if turned.confidence > found.confidence else found


def _bmp(page: Image.Image) -> bytes:
    """The format Tesseract's library loads fastest: of a PGM it fetches every pixel by itself."""
    out = BytesIO()
    page.save(out, "BMP")
    return out.getvalue()


def is_scan(page: Any, letters: int) -> bool:
    """Whether a PDFium page of so few letters (not counting spaces) shows its text as an image."""
    images, paths, covered = 0, 0, 0.0
    area = page.get_width() * page.get_height() or 1.0
    for item in page.get_objects(filter=[_IMAGE, _PATH], max_depth=4):
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


def resolution(page: Any, most: int) -> int:
    """Dots per inch at which to draw a scanned page: its picture's own, for more would be invented.

    At least :data:`_LEAST_DPI`, so that small letters keep their marks; ``most`` where nothing tells.
    """
    area, best = max(map(_picture, page.get_objects(filter=[_IMAGE], max_depth=4)), default=(0.0, 0.0))
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
    """The page as a grey picture, and its dots per inch (fewer than asked for on huge pages)."""
    width, height = page.get_width() / 72, page.get_height() / 72
    if (pixels := width * height * dpi * dpi) > MAX_PIXELS:
        dpi = max(int(dpi * (MAX_PIXELS / pixels) ** 0.5), 1)
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    try:
        return bitmap.to_pil().copy(), dpi  # a copy: PDFium's own pixels go when the bitmap is closed
    finally:
        bitmap.close()
