"""Files as other programs save them: other tables, shapes, names that lie, sheets with a head, old fonts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

from openpyxl import Workbook
from strange import word, word_heads
from strange.papers import Paper

from dossier.legacy import Encoding, encode
from dossier.scanner._exec import libreoffice

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.S)


def _lines(paper: Paper) -> tuple[list[str], list[str]]:
    return [line.text for line in paper.left()], [line.text for line in paper.right()]


def _with_head(paper: Paper, head: str) -> bytes:
    return word_heads._changed(
        word.docx(paper, "table"), lambda text: _TABLE.sub(lambda _: head, text, count=1)
    )


def _cell(texts: list[str], extra: str = "") -> str:
    return f"<w:tc><w:tcPr>{extra}</w:tcPr>{word_heads._paragraphs(texts or [''])}</w:tc>"


def four_columns(paper: Paper) -> bytes:
    """A head of four columns: empty ones at the side and between."""
    left, right = _lines(paper)
    cells = _cell([]) + _cell(left) + _cell([]) + _cell(right)
    return _with_head(paper, f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl>")


def row_a_line(paper: Paper) -> bytes:
    """Each line of the head in a row of its own."""
    left, right = _lines(paper)
    if len(right) < len(left):
        right = [*right[:-1], *[""] * (len(left) - len(right)), right[-1]]
    left += [""] * (len(right) - len(left))
    rows = "".join(f"<w:tr>{_cell([a])}{_cell([b])}</w:tr>" for a, b in zip(left, right, strict=True))
    return _with_head(paper, f"<w:tbl><w:tblPr/>{rows}</w:tbl>")


def number_in_cells(paper: Paper) -> bytes:
    """``Số:``, the digits and the symbol in cells of their own."""
    left, right = _lines(paper)
    at = next(index for index, text in enumerate(left) if text.startswith("Số"))
    digits, rest = re.match(r"(\d+)(.*)", paper.number).groups()  # type: ignore[union-attr]
    inner = f"<w:tbl><w:tblPr/><w:tr>{_cell(['Số:'])}{_cell([digits])}{_cell([rest])}</w:tr></w:tbl>"
    above, below = (word_heads._paragraphs(lines) for lines in (left[:at], left[at + 1 :] or [""]))
    first = f"<w:tc><w:tcPr/>{above}{inner}{below}</w:tc>"
    return _with_head(paper, f"<w:tbl><w:tblPr/><w:tr>{first}{_cell(right)}</w:tr></w:tbl>")


def grouped_shapes(paper: Paper) -> bytes:
    """Two shapes in a group, the right one first."""
    left, right = _lines(paper)
    shapes = "".join(
        f"<wps:wsp><wps:txbx><w:txbxContent>{word_heads._paragraphs(texts)}</w:txbxContent></wps:txbx></wps:wsp>"
        for texts in (right, left)
    )
    space = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    group = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="6000000" cy="1200000"/><wp:docPr id="1" name="G"/>'
        "<a:graphic>"
        f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup">'
        f"<wpg:wgp {space}>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return _with_head(paper, group)


def blanks_apart(paper: Paper) -> bytes:
    """The columns parted by many blanks, the right one set by eye."""
    left, right = _lines(paper)
    if len(right) < len(left):
        right = [*right[:-1], *[""] * (len(left) - len(right)), right[-1]]
    left += [""] * (len(right) - len(left))
    rows = (f"{a:<38}        {b}".rstrip() for a, b in zip(left, right, strict=True))
    return _with_head(paper, "".join(word._paragraph(row, centre=False) for row in rows))


def text_columns(paper: Paper) -> bytes:
    """A section of two text columns, a break between them."""
    left, right = _lines(paper)
    turn = '<w:p><w:r><w:br w:type="column"/></w:r></w:p>'
    end = '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr></w:pPr></w:p>'
    return _with_head(paper, word_heads._paragraphs(left) + turn + word_heads._paragraphs(right) + end)


def in_controls(paper: Paper) -> bytes:
    """The whole head and title in content controls, as systems fill templates."""

    def controlled(text: str) -> str:
        return re.sub(r"(<w:p>.*?</w:p>)", r"<w:sdt><w:sdtPr/><w:sdtContent>\1</w:sdtContent></w:sdt>", text)

    return word_heads._changed(word.docx(paper, "table"), controlled)


def strict(paper: Paper) -> bytes:
    """Word's strict form, whose names of spaces are others."""

    def named(text: str) -> str:
        return text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    return word_heads._changed(word.docx(paper, "table"), named)


