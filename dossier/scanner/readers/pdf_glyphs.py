"""Get the characters of a PDF page with their boxes from PDFium, in coordinates of the displayed page."""

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
from dossier.scanner.readers.pdf_calls import Objects, address, call
from dossier.scanner.readers.pdf_codes import in_letters
from dossier.scanner.readers.pdf_covered import without_covered
from dossier.scanner.readers.pdf_legacy import spelling
from dossier.scanner.readers.pdf_stamps import Stamps
from dossier.scanner.readers.pdf_unseen import Unseen, unseen

Boxes = tuple[list[float], list[float], list[float], list[float]]  # lefts, tops, rights, bottoms
_UNEVEN = 0.2  # of the height; the tops of adjacent letters of a line differ by less
_FEWEST_ODD = 3  # neighbours not side by side, from which the angles of all characters are read
_SAMPLED = 8  # characters whose angle is read in any case
_INSET, _LETTER = 0.2, 0.35  # of the height of a form field: left margin of its text, width of a letter
_ASKEW = 0.2  # of a quarter turn; a larger deviation is not a scanner's skew
_HEADLONG = 2  # quarter turns: text upside down
_MOST_STAMPED = 5000  # characters of stamps that are examined
_STAMPED_HEAD = 0.45  # of the page height, from the top; no number is stamped further down
_LEAST_STAMP = 4  # points; smaller boxes belong to invisible signatures
# PDFium replaces a hyphen at a line end by U+FFFE, older versions by U+0002.
_MARKS = (("\ufffe", "-"), ("\x02", "-"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """The characters of a displayed page; width and height in points.

    ``legacy``: pre-Unicode encodings found. ``laid``: most of the text is invisible, that is an OCR layer
    over a scanned image. ``unread``: a stamp at the top of the page displays something without characters.
    """

    glyphs: Glyphs
    width: float
    height: float
    legacy: frozenset[Encoding] = frozenset()
    laid: bool = False
    unread: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether letters may be lost: PDFium takes codes of VPS capitals for hyphens and bullets."""
        return Encoding.VPS in self.legacy

    @property
    def off_page(self) -> bool:
        """Whether characters are outside the visible area of the page."""
        glyphs = self.glyphs
        cells = zip(glyphs.text, glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms, strict=True)
        return any(
            char > " " and (right <= 0 or left >= self.width or bottom <= 0 or top >= self.height)
            for char, left, top, right, bottom in cells
        )


def drawn_on(
    page: Any,
    textpage: Any,
    objects: Objects,
    most: int,
    stamps: Stamps | None = None,
    *,
    layers: bool = False,
) -> Drawn:
    """Get at most ``most`` characters of a page.

    ``objects``: those of the page. ``stamps``: the annotations drawn into it. ``layers``: the file has layers
    that are switched off.
    """
    count = min(textpage.count_chars(), most)
    text = _text(textpage, count)
    lefts, tops, rights, bottoms = _boxes(textpage, count)
    frame = _Frame.of(page)
    seen = frame.seen(lefts, tops, rights, bottoms)
    stamped = count
    blocks: list[tuple[float, float, float, float]] = []
    if stamps is not None and stamps.before is not None:
        before = _marks_replaced(stamps.before)
        if text.startswith(before):
            stamped = len(before)
            cells = (frame.seen(*([length] for length in box)) for box in stamps.blocks)
            blocks = [(left, top, right, bottom) for (left,), (top,), (right,), (bottom,) in cells]
    text = in_letters(text, textpage)
    spelled = spelling(text, textpage)
    hidden = unseen(page, textpage, objects, text, seen, layers=layers)
    nameless = _nameless(textpage, range(stamped, count))
    unread = _is_unread(text, seen, blocks, range(stamped, count), nameless, _STAMPED_HEAD * frame.height)
    if not hidden.laid:
        text = Unseen(hidden.characters | nameless).left_out_of(text)
        text = without_covered(page, textpage, objects, text, seen)
    turns = _turns(textpage, text, seen, page.get_rotation())
    for value, box in stamps.values if stamps is not None else ():
        text += _placed(value, frame.seen(*([length] for length in box)), seen)
        turns = turns and turns + [0] * (len(value) + 1)
    glyphs = Glyphs(text, *seen, stamped=stamped, blocks=blocks, turns=turns)
    drawn = Drawn(glyphs, frame.width, frame.height, laid=hidden.laid, unread=unread)
    if spelled is None:
        return drawn
    glyphs = replace(glyphs, cuts=spelled.starts, spell=spelled.of)
    return replace(drawn, glyphs=glyphs, legacy=frozenset(spelled.met))


def _nameless(textpage: Any, characters: range) -> frozenset[int]:
    """Return the indexes of characters whose font has no Unicode mapping."""
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
    """Whether a stamp (one of ``blocks``) that begins above ``lowest`` contains no readable character."""
    lefts, tops, rights, bottoms = seen
    readable = [
        ((lefts[index] + rights[index]) / 2, (tops[index] + bottoms[index]) / 2)
        for index in characters
        if text[index] > " " and index not in nameless
    ]
    return any(
        top < lowest
        and min(right - left, bottom - top) >= _LEAST_STAMP
        and not any(left <= x <= right and top <= y <= bottom for x, y in readable)
        for left, top, right, bottom in blocks
    )


def _placed(value: str, box: Boxes, seen: Boxes) -> str:
    """Return a form field's value after a newline, and append boxes for its characters to ``seen``.

    The boxes are those of letters drawn side by side into the field's ``box``.
    """
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
    """Return :attr:`Glyphs.turns` of the characters, ``None`` if the text is upright.

    To save time, all angles are read only if several neighbours are not side by side, or if one of a few
    sampled characters is turned, since PDFium returns upside-down lines in reverse.
    """
    lefts, tops, _rights, bottoms = seen
    # map() and compress() keep the loop in C: most pages have thousands of characters, nearly all in line.
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
    """Whether a character that runs from right to left is mirrored rather than upside down."""
    raw = _functions()
    matrix = raw.FS_MATRIX()
    return bool(raw.FPDFText_GetMatrix(textpage, index, matrix)) and matrix.a * matrix.d < matrix.b * matrix.c


def _text(textpage: Any, count: int) -> str:
    """Return one character for each that PDFium counts."""
    text: str = textpage.get_text_range(0, count) if count else ""
    if len(text) != count:  # some have no Unicode value, or take two UTF-16 units
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
    """Return the boxes of the characters' cells in PDF page space (upwards)."""
    cells = array("f", bytes(16 * count))  # FS_RECTF of fpdfview.h, one after the other
    box_of, handle = call("FPDFText_GetLooseCharBox"), address(textpage.raw)
    start, _length = cells.buffer_info()
    # A loop in C: deque() exhausts map(), of which each call fills one cell.
    deque(map(box_of, repeat(handle), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    flat = cells.tolist()
    return flat[0::4], flat[1::4], flat[2::4], flat[3::4]


def _functions() -> Any:
    from pypdfium2 import raw

    return raw  # generated from a C header, hence unknown to type checkers


class _Frame:
    """Converts boxes from PDF page space to the displayed page: ``box`` is displayed turned by ``turn``
    degrees."""

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        self._box = box
        self._turn = turn
        x0, y0, x1, y1 = box
        self.width, self.height = (x1 - x0, y1 - y0) if turn % 180 == 0 else (y1 - y0, x1 - x0)

    @classmethod
    def of(cls, page: Any) -> _Frame:
        """Return the frame of a PDFium page."""
        return cls(page.get_bbox(), page.get_rotation() % 360)

    def seen(self, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]) -> Boxes:
        """Convert boxes to coordinates from the top left corner of the displayed page, downwards."""
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
