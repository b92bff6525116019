"""Blocks of a paper that stand in columns: its head, tables with lines, recipients and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dossier.model import Office
from reports.papers.form import (
    DOTS,
    MOTTO,
    SIGN,
    Style,
    between,
    centred,
    clean,
    dated,
    last,
    paragraph,
    rule,
)

if TYPE_CHECKING:
    from docx.document import Document

Look = dict[str, Any]  # bold, italic, size

_BLANK, _BLANK_WIDE = 4, 2  # lines left for the hand that signs; a wide page has few


def letterhead(made: Document, office: Office, kind: str, day: date, *, about: str = "") -> None:
    """The head of an administrative paper: the bodies and the number on the left, the national motto and
    place and day on the right.

    ``kind`` is the code of the paper's type (``BC``), empty for a letter, whose abstract ``about`` stands
    under its number. Number and day are written by hand.
    """
    motto(made, office)
    number, place = _columns(made, _halves(made))
    symbol = "-".join(filter(None, (kind, office.symbol or "……"))) if kind else f"{office.symbol or '……'}-……"
    _lines(number, [(f"Số: ……/{symbol}", {"size": 13})])
    if about:
        _lines(number, [(f"V/v {about}", {"size": 12})], more=True)
    _lines(place, [(dated(office.place, day), {"italic": True, "size": 13})])


def motto(made: Document, office: Office, *, place: str = "") -> None:
    """The head of a record or list: bodies and motto, without a number; with the line ``place``, where there
    is one, below the motto."""
    halves = _halves(made)
    left, right = _columns(made, halves)
    _bodies(left, office, halves[0])
    _motto(right, halves[1])
    if place:
        _lines(right, [(place, {"italic": True, "size": 13})], more=True)


def _halves(made: Document) -> tuple[int, int]:
    """Millimetres for the bodies and for the motto."""
    return (100, 147) if made.sections[0].orientation else (70, 95)


def bodies(made: Document, office: Office) -> None:
    """The head of a list or certificate: the bodies alone."""
    width = between(made)
    left, _empty = _columns(made, (100, width - 100))
    _bodies(left, office, 100)


def _bodies(cell: Any, office: Office, width: int) -> None:
    upper = office.superior.upper() or ("" if office.name else DOTS)
    _lines(cell, [(upper, {"size": 13})] if upper else [])
    _lines(cell, [(office.name.upper() or DOTS, {"bold": True, "size": 13})], more=bool(upper))
    rule(cell.add_paragraph(), width - 4, width // 3)


def _motto(cell: Any, width: int) -> None:
    _lines(cell, [(MOTTO[0], {"bold": True, "size": 12}), (MOTTO[1], {"bold": True, "size": 13})])
    rule(cell.add_paragraph(), width - 4, 54)  # as long as the words above it


def signatures(made: Document, recipients: Sequence[str], *signers: tuple[str, str], place: str = "") -> None:
    """Recipients on the left, where there are any, and for each of ``signers`` (title, name) a place to
    sign, under the line ``place``; all of it on one page with the last line of the text."""
    from docx.enum.section import WD_ORIENT

    keep_last(made)
    columns = max(2, len(signers) + bool(recipients))
    whole = between(made)
    sides = (whole * 2 // 5, whole - whole * 2 // 5) if len(signers) == 1 else (whole // columns,) * columns
    blank = _BLANK_WIDE if made.sections[-1].orientation is WD_ORIENT.LANDSCAPE else _BLANK
    cells = _columns(made, sides)
    if recipients:
        _lines(cells[0], [("Nơi nhận:", {"bold": True, "italic": True, "size": 12})], centre=False)
        names = [(f"- {name}", {"size": 11}) for name in recipients]
        _lines(cells[0], names, centre=False, more=True)
    for cell, (post, name) in zip(cells[-len(signers) :], signers, strict=True):
        dated_: list[tuple[str, Look]] = (
            [(place, {"italic": True, "size": 13})] if place and cell is cells[-1] else []
        )
        note: list[tuple[str, Look]] = [] if name else [(SIGN, {"italic": True, "size": 12})]
        _lines(cell, [*dated_, (post, {"bold": True}), *note, *[("", {})] * blank, (name, {"bold": True})])
    for cell in cells:  # one row: no page may begin with the second half of a signature
        for inside in cell.paragraphs:
            inside.paragraph_format.keep_together = True


def addressee(made: Document, to: str, *, before: int = 12) -> None:
    """To whom a paper goes, dotted where nobody knows; ``before``: points above the line."""
    paragraph(made, f"Kính gửi: {to or DOTS * 3}", Style(centre=True, before=before, after=12))


def closing(made: Document, office: Office, first: str = "Như trên") -> None:
    """The recipients of a paper that is sent or issued, ``first`` before the registry, and its signer."""
    recipients = last((first, "Lưu: VT, hồ sơ"), ".")
    signatures(made, recipients, (office.signer_title.upper() or "THỦ TRƯỞNG ĐƠN VỊ", office.signer))


def keep_last(made: Document) -> None:
    """What stands last in the text stays on one page with what follows."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    body = made.element.body
    if len(body) < 2:
        return
    end = body[-2]  # the last of all is the section
    rows = end.findall(qn("w:tr"))
    for inside in (rows[-1] if rows else end).iter(qn("w:p")):
        Paragraph(inside, made._body).paragraph_format.keep_with_next = True


