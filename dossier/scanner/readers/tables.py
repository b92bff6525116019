"""Tables as text: data row by row with tabs, blocks of text placed side by side one after the other."""

from __future__ import annotations

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]  # cells; the paragraphs of a cell stand on lines of their own


def table_text(rows: Rows, *, lined: bool | None) -> str:
    """The text of a table, each line ended.

    ``lined``: whether lines are drawn around its cells, ``None`` when that is not known. A table
    that only places text (the two halves of a document's head) is read cell by cell; any other by
    row, its cells parted by tabs. Rows without text are left out.
    """
    full = [row for row in rows if any(cell.strip() for cell in row)]
    if is_layout(full, lined=lined):
        texts = [cell.strip("\n") for row in full for cell in row if cell.strip()]
    else:
        texts = ["\t".join(" ".join(cell.split()) for cell in row).rstrip() for row in full]
    return "".join(text + "\n" for text in texts)


def is_layout(rows: Rows, *, lined: bool | None) -> bool:
    """Whether a table places blocks of text: the same rule as for Word's own tables.

    At most three columns and three rows; without lines around it, or with cells of several
    paragraphs in at most two rows.
    """
    columns = max(map(len, rows), default=0)
    if columns <= 1:
        return True
    if columns > 3 or len(rows) > 3:
        return False
    if lined is False:
        return True
    return len(rows) <= 2 and any(len(_paragraphs(cell)) > 1 for row in rows for cell in row)


def _paragraphs(cell: str) -> list[str]:
    return [line for line in cell.split("\n") if line.strip()]
