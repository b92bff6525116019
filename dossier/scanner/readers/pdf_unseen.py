"""Find what PDF pages do not show: characters without ink, white on white, clipped, or on a hidden layer, and
images that cannot be decoded.

A page is rendered for this only if its objects or its words give a reason, which is rare.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from dossier.scanner.readers.pdf_calls import Objects, address, call
from dossier.scanner.readers.pdf_clipped import Clip, clip_of, clipped

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.readers.pdf_glyphs import Boxes

_TEXT, _IMAGE, _FORM = 1, 3, 5  # FPDF_PAGEOBJ_… of fpdf_edit.h
_DEEPEST = 4  # levels of nested form objects that are examined
_MOST_IMAGES = 50  # of a page, that are decoded one by one
_FILLED, _INVISIBLE, _CLIPPING = 0, 3, 7  # FPDF_TEXTRENDERMODE_… of fpdf_edit.h
_PALE = 232  # of 255; ink with all colours at least this light is hardly visible on paper
_CLEAR = 16  # of 255; ink with a lower opacity is invisible
_PAPER = 200  # of 255; a background at least this light is paper
_CONTRAST = 24  # of 255; least difference between lightest and darkest pixel of a visible character
_SHOWN = 0.2  # least share of visible characters in a visible text object
_MOST_OBJECTS, _MOST_CHARACTERS = 20_000, 20_000  # examined on a page
_MOST_DOTS = 4_000_000  # pixels of a rendered page
_HEAD_CHARS = 4000
# A document's head has one number and one motto: if there are two, one may be hidden.
_NUMBER = re.compile(r"S(?<!\wS)[ốỐ]\s{0,3}:?\s{0,9}\d{1,6}\s{0,3}[/-]")
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")


# ISO 32000-1, table 101, outside compressed streams.
_OFF = re.compile(rb"/OFF\s{0,9}\[\s{0,9}\d|/BaseState\s{0,9}/OFF")


def has_layers_off(data: bytes) -> bool:
    """Whether a PDF file has layers that are hidden when it is opened."""
    return b"/OCProperties" in data and _OFF.search(data) is not None


@dataclass(frozen=True, slots=True)
class Unseen:
    """Indexes of a page's invisible characters.

    ``laid``: most characters are invisible, so they are an OCR layer over the image of a page.
    """

    characters: frozenset[int] = frozenset()
    laid: bool = False

    def left_out_of(self, text: str) -> str:
        """Replace invisible characters by NUL, which keeps indexes; not those of an OCR layer."""
        if self.laid or not self.characters:
            return text
        return "".join("\x00" if at in self.characters else char for at, char in enumerate(text))


def unseen(page: Any, textpage: Any, objects: Objects, text: str, seen: Boxes, *, layers: bool) -> Unseen:
    """Find the invisible characters of a PDFium page's ``text``, whose boxes are ``seen``.

    ``objects``: those of the page. ``layers``: the file has hidden layers.
    """
    placed = list(islice(_texts(objects), _MOST_OBJECTS))
    written = [item for item, _form in placed]
    hidden, pale = _inkless(written)
    outside, cut = clipped(written)
    hidden |= outside | {item for item, form in placed if form is Clip.OUTSIDE}
    cut |= {item for item, form in placed if form is Clip.CUT}
    head = text[:_HEAD_CHARS]
    doubled = len(_NUMBER.findall(head)) > 1 or len(_MOTTO.findall(head)) > 1
    if not (hidden or pale or cut or layers or doubled):
        return Unseen()
    count = min(len(text), _MOST_CHARACTERS)
    of_object: dict[int, list[int]] = defaultdict(list)
    owners = map(call("FPDFText_GetTextObject"), repeat(address(textpage.raw)), range(count))
    for index, owner in enumerate(owners):
        if owner and text[index] > " ":
            of_object[owner].append(index)
    gone = {owner for owner in of_object if owner in hidden}
    cut_off: list[int] = []
    if pale or cut or layers or doubled:
        picture = _drawn(page)
        rendering = _Rendering(picture, seen, picture.width / page.get_width())
        for owner, own in of_object.items():
            if owner in gone:
                continue
            if rendering.is_blank(own) or (owner in pale and rendering.is_on_paper(own)):
                gone.add(owner)
            elif owner in cut:
                cut_off += (index for index in own if rendering.is_blank([index]))
    characters = frozenset([*(index for owner in gone for index in of_object[owner]), *cut_off])
    shown = sum(char > " " for char in text[:count])
    return Unseen(characters, laid=2 * len(characters) > shown)


def _texts(objects: Objects) -> Iterator[tuple[int, Clip]]:
    """The addresses of the text objects among a page's, including those in forms, and how much of the form
    is displayed."""

    def within(inside: Objects, depth: int, form: Clip) -> Iterator[tuple[int, Clip]]:
        for item, kind in islice(zip(inside.items, inside.kinds, strict=True), _MOST_OBJECTS):
            if kind == _TEXT:
                yield item, form
            elif kind == _FORM and depth < _DEEPEST:
                yield from within(Objects.of_form(item), depth + 1, max(form, clip_of(item)))

    return within(objects, 1, Clip.WHOLE)


def _inkless(objects: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return those of the text objects that are drawn without ink, and those with pale or clear ink."""
    modes = list(map(call("FPDFTextObj_GetTextRenderMode"), objects))
    hidden = {item for item, mode in zip(objects, modes, strict=True) if mode in (_INVISIBLE, _CLIPPING)}
    colours = array("I", bytes(16 * len(objects)))  # red, green, blue and opacity, one after the other
    start, _length = colours.buffer_info()
    parts = (range(start + 4 * part, start + 4 * part + 16 * len(objects), 16) for part in range(4))
    deque(map(call("FPDFPageObj_GetFillColor"), objects, *parts), maxlen=0)
    pale = {
        item
        for item, mode, red, green, blue, opacity in zip(
            objects, modes, *(colours[part::4] for part in range(4)), strict=True
        )
        if mode == _FILLED and (min(red, green, blue) >= _PALE or opacity < _CLEAR)
    }
    return hidden, pale


