"""The characters of a PDF page with their places, from PDFium, as the page is seen."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cache
from typing import Any

from dossier.legacy import Encoding
from dossier.scanner.layout import Glyphs
from dossier.scanner.readers.pdf_legacy import spelling

# PDFium marks a hyphen at a line's end with U+FFFE, older versions with U+0002.
_MARKS = (("\ufffe", "-"), ("\x02", "-"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page as it is seen; width and height in points.

    ``legacy``: encodings from before Unicode that were met.
    """

    glyphs: Glyphs
    width: float
    height: float
    legacy: frozenset[Encoding] = frozenset()


def drawn_on(page: Any, textpage: Any, most: int) -> Drawn:
    """At most ``most`` characters of a page."""
    count = min(textpage.count_chars(), most)
    text = _text(textpage, count)
    spelled = spelling(text, textpage)
    lefts, tops, rights, bottoms = _boxes(textpage, count)
    width, height, (lefts, tops, rights, bottoms) = _as_seen(page, lefts, tops, rights, bottoms)
    if spelled is None:
        return Drawn(Glyphs(text, lefts, tops, rights, bottoms), width, height)
    glyphs = Glyphs(text, lefts, tops, rights, bottoms, cuts=spelled.starts, spell=spelled.of)
    return Drawn(glyphs, width, height, frozenset(spelled.met))


def _text(textpage: Any, count: int) -> str:
    """One character for each that PDFium counts."""
    text: str = textpage.get_text_range(0, count) if count else ""
    if len(text) != count:  # some have no meaning, or need two units of UTF-16
        code_of = _functions().FPDFText_GetUnicode
        text = "".join(_char(code_of(textpage, index)) for index in range(count))
    for mark, hyphen in _MARKS:
        if mark in text:
            text = text.replace(mark, hyphen)
    return text


def _char(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\x00"


def _boxes(textpage: Any, count: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Left, top, right and bottom of the characters' cells, in the page's own space (upwards)."""
    cells = (ctypes.c_float * (4 * count))()
    box_of = _box_function()
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    start = ctypes.addressof(cells)
    for index in range(count):
        box_of(handle, index, start + 16 * index)
    flat = list(cells)
    return flat[0::4], flat[1::4], flat[2::4], flat[3::4]


@cache
def _box_function() -> Any:
    """``FPDFText_GetLooseCharBox`` by addresses: half the time of a call that checks its arguments."""
    plain = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    return plain(ctypes.cast(_functions().FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)


def _functions() -> Any:
    from pypdfium2 import raw

    return raw  # made from a header when installed


def _as_seen(
    page: Any, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]
) -> tuple[float, float, tuple[list[float], list[float], list[float], list[float]]]:
    """Width, height and boxes from the top left corner of the page as it is turned, downwards."""
    x0, y0, x1, y1 = page.get_bbox()
    turn = page.get_rotation() % 360
    if turn == 90:
        boxes = _less(bottoms, y0), _less(lefts, x0), _less(tops, y0), _less(rights, x0)
    elif turn == 180:
        boxes = _from(x1, rights), _less(bottoms, y0), _from(x1, lefts), _less(tops, y0)
    elif turn == 270:
        boxes = _from(y1, tops), _from(x1, rights), _from(y1, bottoms), _from(x1, lefts)
    else:
        boxes = _less(lefts, x0), _from(y1, tops), _less(rights, x0), _from(y1, bottoms)
    wide, high = x1 - x0, y1 - y0
    return (wide, high, boxes) if turn % 180 == 0 else (high, wide, boxes)


def _less(values: list[float], start: float) -> list[float]:
    return values if start == 0 else [value - start for value in values]


def _from(end: float, values: list[float]) -> list[float]:
    return [end - value for value in values]
