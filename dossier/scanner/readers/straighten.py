"""Put a scanned page straight, or even where it is bent, before its text is recognised.

A page that lies askew by more than half a degree costs Tesseract words, most of all where two columns
stand side by side. The angle is found on a small picture of the page: turned by the right angle, lines of
text and the gaps between them differ most (W. Postl's method of projection profiles, 1986).

On pages of bound volumes and photographs lines bend. How far they rise or fall is found by comparing narrow
upright strips of the page, each with the next: the shift at which the ink of both lies in the same rows is
the slope between them. It is measured apart for the upper and the lower part of the page, which perspective
draws at different slopes. Uneven light is made even.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
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


_SHORTEST_PAGE = 250  # pixels; on a lower picture there are too few lines to go by
_STRIPS = 16
_STEEPEST = 6  # pixels from strip to strip: less than half the way from one line to the next
_PARTS = ((0.0, 0.55), (0.45, 1.0))  # of the height: where slopes are measured
_LEAST_BEND = 3.0  # pixels that lines rise or fall in all; less costs no words
_CLEARLY_BETTER = 1.1  # times the sharpness of the page as it is: less is chance
_AGAIN = 2  # times that what is left is measured: the steeper lines are, the less exactly
_LIKE = 0.35  # correlation of two strips from which their shift is trusted
_TINY_PAGE = 200  # pixels: wide enough to show the light
_AROUND = 9  # pixels of the tiny picture: wider than the strokes of a heading
_UNEVEN = 0.72  # of the brightest paper: darker paper than that lies in a shadow
_MARGIN = 0.06  # of the page, whose black edges are the scanner's
_DARKEST = 0.3  # of the brightest; what is darker is no paper

Mesh = list[tuple[tuple[int, int, int, int], tuple[float, ...]]]


def levelled(page: Image) -> Image:
    """The page with its lines level; the very same picture where they are, or nothing tells."""
    from PIL.Image import Resampling, Transform

    small = page.convert("L")
    small.thumbnail((_WIDTH, _WIDTH * 4))
    if small.height < _SHORTEST_PAGE or small.width < _STRIPS * 4:
        return page
    small = small.point([255 - value for value in range(256)])  # ink is light
    offsets = [_offsets(small, *part) for part in _PARTS]
    if max(max(part) - min(part) for part in offsets) < _LEAST_BEND:
        return page
    for _closer in range(_AGAIN):
        bent = small.transform(small.size, Transform.MESH, _mesh(small.size, offsets), Resampling.BILINEAR)
        rest = [_offsets(bent, *part) for part in _PARTS]
        offsets = [[*map(float.__add__, one, more)] for one, more in zip(offsets, rest, strict=True)]
    bent = small.transform(small.size, Transform.MESH, _mesh(small.size, offsets), Resampling.BILINEAR)
    if sharpness(bent) <= _CLEARLY_BETTER * sharpness(small):
        return page
    scale = page.height / small.height
    mesh = _mesh(page.size, [[offset * scale for offset in part] for part in offsets])
    return page.transform(page.size, Transform.MESH, mesh, Resampling.BICUBIC, fillcolor="white")


def _offsets(inked: Image, top: float, bottom: float) -> list[float]:
    """For each border of the strips how far lines there lie below the middle of the page, pixels."""
    first, last = round(top * inked.height), round(bottom * inked.height)
    edges = [round(inked.width * at / _STRIPS) for at in range(_STRIPS + 1)]
    rows = [_rows(inked.crop((left, first, right, last))) for left, right in pairwise(edges)]
    shifts = _smooth([_shift(one, other) for one, other in pairwise(rows)])
    middles = list(accumulate(shifts, initial=0.0))
    # Between the middles of two strips lies a border; the outermost go on as steeply.
    inner = [(one + other) / 2 for one, other in pairwise(middles)]
    offsets = [middles[0] - shifts[0] / 2, *inner, middles[-1] + shifts[-1] / 2]
    level = sorted(offsets)[len(offsets) // 2]
    return [offset - level for offset in offsets]


def _rows(strip: Image) -> list[float]:
    """How much ink each row of a strip has, against the strip's mean."""
    from PIL.Image import Resampling

    values = memoryview(strip.convert("F").resize((1, strip.height), Resampling.BOX).tobytes()).cast("f")
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _shift(one: Sequence[float], other: Sequence[float]) -> float | None:
    """By how many pixels the second strip's lines lie lower than the first's; ``None``: nothing tells."""
    both = (sum(value * value for value in one) * sum(value * value for value in other)) ** 0.5
    if not both:
        return None
    middle = range(_STEEPEST, len(one) - _STEEPEST)
    like = [
        sum(map(float.__mul__, one[middle.start : middle.stop], other[middle.start + by : middle.stop + by]))
        for by in range(-_STEEPEST, _STEEPEST + 1)
    ]
    best = max(range(len(like)), key=like.__getitem__)
    if like[best] < _LIKE * both or best in (0, len(like) - 1):
        return None
    before, at, after = like[best - 1 : best + 2]
    curve = before - 2 * at + after
    return best - _STEEPEST + ((before - after) / (2 * curve) if curve else 0.0)


