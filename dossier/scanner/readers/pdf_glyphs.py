"""The characters of a PDF page with their places, from PDFium, as the page is seen."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress, repeat
from math import pi
from operator import lt, ne, or_
from typing import Any

from dossier.legacy import Encoding
from dossier.scanner.layout import Glyphs
from dossier.scanner.layout.turned import ASLANT, MIRRORED
from dossier.scanner.readers.pdf_calls import address, call
from dossier.scanner.readers.pdf_legacy import spelling
from dossier.scanner.readers.pdf_stamps import Stamps
from dossier.scanner.readers.pdf_unseen import Unseen, unseen

# PDFium marks a hyphen at a line's end with U+FFFE, older versions with U+0002.
Boxes = tuple[list[float], list[float], list[float], list[float]]  # lefts, tops, rights, bottoms
_UNEVEN = 0.2  # of the height: letters side by side differ by less
_FEWEST_ODD = 3  # neighbours that do not stand side by side, before it is asked how text is turned
_SAMPLED = 8  # characters
_INSET, _LETTER = 0.2, 0.35  # of the height of a field: where its text begins, and how wide a letter is
_ASKEW = 0.2  # of a quarter turn: what a scanner makes of a straight page
_HEADLONG = 2  # quarter turns
_MOST_STAMPED = 5000  # characters of stamps that are looked at
_STAMPED_HEAD = 0.45  # of the page, from its top: further down no number is stamped
_LEAST_STAMP = 4  # points: smaller boxes are those of signatures that do not show
_MARKS = (("\ufffe", "-"), ("\x02", "-"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page as it is seen; width and height in points.

    ``legacy``: encodings from before Unicode that were met. ``laid``: most of the text is not seen itself,
    but laid over what is. ``unread``: a stamp at the top of the page shows what no characters tell.
    """

    glyphs: Glyphs
    width: float
    height: float
    legacy: frozenset[Encoding] = frozenset()
    laid: bool = False
    unread: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether letters may be lost: VPS has capitals at codes that PDFium takes for hyphens, bullets."""
        return Encoding.VPS in self.legacy

    @property
    def beside(self) -> bool:
        """Whether characters lie beside the page, where nobody sees them."""
        glyphs = self.glyphs
        cells = zip(glyphs.text, glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms, strict=True)
        return any(
            char > " " and (right <= 0 or left >= self.width or bottom <= 0 or top >= self.height)
            for char, left, top, right, bottom in cells
        )


def drawn_on(
    page: Any, textpage: Any, most: int, stamps: Stamps | None = None, *, layers: bool = False
) -> Drawn:
    """At most ``most`` characters of a page; ``stamps``: what annotations were drawn into it; ``layers``: the
    file has layers that are switched off."""
    count = min(textpage.count_chars(), most)
    text = _text(textpage, count)
    spelled = spelling(text, textpage)
    lefts, tops, rights, bottoms = _boxes(textpage, count)
    frame = _Frame.of(page)
    seen = frame.seen(lefts, tops, rights, bottoms)
    stamped = count
    blocks: list[tuple[float, float, float, float]] = []
    if stamps is not None and text.startswith(before := _marks_replaced(stamps.before)):
        stamped = len(before)
        for box in stamps.blocks:
            (left,), (top,), (right,), (bottom,) = frame.seen(*([length] for length in box))
            blocks.append((left, top, right, bottom))
    away = unseen(page, textpage, text, seen, layers)
    nameless = _nameless(textpage, range(stamped, count))
    unread = _is_unread(text, seen, blocks, range(stamped, count), nameless, _STAMPED_HEAD * frame.height)
    text = Unseen(away.characters | nameless).left_out_of(text) if not away.laid else text
    turns = _turns(textpage, text, seen, page.get_rotation())
    for value, box in stamps.values if stamps is not None else ():
        text += _written(value, frame.seen(*([length] for length in box)), seen)
        turns = turns and turns + [0] * (len(value) + 1)
    glyphs = Glyphs(text, *seen, stamped=stamped, blocks=blocks, turns=turns)
    drawn = Drawn(glyphs, frame.width, frame.height, laid=away.laid, unread=unread)
    if spelled is None:
        return drawn
    glyphs = replace(glyphs, cuts=spelled.starts, spell=spelled.of)
    return replace(drawn, glyphs=glyphs, legacy=frozenset(spelled.met))


def _nameless(textpage: Any, characters: range) -> frozenset[int]:
    """Which of the characters have a font that does not tell what they are."""
    wrong = _functions().FPDFText_HasUnicodeMapError
    return frozenset(index for index in characters[:_MOST_STAMPED] if wrong(textpage, index) == 1)


def _is_unread(
    text: str,
    seen: Boxes,
    blocks: Sequence[tuple[float, float, float, float]],
    characters: range,
    nameless: frozenset[int],
    lowest: float,
) -> bool:
    """Whether a stamp that reaches above ``lowest`` holds nothing that can be read."""
    lefts, tops, rights, bottoms = seen
    told = [
        ((lefts[index] + rights[index]) / 2, (tops[index] + bottoms[index]) / 2)
        for index in characters
        if text[index] > " " and index not in nameless
    ]
    return any(
        top < lowest
        and min(right - left, bottom - top) >= _LEAST_STAMP
        and not any(left <= x <= right and top <= y <= bottom for x, y in told)
        for left, top, right, bottom in blocks
    )


def _written(value: str, box: Boxes, seen: Boxes) -> str:
    """The value of a field, with what parts it from other text; its letters' places, as if they were drawn
    into its box, are put to those that are seen."""
    (left,), (top,), (right,), (bottom,) = box
    inset = _INSET * (bottom - top)
    letter = min((right - left - inset) / len(value), _LETTER * (bottom - top))
    for at in range(len(value) + 1):
        begin = left + inset + max(at - 1, 0) * letter
        cell = (begin, top, begin + letter, bottom) if at else (left, top, left, bottom)
        for side, length in zip(seen, cell, strict=True):
            side.append(length)
    return f"\n{value}"


def _turns(textpage: Any, text: str, seen: Boxes, rotation: int) -> list[int] | None:
    """See :attr:`Glyphs.turns`. Angles are asked for only where neighbours do not stand side by side, or
    where some of a few letters are turned: PDFium gives lines that stand on their heads backwards."""
    lefts, tops, _rights, bottoms = seen
    # Loops in C: most pages have thousands of characters and hardly any that stand oddly.
    off = map(or_, map(ne, tops[1:], tops), map(lt, lefts[1:], lefts))
    moved = [at for at in compress(range(len(text)), off) if text[at] > " " and text[at + 1] > " "]
    uneven = (
        lefts[at + 1] < lefts[at] or abs(tops[at + 1] - tops[at]) > _UNEVEN * (bottoms[at] - tops[at])
        for at in moved
    )
    angle_of = _functions().FPDFText_GetCharAngle

    def turn_of(index: int) -> int:
        angle = angle_of(textpage, index) / (pi / 2) + rotation / 90
        turn = round(angle) % 4 if abs(angle - round(angle)) < _ASKEW else ASLANT
        return MIRRORED if turn == _HEADLONG and _is_mirrored(textpage, index) else turn

    few = len(moved) < _FEWEST_ODD or sum(uneven) < _FEWEST_ODD
    sampled = range(0, len(text), len(text) // _SAMPLED + 1)
    if few and not any(text[index] > " " and turn_of(index) for index in sampled):
        return None
    turns = [turn_of(index) for index in range(len(text))]
    shown = {turn for turn, char in zip(turns, text, strict=True) if char > " "}
    return turns if shown - {0} else None


def _is_mirrored(textpage: Any, index: int) -> bool:
    """Whether a character that runs from right to left does so as in a mirror: its rows go on downwards."""
    raw = _functions()
    matrix = raw.FS_MATRIX()
    return bool(raw.FPDFText_GetMatrix(textpage, index, matrix)) and matrix.a * matrix.d < matrix.b * matrix.c


def _text(textpage: Any, count: int) -> str:
    """One character for each that PDFium counts."""
    text: str = textpage.get_text_range(0, count) if count else ""
    if len(text) != count:  # some have no meaning, or need two units of UTF-16
        code_of = _functions().FPDFText_GetUnicode
        text = "".join(_char(code_of(textpage, index)) for index in range(count))
    return _marks_replaced(text)


def _marks_replaced(text: str) -> str:
    for mark, hyphen in _MARKS:
        if mark in text:
            text = text.replace(mark, hyphen)
    return text


def _char(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\x00"


def _boxes(textpage: Any, count: int) -> Boxes:
    """Left, top, right and bottom of the characters' cells, in the page's own space (upwards)."""
    cells = array("f", bytes(16 * count))  # FS_RECTF of fpdfview.h, one after the other
    box_of, handle = call("FPDFText_GetLooseCharBox"), address(textpage.raw)
    start, _length = cells.buffer_info()
    # A loop in C. Exhausted for its effects: each call fills one cell.
    deque(map(box_of, repeat(handle), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    flat = cells.tolist()
    return flat[0::4], flat[1::4], flat[2::4], flat[3::4]


def _functions() -> Any:
    from pypdfium2 import raw

    return raw  # made from a header when installed


class _Frame:
    """Where a page lies in its own space, and how it is turned when it is seen."""

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        self._box = box
        self._turn = turn
        x0, y0, x1, y1 = box
        self.width, self.height = (x1 - x0, y1 - y0) if turn % 180 == 0 else (y1 - y0, x1 - x0)

    @classmethod
    def of(cls, page: Any) -> _Frame:
        """That of a PDFium page."""
        return cls(page.get_bbox(), page.get_rotation() % 360)

    def seen(self, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]) -> Boxes:
        """The boxes from the top left corner of the page as it is seen, downwards."""
        x0, y0, x1, y1 = self._box
        if self._turn == 90:
            return _less(bottoms, y0), _less(lefts, x0), _less(tops, y0), _less(rights, x0)
        if self._turn == 180:
            return _from(x1, rights), _less(bottoms, y0), _from(x1, lefts), _less(tops, y0)
        if self._turn == 270:
            return _from(y1, tops), _from(x1, rights), _from(y1, bottoms), _from(x1, lefts)
        return _less(lefts, x0), _from(y1, tops), _less(rights, x0), _from(y1, bottoms)


def _less(values: list[float], start: float) -> list[float]:
    return values if start == 0 else [value - start for value in values]


def _from(end: float, values: list[float]) -> list[float]:
    return [end - value for value in values]
