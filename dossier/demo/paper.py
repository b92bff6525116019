"""A document of the sample archive: its content as blocks, which each format writes in its own way."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

CENTRE, LEFT, RIGHT, BOTH = "center", "left", "right", "both"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One line of a head or signature column. ``size`` in points; ``rule``: a line drawn under it, as a
    share (0–1) of the width of its column; ``filled``: digits for the room left open in it."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float = 13.0
    align: str = CENTRE
    rule: float = 0.0
    filled: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side: the head of a page, the foot with receivers and signature."""

    left: tuple[ColumnLine, ...]
    right: tuple[ColumnLine, ...]
    share: float = 0.42  # of the text width that the left column takes
    head: bool = False  # of a paper


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``indent``: its first line is indented; ``after``: the space below, in points."""

    text: str
    bold: bool = False
    italic: bool = False
    align: str = BOTH
    size: float = 13.5
    indent: bool = True
    after: float = 5.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header row; ``shares`` are the widths of its columns and sum to 1."""

    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    size: float = 12.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break."""


Block = Columns | Paragraph | Grid | PageBreak


@dataclass(frozen=True, slots=True)
class Place:
    """Place of a document in its dossier; ``step`` and ``period`` are empty if there is none."""

    item: int
    part: str
    step: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """One document with its true fields. ``type`` is a slug; ``signer`` has no rank.

    ``symbol`` is empty and ``date`` is ``None`` if the document has none (lists, ledgers, minutes,
    regulations attached to a decision). ``day``: when it was written, for the order of files.
    """

    type: str
    symbol: str
    date: datetime.date | None
    issuer: str
    abstract: str
    signer: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    day: datetime.date
    key: str  # the bank's name for the kind of text, e.g. ``6a``
    rank: str = ""  # the ranking it states, in words
    cites: str = ""  # number and symbol of the founding decision where it names it
