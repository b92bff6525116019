"""Compute the text of a page in reading order from characters or words with positions.

Only positions count, never the order of drawing. Characters are grouped into runs, runs into rows; rows are
split into words, words are grouped into segments (see :class:`dossier.model.Segment`), which form the text.
"""

from dossier.scanner.layout.drawn import Segments
from dossier.scanner.layout.glyphs import Glyphs, Run
from dossier.scanner.layout.page import Arranged, arranged, arranged_glyphs

__all__ = ["Arranged", "Glyphs", "Run", "Segments", "arranged", "arranged_glyphs"]
