"""From characters or words with their places to the text of a page, as a person reads it.

What is drawn where decides, never in which order it was drawn: characters make runs, runs make rows,
rows make words, words make segments (see :class:`dossier.model.Segment`) and these the text.
"""

from dossier.scanner.layout.drawn import Segments
from dossier.scanner.layout.glyphs import Glyphs, Run
from dossier.scanner.layout.page import Arranged, arranged, arranged_glyphs

__all__ = ["Arranged", "Glyphs", "Run", "Segments", "arranged", "arranged_glyphs"]
