"""Images (.jpg, .png, .tif, .bmp, .webp, .gif, .heic): what OCR reads in them, a frame a page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from dossier import libraries
from dossier.i18n import _
from dossier.model import Content, Page, Reading, Unread, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause
from dossier.scanner.readers.ocr import MAX_PIXELS, Ocr

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_LIBRARY = {"jpeg": ("JPEG", "MPO")}  # Pillow's names where they are not ours in capitals
_MOST_PIXELS = 150_000_000  # of one frame: A3 at 1000 dpi
_PAGE_INCHES = 11.7  # the long side of A4, taken for that of an image that does not tell its size
_LOW_DPI, _WANTED_DPI = 180, 300  # below the one, the image is enlarged to the other
_SURE = 0.4  # mean confidence under which OCR saw letters in leaves and faces
HEIF = "pillow-heif"  # the package for .heic, which is not among the dependencies


class ImageReader(Reader):
    """One image format. Of a multi-page TIFF every page, of anything else the first frame."""

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
                # Pillow's own frame is used at once: seeking on overwrites it.
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
        # The size is checked frame by frame, before any of it is decoded.
        Image.MAX_IMAGE_PIXELS = None
        names = (
            ("HEIF", "AVIF") if self.format == "heic" else _LIBRARY.get(self.format, (self.format.upper(),))
        )
        try:
            return Image.open(BytesIO(data), formats=names)
        except (OSError, ValueError, SyntaxError) as error:
            raise self._damaged(error) from error

    def _register_heif(self) -> None:
        said = libraries.trouble(HEIF.replace("-", "_"))
        if said is not None:
            detail = libraries.why_not(HEIF, said) if said else (
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
            "Không thấy chữ trong ảnh; nếu là ảnh chụp văn bản, hãy quét lại rõ hơn (300 dpi, đúng chiều)."
        )
        return ReadError.because(UnreadReason.EMPTY, detail, self.format)


def prepared(image: Any, dpi: int) -> tuple[Picture, int]:
    """The image upright and in colour, and its dots per inch.

    ``dpi``: the most that is worth having. What an image says about its own resolution is believed
    only where it makes a page of it.
    """
    from PIL import Image, ImageOps

    density: float = _density(image)
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # 16 bits a pixel
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
    """Dots per inch: what the image says when a sheet of paper comes out, else as if it were A4."""
    long_side = float(max(image.size))
    try:
        said = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        said = 0.0
    if 100 <= said <= 1200 and 5 <= long_side / said <= 24:
        return said
    return max(long_side / _PAGE_INCHES, 30.0)


def _frames(image: Picture, most: int) -> int:
    """Number of frames, at most ``most``: Pillow walks a chain of any length to count them all."""
    count = 1
    try:
        while count < most:
            image.seek(count)
            count += 1
    except (EOFError, OSError, ValueError, SyntaxError):
        pass
    image.seek(0)
    return count
