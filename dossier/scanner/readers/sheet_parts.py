"""Read the texts of a workbook outside its cells: page headers and footers, text boxes, comments.

Source: ECMA-376 part 1: 18.3.1.39 and 18.3.1.46 (page header codes), 20.5 (sheet drawings);
OASIS OpenDocument 1.3 part 3: 9.7 (sheet pages), 14.2 (annotations).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from dossier.scanner.readers.embedded import remarks
from dossier.scanner.readers.interface import ReadError
from dossier.scanner.readers.package import Package, local_name

_BOOK = "xl/workbook.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FAR_CELLS = 5_000_000
_SPARSE = 50  # ratio of a sheet's area to its filled cells, above which it counts as spread
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
_PAGE_LABEL = re.compile(r"(?:trang|page)(?: ?\W| of)*", re.IGNORECASE)
_HEADERS = re.compile(rb"<(?:\w+:)?(?:odd|first|even)(Header|Footer)>([^<]*)<")
_ROW = re.compile(rb'<row [^<>]{0,300}?\br="(\d{1,10})"')
# &L, &C and &R begin a third of the line; the other codes are pages, dates, fonts, sizes and colours.
_THIRD = re.compile(r"&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d{2}[+-]\d{3}|\d+|[A-Za-z])')


@dataclass(slots=True)
class SheetParts:
    """Texts of a sheet outside its cells."""

    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    spread: bool = False  # the cells are too far apart to be read as a table

    def __bool__(self) -> bool:
        return bool(self.headers or self.footers or self.boxes or self.remarks or self.spread)


def header_lines(code: str) -> list[str]:
    """Return the lines of a page header, its thirds in order, without page numbers, dates and formats."""
    thirds = (_CODE.sub("", third).replace("&&", "&") for third in _THIRD.split(code.replace("&&", "&\0")))
    lines = (" ".join(line.replace("\0", "").split()) for third in thirds for line in third.split("\n"))
    return [line for line in lines if any(map(str.isalpha, line)) and not _PAGE_LABEL.fullmatch(line)]


def of_workbook(package: Package) -> dict[str, SheetParts]:
    """Return the parts of an .xlsx by sheet name; comments of all sheets are under ``""``."""
    sheets = {"": SheetParts(remarks=list(remarks(package, "xl/")))}
    if _BOOK not in package:
        return sheets
    linked = package.relationships(_BOOK)
    for sheet in package.xml(_BOOK).iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        _kind, part = linked.get(str(link), ("", ""))
        if part in package:
            parts = _of_sheet(package, part)
            if parts:
                sheets[sheet.get("name", "")] = parts
    return sheets


def _of_sheet(package: Package, part: str) -> SheetParts:
    parts = SheetParts()
    data = package.read(part)
    parts.spread = _is_spread(data)
    if b"headerFooter" in data:
        begin = data.rfind(b"headerFooter", 0, data.rfind(b"headerFooter"))  # the last element of this name
        for kind, code in _HEADERS.findall(data[begin:]):
            target = parts.headers if kind == b"Header" else parts.footers
            lines = header_lines(unescape(code.decode("utf-8", "replace")))
            target.extend(line for line in lines if line not in target)
    for link, drawing in package.relationships(part).values():
        if link == "drawing" and drawing in package:
            try:
                parts.boxes.extend(_boxes(package.xml(drawing)))
            except ReadError:
                continue
    return parts


def _boxes(drawing: Any) -> list[str]:
    """Return the text of each text box of a drawing."""
    boxes = []
    for body in drawing.iter("{*}txBody"):
        lines = ("".join(run.text or "" for run in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p"))
        if text := "\n".join(line for line in lines if line.strip()):
            boxes.append(text)
    return boxes


def _is_spread(data: bytes) -> bool:
    """Whether the area of a sheet is so much larger than its filled cells that reading it would exhaust
    memory."""
    rows = [int(row) for row in _ROW.findall(data)]
    columns = {_number(name) for name in set(_COLUMN.findall(data))}
    if not rows or not columns:
        return False
    area = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
    return area > max(_FAR_CELLS, _SPARSE * data.count(b"<c "))


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def of_open_document(package: Package) -> dict[str, SheetParts]:
    """Return the parts of an .ods by sheet name; texts common to all sheets are under ``""``."""
    parts = SheetParts()
    sheets = {"": parts}
    for name in ("styles.xml", "content.xml"):
        if name not in package:
            continue
        for element in package.xml(name).iter("{*}*"):
            kind = local_name(element)
            if kind in ("header", "header-first", "header-left", "footer", "footer-first", "footer-left"):
                target = parts.headers if kind.startswith("header") else parts.footers
                target.extend(line for line in _paragraphs(element) if line not in target)
            elif kind == "annotation":
                parts.remarks.append(" ".join(_paragraphs(element)))
            elif kind == "text-box":
                parts.boxes.append("\n".join(_paragraphs(element)))
            elif kind == "table" and _table_is_spread(element):
                sheets[element.get(_TABLE + "name", "")] = SheetParts(spread=True)
    return sheets


def _table_is_spread(table: Any) -> bool:
    """Like :func:`_is_spread`, for OpenDocument, where rows and cells have repeat counts."""
    rows = last_row = width = cells = 0
    for row in table.iter(_TABLE + "table-row"):
        columns = last_column = 0
        for cell in row:
            columns += _repeated(cell, "number-columns-repeated")
            if len(cell):
                last_column, cells = columns, cells + 1
        rows += _repeated(row, "number-rows-repeated")
        if last_column:
            last_row, width = rows, max(width, last_column)
    return last_row * width > max(_FAR_CELLS, _SPARSE * cells)


def _repeated(element: Any, name: str) -> int:
    count = element.get(_TABLE + name, "1")
    return int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 1


def _paragraphs(element: Any) -> list[str]:
    skipped = ("page-number", "page-count", "sheet-name", "date", "time", "file-name", "title")
    lines = []
    for paragraph in element.iter("{*}p"):
        text = "".join(_texts(paragraph, skipped))
        if any(map(str.isalpha, text)):
            lines.append(" ".join(text.split()))
    return lines


def _texts(element: Any, skipped: tuple[str, ...]) -> list[str]:
    out = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in skipped:
            out.extend(_texts(child, skipped))
        out.append(child.tail or "")
    return out


_BOF, _FILE_PASS, _BOUND_SHEET, _OBJECT, _TEXT = 0x0809, 0x002F, 0x0085, 0x005D, 0x01B6
_HEADER, _FOOTER, _CONTINUE = 0x0014, 0x0015, 0x003C
_NOTE = 0x19  # object type of a comment's frame
_MOST_RECORDS = 5_000_000


def is_locked(stream: bytes) -> bool:
    """Whether the workbook's records are encrypted, which one of the first records states."""
    for count, (kind, _at, _data) in enumerate(_records(stream)):
        if kind == _FILE_PASS:
            return True
        if count > 20:
            break
    return False


