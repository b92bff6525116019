"""Files that office programs save: OpenDocument, old Word, web pages, mails of one paper, sheets of lists."""

from __future__ import annotations

import html
import io
import quopri
from collections.abc import Callable

from openpyxl import Workbook
from strange import browser, word
from strange.papers import Paper

from dossier.scanner._exec import libreoffice


def _converted(paper: Paper, head: str, target: str) -> bytes:
    how = libreoffice.Conversion("docx", target, "MS Word 2007 XML", "writer", "libswlo.so")
    program = libreoffice.converter(how)
    assert program is not None
    return libreoffice.converted(program, word.docx(paper, head), how, 120)


def odt(paper: Paper) -> bytes:
    """OpenDocument with a table for a head."""
    return _converted(paper, "table", "odt")


def odt_boxes(paper: Paper) -> bytes:
    """OpenDocument with text boxes."""
    return _converted(paper, "boxes", "odt")


def rtf_frames(paper: Paper) -> bytes:
    """RTF with frames."""
    return _converted(paper, "frames", "rtf")


def printed_boxes(paper: Paper) -> bytes:
    """Text boxes printed by LibreOffice."""
    return _converted(paper, "boxes", "pdf")


def printed_tabs(paper: Paper) -> bytes:
    """Tabs printed by LibreOffice: the second column begins where the first ends."""
    return _converted(paper, "tabs", "pdf")


def web_page(paper: Paper) -> bytes:
    """A web page of Word's, in a single file."""
    body = quopri.encodestring(
        f"<html><meta charset=utf-8><body>{browser.sheet(paper)}</body></html>".encode()
    )
    head = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=_X"\n\n--=_X\nContent-Location: file:///C:/a.htm\n'
        'Content-Transfer-Encoding: quoted-printable\nContent-Type: text/html; charset="utf-8"\n\n'
    )
    return head.encode() + body + b"\n--=_X--\n"


def web_as_word(paper: Paper) -> bytes:
    """A web page that calls itself .doc, as portals export."""
    return f"<html><meta charset=utf-8><body>{browser.sheet(paper)}</body></html>".encode("utf-8-sig")


def of_google(paper: Paper) -> bytes:
    """A page as Google's editor exports it: spans of classes, every line a paragraph."""

    def shown(text: str) -> str:
        return f'<p class="c3"><span class="c1">{html.escape(text)}</span></p>'

    def column(lines: list[str]) -> str:
        return f'<td class="c9" colspan="1" rowspan="1">{"".join(map(shown, lines))}</td>'

    left, right = [line.text for line in paper.left()], [line.text for line in paper.right()]
    foot = paper.foot()
    return (
        '<html><head><meta charset="utf-8"><style>.c1{font-size:13pt}</style></head><body class="c8">'
        f'<a id="t.1"></a><table class="c6"><tr class="c2">{column(left)}{column(right)}</tr></table>'
        + "".join(shown(text.text) for text in paper.body())
        + "<table><tr>"
        + "".join(column([line.text for line in side]) for side in (foot.left, foot.right))
        + "</tr></table></body></html>"
    ).encode()


def plain(paper: Paper) -> bytes:
    """Text with the columns side by side by blanks, in UTF-16, as Notepad saves it."""
    left, right = [line.text for line in paper.left()], [line.text for line in paper.right()]
    rows = max(len(left), len(right))
    left += [""] * (rows - len(left))
    right += [""] * (rows - len(right))
    lines = [f"{one:<44}{other}" for one, other in zip(left, right, strict=True)]
    lines += ["", *[text.text for text in paper.body()], ""]
    lines += [" " * 44 + line.text for line in paper.foot().right]
    return "\r\n".join(lines).encode("utf-16")


def list_sheet(paper: Paper) -> bytes:
    """A sheet whose head stands in single cells, far apart, lines broken within a cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "\n".join(line.text for line in paper.left())
    sheet["G1"] = "\n".join(line.text for line in paper.right())
    for row, text in enumerate([text for text in paper.body() if text.align == "center"], 4):
        sheet.cell(row, 1, text.text)
    for row in range(8, 30):
        for column, value in enumerate((row - 7, f"Hộ số {row}", "Thôn 1", 1990 + row), 1):
            sheet.cell(row, column, value)
    for row, text in enumerate([line.text for line in paper.foot().right], 31):
        sheet.cell(row, 7, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WAYS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "odt": ("odt", odt), "odt-boxes": ("odt", odt_boxes),
    "rtf-frames": ("rtf", rtf_frames), "pdf-boxes": ("pdf", printed_boxes), "pdf-tabs": ("pdf", printed_tabs),
    "mht": ("mht", web_page), "html-doc": ("doc", web_as_word), "google": ("html", of_google),
    "notepad": ("txt", plain), "sheet-list": ("xlsx", list_sheet),
}  # fmt: skip
