"""A list that is filed: what it is called, its columns, its rows, its foot; in Word and in Excel."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from dossier.model import Office
from reports import looks
from reports.papers import blocks, form
from reports.sheet import lines

_MADE = datetime(2020, 1, 1)
_LINE, _HIGHEST = 15.75, 405.0  # points: a line of text, and somewhat less than a row may have
Cell = str | int


class Head(Enum):
    """What stands above the title: nothing, the names of the bodies, or these and the national motto."""

    NONE = 0
    BODIES = 1
    MOTTO = 2


@dataclass(frozen=True, slots=True)
class FiledList:
    """``title`` lines, columns with widths in millimetres (247 together), rows, ``foot`` lines.

    ``signers`` are the posts that sign, the last one under place and day; none: nobody does. ``centre``:
    columns whose texts stand in the middle.
    """

    title: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[str, ...]
    office: Office
    today: date
    signers: tuple[tuple[str, str], ...] = (("NGƯỜI LẬP", ""),)
    centre: tuple[int, ...] = (0,)
    head: Head = Head.BODIES


def docx(filed: FiledList) -> bytes:
    """The list in Word, on A4 lying."""
    made = form.page(filed.office, wide=True)
    if filed.head is Head.BODIES:
        blocks.bodies(made, filed.office)
    elif filed.head is Head.MOTTO:
        blocks.motto(made, filed.office)
    form.title(made, *filed.title, ruled=False)
    form.paragraph(made, "", form.Style(indent=False, size=6, after=0))
    rows = [[str(cell) for cell in row] for row in filed.rows]
    rows = rows or [["", "", "(Không có)", *[""] * (len(filed.columns) - 3)]]
    names, widths = zip(*filed.columns, strict=True)
    blocks.grid(made, names, rows, widths, numbered=True, centre=filed.centre)
    for at, line in enumerate(filed.foot):
        form.paragraph(made, line, form.Style(indent=False, before=8 if at == 0 else 0))
    if filed.signers:
        blocks.signatures(made, (), *filed.signers, place=form.dated(filed.office.place, filed.today))
    return form.save(made)


def xlsx(filed: FiledList) -> bytes:
    """The list in Excel, its head frozen and repeated on every page; numbers are numbers."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": filed.title[0], "author": form.clean(filed.office.name), "created": _MADE})
    letters = {"font_name": form.FONT, "font_size": 12}
    bold = book.add_format({**letters, "bold": True, "align": "center", "text_wrap": True})
    head = book.add_format(
        {**letters, "bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    )
    cell = {**letters, "border": 1, "text_wrap": True, "valign": "top"}
    left, middle = book.add_format(cell), book.add_format({**cell, "align": "center"})
    sheet = book.add_worksheet("Danh sách")
    last = len(filed.columns) - 1
    widths = [mm // 2 for _name, mm in filed.columns]
    above = [line for line in (filed.office.superior.upper(), filed.office.name.upper()) if line]
    heading = [*above, *filed.title] if filed.head is not Head.NONE else list(filed.title)
    for row, line in enumerate(heading):
        sheet.merge_range(row, 0, row, last, looks.printable(line), bold)
        sheet.set_row(row, _LINE * lines([line], [sum(widths)]))
    top = len(heading) + 1
    sheet.set_row(top, _LINE * lines([name for name, _mm in filed.columns], widths))
    for at, (name, _mm) in enumerate(filed.columns):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(top, at, name, head)
    for row, cells in enumerate(filed.rows, start=top + 1):
        sheet.set_row(row, min(_LINE * lines([*map(str, cells)], widths), _HIGHEST))
        for at, value in enumerate(cells):
            shape = middle if at in filed.centre else left
            if isinstance(value, int):
                sheet.write_number(row, at, value, shape)
            else:
                sheet.write_string(row, at, looks.printable(value)[:32_000], shape)
    for row, line in enumerate(filed.foot, start=top + len(filed.rows) + 2):
        sheet.write_string(row, 0, looks.printable(line), book.add_format(letters))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P")
    book.close()
    return out.getvalue()
