"""Compute rectangles (level or tilted) around the lines of text that a detector marked on an image.

The detector returns for each pixel the probability that it is inside a line of text (M. Liao and others,
"Real-time Scene Text Detection with Differentiable Binarization", 2020). In training, the inside was shrunk;
each rectangle is widened again by the same amount. Also separates images by ink colour.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from dossier.model import Box


_INSIDE = 0.3  # probability from which a pixel counts as inside a line
_SURE = 0.5  # least mean probability of a region
_WIDEN = 1.6  # widening on all sides, as a multiple of area divided by perimeter
_LEAST = 3.0  # pixels: a thinner region is dirt
_OUTLINED = 0.9  # least ink of a frame, as a multiple of its perimeter
_HOLLOW = 0.6  # largest ink of a frame, as a fraction of its area
_MOST = 1000  # regions per image


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in pixels: centre, width along the line, height, and angle of the line (degrees clockwise
    on the page; 0 is level). ``score``: confidence of the detector (0–1)."""

    x: float
    y: float
    width: float
    height: float
    angle: float
    score: float

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return top left, top right, bottom right and bottom left corner, in reading direction."""
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        half = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        return tuple(
            (
                self.x + (right * self.width * cos - down * self.height * sin) / 2,
                self.y + (right * self.width * sin + down * self.height * cos) / 2,
            )
            for right, down in half
        )

    def scaled(self, across: float, down: float) -> Region:
        """Return the region scaled by the factors ``across`` (width) and ``down`` (height) of its image."""
        both = (across + down) / 2
        return Region(
            self.x * across, self.y * down, self.width * both, self.height * both, self.angle, self.score
        )


def regions_of(likely: NDArray[np.float32]) -> list[Region]:
    """Return the regions of text in a probability map (rows × columns, 0–1), from top to bottom."""
    found = []
    for rows, starts, ends in components(likely > _INSIDE)[:_MOST]:
        score = sum(float(likely[r, a:b].sum()) for r, a, b in zip(rows, starts, ends, strict=True))
        score /= sum(b - a for a, b in zip(starts, ends, strict=True))
        if score < _SURE:
            continue
        outline = _hull([*zip(starts, rows, strict=True), *zip((b - 1 for b in ends), rows, strict=True)])
        x, y, width, height, angle = _smallest_rectangle(outline)
        width, height = width + 1, height + 1
        if min(width, height) < _LEAST:
            continue
        margin = _WIDEN * width * height / (width + height)
        found.append(Region(x + 0.5, y + 0.5, width + margin, height + margin, angle, score))
    return sorted(found, key=lambda region: (region.y, region.x))


def frames_of(dark: NDArray[np.bool_], least: float, most: float) -> list[Region]:
    """Return the hollow frames (level or tilted) with a short side of at least ``least`` and a long side of
    at most ``most`` pixels: connected components that consist of little more than their outline."""
    return [
        region
        for region, ink in rectangles_of(dark, least, most)
        if _OUTLINED * 2 * (region.width + region.height) <= ink <= _HOLLOW * region.width * region.height
    ]


def rectangles_of(dark: NDArray[np.bool_], least: float, most: float) -> list[tuple[Region, int]]:
    """Return the smallest rectangles around connected dark pixels, with sides from ``least`` to ``most``, and
    the number of dark pixels in each."""
    found = []
    for rows, starts, ends in components(dark):
        if max(ends) - min(starts) < least or rows[-1] - rows[0] < least:
            continue
        ink = sum(b - a for a, b in zip(starts, ends, strict=True))
        outline = _hull([*zip(starts, rows, strict=True), *zip((b - 1 for b in ends), rows, strict=True)])
        x, y, width, height, angle = _smallest_rectangle(outline)
        if min(width, height) >= least and max(width, height) <= most:
            found.append((Region(x + 0.5, y + 0.5, width, height, angle, 1.0), ink))
    return found


def components(inside: NDArray[np.bool_]) -> list[tuple[list[int], list[int], list[int]]]:
    """Return the connected components as runs in rows: lists of row, first column, column after the last."""
    import numpy as np

    padded = np.zeros((inside.shape[0], inside.shape[1] + 2), np.int8)
    padded[:, 1:-1] = inside
    steps = np.diff(padded, axis=1)
    rows, starts = (array.tolist() for array in np.nonzero(steps == 1))
    ends: list[int] = np.nonzero(steps == -1)[1].tolist()
    leads = list(range(len(rows)))

    def lead(run: int) -> int:
        while leads[run] != run:
            leads[run] = leads[leads[run]]
            run = leads[run]
        return run

    above = 0  # the first run of the row above that may touch this one
    for run, row in enumerate(rows):
        while above < run and (
            rows[above] < row - 1 or (rows[above] == row - 1 and ends[above] < starts[run])
        ):
            above += 1
        other = above
        while other < run and rows[other] == row - 1 and starts[other] <= ends[run]:
            leads[lead(run)] = lead(other)
            other += 1
    groups: dict[int, tuple[list[int], list[int], list[int]]] = {}
    for run, row in enumerate(rows):
        group = groups.setdefault(lead(run), ([], [], []))
        group[0].append(row)
        group[1].append(starts[run])
        group[2].append(ends[run])
    return list(groups.values())


def _hull(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the convex hull (monotone chain, A. Andrew, 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def chain(through: list[tuple[int, int]]) -> list[tuple[int, int]]:
        kept: list[tuple[int, int]] = []
        for x, y in through:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _smallest_rectangle(hull: list[tuple[int, int]]) -> tuple[float, float, float, float, float]:
    """Return centre, width, height and angle of the smallest rectangle around a convex outline.

    One of its sides is along a side of the outline. The width is the longer side, the angle within ±90
    degrees.
    """
    best: tuple[float, float, float, float, float, float] | None = None
    for (ax, ay), (bx, by) in zip(hull, [*hull[1:], hull[0]], strict=True):
        length = math.hypot(bx - ax, by - ay) or 1.0
        cos, sin = ((bx - ax) / length, (by - ay) / length) if (ax, ay) != (bx, by) else (1.0, 0.0)
        along = [x * cos + y * sin for x, y in hull]
        across = [y * cos - x * sin for x, y in hull]
        width, height = max(along) - min(along), max(across) - min(across)
        if best is None or width * height < best[0]:
            u, v = (max(along) + min(along)) / 2, (max(across) + min(across)) / 2
            best = (width * height, u * cos - v * sin, u * sin + v * cos, width, height, math.atan2(sin, cos))
    assert best is not None  # a component has at least one point
    _area, x, y, width, height, turn = best
    angle = math.degrees(turn)
    if height > width:
        width, height, angle = height, width, angle + 90
    while angle > 90:
        angle -= 180
    while angle <= -90:
        angle += 180
    return x, y, width, height, angle


_RED = 40  # of 255: least excess of red over green and blue in red ink
_COLOURED = 45  # of 255: least difference of the strongest and weakest channel in coloured ink
_TINTED = 26  # of 255: the same in the pale edges of such ink; noise of scanners has less
_BLACK = 90  # of 255: pixels darker in all channels are print, with or without ink over them
_FADED = 3  # factor that makes pale ink dark
_DARK = 128  # of 255: darker pixels are ink
_SURELY_PRINT = 0.03  # share of the ink that is as dark as print, or darker, even under a large seal
_AS_DARK = 0.3  # of the distance to paper: ink that is paler by more is left out
_LEAST_INK = 400  # red pixels on a page: fewer are dirt


def part_of(page: Image, box: Box) -> Image:
    """Cut out the part of a page in a box (fractions of the page)."""
    left, right = round(box.left * page.width), round(box.right * page.width)
    return page.crop((left, round(box.top * page.height), right, round(box.bottom * page.height)))


def without_red(page: Image) -> Image:
    """Return the page in grey without red ink: in the red channel it is as bright as the paper."""
    return page.getchannel("R") if page.mode == "RGB" else page.convert("L")


def without_colour(page: Image) -> Image | None:
    """Return the page in grey without coloured ink, so that black print under a blue signature or red seal
    remains; ``None`` if there is hardly any coloured ink."""
    ink = coloured_ink(page)
    if ink is None or ink.histogram()[255] < _LEAST_INK:
        return None
    grey = without_red(page)
    grey.paste(255, mask=_beside_print(ink, page, 3))
    return grey


def without_tint(page: Image) -> Image:
    """Return a colour page in grey without anything coloured, however pale: notes and stamps leave edges that
    are read as letters. Print that is crossed by them becomes thinner."""
    grey = without_red(page)
    ink = coloured_ink(page, _TINTED)
    if ink is not None:
        grey.paste(255, mask=_beside_print(ink, page, 5))
    return grey


def coloured_ink(page: Image, least: int = _COLOURED) -> Image | None:
    """Return the pixels of coloured ink as a mask (255 or 0); ``None`` for a page in grey."""
    from PIL import ImageChops

    if page.mode != "RGB":
        return None
    red, green, blue = page.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    colour = ImageChops.subtract(brightest, darkest)
    return colour.point([255 if value > least else 0 for value in range(256)])


def _beside_print(ink: Image, page: Image, reach: int) -> Image:
    """Return a mask of coloured ink and its edges, without the pixels that are as dark as print."""
    from PIL import ImageChops, ImageFilter

    red, green, blue = page.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    light = brightest.point([255 if value > _BLACK else 0 for value in range(256)])
    return ImageChops.darker(ink.filter(ImageFilter.MaxFilter(reach)), light)


def darkest(page: Image) -> Image | None:
    """Return only the darkest ink of a page in grey, so that black print under a grey seal remains; ``None``
    if nothing is dark."""
    grey = page.convert("L")
    histogram = grey.histogram()
    dark = sum(histogram[:_DARK])
    if not dark:
        return None
    seen = itertools.accumulate(histogram)
    print_ = next(value for value, count in enumerate(seen) if count >= dark * _SURELY_PRINT)
    paper = max(range(_DARK, 256), key=histogram.__getitem__)
    reach = max((paper - print_) * _AS_DARK, 1)
    return grey.point([max(0, min(255, round((value - print_) * 255 / reach))) for value in range(256)])


def only_red(page: Image) -> Image | None:
    """Return only the red ink of a colour page, dark on white in grey; ``None`` if there is none."""
    from PIL import ImageChops

    if page.mode != "RGB":
        return None
    red, green, blue = page.split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    if sum(ink.histogram()[_RED:]) < _LEAST_INK:
        return None
    return ink.point([255 - min(value * _FADED, 255) if value >= _RED // 2 else 255 for value in range(256)])
