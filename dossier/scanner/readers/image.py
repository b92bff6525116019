"""Read images (.jpg, .png, .tif, .bmp, .webp, .gif, .heic) by OCR; each frame becomes a page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from dossier import libraries
from dossier.i18n import _
from dossier.model import Content, Page, Reading, Unread, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause
from dossier.scanner.readers.ocr import Ocr
from dossier.scanner.readers.pdf_pictures import MAX_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_LIBRARY = {"jpeg": ("JPEG", "MPO")}  # Pillow's format names that differ from ours in capitals
_MOST_PIXELS = 150_000_000  # of one frame: A3 at 1000 dpi
_PAGE_INCHES = 11.7  # the long side of A4, assumed for an image without a plausible resolution
_LOW_DPI, _WANTED_DPI = 180, 300  # an image below the first resolution is enlarged to the second
_SURE = 0.4  # mean confidence below which OCR's text is discarded: photographs without text
HEIF = "pillow-heif"  # the package that reads .heic; not a dependency


class ImageReader(Reader):
    """Reader of one image format: all pages of a TIFF, the first frame of other formats."""

    format = "image"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        image = self._open(data)
        count = _frames(image, limits.max_pages + 1) if self.format == "tiff" else 1
        ocr = Ocr(limits)
        pages: list[Page] = []
        unread: list[int] = []
        notes: list[str] = []
        for index in range(min(count, limits.max_pages)):
            try:
                image.seek(index)
                self._check(image)
                # Pillow overwrites a frame when the next one is sought, so it is read at once.
                seen = ocr.read_image(lambda: prepared(image, limits.ocr_dpi))
            except (OSError, ValueError, SyntaxError, EOFError) as error:
                if not index:
                    raise self._damaged(error) from error
                notes.append(_("Trang bị hỏng, không đọc được: {pages}.").format(pages=index + 1))
                break
            if seen is None:
                unread.append(index + 1)
                pages.append(Page(index + 1, "", Reading.NONE))
            elif seen.confidence < _SURE:
                pages.append(Page(index + 1, "", Reading.NONE, marks=seen.marks))
            else:
                pages.append(seen.page(index + 1))
        lacks = ocr.lacks if unread else ocr.misses
        notes += ocr.notes()
        if not any(page.text.strip() for page in pages):
            raise self._nothing(ocr.why_not() if unread else "", lacks)
        if unread:
            note = _("Trang chỉ có ảnh, chưa đọc được chữ: {pages}. {why}")
            listed = ", ".join(map(str, unread[:20])) + (" …" if len(unread) > 20 else "")
            notes.append(note.format(pages=listed, why=ocr.why_not()))
        if count > limits.max_pages:
            notes.append(_("Chỉ đọc {read} trên {all} trang.").format(read=limits.max_pages, all=count))
        return Content(self.format, tuple(pages), {}, tuple(notes), lacks)

    def _open(self, data: bytes) -> Any:
        from PIL import Image

        if self.format == "heic":
            self._register_heif()
        # _check() limits the size of each frame before decoding it.
        Image.MAX_IMAGE_PIXELS = None
        names = (
            ("HEIF", "AVIF") if self.format == "heic" else _LIBRARY.get(self.format, (self.format.upper(),))
        )
        try:
            return Image.open(BytesIO(data), formats=names)
        except (OSError, ValueError, SyntaxError) as error:
            raise self._damaged(error) from error

    def _register_heif(self) -> None:
        trouble = libraries.trouble(HEIF.replace("-", "_"))
        if trouble is not None:
            detail = libraries.why_not(HEIF, trouble) if trouble else (
                _("Cần gói {package} để đọc ảnh HEIC của điện thoại; cài bằng: {command}").format(
                    package=HEIF, command=f"pip install {HEIF}"
                )
            )  # fmt: skip
            raise ReadError(Unread(UnreadReason.UNSUPPORTED, detail, self.format, (HEIF,)))
        import pillow_heif  # type: ignore[import-not-found, unused-ignore]

        pillow_heif.register_heif_opener()

    def _check(self, image: Any) -> None:
        width, height = image.size
        if width * height > _MOST_PIXELS:
            detail = _("Ảnh quá lớn ({width} × {height} điểm ảnh) nên không mở; hãy lưu lại ở 300 dpi.")
            raise ReadError.because(
                UnreadReason.TOO_LARGE, detail.format(width=width, height=height), self.format
            )

    def _damaged(self, error: Exception) -> ReadError:
        detail = _("Tệp ảnh bị hỏng hoặc bị cắt cụt ({error}); hãy sao chép lại từ bản gốc hoặc quét lại.")
        return ReadError.because(UnreadReason.CORRUPT, detail.format(error=cause(error)), self.format)

    def _nothing(self, why: str, lacks: tuple[str, ...]) -> ReadError:
        if why:
            detail = _("Tệp ảnh, chưa đọc được chữ. {why}").format(why=why)
            return ReadError(Unread(UnreadReason.UNSUPPORTED, detail, self.format, lacks))
        detail = _(
            "Không thấy chữ trong ảnh. Ảnh chụp văn bản: hãy quét lại rõ hơn (300 dpi, đúng chiều). "
            "Ảnh hoạt động là tài liệu của một mục thì tự xếp, ví dụ: dossier assign TỆP 11"
        )
        return ReadError.because(UnreadReason.EMPTY, detail, self.format)


def prepared(image: Any, dpi: int) -> tuple[Picture, int]:
    """Return the image upright, in RGB, scaled for OCR, and its resolution in dots per inch.

    ``dpi``: the highest useful resolution. The resolution stored in the image is used only if it results
    in a plausible paper size.
    """
    from PIL import Image, ImageOps

    density: float = _density(image)
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # 16 bits per pixel
        image = image.point(lambda value: value / 256).convert("L")
    elif "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    image = image.convert("RGB")
    width, height = image.size
    factor = 1.0
    if density > 1.3 * dpi:
        factor = dpi / density
    elif density < _LOW_DPI:
        factor = min(_WANTED_DPI / density, 3.0)
    factor = min(factor, (MAX_PIXELS / (width * height)) ** 0.5)
    if factor != 1.0:
        size = (max(int(width * factor), 1), max(int(height * factor), 1))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return image, max(int(density * factor), 70)


def _density(image: Any) -> float:
    """Return the stored dots per inch if they make the image a sheet of paper, else those for A4."""
    long_side = float(max(image.size))
    try:
        stored = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        stored = 0.0
    if 100 <= stored <= 1200 and 5 <= long_side / stored <= 24:
        return stored
    return max(long_side / _PAGE_INCHES, 30.0)


def _frames(image: Picture, most: int) -> int:
    """Count the frames, at most ``most``: Pillow's own count follows a chain of any length."""
    count = 1
    try:
        while count < most:
            image.seek(count)
            count += 1
    except (EOFError, OSError, ValueError, SyntaxError):
        pass
    image.seek(0)
    return count
