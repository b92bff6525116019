"""Papers of an office in Word, in the form of Nghị định 30/2020/NĐ-CP, annex I: page, letters, head, foot.

Blanks are left for what only the office knows: its superior body, number, place and day.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dossier.model import Office
from reports import looks

if TYPE_CHECKING:
    from docx.document import Document

_MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same report gives the same content
FONT = "Times New Roman"
DOTS = "…" * 9
_RULE = "_" * 42  # set small: a thin rule of a third to a half of the line


def page(office: Office, *, wide: bool = False) -> Document:
    """An A4 page, lying where ``wide``, in Times New Roman 13; ``office`` is its author."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    for name in ("Normal", "Heading 1", "Heading 2", "Title"):
        style: Any = made.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal: Any = made.styles["Normal"]
    normal.font.size = Pt(13)
    normal.paragraph_format.space_after = Pt(4)
    made.core_properties.author = clean(office.name)
    made.core_properties.created = made.core_properties.modified = _MADE
    _page_number(section)
    return made


def _page_number(section: Any) -> None:
    """Centred at the head of every page but the first, as the decree has it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def save(made: Document) -> bytes:
    """The package without the time of its making, which python-docx writes on every file in it."""
    package, out = io.BytesIO(), io.BytesIO()
    made.save(package)
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            # A ZipInfo by name alone bears the first day that the format knows, 01/01/1980.
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def clean(text: str) -> str:
    """Without the characters that XML has no place for."""
    return looks.printable(text, keep="\n")


def letterhead(made: Document, office: Office, kind: str, day: date) -> None:
    """Two columns: the bodies and the number on the left, the national motto and the date on the right.

    ``kind`` is the code of the paper's type (``BC``). Blanks stand for what is not configured.
    """
    table = made.add_table(rows=2, cols=2)
    left, right = table.rows[0].cells
    upper: list[tuple[str, dict[str, Any]]] = [(office.superior.upper() or DOTS, {})]
    _lines(
        left, [*upper, (office.name.upper() or DOTS, {"bold": True}), (_RULE[: len(_RULE) // 2], {"size": 6})]
    )
    _lines(
        right,
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"bold": True, "size": 12}),
            ("Độc lập - Tự do - Hạnh phúc", {"bold": True}),
            (_RULE, {"size": 6}),
        ],
    )
    number, dated = table.rows[1].cells
    _lines(number, [(f"Số: ……/{kind}-{office.symbol or '……'}", {})])
    _lines(dated, [(f"{office.place or '………'}, ngày …… tháng …… năm {day.year}", {"italic": True})])
    widths(table, (100, 152) if made.sections[0].orientation else (72, 93))


def title(made: Document, *lines: str) -> None:
    """The name of the paper and its subject, bold and in the middle, with a rule below."""
    for at, text in enumerate(lines):
        paragraph(made, text, bold=True, centre=True, size=14, before=12 if at == 0 else 0)
    paragraph(made, _RULE, centre=True, size=6)
    made.core_properties.title = clean(" – ".join(lines))


def paragraph(
    made: Document, text: str, *, bold: bool = False, italic: bool = False, centre: bool = False,
    indent: bool = False, size: int = 13, before: int = 0,
) -> None:  # fmt: skip
    """A paragraph of the text; ``indent``: its first line begins 10 mm in, and both margins are straight."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    added = made.add_paragraph()
    run = added.add_run(clean(text))
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size)
    added.paragraph_format.space_before = Pt(before)
    added.paragraph_format.keep_with_next = bold or italic  # a heading is never the last line of a page
    if centre:
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        added.paragraph_format.first_line_indent = Mm(10)
        added.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def heading(made: Document, text: str) -> None:
    """A heading of a part of the text, as a style, so that a reader can jump to it."""
    from docx.shared import Pt, RGBColor

    added = made.add_heading(level=1)
    run = added.add_run(clean(text))
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor(0, 0, 0)
    run.font.name = FONT
    added.paragraph_format.space_before, added.paragraph_format.space_after = Pt(8), Pt(4)
    added.paragraph_format.keep_with_next = True


def grid(
    made: Document, head: Sequence[str], rows: Iterable[Sequence[str]], millimetres: Sequence[int]
) -> None:
    """A table with lines, its head repeated on every page, no row broken over two."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    rows = list(rows)
    table = made.add_table(rows=1 + len(rows), cols=len(head))
    table.style = made.styles["Table Grid"]
    # Cells are taken once: python-docx looks them up anew each time, which takes minutes for long tables.
    for at, (line, texts) in enumerate(zip(table.rows, [head, *rows], strict=True)):
        options = line._tr.get_or_add_trPr()
        options.append(OxmlElement("w:cantSplit"))
        if at == 0:
            options.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(line.cells, texts, strict=True):
            inside = cell.paragraphs[0]
            inside.paragraph_format.space_after = Pt(0)
            run = inside.add_run(clean(text))
            run.font.size = Pt(12)
            run.bold = at == 0
            if at == 0:
                _centred(inside)
    widths(table, millimetres)
    indent = OxmlElement("w:tblInd")  # else the text of the cells, not the lines, stands at the margin
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


def signatures(made: Document, recipients: Sequence[str], *signers: tuple[str, str]) -> None:
    """Recipients on the left, where there are any, and for each of ``signers`` (title, name) a place to
    sign; all of it on one page with the last line of the text."""
    _keep_last(made)
    columns = len(signers) + bool(recipients)
    table = made.add_table(rows=1, cols=columns)
    cells = list(table.rows[0].cells)
    if recipients:
        lines: list[tuple[str, dict[str, Any]]] = [("Nơi nhận:", {"bold": True, "italic": True, "size": 12})]
        _lines(cells.pop(0), [*lines, *((f"- {name}", {"size": 11}) for name in recipients)], centre=False)
    for cell, (post, name) in zip(cells, signers, strict=True):
        note: list[tuple[str, dict[str, Any]]] = [] if name else [("(Ký, ghi rõ họ tên)", {"italic": True})]
        _lines(cell, [(post, {"bold": True}), *note, *[("", {})] * 4, (name, {"bold": True})])
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _keep_last(made: Document) -> None:
    """What stands last in the text stays on one page with what follows."""
    last = made.element.body[-2] if len(made.element.body) > 1 else None
    if last is None:
        return
    from docx.text.paragraph import Paragraph

    for inside in last.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        Paragraph(inside, made._body).paragraph_format.keep_with_next = True


def _lines(cell: Any, lines: Sequence[tuple[str, dict[str, Any]]], *, centre: bool = True) -> None:
    from docx.shared import Pt

    for at, (text, look) in enumerate(lines):
        inside = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        inside.paragraph_format.space_after = Pt(0)
        run = inside.add_run(clean(text))
        run.bold, run.italic = look.get("bold", False), look.get("italic", False)
        run.font.size = Pt(look.get("size", 13))
        if centre:
            _centred(inside)


def _centred(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