def grid(
    made: Document, head: Sequence[str], rows: Iterable[Sequence[str]], millimetres: Sequence[int],
    *, numbered: bool = False, centre: Sequence[int] = (0,),
) -> None:  # fmt: skip
    """A table with lines, its head repeated on every page, no row broken over two.

    ``numbered``: a line with the numbers of the columns under the head. ``centre``: columns in the middle.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    heads = [list(head), [f"({at})" for at in range(1, len(head) + 1)]][: 1 + numbered]
    lines = [*heads, *rows]
    table = made.add_table(rows=len(lines), cols=len(head))
    table.style = made.styles["Table Grid"]
    # Cells are taken once: python-docx looks them up anew each time, which takes minutes for long tables.
    for at, (line, texts) in enumerate(zip(table.rows, lines, strict=True)):
        options = line._tr.get_or_add_trPr()
        options.append(OxmlElement("w:cantSplit"))
        if at < len(heads):
            options.append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            inside = cell.paragraphs[0]
            inside.paragraph_format.space_after = Pt(0)
            inside.paragraph_format.keep_with_next = at < len(heads)
            run = inside.add_run(clean(text))
            run.font.size = Pt(12)
            run.bold, run.italic = at == 0, 0 < at < len(heads)
            if at < len(heads) or column in centre:
                centred(inside)
    widths(table, millimetres)
    # Else the text of the cells, not the lines, stands at the margin.
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "108")
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.append(indent)


def widths(table: Any, millimetres: Sequence[int]) -> None:
    """Fixed widths of the columns."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width)


def _columns(made: Document, millimetres: Sequence[int]) -> list[Any]:
    """The cells of a row without lines, on one page."""
    from docx.oxml import OxmlElement

    table = made.add_table(rows=1, cols=len(millimetres))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    widths(table, millimetres)
    return list(table.rows[0].cells)


def _lines(cell: Any, lines: Sequence[tuple[str, Look]], *, centre: bool = True, more: bool = False) -> None:
    """``more``: below what the cell holds already."""
    from docx.shared import Pt

    for at, (text, look) in enumerate(lines):
        inside = cell.paragraphs[0] if at == 0 and not more else cell.add_paragraph()
        inside.paragraph_format.space_after = Pt(0)
        run = inside.add_run(clean(text))
        run.bold, run.italic = look.get("bold", False), look.get("italic", False)
        run.font.size = Pt(look.get("size", 14))
        if centre:
            centred(inside)
