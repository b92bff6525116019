"""Put a scanned page straight before its text is recognised.

A page that lies askew by more than half a degree costs Tesseract words, most of all where two columns
stand side by side. The angle is found on a small picture of the page: turned by the right angle, lines of
text and the gaps between them differ most (W. Postl's method of projection profiles, 1986).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = 500  # pixels of the small picture: enough to tell lines of text apart
_TINY = 250  # pixels: enough to tell whether to look closer
_SHORTEST = 100  # pixels; a strip lower than that shows too few lines to go by
_COARSE, _FINE = 1.0, 0.25  # degrees between the angles that are tried
_MOST = 9.0  # degrees; a page that lies worse was not laid on the scanner but thrown
_LEAST = 0.5  # degrees below which turning the page gains nothing
_CLEARLY = 1.08  # times the sharpness of the page as it is: less is chance


def skew(page: Image) -> float:
    """Degrees by which to turn a page (counterclockwise) so that its lines lie level; 0 when unsure."""
    small = page.convert("L")
    small.thumbnail((_WIDTH, _WIDTH * 4))
    small = small.point([255 - value for value in range(256)])  # ink is light: turning adds no ink at edges
    if small.height < _SHORTEST:
        return 0.0
    tiny = small.copy()
    tiny.thumbnail((_TINY, _TINY * 4))
    steps = round(_MOST / _COARSE)
    best = max((step * _COARSE for step in range(-steps, steps + 1)), key=lambda a: sharpness(tiny, a))
    straight = sharpness(small, 0.0)
    around = [best + step * _FINE for step in range(-3, 4)]
    best = max(around, key=lambda angle: sharpness(small, angle))
    if abs(best) < _LEAST or sharpness(small, best) <= _CLEARLY * straight:
        return 0.0
    return best


def straightened(page: Image) -> Image:
    """The page turned so that its lines lie level; the very same picture when they do already."""
    angle = skew(page)
    if not angle:
        return page
    from PIL.Image import Resampling

    return page.rotate(angle, resample=Resampling.BICUBIC, expand=True, fillcolor="white")


def sharpness(inked: Image, angle: float = 0.0) -> float:
    """How much neighbouring rows differ when the picture is turned by ``angle`` degrees."""
    from PIL.Image import Resampling

    turned = inked.rotate(angle, resample=Resampling.BILINEAR) if angle else inked
    rows = turned.convert("F").resize((1, turned.height), Resampling.BOX).tobytes()
    values = memoryview(rows).cast("f")
    return sum((values[at + 1] - values[at]) ** 2 for at in range(len(values) - 1))
