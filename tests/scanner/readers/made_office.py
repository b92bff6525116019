"""Office files with things beside their text (comments, page headers, embedded files), built on the spot."""

from __future__ import annotations

import struct

from tests.scanner.readers.made_files import R, zipped
from tests.scanner.readers.made_ole import ole

_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def rels(**targets: str) -> str:
    """A part of relationships: ``kind="target"``, the kind also being the id."""
    items = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELS}">{items}</Relationships>'


def xlsx(cells: dict[str, str], after: str = "", **parts: str | bytes) -> bytes:
    """A workbook of a sheet ``Thu chi``; ``after`` its cells more XML; ``parts`` by name, ``/`` as ``__``."""
    rows: dict[int, str] = {}
    for place, text in cells.items():
        row = int("".join(filter(str.isdigit, place)))
        rows[row] = rows.get(row, "") + f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
    data = "".join(f'<row r="{row}">{text}</row>' for row, text in sorted(rows.items()))
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": rels(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_X}" xmlns:r="{R}"><sheets>'
        '<sheet name="Thu chi" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(worksheet="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_X}"><sheetData>{data}</sheetData>{after}'
        "</worksheet>",
    }
    return zipped(files | {name.replace("__", "/"): content for name, content in parts.items()})


def workbook_stream(
    text: str, header: str = "", box: str = "", remark: str = "", *, locked: bool = False
) -> bytes:
    """The stream of an old workbook: a sheet ``Thu chi`` with one cell, and what is said beside it."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def wide(said: str) -> bytes:
        return b"\1" + said.encode("utf-16-le")

    def shown(kind: int, said: str) -> bytes:
        frame = record(0x5D, struct.pack("<HHHH", 0x15, 4, kind, 1))
        txo = record(0x1B6, struct.pack("<HH6xHH4x", 0, 0, len(said), 16))
        return frame + txo + record(0x3C, wide(said)) + record(0x3C, bytes(16))

    def bof(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    sheet = bof(0x10)
    if header:
        sheet += record(0x14, struct.pack("<H", len(header)) + wide(header))
    sheet += record(0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + wide(text))
    sheet += shown(0x06, box) if box else b""
    sheet += shown(0x19, remark) if remark else b""
    sheet += record(0x0A)
    name = "Thu chi"
    head = bof(0x05) + (record(0x2F, bytes(6)) if locked else b"")
    bound = 4 + 4 + 2 + 2 + len(name)
    start = len(head) + bound + 4
    head += record(0x85, struct.pack("<IBBB", start, 0, 0, len(name)) + b"\0" + name.encode())
    return head + record(0x0A) + sheet


def xls(stream: bytes, name: str = "Workbook", **more: bytes) -> bytes:
    """An old workbook file."""
    return ole({name: stream, **more})


def packaged(name: str, content: bytes) -> bytes:
    """A file as the Object Packager wraps it, without the length in front."""
    label = name.encode() + b"\0"
    wrapped = b"\2\0" + label + label + b"\0\0\3\0" + struct.pack("<I", len(label)) + label
    return wrapped + struct.pack("<I", len(content)) + content


def native(name: str, content: bytes) -> bytes:
    """The stream ``\\x01Ole10Native`` of a packaged file."""
    inner = packaged(name, content)
    return struct.pack("<I", len(inner)) + inner


def rtf_object(kind: str, content: bytes) -> str:
    """An embedded object of RTF."""
    said = kind.encode() + b"\0"
    data = struct.pack("<III", 0x501, 2, len(said)) + said + struct.pack("<II", 0, 0)
    data += struct.pack("<I", len(content)) + content
    return r"{\object\objemb{\*\objclass " + kind + r"}{\*\objdata " + data.hex() + r"}{\result }}"


def ods_with(far: str) -> bytes:
    """A .ods: its sheet ``Thu chi`` has a first cell, and one in the last column, ``far`` rows below."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>Gần</text:p></table:table-cell>'
    gap = f'<table:table-row table:number-rows-repeated="{far}"><table:table-cell/></table:table-row>'
    last = (
        f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{cell}</table:table-row>'
    )
    first = f"<table:table-row>{cell}</table:table-row>"
    sheet = f'<table:table table:name="Thu chi">{first}{gap}{last}</table:table>'
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{sheet}</office:spreadsheet>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content + "</office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )
