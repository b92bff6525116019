"""Write documents as Word files, directly in WordprocessingML: fast, and with the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from dossier.demo.paper import Block, ColumnLine, Columns, Grid, PageBreak, Paragraph

_WIDTH = 9356  # of the text, in twentieths of a point: A4 less the margins of Nghị định 30/2020
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
    'core-properties" Target="docProps/core.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
    'w:eastAsia="Times New Roman"/><w:sz w:val="27"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style></w:styles>"
)
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11907" w:h="16840"/>'
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" '
    'w:gutter="0"/></w:sectPr>'
)


def write_docx(papers: Sequence[tuple[Block, ...]], day: date, author: str) -> bytes:
    """Return a Word file of these documents in sequence; ``day`` and ``author`` are its properties."""
    bodies = ['<w:p><w:r><w:br w:type="page"/></w:r></w:p>'.join(
        "".join(map(_block, blocks)) for blocks in papers
    )]  # fmt: skip
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_W}"><w:body>{"".join(bodies)}{_SECTION}</w:body></w:document>'
    )
    made = f"{day.isoformat()}T08:15:00Z"
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created></cp:coreProperties>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELS), ("word/document.xml", document),
            ("word/_rels/document.xml.rels", _DOCUMENT_RELS), ("word/styles.xml", _STYLES),
            ("docProps/core.xml", core),
        ):  # fmt: skip
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the system that writes must not show in the bytes
            archive.writestr(entry, text.encode())
    return out.getvalue()


def _block(block: Block) -> str:
    match block:
        case Columns():
            return _columns(block)
        case Grid():
            return _grid(block)
        case PageBreak():
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        case Paragraph():
            indent = '<w:ind w:firstLine="567"/>' if block.indent else ""
            layout = (
                f'<w:spacing w:after="{round(block.after * 20)}" w:line="288" w:lineRule="auto"/>{indent}'
                f'<w:jc w:val="{block.align}"/>'
            )
            return _paragraph(block.text, layout, block.bold, block.italic, block.size)


def _paragraph(text: str, layout: str, bold: bool, italic: bool, size: float) -> str:
    look = "<w:b/>" * bold + "<w:i/>" * italic + f'<w:sz w:val="{round(size * 2)}"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{layout}</w:pPr>{run}</w:p>"


def _line(line: ColumnLine, width: int) -> str:
    """Return a line of a column; the rule under it is the border of an empty paragraph."""
    shown = _paragraph(line.text, f'<w:jc w:val="{line.align}"/>', line.bold, line.italic, line.size)
    if not line.rule:
        return shown
    side = round(width * (1 - line.rule) / 2)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    layout = f'{border}<w:spacing w:line="120" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/>'
    return shown + _paragraph("", layout, False, False, 4)


def _columns(block: Columns) -> str:
    left = round(_WIDTH * block.share)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_line(line, width) for line in lines) or '<w:p/>'}</w:tc>"
        for lines, width in ((block.left, left), (block.right, _WIDTH - left))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{left}"/>'
        f'<w:gridCol w:w="{_WIDTH - left}"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl><w:p/>'
    )


def _grid(block: Grid) -> str:
    widths = [round(share * _WIDTH) for share in block.shares]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            + _paragraph(
                cell,
                '<w:jc w:val="center"/>' if not number or not index else "",
                not number,
                False,
                block.size,
            )
            + "</w:tc>"
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + "</w:tr>"
        for number, row in enumerate(block.rows)
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>'
    )
