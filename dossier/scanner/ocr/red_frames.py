"""Frames in red ink, of a stamp's size, whose words nobody can read: what a smeared stamp leaves on a page.

A frame has four straight sides in red, paper inside, and red ink on it. What an engine reads in it with
confidence, whatever it says, is not in doubt and is left to those who look at words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.model import UNREAD_FRAME
from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.regions import Region, rectangles_of
from dossier.scanner.ocr.stamps import insides, paper_of, smaller
from dossier.scanner.recognise import secrecy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_PAGE = 600  # pixels of the short side of what may be a page
# Pixels on a page whose long side has 1600: the law's stamps are 8 × 20 to 40 mm, 43 × 108 to 215 there.
_LOW, _HIGH, _SHORT, _LONG = 24, 130, 50, 480
_WIDE = (1.1, 9.0)  # times as long as high
_RED = 0.12  # of the paper's brightness: red ink has so much more red than the paper has
_CAST = 0.3  # the same: a page that is redder all over is no paper under a lamp
_DARKEST = 50  # of 255: what is darker is no paper
_FADED = 3  # times: what makes pale ink dark
_FEWEST = 200  # points of red ink on a page: less is dirt
_GAPS = (3, 5, 7)  # points at half size that a line's gaps are wide, at most
_BAND = 0.16  # of a frame's height: where its sides are looked for
_DRAWN, _STRAIGHT = 0.75, 0.8  # of a side's length: with ink; and that ink on one line
_RULE = 0.9  # of the inside's length: a line so long is a table's
_INK = (0.03, 0.7)  # of the inside: a stamp's words
_PRINTED = 0.3  # of the inside's height: so tall is the tallest line of a stamp's words
_PAPER = 0.5  # of what is inside beside red ink is paper
_BRIGHT = 0.62  # of the paper's brightness
_MOST = 8  # frames of one page
_AROUND, _LEAST_HEIGHT = 10, 96  # pixels: what of the page is read with a frame; its height at least
_SURE, _LETTERS = 0.8, 3  # how surely, and how many letters of a line must be read


def unread(page: Image) -> tuple[str, ...]:
    """:data:`UNREAD_FRAME` where a page in colour (RGB) has such a frame.

    Empty where there is none, or the recogniser is not installed.
    """
    if page.mode != "RGB" or min(page.size) < _PAGE:
        return ()
    small = smaller(page)
    found = frames(small)
    model = ppocr.model() if found else None
    if model is None:
        return ()
    ink = _only_red(small)
    return () if all(_is_read(ink, frame, model) for frame in found) else (UNREAD_FRAME,)


def frames(page: Image) -> list[Region]:
    """Red frames with red ink in them on a page whose long side has at most 1600 pixels, read or not."""
    import numpy as np

    grey = page.convert("L")
    red = _redness(page) > _RED
    if int(np.count_nonzero(red)) < _FEWEST:
        return []
    bright = np.asarray(grey) > _BRIGHT * np.asarray(paper_of(grey))
    found: list[Region] = []
    for region in _rectangles(red):
        apart = all(abs(region.x - f.x) + abs(region.y - f.y) > _LOW for f in found)
        if apart and len(found) < _MOST and _is_frame(_level(red, region), _level(bright, region)):
            found.append(region)
    return found


def _redness(page: Image) -> NDArray[np.float32]:
    """How much redder each point is than the paper, which lamps make reddish all over; 1: as the paper is
    bright."""
    import numpy as np

    red, green, blue = (np.asarray(band).astype(np.float32) for band in page.split())
    paper = np.maximum(np.asarray(paper_of(page.convert("L"))), _DARKEST).astype(np.float32)
    more = (red - np.maximum(green, blue)) / paper
    return np.asarray(more - min(float(np.median(more[::4, ::4])), _CAST), np.float32)


def _only_red(page: Image) -> Image:
    """The red ink alone, dark on white."""
    import numpy as np
    from PIL import Image

    dark = np.clip(_redness(page) * (255 * _FADED), 0, 255)
    return Image.fromarray(255 - dark.astype(np.uint8)).convert("RGB")


def _rectangles(red: NDArray[np.bool_]) -> Iterator[Region]:
    """What connects in red ink and is as large as a stamp; gaps in its lines are bridged more and more, so
    that whole frames come first, and what touches them is not yet part of them."""
    import numpy as np
    from PIL import Image, ImageFilter

    half = Image.fromarray(red.astype(np.uint8) * 255).reduce(2).point([0, *[255] * 255])
    for gap in _GAPS:
        dark = np.asarray(half.filter(ImageFilter.MaxFilter(gap))) > 0
        for region, _ink in rectangles_of(dark, _LOW / 2, _LONG / 2 + gap):
            width, height = (2 * (side - gap + 1) for side in (region.width, region.height))
            if (
                _LOW <= height <= _HIGH
                and _SHORT <= width <= _LONG
                and _WIDE[0] <= width / height <= _WIDE[1]
            ):
                yield Region(2 * region.x, 2 * region.y, width, height, region.angle, 1.0)


def _level(points: NDArray[np.bool_], region: Region) -> NDArray[np.uint8]:
    """The region put level, with a little around it."""
    import numpy as np
    from PIL import Image

    wider = Region(region.x, region.y, region.width + 6, region.height + 6, region.angle, 1.0)
    return np.asarray(ppocr.cut_out(Image.fromarray(points.astype(np.uint8) * 255), wider))


def _is_frame(red: NDArray[np.uint8], bright: NDArray[np.uint8]) -> bool:
    """Whether a level piece has a side along each of its edges, and words of a stamp inside, on paper."""
    import numpy as np

    ink = red > 127
    band = max(round(min(ink.shape) * _BAND), 7)
    edges = (ink[:band], ink[::-1][:band], ink[:, :band].T, ink[:, ::-1][:, :band].T)
    if not all(map(_is_side, edges)):
        return False
    inside, light = ink[band:-band, band:-band], bright[band:-band, band:-band]
    if min(inside.shape) < 6:
        return False
    words = inside.copy()
    words[inside.mean(axis=1) > _RULE, :] = False
    words[:, inside.mean(axis=0) > _RULE] = False
    if not _INK[0] <= float(words.mean()) <= _INK[1]:
        return False
    rest = light[~inside]
    on_paper = rest.size > 0 and float(np.mean(rest > 127)) >= _PAPER
    return on_paper and _tallest(ink[3:-3, band:-band].mean(axis=1) > 0.02) >= _PRINTED * inside.shape[0]


def _is_side(edge: NDArray[np.bool_]) -> bool:
    """Whether ink runs along an edge (rows from outside inwards) on a straight line."""
    import numpy as np

    touched = edge.any(axis=0)
    if float(touched.mean()) < _DRAWN:
        return False
    at, depth = np.nonzero(touched)[0], edge.argmax(axis=0)[touched]
    slope = np.polyfit(at, depth, 1)
    near = np.abs(np.polyval(slope, at) - depth) <= max(2.0, 0.25 * edge.shape[0])
    return float(near.mean()) >= _STRAIGHT


def _tallest(rows: Iterable[bool]) -> int:
    """The most rows one after the other that have ink."""
    tallest = here = 0
    for inked in rows:
        here = here + 1 if inked else 0
        tallest = max(tallest, here)
    return tallest


def _is_read(ink: Image, frame: Region, model: ppocr.Model) -> bool:
    """Whether anything in a frame is read with confidence, by itself or as a whole."""
    wider = Region(frame.x, frame.y, frame.width + 2 * _AROUND, frame.height + 2 * _AROUND, frame.angle, 1.0)
    piece = ppocr.cut_out(ink, wider)
    if piece.height < _LEAST_HEIGHT:
        piece = piece.resize((piece.width * _LEAST_HEIGHT // piece.height, _LEAST_HEIGHT))
    ways = [piece, piece.rotate(180)] if abs(frame.angle) > 45 else [piece]
    lines = (line.characters for way in ways for line in model.lines(way))
    return any(map(_is_sure, lines)) or any(_is_sure(model.read(inside)) for inside in insides(ink, frame))


def _is_sure(line: tuple[ppocr.Character, ...]) -> bool:
    told = [letter for letter in line if letter.text.isalnum()]
    if secrecy.is_nearly("".join(letter.text for letter in told)):
        return False
    return len(told) >= _LETTERS and sum(c.confidence for c in told) / len(told) >= _SURE
