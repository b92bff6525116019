"""Positions of words on a page, and the confidence with which fields were read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on the displayed (rotated) page, in fractions (0–1) of its width and height from the top
    left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def with_(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def inside(self, outer: Box) -> Box:
        """Convert this box from fractions of ``outer`` to fractions of the page."""
        width, height = outer.right - outer.left, outer.bottom - outer.top
        return Box(
            outer.left + self.left * width,
            outer.top + self.top * height,
            outer.left + self.right * width,
            outer.top + self.bottom * height,
        )


class Word(NamedTuple):
    """A word without spaces, its box, and its OCR confidence (0–1; ``None``: not read by OCR).

    ``stamped``: it is part of the appearance of a signature, a form field or another annotation.
    """

    text: str
    box: Box
    confidence: float | None = None
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive words of one line without a column gap between them.

    ``start`` is their index in the page's text, where they are separated by single spaces:
    ``page.text[segment.start : segment.end] == segment.text``. Segments are in the order of the text:
    rows from top to bottom, within a row from left to right and separated by a tab.
    """

    words: tuple[Word, ...]
    start: int

    @property
    def text(self) -> str:
        """The words, separated by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def end(self) -> int:
        """Index in the page's text after the last word."""
        return self.start + len(self.words) - 1 + sum([len(word[0]) for word in self.words])

    @property
    def box(self) -> Box:
        """The smallest box that holds all words."""
        lefts, tops, rights, bottoms = zip(*[word.box for word in self.words], strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


_DOUBTFUL = 0.8  # confidence below which a field is doubtful


class FieldSource(StrEnum):
    """Origin of a field's value; part of the JSON contract."""

    TEXT = "text"  # letters of the file itself
    OCR = "ocr"
    HANDWRITING = "handwriting"
    STAMP = "stamp"  # appearance of a signature or a form field
    FILE_NAME = "file-name"
    SIGNATURE = "signature"  # time or name in a digital signature
    CITED = "cited"  # another document of the dossier names it so
    ORDER = "order"  # handwriting, in doubt: the numbers issued before and after contradict
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class FieldReading:
    """Confidence (0–1) and source of a field read from a document's head.

    ``candidates``: other possible values, most likely first, in the form of the field.
    ``page`` counts from 1 in the file; ``box`` is the position of the value on it.
    """

    confidence: float
    source: FieldSource
    candidates: tuple[str, ...] = ()
    page: int | None = None
    box: Box | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should check the value before it is used."""
        return self.confidence < _DOUBTFUL
