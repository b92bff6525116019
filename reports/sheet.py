"""Rows of text as a file for spreadsheets: for lists that are no compliance report."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from reports.csv import harmless

_CELL = 32_000  # characters; a spreadsheet's cell takes 32,767
_WIDEST = 60  # characters of a column
_MADE = datetime(2020, 1, 1)  # the same rows give the same bytes
FORMATS = (".csv", ".xlsx")


def csv_bytes(head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """UTF-8 with a mark for Excel; nothing in it is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def xlsx_bytes(title: str, head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """A workbook of one sheet, its first row frozen and with filters."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _MADE})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bg_color": "#e1eef7", "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, head, bold)
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, [cell[:_CELL] if isinstance(cell, str) else cell for cell in row], plain)
    for column, name in enumerate(head):
        longest = max([len(name), *(len(str(row[column])) for row in rows)])
        sheet.set_column(column, column, min(longest, _WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
    book.close()
    return out.getvalue()