def _drawn(page: Any) -> Image:
    """Render the page in grey, one pixel per point, fewer for huge pages."""
    dots = page.get_width() * page.get_height()
    bitmap = page.render(scale=min(1.0, (_MOST_DOTS / max(dots, 1)) ** 0.5), grayscale=True)
    try:
        picture: Image = bitmap.to_pil().copy()  # closing the bitmap frees PDFium's pixels
        return picture
    finally:
        bitmap.close()


class _Rendering:
    """A rendered page, to examine the boxes of characters on it; ``scale``: pixels per point."""

    def __init__(self, picture: Image, seen: Boxes, scale: float) -> None:
        self._picture = picture
        self._seen = seen
        self._scale = scale

    def _shades(self, index: int) -> list[int]:
        """Return the sorted shades of the pixels in a character's box, empty outside the page."""
        left, top, right, bottom = (int(side[index] * self._scale) for side in self._seen)
        wide, high = self._picture.size
        box = (max(left, 0), max(top, 0), min(right + 1, wide), min(bottom + 1, high))
        if box[0] >= box[2] or box[1] >= box[3]:
            return []
        return sorted(self._picture.crop(box).tobytes())

    def is_blank(self, characters: Sequence[int]) -> bool:
        """Whether hardly any of the characters is visible."""
        shades = [shades for index in characters if (shades := self._shades(index))]
        shown = sum(dots[-1] - dots[0] >= _CONTRAST for dots in shades)
        return bool(shades) and shown < _SHOWN * len(shades)

    def is_on_paper(self, characters: Sequence[int]) -> bool:
        """Whether the characters are on a light background."""
        grounds = [shades[len(shades) // 2] for index in characters if (shades := self._shades(index))]
        return bool(grounds) and sorted(grounds)[len(grounds) // 2] >= _PAPER


def is_undecoded(page: Any, error: type[Exception]) -> bool:
    """Whether an image on a PDFium page that looks blank cannot be decoded. ``error``: PDFium's."""
    for item in islice(page.get_objects(filter=[_IMAGE], max_depth=_DEEPEST), _MOST_IMAGES):
        try:
            item.get_bitmap()
        except error:
            return True
    return False
