"""Rows and cells of WordprocessingML tables, and the distinction of layout tables from data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.scanner.readers.tables import arranges_blocks
from dossier.scanner.readers.word_fonts import LOCAL, WRAPPERS, attribute, first_child, is_on


def table_rows(element: Any) -> Iterator[Any]:
    """Rows of a table, without deleted ones."""
    for child in element:
        name = LOCAL.get(child.tag)
        if name == "tr":
            properties = first_child(child, "trPr")
            if properties is None or first_child(properties, "del") is None:
                yield child
        elif name in WRAPPERS:
            yield from table_rows(child)


def cells_of(element: Any) -> Iterator[Any]:
    """Cells of a row; an empty tuple for one merged into the cell above, since its text is not displayed."""
    for child in element:
        name = LOCAL.get(child.tag)
        if name == "tc":
            yield () if _continues(child) else child
        elif name in WRAPPERS:
            yield from cells_of(child)


def _continues(cell: Any) -> bool:
    properties = first_child(cell, "tcPr")
    merge = None if properties is None else first_child(properties, "vMerge")
    return merge is not None and attribute(merge, "val", "continue") == "continue"


def is_layout(table: Any, rows: list[list[Any]]) -> bool:
    """Whether a Word table arranges blocks of text. A nested table counts as several paragraphs."""
    return arranges_blocks(rows, lambda: _has_lines(table, rows), _paragraphs)


def _paragraphs(cell: Any) -> int:
    """Count a cell's paragraphs with text; a nested table counts as two."""
    count = 0
    for child in cell:
        name = LOCAL.get(child.tag)
        if name == "tbl":
            count += 2
        elif name == "p" and any(LOCAL.get(t.tag) == "t" and t.text for t in child.iter()):
            count += 1
    return count


def _has_lines(table: Any, rows: list[list[Any]]) -> bool:
    """Whether the cells have borders, by the properties of the table, its style or its cells."""
    properties = first_child(table, "tblPr")
    if properties is not None:
        borders = first_child(properties, "tblBorders")
        if borders is not None:
            return any(is_on(side) and attribute(side, "val") != "nil" for side in borders)
        style = first_child(properties, "tblStyle")
        if style is not None and "grid" in attribute(style, "val").lower():
            return not _all_cells_bare(rows)
    return any(_cell_lines(cell) for row in rows for cell in row)


def _all_cells_bare(rows: list[list[Any]]) -> bool:
    return all(_cell_lines(cell) is False for row in rows for cell in row)


def _cell_lines(cell: Any) -> bool | None:
    """Whether a cell has borders of its own; ``None`` if it does not specify any."""
    if not len(cell):
        return None
    properties = first_child(cell, "tcPr")
    borders = None if properties is None else first_child(properties, "tcBorders")
    if borders is None:
        return None
    return any(is_on(side) and attribute(side, "val") != "nil" for side in borders)
