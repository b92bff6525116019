"""Characters that a PDF page's text tells and nobody sees there: without ink, white on white, clipped away,
on a layer that is switched off.

A page is drawn and looked at only where its objects or its words give a reason: nearly all pages have none.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from dossier.scanner.readers.pdf_calls import address, call

if TYPE_CHECKING:
    from PIL.Image import Image

    from dossier.scanner.readers.pdf_glyphs import Boxes

_TEXT, _FORM = 1, 5  # FPDF_PAGEOBJ_… of fpdf_edit.h
_DEEPEST = 4  # forms within forms that are looked into
_FILLED, _INVISIBLE, _CLIPPING = 0, 3, 7  # FPDF_TEXTRENDERMODE_… of fpdf_edit.h
_PALE = 232  # of 255: ink of which all colours are at least so light is hardly seen on paper
_CLEAR = 16  # of 255: what is less opaque is not seen
_PAPER = 200  # shade from which a ground is light
_CONTRAST = 24  # between the darkest and the lightest dot where a character is seen
_SHOWN = 0.2  # of an object's characters: with fewer of them seen it is not
_MOST_OBJECTS, _MOST_CHARACTERS = 20_000, 20_000  # that are looked at
_MOST_DOTS = 4_000_000
_HEAD_CHARS = 4000
# A head has one number, and one motto: of two, one may be hidden.
_NUMBER = re.compile(r"\bS[ốỐ]\s{0,3}:?\s{0,9}\d{1,6}\s{0,3}[/-]")
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")


# ISO 32000-1, table 101, where it is not packed.
_OFF = re.compile(rb"/OFF\s{0,9}\[\s{0,9}\d|/BaseState\s{0,9}/OFF")


def has_layers_off(data: bytes) -> bool:
    """Whether a PDF file has layers that are switched off when it is opened."""
    return b"/OCProperties" in data and _OFF.search(data) is not None


@dataclass(frozen=True, slots=True)
class Unseen:
    """Indexes of the characters that are not seen. ``laid``: most are not, so that they are laid over what
    the page shows, as scanners' programs do."""

    characters: frozenset[int] = frozenset()
    laid: bool = False

    def left_out_of(self, text: str) -> str:
        """The text with characters that stand for nothing in their place."""
        if self.laid or not self.characters:
            return text
        return "".join("\x00" if at in self.characters else char for at, char in enumerate(text))


def unseen(page: Any, textpage: Any, text: str, seen: Boxes, layers: bool) -> Unseen:
    """What nobody sees of the text of a PDFium page whose characters stand in the boxes ``seen``.

    ``layers``: the file has layers that are switched off.
    """
    objects = list(islice(_texts(page), _MOST_OBJECTS))
    hidden, pale = _inkless(objects)
    head = text[:_HEAD_CHARS]
    doubled = len(_NUMBER.findall(head)) > 1 or len(_MOTTO.findall(head)) > 1
    if not (hidden or pale or layers or doubled):
        return Unseen()
    count = min(len(text), _MOST_CHARACTERS)
    of_object: dict[int, list[int]] = defaultdict(list)
    owners = map(call("FPDFText_GetTextObject"), repeat(address(textpage.raw)), range(count))
    for index, owner in enumerate(owners):
        if owner and text[index] > " ":
            of_object[owner].append(index)
    gone = {owner for owner in of_object if owner in hidden}
    if pale or layers or doubled:
        picture = _drawn(page)
        look = _Look(picture, seen, picture.width / page.get_width())
        for owner, own in of_object.items():
            if owner in gone:
                continue
            if look.is_blank(own) or (owner in pale and look.is_on_paper(own)):
                gone.add(owner)
    characters = frozenset(index for owner in gone for index in of_object[owner])
    shown = sum(char > " " for char in text[:count])
    return Unseen(characters, laid=2 * len(characters) > shown)


def _texts(page: Any) -> Iterator[int]:
    """The addresses of the text objects of a page, those within forms too."""
    type_of = call("FPDFPageObj_GetType")

    def within(count: Any, get: Any, holder: Any, depth: int) -> Iterator[int]:
        # Asked directly, in loops in C: pages have objects by the hundred.
        items = list(map(get, repeat(holder), range(min(count(holder), _MOST_OBJECTS))))
        for item, kind in zip(items, map(type_of, items), strict=True):
            if kind == _TEXT:
                yield item
            elif kind == _FORM and depth < _DEEPEST:
                yield from within(
                    call("FPDFFormObj_CountObjects"), call("FPDFFormObj_GetObject"), item, depth + 1
                )

    return within(call("FPDFPage_CountObjects"), call("FPDFPage_GetObject"), address(page.raw), 1)


def _inkless(objects: Sequence[int]) -> tuple[set[int], set[int]]:
    """Of these text objects those that are drawn without any ink, and those whose ink is pale."""
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
    """The page in grey, a dot to a point; fewer on huge pages."""
    dots = page.get_width() * page.get_height()
    bitmap = page.render(scale=min(1.0, (_MOST_DOTS / max(dots, 1)) ** 0.5), grayscale=True)
    try:
        picture: Image = bitmap.to_pil().copy()  # PDFium's own dots go with the bitmap
        return picture
    finally:
        bitmap.close()


class _Look:
    """What is seen in the boxes of characters; ``scale``: dots to a point."""

    def __init__(self, picture: Image, seen: Boxes, scale: float) -> None:
        self._picture = picture
        self._seen = seen
        self._scale = scale

    def _shades(self, index: int) -> list[int]:
        """Sorted shades of the dots in a character's box; none where it lies beside the page."""
        left, top, right, bottom = (int(side[index] * self._scale) for side in self._seen)
        wide, high = self._picture.size
        box = (max(left, 0), max(top, 0), min(right + 1, wide), min(bottom + 1, high))
        if box[0] >= box[2] or box[1] >= box[3]:
            return []
        return sorted(self._picture.crop(box).tobytes())

    def is_blank(self, characters: Sequence[int]) -> bool:
        """Whether hardly any of the characters is seen."""
        shades = [shades for index in characters if (shades := self._shades(index))]
        shown = sum(dots[-1] - dots[0] >= _CONTRAST for dots in shades)
        return bool(shades) and shown < _SHOWN * len(shades)

    def is_on_paper(self, characters: Sequence[int]) -> bool:
        """Whether the characters stand on a light ground."""
        grounds = [shades[len(shades) // 2] for index in characters if (shades := self._shades(index))]
        return bool(grounds) and sorted(grounds)[len(grounds) // 2] >= _PAPER
