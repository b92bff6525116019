"""The text of a page and its segments, from words or characters with their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.model import Box, Segment, Word
from dossier.scanner.layout.blocks import blocks_apart
from dossier.scanner.layout.columns import columns_of
from dossier.scanner.layout.glyphs import Glyphs, Run, once, runs_of, within
from dossier.scanner.layout.rows import rows_of
from dossier.scanner.layout.words import Placed, words_of
from dossier.vietnamese import nfc


@dataclass(frozen=True, slots=True)
class Arranged:
    """Text of a page and where its words stand; see :class:`dossier.model.Page`."""

    text: str = ""
    segments: tuple[Segment, ...] = ()

    def replaced(self, instead: Mapping[str, str]) -> Arranged:
        """The same with other words in the place of some; none is longer or shorter."""
        if not instead:
            return self
        segments = tuple(
            Segment(
                tuple(replace(word, text=instead.get(word.text, word.text)) for word in segment.words),
                segment.start,
            )
            for segment in self.segments
        )
        text = list(self.text)
        for segment in segments:
            text[segment.start : segment.end] = segment.text
        return Arranged("".join(text), segments)


def arranged(words: Iterable[Word], width: float, height: float) -> Arranged:
    """The page that these words make, in whatever order they come.

    ``width`` and ``height`` of the page in any unit: boxes are fractions of them.
    """
    placed = [
        Placed(
            word.box.left * width,
            word.box.top * height,
            word.box.right * width,
            word.box.bottom * height,
            word.text,
            word.confidence,
            word.stamped,
        )
        for word in words
    ]
    return _page(rows_of(placed), width, height)


def arranged_glyphs(glyphs: Glyphs, width: float, height: float) -> Arranged:
    """The page that these characters make; ``width`` and ``height`` in points.

    Blocks of annotations stand below it.
    """
    runs = once(within(runs_of(glyphs), width, height))
    blocks: list[list[Run]] = []
    if glyphs.stamped < len(glyphs.text):
        runs, blocks = blocks_apart(runs, glyphs)
    rows = [words_of(row, glyphs) for part in (runs, *blocks) for row in rows_of(part)]
    return _page(rows, width, height)


def _page(rows: Sequence[Sequence[Placed]], width: float, height: float) -> Arranged:
    """The rows as text: columns parted by tabs, rows by line ends."""
    lines: list[str] = []
    segments: list[Segment] = []
    at = 0
    for row in columns_of(rows):
        texts: list[str] = []
        for column in row:
            segment = Segment(tuple(_word(placed, width, height) for placed in column), at)
            texts.append(segment.text)
            segments.append(segment)
            at += len(texts[-1]) + 1
        lines.append("\t".join(texts))
    return Arranged("\n".join(lines), tuple(segments))


def _word(placed: Placed, width: float, height: float) -> Word:
    left, top, right, bottom, text, confidence, stamped = placed
    box = Box(left / width, top / height, right / width, bottom / height)
    return Word(nfc(text), box, confidence, stamped)
