"""Lists as CSV files and XLSX workbooks, for tables other than compliance reports."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Sequence
from datetime import date, datetime

from reports import looks
from reports.csv import harmless

_CELL = 32_000  # characters; a spreadsheet's cell holds 32,767
_WIDEST = 36  # characters of a column
_LINE, _LINES = 15, 20  # height of a line in points; maximal lines of a row
_NARROWEST, ACROSS = 12, 160  # minimal characters of a column; legible characters across a landscape page
_MADE = datetime(2020, 1, 1)  # fixed creation time, so that the same rows give the same bytes
FORMATS = (".csv", ".xlsx")
Cell = str | float | date


def in_cell(text: str) -> str:
    """A text as a cell of a workbook holds and shows it: file names may contain characters that nobody sees
    or that turn the direction of what follows."""
    return looks.printable(text, "\n\t")[:_CELL]


def csv_bytes(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 with a byte order mark for Excel; formulas are escaped."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(
        [harmless(_told(cell)) if not isinstance(cell, int | float) else cell for cell in row] for row in rows
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def xlsx_bytes(title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet with a frozen header row and filters; printed in landscape format."""
    return book_bytes([(title, head, rows)])


def book_bytes(
    sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]], above: Sequence[str] = ()
) -> bytes:
    """A workbook of several sheets, each given by title, column names and rows; the lines ``above`` are put
    over the first table."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": above[0] if above else sheets[0][0], "created": _MADE})
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#b8c4cc"}
    bold = book.add_format({**look, "bold": True, "bg_color": "#e1eef7"})
    plain = book.add_format({**look, "align": "left"})
    day = book.add_format({**look, "align": "left", "num_format": "dd/mm/yyyy"})
    large = book.add_format({"bold": True})
    for title, head, rows in sheets:
        sheet = book.add_worksheet(title[:31])
        first = len(above) + 1 if above else 0
        for at, line in enumerate(above):
            sheet.write_string(at, 0, in_cell(line), large)
        above = ()
        for at, row in enumerate([head, *rows], start=first):
            for column, cell in enumerate(row):
                if isinstance(cell, date) and cell.year >= 1900:  # the earliest year of the format
                    sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)
                elif isinstance(cell, int | float):
                    sheet.write_number(at, column, cell, plain)
                else:
                    sheet.write_string(at, column, in_cell(_told(cell)), plain if at > first else bold)
        widths = [
            min(max(len(_told(cell)) for cell in column), _WIDEST) + 2
            for column in zip(head, *rows, strict=True)
        ]
        while sum(widths) > ACROSS and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for at, row in enumerate([head, *rows], start=first):
            sheet.set_row(at, _LINE * min(lines([*map(_told, row)], widths), _LINES))
        sheet.freeze_panes(first + 1, 0)
        sheet.autofilter(first, 0, first + max(len(rows), 1), len(head) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(first)
        sheet.set_footer("&C&P/&N")
    book.close()
    return out.getvalue()


def lines(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Number of lines of a row whose texts are wrapped to columns of these widths (characters): some
    programs do not adapt the height of rows."""
    return max(
        sum(max(len(textwrap.wrap(line, max(width - 2, 1))), 1) for line in text[:_CELL].split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )


def _told(cell: Cell) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)
