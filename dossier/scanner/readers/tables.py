"""Convert tables to text: data row by row, layout tables cell by cell, document heads side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TypeVar

from dossier.vietnamese import fold

Cell = TypeVar("Cell")
Rows = Sequence[Sequence[str]]  # cells; the paragraphs of a cell are separated by newlines

MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\W{1,5}tu do")
MOST_HEAD_ROWS, MOST_HEAD_COLUMNS = 12, 4
_MOST_HEAD_CHARS = 3000


def table_text(rows: Rows, *, lined: bool | None) -> str:
    """Return the text of a table, each line with its end.

    ``lined``: whether the cells have borders, ``None`` if unknown. A document head is converted by
    :func:`head_text`, another layout table cell by cell, any other table by row with tabs between cells.
    Rows without text are left out.
    """
    full = [row for row in rows if any(cell.strip() for cell in row)]
    if is_head(full):
        return head_text(full)
    if arranges_blocks(full, lambda: lined, lambda cell: len(_paragraphs(cell))):
        texts = [cell.strip("\n") for row in full for cell in row if cell.strip()]
    else:
        texts = ["\t".join(" ".join(cell.split()) for cell in row).rstrip() for row in full]
    return "".join(text + "\n" for text in texts)


def is_head(rows: Rows) -> bool:
    """Whether a table contains the two halves of a document's head, one of which has the motto."""
    if len(rows) > MOST_HEAD_ROWS or not 2 <= max(map(len, rows), default=0) <= MOST_HEAD_COLUMNS:
        return False
    if sum(len(cell) for row in rows for cell in row) > _MOST_HEAD_CHARS:
        return False
    return any(MOTTO.search(fold(cell)) and cell.strip() for row in rows[:3] for cell in row)


def head_text(rows: Rows) -> str:
    """Return a document's head as printed: the lines of its halves side by side, separated by a tab.

    A line with only a right half begins with the tab. Empty columns and lines are left out.
    """
    columns = [
        place for place in range(max(map(len, rows))) if any(_cell(row, place).strip() for row in rows)
    ]
    lines = []
    for row in rows:
        halves = [
            _cell(row, place).replace("\t", " ").replace("\f", "\n").strip("\n").split("\n")
            for place in columns
        ]
        for parts in zip_longest(*halves, fillvalue=""):
            if any(part.strip() for part in parts):
                lines.append("\t".join(part.strip() for part in parts).rstrip())
    return "".join(line + "\n" for line in lines)


def arranges_blocks(
    rows: Sequence[Sequence[Cell]], lined: Callable[[], bool | None], paragraphs: Callable[[Cell], int]
) -> bool:
    """Whether a table arranges blocks of text side by side rather than data (a layout table).

    It has at most three columns (two and a gap) and three rows, and no borders, or at most two rows with
    several paragraphs in a cell. ``lined``: whether the cells have borders, ``None`` if unknown; called only
    for tables of that size. ``paragraphs``: number of paragraphs of a cell.
    """
    columns = max(map(len, rows), default=0)
    if columns <= 1:
        return True
    if columns > 3 or len(rows) > 3:
        return False
    if lined() is False:
        return True
    return len(rows) <= 2 and any(paragraphs(cell) > 1 for row in rows for cell in row)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].replace("\t", " ").replace("\f", "\n") if place < len(row) else ""


def _paragraphs(cell: str) -> list[str]:
    return [line for line in cell.split("\n") if line.strip()]
