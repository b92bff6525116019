"""Detect red frames of a stamp's size whose words cannot be read: smeared secrecy stamps.

A frame has four straight red sides, with paper and red ink inside. Frames whose text OCR reads with
confidence are left to :mod:`dossier.scanner.recognise.secrecy`.
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

_PAGE = 600  # pixels: shortest short side of a page image
# Pixels on a page whose long side is 1600: stamps by law are 8 × 20 to 40 mm, here 43 × 108 to 215.
_LOW, _HIGH, _SHORT, _LONG = 24, 130, 50, 480
_WIDE = (1.1, 9.0)  # ratio of width to height
_RED = 0.12  # excess of red of red ink over the paper, as a fraction of the paper's brightness
_CAST = 0.3  # largest such excess of the paper itself (colour cast of a lamp)
_DARKEST = 50  # of 255: darker pixels are not paper
_FADED = 3  # factor that makes pale ink dark
_FEWEST = 200  # red pixels on a page: fewer are dirt
_GAPS = (3, 5, 7)  # widest gaps in a line that are bridged, in pixels at half size
_BAND = 0.16  # of a frame's height: band in which its sides are searched
_DRAWN, _STRAIGHT = 0.75, 0.8  # fraction of a side with ink; fraction of that ink on a straight line
_RULE = 0.9  # of the inside's length: a line so long is a table rule
_INK = (0.03, 0.7)  # fraction of the inside that the words of a stamp cover
_PRINTED = 0.3  # of the inside's height: height of the tallest line of the words
_PAPER = 0.5  # fraction of paper in the inside, apart from red ink
_BRIGHT = 0.62  # of the paper's brightness
_MOST = 8  # frames per page
_AROUND, _LEAST_HEIGHT = 10, 96  # pixels: margin read with a frame; least height of the image read
_SURE, _LETTERS = 0.8, 3  # mean confidence and number of letters of a line that counts as read


def unread(page: Image) -> tuple[str, ...]:
    """Return ``(UNREAD_FRAME,)`` if a colour page (RGB) has a red frame with illegible words.

    Empty if there is none, or the recogniser is not installed.
    """
    if page.mode != "RGB" or min(page.size) < _PAGE:
        return ()
    small = smaller(page)
    found = frames(small)
    model = ppocr.model() if found else None
    if model is None:
        return ()
    ink = _only_red(small)
    illegible = [frame for frame in found if not _is_read(ink, frame, model)]
    if illegible and small.size != page.size:  # small print is read only as large as it was scanned
        ink, across, down = _only_red(page), page.width / small.width, page.height / small.height
        frames_as_scanned = [frame.scaled(across, down) for frame in illegible]
        illegible = [frame for frame in frames_as_scanned if not _are_lines_read(ink, frame, model)]
    return (UNREAD_FRAME,) if illegible else ()


def frames(page: Image) -> list[Region]:
    """Return the red frames with red ink inside, legible or not; the long side of the page is at most 1600
    px."""
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
    """Return by how much each pixel is redder than the paper (corrected for the colour cast of lamps), as a
    fraction of the paper's brightness."""
    import numpy as np

    red, green, blue = (np.asarray(band).astype(np.float32) for band in page.split())
    paper = np.maximum(np.asarray(paper_of(page.convert("L"))), _DARKEST).astype(np.float32)
    more = (red - np.maximum(green, blue)) / paper
    return np.asarray(more - min(float(np.median(more[::4, ::4])), _CAST), np.float32)


def _only_red(page: Image) -> Image:
    """Return an image of only the red ink, dark on white."""
    import numpy as np
    from PIL import Image

    dark = np.clip(_redness(page) * (255 * _FADED), 0, 255)
    return Image.fromarray(255 - dark.astype(np.uint8)).convert("RGB")


def _rectangles(red: NDArray[np.bool_]) -> Iterator[Region]:
    """Yield connected red components of a stamp's size, bridging wider and wider gaps in their lines.

    Complete frames are thus found first, before ink that touches them is joined with them.
    """
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
    """Cut out the region, rotated to level, with a small margin."""
    import numpy as np
    from PIL import Image

    wider = Region(region.x, region.y, region.width + 6, region.height + 6, region.angle, 1.0)
    return np.asarray(ppocr.cut_out(Image.fromarray(points.astype(np.uint8) * 255), wider))


def _is_frame(red: NDArray[np.uint8], bright: NDArray[np.uint8]) -> bool:
    """Whether a level cut-out has a red side along each edge, and inside it words of a stamp on paper."""
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
    """Whether ink forms a straight line along an edge (rows ordered from outside inwards)."""
    import numpy as np

    touched = edge.any(axis=0)
    if float(touched.mean()) < _DRAWN:
        return False
    at, depth = np.nonzero(touched)[0], edge.argmax(axis=0)[touched]
    slope = np.polyfit(at, depth, 1)
    near = np.abs(np.polyval(slope, at) - depth) <= max(2.0, 0.25 * edge.shape[0])
    return float(near.mean()) >= _STRAIGHT


def _tallest(rows: Iterable[bool]) -> int:
    """Return the largest number of consecutive rows with ink."""
    tallest = here = 0
    for inked in rows:
        here = here + 1 if inked else 0
        tallest = max(tallest, here)
    return tallest


def _is_read(ink: Image, frame: Region, model: ppocr.Model) -> bool:
    """Whether OCR reads text in a frame with confidence, in single lines or in the frame as a whole."""
    if _are_lines_read(ink, frame, model):
        return True
    return any(_is_sure(model.read(inside)) for inside in insides(ink, frame))


def _are_lines_read(ink: Image, frame: Region, model: ppocr.Model) -> bool:
    wider = Region(frame.x, frame.y, frame.width + 2 * _AROUND, frame.height + 2 * _AROUND, frame.angle, 1.0)
    piece = ppocr.cut_out(ink, wider)
    if piece.height < _LEAST_HEIGHT:
        piece = piece.resize((piece.width * _LEAST_HEIGHT // piece.height, _LEAST_HEIGHT))
    ways = [piece, piece.rotate(180)] if abs(frame.angle) > 45 else [piece]
    return any(_is_sure(line.characters) for way in ways for line in model.lines(way))


def _is_sure(line: tuple[ppocr.Character, ...]) -> bool:
    letters = [letter for letter in line if letter.text.isalnum()]
    if secrecy.is_nearly("".join(letter.text for letter in letters)):
        return False
    return len(letters) >= _LETTERS and sum(c.confidence for c in letters) / len(letters) >= _SURE
