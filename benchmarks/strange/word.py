"""Word, RTF and Excel files whose heads stand in tables, text boxes, frames or behind tabs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from openpyxl import Workbook
from strange.papers import Paper

from dossier.demo.paper import CENTRE, ColumnLine, Paragraph

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def _paragraph(text: str, *, centre: bool = True, frame: str = "") -> str:
    set_so = frame + '<w:jc w:val="center"/>' * centre
    shown = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t"))
    return f"<w:p><w:pPr>{set_so}</w:pPr><w:r>{shown}</w:r></w:p>"


def _texts(lines: Iterable[ColumnLine]) -> list[str]:
    return [line.text for line in lines]


def _table(paper: Paper) -> str:
    cells = (_texts(paper.left()), _texts(paper.right()))
    row = "".join(f"<w:tc><w:tcPr/>{''.join(map(_paragraph, cell))}</w:tc>" for cell in cells)
    grid = "<w:tblGrid><w:gridCol w:w='4000'/><w:gridCol w:w='5600'/></w:tblGrid>"
    return f"<w:tbl><w:tblPr/>{grid}<w:tr>{row}</w:tr></w:tbl>"


def _rows(paper: Paper) -> str:
    """A table whose rows part the head: names and motto above, number and day below."""
    left, right = _texts(paper.left()), _texts(paper.right())
    at = next(index for index, text in enumerate(left) if text.startswith("Số"))
    pairs = ((left[:at], right[:-1]), (left[at:], right[-1:]))
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/>{''.join(map(_paragraph, cell))}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in pairs
    )
    return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"


def _boxes(paper: Paper) -> str:
    """Two text boxes, each with the copy that old programs show."""
    out = []
    for identity, (x, lines) in enumerate(((0, paper.left()), (2_500_000, paper.right())), 1):
        inside = "".join(map(_paragraph, _texts(lines)))
        out.append(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0">'
            f'<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
            f'<wp:extent cx="2400000" cy="1200000"/><wp:docPr id="{identity}" name="Box {identity}"/>'
            f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData>"
            f"</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
            f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
            f"</mc:AlternateContent></w:r>"
        )
    return f"<w:p>{''.join(out)}</w:p>"


def _frames(paper: Paper) -> str:
    """Two frames of Word 6."""
    out = ""
    for x, lines in ((0, paper.left()), (4300, paper.right())):
        where = f'w:vAnchor="page" w:hAnchor="margin" w:x="{x}" w:y="900"'
        frame = f'<w:framePr w:w="4200" w:hSpace="180" w:wrap="around" {where}/>'
        out += "".join(_paragraph(text, frame=frame) for text in _texts(lines))
    return out


def _tabs(paper: Paper) -> str:
    """Line by line, the columns parted by tabs."""
    left, right = _texts(paper.left()), _texts(paper.right())
    if len(right) < len(left):
        right = [*right[:-1], *[""] * (len(left) - len(right)), right[-1]]
    left += [""] * (len(right) - len(left))
    return "".join(
        _paragraph(f"{one}\t\t{other}", centre=False) for one, other in zip(left, right, strict=True)
    )


def _below(paper: Paper) -> str:
    """All of the right column, then the left one: a paper typed without columns."""
    return "".join(
        map(_paragraph, [*_texts(paper.right())[:-1], *_texts(paper.left()), paper.right()[-1].text])
    )


HEADS: dict[str, Callable[[Paper], str]] = {
    "table": _table, "rows": _rows, "boxes": _boxes, "frames": _frames, "tabs": _tabs, "below": _below,
}  # fmt: skip


def docx(paper: Paper, head: str) -> bytes:
    """A Word file with a head of :data:`HEADS`."""
    body = HEADS[head](paper)
    body += "".join(_paragraph(text.text, centre=text.align == CENTRE) for text in paper.body())
    foot = paper.foot()
    cells = "".join(
        f"<w:tc><w:tcPr/>{''.join(map(_paragraph, _texts(lines)))}</w:tc>"
        for lines in (foot.left, foot.right)
    )
    body += f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl><w:p/>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document {_SPACES}><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def rtf(paper: Paper) -> bytes:
    """RTF with head and foot in tables, letters as escapes."""
    foot = paper.foot()
    return (
        "{\\rtf1\\ansi\\ansicpg1258\\deff0{\\fonttbl{\\f0 Times New Roman;}}\n"
        + _row(_texts(paper.left()), _texts(paper.right()))
        + "".join(_rtf_paragraph(text) for text in paper.body())
        + _row(_texts(foot.left), _texts(foot.right))
        + "\\pard\\par}"
    ).encode("ascii")


def _row(left: list[str], right: list[str]) -> str:
    cells = "".join("\\line ".join(map(_escaped, cell)) + "\\cell " for cell in (left, right))
    return f"\\trowd\\cellx4000\\cellx9600\\pard\\intbl\\qc {cells}\\row\n"


def _rtf_paragraph(text: Paragraph) -> str:
    side = "c" if text.align == CENTRE else "j"
    return f"\\pard\\q{side} {_escaped(text.text)}\\par\n"


def _escaped(text: str) -> str:
    return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text)


def xlsx(paper: Paper) -> bytes:
    """A form in Excel: the head in merged cells, a table under the title."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    left, right = _texts(paper.left()), _texts(paper.right())
    for row, text in enumerate(left, 1):
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
    for row, text in enumerate(right, 1):
        sheet.cell(row, 4, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=4, end_column=8)
    row = max(len(left), len(right)) + 2
    for text in [text for text in paper.body() if text.align == CENTRE]:
        sheet.cell(row, 1, text.text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
        row += 1
    for cells in (
        ("STT", "Nội dung", "Đơn vị thực hiện"),
        (1, "Tuần tra ban đêm", "Đội số 1"),
        (2, "Trực ban", "Đội số 2"),
    ):
        row += 1
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
    for text in _texts(paper.foot().right):
        row += 1
        sheet.cell(row, 6, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