def templated(paper: Paper) -> bytes:
    """Saved as a template with macros, named .doc."""
    source, out = zipfile.ZipFile(io.BytesIO(word.docx(paper, "table"))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            text = source.read(name).decode()
            package.writestr(
                name, text.replace("document.main+xml", "document.macroEnabledTemplate.main+xml")
            )
    return out.getvalue()


def rtf_wordpad(paper: Paper) -> bytes:
    """RTF of Vietnamese code page 1258: letters as bytes with marks behind them."""
    import unicodedata

    def bytes_of(text: str) -> str:
        out = ""
        for char in text:
            if ord(char) < 128:
                out += char
                continue
            for piece in (char, *_parted(char)):
                try:
                    out += "".join(f"\\'{value:02x}" for value in piece.encode("cp1258"))
                    break
                except UnicodeEncodeError:
                    continue
            else:
                out += f"\\u{ord(char)}?"
        return out

    def _parted(char: str) -> list[str]:
        full = unicodedata.normalize("NFD", char)
        marks = "\u0300\u0301\u0303\u0309\u0323"
        tone = next((mark for mark in full if mark in marks), "")
        base = unicodedata.normalize("NFC", full.replace(tone, "", 1)) if tone else full
        return [base + tone]

    left, right = _lines(paper)
    rows = "\\line ".join(map(bytes_of, left)) + "\\cell " + "\\line ".join(map(bytes_of, right)) + "\\cell "
    body = "".join(f"\\pard\\qc {bytes_of(text.text)}\\par\n" for text in paper.body())
    foot = paper.foot()
    last = "\\cell ".join(
        "\\line ".join(bytes_of(line.text) for line in side) for side in (foot.left, foot.right)
    )
    return (
        "{\\rtf1\\ansi\\ansicpg1258\\deff0{\\fonttbl{\\f0\\fcharset163 Times New Roman;}}\\f0\n"
        f"\\trowd\\cellx4000\\cellx9600\\pard\\intbl {rows}\\row\n{body}"
        f"\\trowd\\cellx4000\\cellx9600\\pard\\intbl {last}\\cell \\row\\pard\\par}}"
    ).encode("ascii")


def rtf_old_font(paper: Paper) -> bytes:
    """RTF typed in VNI."""
    text = word.rtf(paper).decode("ascii").replace("Times New Roman;}}", "VNI-Times;}}\\f0 ")

    def coded(found: re.Match[str]) -> str:
        written = encode(chr(int(found[1])), Encoding.VNI)
        return "".join(f"\\'{value:02x}" for value in written.encode("cp1252"))

    return re.sub(r"\\u(\d+)\?", coded, text).encode("ascii")


def _by_office(
    data: bytes, source: str, target: str, name: str, kind: str = "writer", library: str = "libswlo.so"
) -> bytes:
    how = libreoffice.Conversion(source, target, name, kind, library)
    program = libreoffice.converter(how)
    assert program is not None
    return libreoffice.converted(program, data, how, 120)


def flat_odt(paper: Paper) -> bytes:
    """OpenDocument in one flat file."""
    return _by_office(word.docx(paper, "rows"), "docx", "fodt", "MS Word 2007 XML")


def odt_tabs(paper: Paper) -> bytes:
    """OpenDocument with tabs."""
    return _by_office(word.docx(paper, "tabs"), "docx", "odt", "MS Word 2007 XML")


def old_word_cells(paper: Paper) -> bytes:
    """Old Word whose head has a row a line, as WPS saves it."""
    return _by_office(row_a_line(paper), "docx", "doc", "MS Word 2007 XML")


def old_word_blanks(paper: Paper) -> bytes:
    """Old Word whose columns are parted by blanks."""
    return _by_office(blanks_apart(paper), "docx", "doc", "MS Word 2007 XML")


def _book(paper: Paper, *, dated: bool = False) -> Workbook:
    """A list with the paper's head over it."""
    book = Workbook()
    sheet = book.active
    left, right = _lines(paper)
    for at, text in enumerate(left, 1):
        sheet.cell(at, 1, text)
    for at, text in enumerate(right, 1):
        sheet.cell(at, 5, text)
    if dated:
        sheet.cell(len(right), 5, paper.place + ", ngày")
        sheet.cell(len(right), 6, date.fromisoformat(paper.date)).number_format = "DD/MM/YYYY"
    row = max(len(left), len(right)) + 2
    if not paper.letter:
        sheet.cell(row, 3, paper.type)
        sheet.cell(row + 1, 3, paper.abstract)
    for at, text in enumerate(("TT", "Họ và tên", "Năm sinh", "Địa chỉ", "Ghi chú"), 1):
        sheet.cell(row + 3, at, text)
    for line in range(1, 12):
        for at, value in enumerate(
            (line, f"Hoàng Văn {'ABCDEGHIKLM'[line - 1]}", 1960 + line, "Thôn Trung", ""), 1
        ):
            sheet.cell(row + 3 + line, at, value)
    for at, text in enumerate([*paper.title, "", "", paper.signer]):
        sheet.cell(row + 17 + at, 5, text)
    return book


def _of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def list_head(paper: Paper) -> bytes:
    """A list of Excel with a head in cells."""
    return _of(_book(paper))


def list_old(paper: Paper) -> bytes:
    """The same as Excel 97 saves it."""
    return _by_office(_of(_book(paper)), "xlsx", "xls", "Calc MS Excel 2007 XML", "calc", "libsclo.so")


def list_ods(paper: Paper) -> bytes:
    """The same as OpenDocument."""
    return _by_office(_of(_book(paper)), "xlsx", "ods", "Calc MS Excel 2007 XML", "calc", "libsclo.so")


def list_dated(paper: Paper) -> bytes:
    """The day is a cell of its own, a day for Excel."""
    return _of(_book(paper, dated=True))


def horned_word(paper: Paper) -> bytes:
    """Ƣ and ƣ for Ư and ư, as a converter of old fonts leaves them."""
    change = str.maketrans("Ưư", "Ƣƣ")
    return word_heads._changed(word.docx(paper, "table"), lambda text: text.translate(change))


WAYS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "docx-four-columns": ("docx", four_columns), "docx-row-a-line": ("docx", row_a_line),
    "docx-number-cells": ("docx", number_in_cells), "docx-grouped": ("docx", grouped_shapes),
    "docx-blanks": ("docx", blanks_apart), "docx-text-columns": ("docx", text_columns),
    "docx-controls": ("docx", in_controls), "docx-strict": ("docx", strict),
    "docx-as-doc": ("doc", templated), "docx-horned": ("docx", horned_word),
    "rtf-1258": ("rtf", rtf_wordpad), "rtf-vni": ("rtf", rtf_old_font), "fodt": ("fodt", flat_odt),
    "odt-tabs": ("odt", odt_tabs), "doc-row-a-line": ("doc", old_word_cells),
    "doc-blanks": ("doc", old_word_blanks), "list-xlsx": ("xlsx", list_head), "list-xls": ("xls", list_old),
    "list-ods": ("ods", list_ods), "list-dated": ("xlsx", list_dated),
}  # fmt: skip
