"""Pictures of pages on which nothing stands: the backs of sheets that went through the scanner too."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_DPI = 50
_MARGIN = 0.05  # of each side: there scanners leave shadows and holes
_DARKER = 60  # than most of the page, of 255: print is, the other side's print shining through is not
_INK = 0.0005  # share of the picture that a line of print covers many times


def is_blank(page: Any) -> bool:
    """Whether a PDFium page shows nothing that could be read."""
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    try:
        return is_blank_picture(bitmap.to_pil())
    finally:
        bitmap.close()


def is_blank_picture(picture: Image.Image) -> bool:
    """The same of a grey picture of a page, of about 50 dots per inch."""
    wide, high = picture.size
    middle = picture.crop(
        (int(wide * _MARGIN), int(high * _MARGIN), int(wide * (1 - _MARGIN)), int(high * (1 - _MARGIN)))
    )
    counts = middle.histogram()
    upto = list(accumulate(counts))
    paper = bisect_left(upto, upto[-1] / 2)  # the shade of most of it
    return sum(counts[: max(paper - _DARKER, 0)]) < _INK * upto[-1]
