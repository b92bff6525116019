"""What of a PDFium page is a picture: whether it is a scan, and how it is rendered for OCR."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

from dossier.scanner.readers.pdf_calls import Objects

if TYPE_CHECKING:
    from PIL import Image

FEW_LETTERS = 20  # a page with fewer letters has no usable text layer
MAX_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million
LEAST_DPI = 250  # sample scans of 150 dpi rendered at 200 lost 2 % of the numbers read at 250 and 300
_PAGE_SIZED = 0.6  # least share of the page that the image of a scan covers
_MANY_PATHS = 200  # paths on a page whose letters are drawn as outlines
_TEXT, _IMAGE, _PATH, _FORM = 1, 3, 2, 5  # FPDF_PAGEOBJ_… of fpdf_edit.h
_DEEPEST = 4  # levels of nested form objects that are examined


def shows_pictures(objects: Objects, depth: int = 1) -> bool:
    """Whether an image is among the objects of a PDFium page, or in a form among them."""
    if _IMAGE in objects.kinds or depth == _DEEPEST:
        return _IMAGE in objects.kinds
    forms = compress(objects.items, map(_FORM.__eq__, objects.kinds))
    return any(shows_pictures(Objects.of_form(form), depth + 1) for form in forms)


def is_scan(page: Any, letters: int) -> bool:
    """Whether a PDFium page with few letters (``letters``, without spaces) displays its text as an image."""
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
    """Return the area of a page object in square points, unscaled for objects inside a form object."""
    try:
        left, bottom, right, top = item.get_bounds()
    except Exception:  # noqa: BLE001  an object without bounds covers nothing
        return 0.0
    return float(abs(right - left) * abs(top - bottom))


def is_covered(page: Any) -> bool:
    """Whether a single image covers a PDFium page."""
    area, _dots = _largest_image(page)
    return area >= _least_of_a_scan(page)


def is_over_text(page: Any) -> bool:
    """Whether a PDFium page has an image that covers it, drawn after and so over text."""
    least = _least_of_a_scan(page)
    written = False
    for item in page.get_objects(filter=[_TEXT, _IMAGE], max_depth=_DEEPEST):
        written = written or item.type == _TEXT
        if written and item.type == _IMAGE and _area(item) >= least:
            return True
    return False


def resolution(page: Any, most: int) -> int:
    """Return the dots per inch at which to render a scanned page: those of its image, at most ``most``.

    At least :data:`LEAST_DPI`, so that diacritics stay legible; ``most`` if no image covers the page.
    """
    area, best = _largest_image(page)
    covers = area >= _least_of_a_scan(page)
    return max(min(round(best), most), min(LEAST_DPI, most)) if covers and best else most


def _least_of_a_scan(page: Any) -> float:
    """Return the least area, in square points, of an image that covers a page."""
    return _PAGE_SIZED * float(page.get_width() * page.get_height())


def _largest_image(page: Any) -> tuple[float, float]:
    """Return the area (square points) and dots per inch of the largest image; zeros if there is none."""
    images = page.get_objects(filter=[_IMAGE], max_depth=_DEEPEST)
    return max(map(_area_and_dpi, images), default=(0.0, 0.0))


def _area_and_dpi(item: Any) -> tuple[float, float]:
    """Return the area (square points) and dots per inch of an image object; zeros for a damaged one."""
    try:
        left, _bottom, right, _top = item.get_bounds()
        return _area(item), item.get_px_size()[0] * 72 / (right - left)
    except Exception:  # noqa: BLE001  PDFium's errors have no common base
        return 0.0, 0.0


def render(page: Any, dpi: int) -> tuple[Image.Image, int]:
    """Render a PDFium page in RGB; return it and its dots per inch (less than ``dpi`` for huge pages)."""
    width, height = page.get_width() / 72, page.get_height() / 72
    scale = dpi / 72
    if (pixels := width * height * dpi * dpi) > MAX_PIXELS:
        scale *= (MAX_PIXELS / pixels) ** 0.5  # may be below one dot per inch
        dpi = max(int(scale * 72), 1)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return bitmap.to_pil().convert("RGB"), dpi  # a copy: closing the bitmap frees PDFium's pixels
    finally:
        bitmap.close()