def _smooth(shifts: Sequence[float | None]) -> list[float]:
    """The shifts, each the mean of those around it that are known: paper bends, it does not break."""
    smooth = []
    for at in range(len(shifts)):
        around = [shift for shift in shifts[max(at - 1, 0) : at + 2] if shift is not None]
        smooth.append(sum(around) / len(around) if around else 0.0)
    return smooth


def _mesh(size: tuple[int, int], offsets: Sequence[Sequence[float]]) -> Mesh:
    """From where each piece of the level page is taken; ``offsets`` by part of the page and border."""
    width, height = size
    heights = [0, height // 2, height]
    middles = [height * (top + bottom) / 2 for top, bottom in _PARTS]

    def taken(x: int, y: int) -> tuple[float, float]:
        share = min(max((y - middles[0]) / (middles[1] - middles[0]), -0.5), 1.5)
        upper, lower = (part[x] for part in offsets)
        return width * x / _STRIPS, y + upper + share * (lower - upper)

    mesh: Mesh = []
    for at in range(_STRIPS):
        left, right = round(width * at / _STRIPS), round(width * (at + 1) / _STRIPS)
        for top, bottom in pairwise(heights):
            corners = (taken(at, top), taken(at, bottom), taken(at + 1, bottom), taken(at + 1, top))
            mesh.append(((left, top, right, bottom), tuple(value for corner in corners for value in corner)))
    return mesh


def evened(page: Image) -> Image:
    """The page as if light fell evenly on it; the very same picture where it does."""
    from PIL import Image as Pictures
    from PIL import ImageFilter, ImageMath

    tiny = page.convert("L")
    tiny.thumbnail((_TINY_PAGE, _TINY_PAGE * 4))
    if min(tiny.size) < _AROUND * 2:
        return page
    paper = tiny.filter(ImageFilter.MaxFilter(_AROUND)).filter(ImageFilter.GaussianBlur(2))
    aside, below = round(paper.width * _MARGIN), round(paper.height * _MARGIN)
    inside = paper.crop((aside, below, paper.width - aside, paper.height - below)).tobytes()
    darkest, brightest = min(inside), max(inside)
    if darkest >= _UNEVEN * brightest:
        return page
    least = max(round(_DARKEST * brightest), 1)
    light = paper.point([max(value, least) for value in range(256)])
    light = light.resize(page.size, Pictures.Resampling.BICUBIC)

    def lit(channel: Image) -> Image:
        bright: Image = ImageMath.lambda_eval(
            lambda given: given["convert"](given["min"](given["ink"] * brightest / given["light"], 255), "L"),
            ink=channel, light=light,
        )  # fmt: skip
        return bright

    return Pictures.merge(page.mode, [lit(channel) for channel in page.split()])
