"""Where words stand on a page, and how surely a field was read from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page as it is seen (after its rotation): fractions (0–1) of the page's width and
    height, from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def with_(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def inside(self, outer: Box) -> Box:
        """This box, said in shares of ``outer``, in shares of the page."""
        width, height = outer.right - outer.left, outer.bottom - outer.top
        return Box(
            outer.left + self.left * width,
            outer.top + self.top * height,
            outer.left + self.right * width,
            outer.top + self.bottom * height,
        )


class Word(NamedTuple):
    """A word without blanks, its place, and how surely it was recognised (0–1; ``None``: not by OCR).

    ``stamped``: it comes from the appearance of a signature, a form field or another annotation.
    """

    text: str
    box: Box
    confidence: float | None = None
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line that stand together, with no gap between columns among them.

    ``start`` is the index in the page's text at which they stand, parted by single spaces:
    ``page.text[segment.start : segment.end] == segment.text``. Segments come in the order of the text:
    rows from top to bottom, in a row from left to right, parted by a tab there.
    """

    words: tuple[Word, ...]
    start: int

    @property
    def text(self) -> str:
        """The words, parted by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def end(self) -> int:
        """Index in the page's text behind the last word."""
        return self.start + len(self.words) - 1 + sum([len(word[0]) for word in self.words])

    @property
    def box(self) -> Box:
        """The smallest box around its words."""
        lefts, tops, rights, bottoms = zip(*[word.box for word in self.words], strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


_DOUBTFUL = 0.8  # confidence below which a field is


class FieldSource(StrEnum):
    """Where the value of a field comes from; part of the JSON contract."""

    TEXT = "text"  # letters of the file itself
    OCR = "ocr"
    HANDWRITING = "handwriting"
    STAMP = "stamp"  # appearance of a signature or a form field
    FILE_NAME = "file-name"
    SIGNATURE = "signature"  # time or name in a digital signature
    CITED = "cited"  # another document of the dossier names it so
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class FieldReading:
    """How a field of a document's head was read: how surely (0–1), from what, and where it stands.

    ``candidates``: other values that it may have, likeliest first, in the form of the field.
    ``page`` counts from 1 in the file; ``box`` is the value's place on it.
    """

    confidence: float
    source: FieldSource
    candidates: tuple[str, ...] = ()
    page: int | None = None
    box: Box | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should look before the value is relied on."""
        return self.confidence < _DOUBTFUL
