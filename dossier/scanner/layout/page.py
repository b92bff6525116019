"""Arrange words or characters with positions into the text and the segments of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import is_normalized

from dossier.model import Segment, Word
from dossier.scanner.layout.drawn import Segments
from dossier.scanner.layout.glyphs import Glyphs, Run, on_page, runs_of, without_duplicates
from dossier.scanner.layout.rows import columns_of, rows_of
from dossier.scanner.layout.spread import gutter, second_first
from dossier.scanner.layout.turned import ASLANT, aslant_rows, by_turn, turned_back, upright
from dossier.scanner.layout.words import letter_by_letter, words_of
from dossier.vietnamese import nfc

_HEAD_ROWS = 8  # first rows of a page, searched for the motto of a head


def blocks_apart(runs: Sequence[Run], glyphs: Glyphs) -> tuple[list[Run], list[list[Run]]]:
    """Separate the runs of the page from those of annotations that are blocks of their own.

    An annotation of several rows with words is a block. One of a single row or of digits only (number and day
    stamped into a head) belongs to the page, and replaces digits below it.
    """
    page: list[Run] = []
    over: list[Run] = []
    in_block: dict[int, list[Run]] = {}
    for run in runs:
        at = _block(run, glyphs) if run.first >= glyphs.stamped else None
        if at is None:
            page.append(run)
        else:
            in_block.setdefault(at, []).append(run)
    blocks: list[list[Run]] = []
    for _number, block in sorted(in_block.items()):
        words = any(char.isalpha() for run in block for char in run.text)
        if words and len(rows_of(block)) > 1:
            blocks.append(block)
        else:
            over += block
    figures = [run for run in over if _is_figures(run)]
    page = [run for run in page if not (_is_figures(run) and any(_hides(above, run) for above in figures))]
    return page + over, blocks


def _is_figures(run: Run) -> bool:
    return run.text.strip(".").isdigit()


def _hides(above: Run, run: Run) -> bool:
    """Whether stamped digits cover digits of the page: a corrected day or month."""
    middle = (run.left + run.right) / 2
    return above.left <= middle <= above.right and above.top < (run.top + run.bottom) / 2 < above.bottom


def _block(run: Run, glyphs: Glyphs) -> int | None:
    """Return the index of the annotation block that contains the centre of a run, or ``None``."""
    x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    for at, (left, top, right, bottom) in enumerate(glyphs.blocks):
        if left <= x <= right and top <= y <= bottom:
            return at
    return None


@dataclass(frozen=True, slots=True)
class Arranged:
    """The text of a page and its segments with word boxes; see :class:`dossier.model.Page`."""

    text: str = ""
    segments: Sequence[Segment] = ()

    def replaced(self, instead: Mapping[str, str]) -> Arranged:
        """Return the page with words replaced; each replacement must have the length of the word."""
        if not instead:
            return self
        segments = tuple(
            Segment(
                tuple(word._replace(text=instead.get(word.text, word.text)) for word in segment.words),
                segment.start,
            )
            for segment in self.segments
        )
        text = list(self.text)
        for segment in segments:
            text[segment.start : segment.end] = segment.text
        return Arranged("".join(text), segments)


def arranged(words: Iterable[Word], width: float, height: float) -> Arranged:
    """Arrange words, given in any order, into a page.

    ``width``, ``height``: those of the page in any unit; the words' boxes are fractions of them.
    """
    known = list(words)
    runs = [
        Run(
            word.box.left * width,
            word.box.top * height,
            word.box.right * width,
            word.box.bottom * height,
            word.text,
            0,
            index,
        )
        for index, word in enumerate(known)
    ]
    text, columns = _text(rows_of(runs))
    segments = [Segment(tuple([known[run.first] for run in column]), start) for column, start in columns]
    return Arranged(text, tuple(segments))


def arranged_glyphs(glyphs: Glyphs, width: float, height: float) -> Arranged:
    """Arrange characters into a page; ``width`` and ``height`` in points.

    Blocks of annotations follow the text of the page; then text of other directions follows.
    """
    if glyphs.turns is None:
        return _upright(glyphs, width, height)
    text = ""
    segments: list[Segment] = []
    for turn, part in by_turn(glyphs):
        made = _turned(part, turn, width, height)
        start = len(text) + 1 if text else 0
        text = f"{text}\n{made.text}" if text else made.text
        for segment in made.segments:
            words = tuple(word._replace(box=turned_back(word.box, turn)) for word in segment.words)
            segments.append(Segment(words, segment.start + start))
    return Arranged(text, segments)


def _turned(glyphs: Glyphs, turn: int, width: float, height: float) -> Arranged:
    if turn == ASLANT:
        return _page(aslant_rows(glyphs), glyphs, width, height)
    return _upright(*upright(glyphs, turn, width, height))


def _upright(glyphs: Glyphs, width: float, height: float) -> Arranged:
    """Arrange characters that all run from left to right."""
    runs = without_duplicates(on_page(runs_of(glyphs), width, height))
    blocks: list[list[Run]] = []
    if glyphs.stamped < len(glyphs.text):
        runs, blocks = blocks_apart(runs, glyphs)
    rows = [row for part in (*_pages(runs, width, height), *blocks) for row in rows_of(part)]
    marks = glyphs.marks
    if marks and glyphs.spell is None:
        rows = [letter_by_letter(row, glyphs) for row in rows]
    rows = [words_of(row, glyphs) for row in rows]
    if glyphs.spell or marks or not is_normalized("NFC", glyphs.text):
        rows = [[word._replace(text=nfc(word.text)) for word in row] for row in rows]
    return _page(rows, glyphs, width, height)


def _pages(runs: Sequence[Run], width: float, height: float) -> list[Sequence[Run]]:
    """Return the runs of the page, or of each of two pages side by side on a sheet, in reading order."""
    if width <= height:
        return [runs]
    rows = rows_of(runs)
    reaches = ([(run.left / width, run.right / width) for run in row] for row in rows)
    middle = gutter(reaches, width, height)
    if middle is None:
        return [runs]
    sides = [[run for run in runs if (run.left > middle * width) == side] for side in (False, True)]
    if second_first(*("\n".join(_text_of_row(row) for row in rows_of(side)[:_HEAD_ROWS]) for side in sides)):
        sides.reverse()
    return list(sides)


def _text_of_row(row: Sequence[Run]) -> str:
    return " ".join([run.text for run in row])


def _page(rows: Sequence[Sequence[Run]], glyphs: Glyphs, width: float, height: float) -> Arranged:
    text, columns = _text(rows)
    return Arranged(text, Segments(columns, width, height, glyphs.stamped))


def _text(rows: Sequence[Sequence[Run]]) -> tuple[str, list[tuple[Sequence[Run], int]]]:
    """Return the rows as text (columns separated by tabs, rows by line feeds), and the offset of each
    column."""
    lines: list[str] = []
    columns: list[tuple[Sequence[Run], int]] = []
    at = 0
    for row in columns_of(rows):
        texts: list[str] = []
        for column in row:
            columns.append((column, at))
            texts.append(" ".join([run[4] for run in column]))
            at += len(texts[-1]) + 1
        lines.append("\t".join(texts))
    return "\n".join(lines), columns
