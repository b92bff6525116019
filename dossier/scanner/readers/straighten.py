"""Correct skew, bent lines and uneven light of a scanned page before OCR.

Skew of more than half a degree makes Tesseract lose words, especially in two columns. The angle is measured
on a reduced image of the page: at the right angle, rows of text and of gaps differ most (W. Postl's method of
projection profiles, 1986).

Lines bend on pages of bound volumes and on photographs. The slope is measured by comparing adjacent narrow
vertical strips of the page: it is the vertical shift at which the ink of both matches. It is measured
separately for the upper and the lower part of the page, where perspective makes the slopes differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


_WIDTH = 500  # pixels; width of the reduced image, enough to separate lines of text
_TINY = 250  # pixels; width of the image for the coarse search
_SHORTEST = 100  # pixels; an image of less height has too few lines to measure
_COARSE, _FINE = 1.0, 0.25  # degrees between the angles tried in the coarse and the fine search
_MOST = 9.0  # degrees; largest skew that is corrected
_LEAST = 0.5  # degrees; smaller skew does not impair OCR
_CLEARLY = 1.08  # least gain in sharpness (a factor) that is not chance


def skew(page: Image) -> float:
    """Return the degrees (counterclockwise) by which to rotate a page to level its lines; 0 if uncertain."""
    small = page.convert("L")
    small.thumbnail((_WIDTH, _WIDTH * 4))
    # Inverted, so that rotation adds no ink at the edges.
    small = small.point([255 - value for value in range(256)])
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
    """Return the page rotated to level its lines; the same object if no correction is needed."""
    angle = skew(page)
    if not angle:
        return page
    from PIL.Image import Resampling

    return page.rotate(angle, resample=Resampling.BICUBIC, expand=True, fillcolor="white")


def mirrored(page: Image) -> Image:
    """Return the page as in a mirror."""
    from PIL.Image import Transpose

    return page.transpose(Transpose.FLIP_LEFT_RIGHT)


def sharpness(inked: Image, angle: float = 0.0) -> float:
    """Return how much adjacent rows of an inverted page differ when it is rotated by ``angle`` degrees."""
    from PIL.Image import Resampling

    turned = inked.rotate(angle, resample=Resampling.BILINEAR) if angle else inked
    rows = turned.convert("F").resize((1, turned.height), Resampling.BOX).tobytes()
    values = memoryview(rows).cast("f")
    return sum((values[at + 1] - values[at]) ** 2 for at in range(len(values) - 1))


_SHORTEST_PAGE = 250  # pixels; an image of less height has too few lines to measure bends
_STRIPS = 16
_STEEPEST = 6  # pixels; largest shift between adjacent strips, less than half the distance of lines
_PARTS = ((0.0, 0.55), (0.45, 1.0))  # of the height; the parts in which slopes are measured
_LEAST_BEND = 3.0  # pixels; a smaller total rise or fall of lines does not impair OCR
_CLEARLY_BETTER = 1.1  # least gain in sharpness (a factor) that is not chance
_AGAIN = 2  # repeated measurements of the remaining bend, since steep slopes are measured inexactly
_LIKE = 0.35  # least correlation of two strips whose shift is reliable
_TINY_PAGE = 200  # pixels; width of the image on which light is measured
_AROUND = 9  # pixels of that image; wider than the strokes of a heading
_STROKE = 5  # pixels of that image; a shadow that is narrower passes for a stroke
_UNEVEN = 0.72  # of the brightest paper; darker paper is in a shadow
_STRIPED = 0.08  # of the image; less shade in stripes than that is print: seals, pictures, bars
_MARGIN = 0.06  # of the page, ignored at each edge, where scanners leave black borders
_DARKEST = 0.3  # of the brightest paper; darker areas are not paper
_WHITE = 200  # of 255; paper that is nowhere brighter is lifted to white: OCR takes it for ink

Mesh = list[tuple[tuple[int, int, int, int], tuple[float, ...]]]


def levelled(page: Image) -> Image:
    """Return the page with bent lines straightened; the same object if not needed or not measurable."""
    from PIL.Image import Resampling, Transform

    small = page.convert("L")
    small.thumbnail((_WIDTH, _WIDTH * 4))
    if small.height < _SHORTEST_PAGE or small.width < _STRIPS * 4:
        return page
    small = small.point([255 - value for value in range(256)])  # inverted, as in skew()
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
    """Return for each strip border how many pixels lines are lower there than the median border's."""
    first, last = round(top * inked.height), round(bottom * inked.height)
    edges = [round(inked.width * at / _STRIPS) for at in range(_STRIPS + 1)]
    rows = [_rows(inked.crop((left, first, right, last))) for left, right in pairwise(edges)]
    shifts = _smooth([_shift(one, other) for one, other in pairwise(rows)])
    middles = list(accumulate(shifts, initial=0.0))
    # Shifts are measured between the centres of strips; borders are interpolated, the outermost extrapolated.
    inner = [(one + other) / 2 for one, other in pairwise(middles)]
    offsets = [middles[0] - shifts[0] / 2, *inner, middles[-1] + shifts[-1] / 2]
    level = sorted(offsets)[len(offsets) // 2]
    return [offset - level for offset in offsets]


def _rows(strip: Image) -> list[float]:
    """Return the ink of each row of a strip, minus the strip's mean."""
    from PIL.Image import Resampling

    values = memoryview(strip.convert("F").resize((1, strip.height), Resampling.BOX).tobytes()).cast("f")
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _shift(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return by how many pixels the second strip's lines are lower than the first's; ``None`` if unclear."""
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
    """Replace each shift by the mean of the known ones among it and its neighbours, as paper bends
    smoothly."""
    smooth = []
    for at in range(len(shifts)):
        around = [shift for shift in shifts[max(at - 1, 0) : at + 2] if shift is not None]
        smooth.append(sum(around) / len(around) if around else 0.0)
    return smooth


def _mesh(size: tuple[int, int], offsets: Sequence[Sequence[float]]) -> Mesh:
    """Return Pillow's mesh from pieces of the straightened page to the bent one.

    ``offsets``: per part of the page, the offsets of the strip borders.
    """
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


def _inside(small: Image) -> Image:
    """Return a grey image without its margins."""
    aside, below = round(small.width * _MARGIN), round(small.height * _MARGIN)
    return small.crop((aside, below, small.width - aside, small.height - below))


def evened(page: Image) -> Image:
    """Return the page with uneven or poor light corrected; the same object if it is even and bright."""
    from PIL import Image as Pictures
    from PIL import ImageFilter, ImageMath

    tiny = page.convert("L")
    tiny.thumbnail((_TINY_PAGE, _TINY_PAGE * 4))
    if min(tiny.size) < _AROUND * 2:
        return page
    # The brightest of a neighbourhood is the paper between letters; the darkest of these, again over the same
    # neighbourhood, keeps the edges of shadows where they are.
    closed = tiny.filter(ImageFilter.MaxFilter(_STROKE)).filter(ImageFilter.MinFilter(_STROKE))
    around = tiny.filter(ImageFilter.MaxFilter(_AROUND)).filter(ImageFilter.GaussianBlur(2))
    lights = _inside(around).tobytes()
    darkest, brightest = min(lights), max(lights)
    paper = brightest if brightest >= _WHITE else 255
    shade = sum(_inside(closed).histogram()[: round(_UNEVEN * brightest)])
    if darkest >= _UNEVEN * brightest and shade < _STRIPED * closed.width * closed.height:
        if paper == brightest or not brightest:
            return page
        lifted = [min(255, value * paper // brightest) for value in range(256)]
        return page.point(lifted * len(page.getbands()))
    least = max(round(_DARKEST * brightest), 1)
    light = closed.filter(ImageFilter.GaussianBlur(1)).point([max(value, least) for value in range(256)])
    light = light.resize(page.size, Pictures.Resampling.BICUBIC)

    def lit(channel: Image) -> Image:
        bright: Image = ImageMath.lambda_eval(
            lambda given: given["convert"](given["min"](given["ink"] * paper / given["light"], 255), "L"),
            ink=channel, light=light,
        )  # fmt: skip
        return bright

    return Pictures.merge(page.mode, [lit(channel) for channel in page.split()])