def parts_of(stream: bytes) -> dict[str, SheetParts]:
    """Return the parts of an .xls by sheet name, for sheets that have any; empty before Excel 97."""
    names: dict[int, str] = {}
    sheets: dict[str, SheetParts] = {}
    sheet, note, text_length = SheetParts(), False, 0
    for kind, at, data in _records(stream):
        try:
            if kind == _BOUND_SHEET:
                (start,) = struct.unpack_from("<I", data)
                names[start] = _text(data[8:], data[7], data[6])
            elif kind == _BOF and at in names:
                sheet = sheets.setdefault(names[at], SheetParts())
            elif kind in (_HEADER, _FOOTER) and len(data) > 3:
                (length,) = struct.unpack_from("<H", data)
                lines = header_lines(_text(data[3:], data[2], length))
                (sheet.headers if kind == _HEADER else sheet.footers).extend(lines)
            elif kind == _OBJECT:
                note = len(data) >= 6 and struct.unpack_from("<H", data, 4)[0] == _NOTE
            elif kind == _TEXT:
                text_length = struct.unpack_from("<H", data, 10)[0]
            elif kind == _CONTINUE and text_length and data:
                text = _text(data[1:], data[0], text_length).replace("\r", "\n")
                (sheet.remarks if note else sheet.boxes).append(text)
                text_length = 0
        except (struct.error, IndexError):
            continue
    return {name: parts for name, parts in sheets.items() if parts}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Type, offset and content of each record."""
    at = 0
    for _count in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(data: bytes, flags: int, length: int) -> str:
    if flags & 1:
        return data[: 2 * length].decode("utf-16-le", "replace")
    return data[:length].decode("latin-1")
