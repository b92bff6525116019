"""Take the frames of incoming stamps out of the head of a page before OCR: in black ink they run through
letters, which OCR then loses, and what the stamp says is joined to the lines of the text beside it.

Only level and upright lines that stand together are removed: rules under names stay, and what a pen struck
out stays so. What stands in a frame with four sides is read apart. Of a frame in coloured ink all that is
coloured is removed and no more: stamps stand over titles, whose black print is still legible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dossier.model import Box
from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.regions import coloured_ink, components, without_red, without_tint

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_HEAD = 0.45  # of the page height
_DARK = 140  # of 255: darker is ink
_HALF = 2  # lines are found in a smaller picture
_LONG = 0.045  # of the page width: longer than strokes of letters
_THIN = 0.004  # of the page width: thicker strokes are bars
_WIDTH, _HEIGHT = (0.08, 0.42), (0.03, 0.3)  # of a frame, in page widths; larger ones are tables
_EDGE, _DRAWN = (
    0.12,
    0.45,
)  # of the height of a frame: how far its sides may slope; share of each that is seen
_IN_COLOUR = 0.6  # share of the pixels of a coloured frame's lines
_COARSE = 8  # pixels: lines of one frame that are this near stand together, though its corners are worn


class Unframed(NamedTuple):
    """A page without frames of stamps, and the boxes of those with four sides, which are blank in it."""

    page: Image
    frames: tuple[Box, ...] = ()


def without_frames(page: Image) -> Unframed:
    """Return the page without frames of stamps. Where letters cross a line, it is left. The same page if
    there are no frames, or what the recogniser of handwriting needs is not installed."""
    if not ppocr.available():
        return Unframed(page)
    import numpy as np
    from PIL import Image as Pictures

    head = page.convert("L").crop((0, 0, page.width, round(page.height * _HEAD))).reduce(_HALF)
    dark = np.asarray(head) < _DARK
    long, thin = round(head.width * _LONG), max(round(head.width * _THIN), 2)
    level, upright = _lines(dark, long, thin), _lines(dark.T, long, thin).T
    frames = list(_frames(level, upright)) if level.any() and upright.any() else []
    if not frames:
        return Unframed(page)
    cleaned, boxes = page.copy(), list[Box]()
    white = 255 if page.mode == "L" else (255, 255, 255)
    size = head.width * _HALF, head.height * _HALF
    ink = coloured_ink(page.crop((0, 0, *size)))
    coloured = None if ink is None else np.asarray(ink.reduce(_HALF))
    red = np.asarray(without_red(page.crop((0, 0, *size))).reduce(_HALF)) >= _DARK  # not seen by OCR
    for frame in frames:
        mask = Pictures.fromarray(np.where(frame, np.uint8(255), np.uint8(0)))
        left, top, right, bottom = (edge * _HALF for edge in mask.getbbox() or (0, 0, 0, 0))
        if ink is not None and coloured is not None and coloured[frame].mean() > 255 * _IN_COLOUR:
            edge = 2 * _COARSE
            around = (max(left - edge, 0), max(top - edge, 0), min(right + edge, page.width), bottom + edge)
            plain = without_tint(page.crop(around))
            cleaned.paste(plain.convert(page.mode), around)
            if red[frame].mean() > _IN_COLOUR:
                continue
        else:
            cleaned.paste(white, (0, 0), mask.resize(size, Pictures.Resampling.NEAREST))
        if _has_four_sides(frame & level, frame & upright):
            if coloured is None or coloured[frame].mean() <= 255 * _IN_COLOUR:
                cleaned.paste(white, (left, top, right, bottom))
            wide, high = page.size
            boxes.append(Box(left / wide, top / high, min(right / wide, 1.0), min(bottom / high, 1.0)))
    return Unframed(cleaned, tuple(boxes))


def _lines(dark: NDArray[np.bool_], long: int, thin: int) -> NDArray[np.bool_]:
    """Return the pixels of horizontal lines, without those that letters cross."""
    import numpy as np

    found = np.zeros_like(dark)
    steps = np.diff(dark.astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    for run in np.flatnonzero(ends - starts >= long):
        found[rows[run], starts[run] : ends[run]] = True
    if not found.any():
        return found
    whole = found.copy()
    for by in range(1, thin):  # the edges of a line are ragged
        whole[by:] |= found[:-by] & dark[by:]
        whole[:-by] |= found[by:] & dark[:-by]
    beside = dark & ~whole
    crossed = np.zeros_like(dark)
    reach = thin + thin // 2 + 1
    crossed[reach:] |= beside[:-reach]
    crossed[:-reach] |= beside[reach:]
    return whole & ~crossed


def _frames(level: NDArray[np.bool_], upright: NDArray[np.bool_]) -> Iterator[NDArray[np.bool_]]:
    """Yield the pixels of lines that stand together as a frame of a stamp's size."""
    import numpy as np
    from PIL import Image as Pictures
    from PIL import ImageFilter

    both = level | upright
    picture = Pictures.fromarray(np.where(both, np.uint8(255), np.uint8(0)))
    coarse = picture.reduce(_COARSE).point([0] + [255] * 255).filter(ImageFilter.MaxFilter(3))
    for rows, starts, ends in components(np.asarray(coarse) > 0):
        width, height = (max(ends) - min(starts)) / coarse.width, (rows[-1] - rows[0]) / coarse.width
        if not (_WIDTH[0] <= width <= _WIDTH[1] and _HEIGHT[0] <= height <= _HEIGHT[1]):
            continue
        frame = np.zeros_like(both)
        for row, start, end in zip(rows, starts, ends, strict=True):
            cells = slice(row * _COARSE, (row + 1) * _COARSE), slice(start * _COARSE, end * _COARSE)
            frame[cells] = both[cells]
        if (frame & level).any() and (frame & upright).any():
            yield frame


def _has_four_sides(level: NDArray[np.bool_], upright: NDArray[np.bool_]) -> bool:
    """Whether lines run along most of each side of the rectangle around a frame."""
    import numpy as np

    rows, columns = np.nonzero((level | upright).any(axis=1))[0], np.nonzero((level | upright).any(axis=0))[0]
    level, upright = (
        lines[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] for lines in (level, upright)
    )
    edge = max(round(level.shape[0] * _EDGE), 1)
    sides = (level[:edge].any(axis=0), level[-edge:].any(axis=0),
             upright[:, :edge].any(axis=1), upright[:, -edge:].any(axis=1))  # fmt: skip
    return all(float(side.mean()) >= _DRAWN for side in sides)
