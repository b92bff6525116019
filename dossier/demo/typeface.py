"""The four faces that printed papers are set in: Source Serif 4 cut down to Vietnamese, made once.

The package holds variable fonts of a megabyte; papers embed a fixed weight with only the letters of
Vietnamese (20 KB), as a word processor does when it exports.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
REPERTOIRE = "".join(map(chr, range(32, 127))) + _LETTERS + _LETTERS.upper() + "“”‘’–…•°§²\xa0"
_OPTICAL_SIZE = 30  # drawn for headings: narrower and nearer to the face offices use


@dataclass(frozen=True)
class Face:
    """One face. Widths in thousandths of an em by character; ``glyphs`` are indices in ``data`` (TTF)."""

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
        """By name: there is one face of each."""
        return hash(self.name)


@lru_cache(maxsize=50_000)
def _units(face: Face, text: str) -> int:
    widths = face.widths
    return sum(widths[char] for char in text)


def face(bold: bool = False, italic: bool = False) -> Face:
    """The face, made on first use (a quarter of a second)."""
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
