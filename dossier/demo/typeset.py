"""Typeset the blocks of a document: the position of every line on its pages, the same for PDFs and scans.

A4 portrait with the margins of Nghị định 30/2020 (20 mm above and below, 30 mm left, 15 mm right), page
numbers centred at the top from the second page on. Points, origin at the top left.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dossier.demo.paper import (
    BOTH,
    CENTRE,
    LEFT,
    RIGHT,
    Block,
    ColumnLine,
    Columns,
    Grid,
    PageBreak,
    Paragraph,
)
from dossier.demo.printing import BLANK

_LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
REPERTOIRE = "".join(map(chr, range(32, 127))) + _LETTERS + _LETTERS.upper() + "“”‘’–…•°§²\xa0"
_OPTICAL_SIZE = 30  # drawn for headings: narrower and nearer to the face offices use


@dataclass(frozen=True)
class Face:
    """A typeface. ``widths``: by character, in thousandths of an em; ``glyphs``: indices in ``data``
    (TTF)."""

    name: str
    data: bytes
    widths: Mapping[str, int]
    glyphs: Mapping[str, int]
    ascent: int
    descent: int
    italic: bool

    def width(self, text: str, size: float) -> float:
        """Width of ``text`` in points at ``size``."""
        return _units(self, text) * size / 1000

    def __hash__(self) -> int:
        """Hash by name, which is unique."""
        return hash(self.name)


@lru_cache(maxsize=50_000)
def _units(face: Face, text: str) -> int:
    widths = face.widths
    return sum(widths[char] for char in text)


def face(bold: bool = False, italic: bool = False) -> Face:
    """Return the typeface, made on first use (a quarter of a second)."""
    return _made(bold, italic)


@lru_cache(maxsize=4)
def _made(bold: bool, italic: bool) -> Face:
    import fontpkg_source_serif_4
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    folder = Path(fontpkg_source_serif_4.ROOT) / "files"
    source = next(
        path for path in sorted(folder.glob("*.ttf")) if path.name.startswith("SourceSerif4-Italic") == italic
    )
    font = TTFont(source, recalcTimestamp=False, lazy=True)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "MVAR", "HVAR"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=REPERTOIRE)
    cutter.subset(font)
    fixed = instancer.instantiateVariableFont(font, {"opsz": _OPTICAL_SIZE, "wght": 700 if bold else 400})
    out = io.BytesIO()
    fixed.save(out)
    letters = fixed.getBestCmap()
    scale = 1000 / fixed["head"].unitsPerEm
    return Face(
        name="SourceSerif4-" + ("Bold" * bold + "Italic" * italic or "Regular"),
        data=out.getvalue(),
        widths={chr(code): round(fixed["hmtx"][glyph][0] * scale) for code, glyph in letters.items()},
        glyphs={chr(code): fixed.getGlyphID(glyph) for code, glyph in letters.items()},
        ascent=round(fixed["hhea"].ascent * scale),
        descent=round(fixed["hhea"].descent * scale),
        italic=italic,
    )


WIDTH, HEIGHT = 595.28, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 42.5, 56.7, 56.7
TEXT_WIDTH = WIDTH - _LEFT - _RIGHT
_LEADING = 1.28
_INDENT = 28.0
_CELL = 4.0  # space inside a table cell


@dataclass(frozen=True, slots=True)
class SetText:
    """A piece of text on its baseline; ``spread`` is added to every space to fill a justified line.

    ``filled``: digits that a person wrote into the blanks of the text.
    """

    x: float
    y: float
    text: str
    size: float
    face: Face
    spread: float = 0.0
    filled: str = ""

    @property
    def blank(self) -> tuple[float, float]:
        """Start and width of the blanks, in points."""
        before, room = self.text.find(BLANK), self.text.count(BLANK)
        return self.x + self.face.width(self.text[:before], self.size), self.face.width(
            BLANK, self.size
        ) * room


@dataclass(slots=True)
class Sheet:
    """One page: texts and straight lines (x1, y1, x2, y2); ``head``: number of texts, from the first on, that
    form the head of a document."""

    runs: list[SetText] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    head: int = 0


def wrap(text: str, face: Face, size: float, width: float, first: float = 0.0) -> list[str]:
    """Break ``text`` into lines of at most ``width`` points; the first line has ``first`` points less."""
    lines: list[str] = []
    words: list[str] = []
    room, used, space = width - first, 0.0, face.width(" ", size)
    for word in filter(None, text.split(" ")):
        long = face.width(word, size)
        if words and used + space + long > room:
            lines.append(" ".join(words))
            words, used, room = [word], long, width
        else:
            used += long + (space if words else 0.0)
            words.append(word)
    return [*lines, " ".join(words)]


class _Setter:
    """Fills sheets from the top; ``y`` is the top of the free space."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.new_page()

    def new_page(self) -> None:
        self.sheets.append(Sheet())
        self.y = _TOP
        number = len(self.sheets)
        if number > 1:
            plain = face()
            self.put(str(number), plain, 13, (WIDTH - plain.width(str(number), 13)) / 2, 40.0)

    def put(
        self, text: str, face: Face, size: float, x: float, y: float, spread: float = 0.0, filled: str = ""
    ) -> None:
        self.sheets[-1].runs.append(SetText(x, y, text, size, face, spread, filled))

    def need(self, height: float) -> None:
        """Start a new page unless ``height`` points are left."""
        if self.y + height > HEIGHT - _BOTTOM:
            self.new_page()

    def text(self, block: Paragraph) -> None:
        used = face(block.bold, block.italic)
        leading = block.size * _LEADING
        first = _INDENT if block.indent else 0.0
        lines = wrap(block.text, used, block.size, TEXT_WIDTH, first)
        if block.bold and len(lines) <= 2:
            self.need(leading * (len(lines) + 2))  # a heading stays with what follows
        for index, line in enumerate(lines):
            self.need(leading)
            start = _LEFT + (first if index == 0 else 0.0)
            room = TEXT_WIDTH - (first if index == 0 else 0.0)
            last = index == len(lines) - 1
            self._aligned(
                line, used, block.size, start, room, LEFT if last and block.align == BOTH else block.align
            )
            self.y += leading
        self.y += block.after

    def _aligned(
        self, line: str, used: Face, size: float, x: float, room: float, align: str, filled: str = ""
    ) -> None:
        base = self.y + size
        if align == BOTH:
            gaps = line.count(" ")
            self.put(line, used, size, x, base, (room - used.width(line, size)) / gaps if gaps else 0.0)
        else:
            spare = room - used.width(line, size)
            start = x + {LEFT: 0.0, CENTRE: spare / 2, RIGHT: spare}[align]
            self.put(line, used, size, start, base, filled=filled if BLANK in line else "")

    def columns(self, block: Columns) -> None:
        middle = TEXT_WIDTH * block.share
        tall = max(self._column(side, 0, width, draw=False) for side, width in (
            (block.left, middle - 6), (block.right, TEXT_WIDTH - middle - 6)))  # fmt: skip
        self.need(tall)
        # the head may stand wider than the text, as offices set it to keep the motto on one line
        self._column(block.left, _LEFT - 14, middle + 2)
        self._column(block.right, _LEFT + middle - 4, TEXT_WIDTH - middle + 10)
        self.y += tall + 10
        if block.head:
            self.sheets[-1].head = len(self.sheets[-1].runs)

    def _column(self, lines: tuple[ColumnLine, ...], x: float, width: float, draw: bool = True) -> float:
        top = y = self.y
        for line in lines:
            used = face(line.bold, line.italic)
            for piece in wrap(line.text, used, line.size, width):
                if draw:
                    self.y = y
                    self._aligned(piece, used, line.size, x, width, line.align, line.filled)
                    self.y = top
                y += line.size * 1.22
            if line.rule:
                if draw:
                    long = width * line.rule
                    self.sheets[-1].rules.append(
                        (x + (width - long) / 2, y + 3.5, x + (width + long) / 2, y + 3.5)
                    )
                y += 5
        return y - top

    def grid(self, block: Grid) -> None:
        widths = [share * TEXT_WIDTH for share in block.shares]
        leading = block.size * 1.2
        for number, row in enumerate(block.rows):
            used = face(number == 0)
            cells = [
                wrap(cell, used, block.size, width - 2 * _CELL)
                for cell, width in zip(row, widths, strict=True)
            ]
            tall = max(map(len, cells)) * leading + 2 * _CELL
            self.need(tall)
            x, sheet = _LEFT, self.sheets[-1]
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                middle = number == 0 or index == 0
                for line_number, line in enumerate(cell):
                    spare = width - 2 * _CELL - used.width(line, block.size) if middle else 0.0
                    self.put(line, used, block.size, x + _CELL + spare / 2,
                             self.y + _CELL + block.size * 0.9 + line_number * leading)  # fmt: skip
                sheet.rules.append((x, self.y, x, self.y + tall))
                x += width
            sheet.rules.append((x, self.y, x, self.y + tall))
            sheet.rules.append((_LEFT, self.y, x, self.y))
            sheet.rules.append((_LEFT, self.y + tall, x, self.y + tall))
            self.y += tall
        self.y += 10


def typeset(blocks: tuple[Block, ...]) -> list[Sheet]:
    """Return the pages of one document."""
    setter = _Setter()
    for block in blocks:
        match block:
            case Columns():
                setter.columns(block)
            case Paragraph():
                setter.text(block)
            case Grid():
                setter.grid(block)
            case PageBreak():
                setter.new_page()
    return setter.sheets
