"""The text of a page from recognised lines, with the places of its words."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Segment, Word
from dossier.scanner.ocr.interface import TextLine

_COLUMN_GAP = 1.3  # times the height of a word: wider gaps in a line part columns


def arranged(lines: Sequence[TextLine], width: int, height: int) -> tuple[str, tuple[Segment, ...]]:
    """Text and segments of a page of so many pixels: columns of a line parted by a tab, paragraphs by
    an empty line."""
    text = ""
    segments: list[Segment] = []
    for line in lines:
        if text:
            text += "\n\n" if line.opens else "\n"
        for at, words in enumerate(columns(line.words, width, height)):
            text += "\t" if at else ""
            segments.append(Segment(words, len(text)))
            text += segments[-1].text
    return text, tuple(segments)


def columns(words: Sequence[Word], width: int, height: int) -> list[tuple[Word, ...]]:
    """The words of a line, parted where a wide gap is."""
    parts: list[list[Word]] = []
    for word in words:
        gap = (word.box.left - parts[-1][-1].box.right) * width if parts else 0
        if parts and gap <= _COLUMN_GAP * (word.box.bottom - word.box.top) * height:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [tuple(part) for part in parts]
