"""What stamps on a page say, by the recogniser of lines: the red ink alone, level or tilted, framed or not;
what stands in small frames of any ink; and ink at the head of the page that nobody read.

It knows no diacritics: ``MẬT`` comes as ``MAT`` or ``MÂT``. The lines that it finds by itself are read, and
each patch of red ink as a whole too, with more and more of its edge cut off: a frame close around a short
word hides it from the search for lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.scanner.ocr import ppocr
from dossier.scanner.ocr.regions import Region, frames_of, only_red, regions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from dossier.model.layout import Word

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
_HEAD = 0.45  # of a page's height: stamps that count stand above
_READ = 0.6  # how surely a word was read that is no stamp
_LEFT = 6  # patches of a head that are read
_LIGHT = 16  # pixels in which light changes little
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
    """What is written in small frames on a page, in ink of any colour: a stamp on a copy is black or grey.

    Empty where there are no such frames, or the recogniser is not installed.
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
    """What is written at the head of a page in ink that is in none of the ``words`` read there: a stamp that
    stands askew, or whose frame touches its letters, is passed over by who reads level lines.

    Empty where all ink was read, or the recogniser is not installed.
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
    """A grey page with its paper as white everywhere as where light falls on it: photos have shadows."""
    from PIL import ImageChops

    return ImageChops.add(page, ImageChops.invert(paper_of(page)))


def paper_of(page: Image) -> Image:
    """How bright the paper of a grey page is at each point."""
    from PIL import ImageFilter

    size = (max(page.width // _LIGHT, 1), max(page.height // _LIGHT, 1))
    paper = page.resize(size).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(2))
    return paper.resize(page.size)


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


def insides(picture: Image, region: Region) -> Iterator[Image]:
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
