"""What stamps on a page say: the red ink alone, level or tilted, framed or not, by the recogniser of lines.

It knows no diacritics: ``MẬT`` comes as ``MAT`` or ``MÂT``. The lines that it finds by itself are read, and
each patch of red ink as a whole too, with more and more of its edge cut off: a frame close around a short
word hides it from the search for lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.regions import Region, frames_of, only_red, regions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_SIDE = 1600  # pixels of the long side: stamps are large
_LINES, _PATCHES = 60, 12  # of one page
_ASLANT = 45  # degrees from which on it is not known which way up a line is read
_COARSE = 4  # pixels that are one where patches are told apart
_APART = 7  # of those: ink so near is one patch
_EDGES = (0.0, 0.08, 0.14, 0.2)  # of a patch's height, cut off all around
_LEAST, _MOST = 12, 700  # pixels of a patch's sides
_TOUCHED = 40  # of 255: a coarse point with so much ink in it counts
_PAGE = 600  # pixels of the short side of what may be a page
_LOW, _WIDE = 28, 1.3  # pixels of a frame's short side at least; its long side is so many times that
_INKED = 190  # of 255: a frame's thin line, made coarser, is hardly darker
_DARK = 160  # of 255: darker is ink


def said(page: Image) -> tuple[str, ...]:
    """What is written in red ink on a page in colour (RGB), every line as it may be read.

    Empty where there is no red ink, or the recogniser is not installed (see :func:`ppocr.available`).
    """
    ink = only_red(page)
    model = ppocr.model() if ink else None
    if ink is None or model is None:
        return ()
    factor = min(_SIDE / max(ink.size), 1.0)
    small = ink.resize((max(int(ink.width * factor), 1), max(int(ink.height * factor), 1)))
    picture = small.convert("RGB")
    found: list[str] = []
    for region in model.find(picture)[:_LINES]:
        line = ppocr.cut_out(picture, region)
        for way in (line, line.rotate(180)) if abs(region.angle) > _ASLANT else (line,):
            found.append("".join(letter.text for letter in model.read(way)))
    for region in _patches(small):
        for line in _insides(picture, region):
            found.append("".join(letter.text for letter in model.read(line)))
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def framed(page: Image) -> tuple[str, ...]:
    """What is written in small frames on a page, in ink of any colour: a stamp on a copy is black or grey.

    Empty where there are no such frames, or the recogniser is not installed.
    """
    import numpy as np
    from PIL import ImageFilter

    if min(page.size) < _PAGE:
        return ()
    factor = min(_SIDE / max(page.size), 1.0)
    small = page.convert("L").resize((max(int(page.width * factor), 1), max(int(page.height * factor), 1)))
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
        for line in _insides(picture, frame)
    ]
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def _patches(ink: Image) -> list[Region]:
    """The patches of ink as large as stamps, each as the narrowest rectangle around it."""
    import numpy as np
    from PIL import ImageFilter

    coarse = (max(ink.width // _COARSE, 1), max(ink.height // _COARSE, 1))
    dark = ink.point([255 if value < _DARK else 0 for value in range(256)]).resize(coarse)
    touched = dark.point([255 if value > _TOUCHED else 0 for value in range(256)])
    likely = np.asarray(touched.filter(ImageFilter.MaxFilter(_APART))).astype(np.float32) / np.float32(255)
    regions = [region.scaled(ink.width / coarse[0], ink.height / coarse[1]) for region in regions_of(likely)]
    sized = [r for r in regions if min(r.width, r.height) >= _LEAST and max(r.width, r.height) <= _MOST]
    return sorted(sized, key=lambda region: -region.width * region.height)[:_PATCHES]


def _insides(picture: Image, region: Region) -> Iterator[Image]:
    """A patch put level, with less and less of its edge, each way up that it may be read."""
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
    """The part with ink, and a little around it."""
    box = picture.convert("L").point([255 if value < _DARK else 0 for value in range(256)]).getbbox()
    if box is None:
        return picture
    left, top, right, bottom = box
    return picture.crop(
        (max(left - 2, 0), max(top - 2, 0), min(right + 2, picture.width), min(bottom + 2, picture.height))
    )
