"""Read stamps on a page: red ink (level or tilted, framed or not), small frames in any ink, and ink at the
head of the page that OCR did not read.

The recogniser (:mod:`.ppocr`) has no diacritics: ``MẬT`` is read as ``MAT`` or ``MÂT``. Both the lines that
it detects and each patch of red ink as a whole are read, the latter with more and more of its edge cut off,
because a frame close around a short word prevents its detection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.regions import Region, frames_of, only_red, regions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from dossier.model.layout import Word

_SIDE = 1600  # pixels: long side of the reduced page (stamps are large)
_LINES, _PATCHES = 60, 12  # largest numbers read per page
_ASLANT = 45  # degrees: a steeper line is read both ways up
_COARSE = 4  # pixels per coarse pixel for separating patches
_APART = 7  # coarse pixels: ink within this distance belongs to one patch
_EDGES = (0.0, 0.08, 0.14, 0.2)  # fractions of a patch's height cut off on all sides
_LEAST, _MOST = 12, 700  # pixels: sides of a patch
_TOUCHED = 40  # of 255: ink from which a coarse pixel counts
_PAGE = 600  # pixels: shortest short side of a page image
_LOW, _WIDE = 28, 1.3  # least short side of a frame in pixels; least ratio of its sides
_HEAD = 0.45  # fraction of the page height above which stamps count
_READ = 0.6  # confidence from which a word counts as read
_LEFT = 6  # largest number of unread patches that are read
_LIGHT = 16  # pixels within which the light hardly changes
_INKED = 190  # of 255: limit for ink in a coarse image, where the thin line of a frame is pale
_DARK = 160  # of 255: darker is ink


def red_text(page: Image) -> tuple[str, ...]:
    """Return all possible readings of the text in red ink on a colour page (RGB).

    Empty if there is no red ink, or the recogniser is not installed (see :func:`ppocr.available`).
    """
    ink = only_red(page)
    model = ppocr.model() if ink else None
    if ink is None or model is None:
        return ()
    small = smaller(ink)
    picture = small.convert("RGB")
    found: list[str] = []
    for region in model.find(picture)[:_LINES]:
        line = ppocr.cut_out(picture, region)
        for way in (line, line.rotate(180)) if abs(region.angle) > _ASLANT else (line,):
            found.append("".join(letter.text for letter in model.read(way)))
    for region in _patches(small):
        for line in insides(picture, region):
            found.append("".join(letter.text for letter in model.read(line)))
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def framed(page: Image) -> tuple[str, ...]:
    """Return the text in small frames in ink of any colour: stamps on photocopies are black or grey.

    Empty if there are no such frames, or the recogniser is not installed.
    """
    import numpy as np
    from PIL import ImageFilter

    if min(page.size) < _PAGE:
        return ()
    small = _evenly_lit(smaller(page.convert("L")))
    half = small.reduce(2).point([255 if value < _INKED else 0 for value in range(256)])
    dark = np.asarray(half.filter(ImageFilter.MaxFilter(3))) > 0
    frames = [region.scaled(2, 2) for region in frames_of(dark, _LOW / 2, _MOST / 2)]
    frames = [frame for frame in frames if frame.width > _WIDE * frame.height]
    model = ppocr.model() if frames else None
    if model is None:
        return ()
    picture = small.convert("RGB")
    found = [
        "".join(letter.text for letter in model.read(line))
        for frame in frames[:_PATCHES]
        for line in insides(picture, frame)
    ]
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def unread(page: Image, words: Sequence[Word]) -> tuple[str, ...]:
    """Return the text of ink at the head of a page outside the ``words`` that OCR read.

    OCR of level lines misses a tilted stamp, or one whose frame touches its letters. Empty if all ink was
    read, or the recogniser is not installed.
    """
    from PIL import ImageDraw

    if min(page.size) < _PAGE:
        return ()
    head = page.convert("L").crop((0, 0, page.width, round(page.height * _HEAD)))
    pen = ImageDraw.Draw(head)
    for word in words:
        if (word.confidence or 0.0) >= _READ and len(word.text) > 1:
            left, right = (side * page.width for side in (word.box.left, word.box.right))
            top, bottom = (side * page.height for side in (word.box.top, word.box.bottom))
            pen.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill="white")
    small = _evenly_lit(smaller(head))
    patches = [r for r in _patches(small) if r.width > _WIDE * r.height and r.height >= _LOW]
    model = ppocr.model() if patches else None
    if model is None:
        return ()
    picture = small.convert("RGB")
    found = [
        "".join(letter.text for letter in model.read(line))
        for patch in patches[:_LEFT]
        for line in insides(picture, patch)
    ]
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def smaller(page: Image) -> Image:
    factor = min(_SIDE / max(page.size), 1.0)
    return page.resize((max(int(page.width * factor), 1), max(int(page.height * factor), 1)))


def _evenly_lit(page: Image) -> Image:
    """Return a grey page with the shadows of a photo removed: the paper is evenly white."""
    from PIL import ImageChops

    return ImageChops.add(page, ImageChops.invert(paper_of(page)))


def paper_of(page: Image) -> Image:
    """Return the brightness of the paper at each pixel of a grey page."""
    from PIL import ImageFilter

    size = (max(page.width // _LIGHT, 1), max(page.height // _LIGHT, 1))
    paper = page.resize(size).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(2))
    return paper.resize(page.size)


def _patches(ink: Image) -> list[Region]:
    """Return the smallest rectangles around patches of ink of a stamp's size."""
    import numpy as np
    from PIL import ImageFilter

    coarse = (max(ink.width // _COARSE, 1), max(ink.height // _COARSE, 1))
    dark = ink.point([255 if value < _DARK else 0 for value in range(256)]).resize(coarse)
    touched = dark.point([255 if value > _TOUCHED else 0 for value in range(256)])
    likely = np.asarray(touched.filter(ImageFilter.MaxFilter(_APART))).astype(np.float32) / np.float32(255)
    regions = [region.scaled(ink.width / coarse[0], ink.height / coarse[1]) for region in regions_of(likely)]
    sized = [r for r in regions if min(r.width, r.height) >= _LEAST and max(r.width, r.height) <= _MOST]
    return sorted(sized, key=lambda region: -region.width * region.height)[:_PATCHES]


def insides(picture: Image, region: Region) -> Iterator[Image]:
    """Yield a patch rotated to level, with less and less of its edge, each way up if that is unknown."""
    patch = _tight(ppocr.cut_out(picture, region))
    if patch.height > patch.width:
        patch = patch.rotate(90, expand=True)
    turned = abs(region.angle) > _ASLANT or region.height > region.width
    for edge in _EDGES:
        cut = round(patch.height * edge)
        inside = _tight(patch.crop((cut, cut, patch.width - cut, patch.height - cut)))
        if min(inside.size) < _LEAST // 2:
            return
        yield inside
        if turned:
            yield inside.rotate(180)


def _tight(picture: Image) -> Image:
    """Crop to the ink with a small margin."""
    box = picture.convert("L").point([255 if value < _DARK else 0 for value in range(256)]).getbbox()
    if box is None:
        return picture
    left, top, right, bottom = box
    return picture.crop(
        (max(left - 2, 0), max(top - 2, 0), min(right + 2, picture.width), min(bottom + 2, picture.height))
    )
