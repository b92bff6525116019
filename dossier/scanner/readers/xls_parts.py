"""What an old workbook (.xls) says beside its cells: page headers, text boxes, comments; and is it locked.

Source: [MS-XLS] 2.1.7.20 (substreams), 2.4.21 (BOF), 2.4.28 (BoundSheet8), 2.4.117 (FilePass), 2.4.125
(Footer), 2.4.136 (Header), 2.4.181 (Obj), 2.4.329 (TxO).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from dossier.scanner.readers.sheet_parts import SheetParts, header_lines

_BOF, _FILE_PASS, _BOUND_SHEET, _OBJECT, _TEXT = 0x0809, 0x002F, 0x0085, 0x005D, 0x01B6
_HEADER, _FOOTER, _CONTINUE = 0x0014, 0x0015, 0x003C
_NOTE = 0x19  # kind of object: the frame of a comment
_MOST_RECORDS = 5_000_000


def is_locked(stream: bytes) -> bool:
    """Whether the records of the workbook are encrypted; this stands among the first."""
    for count, (kind, _at, _data) in enumerate(_records(stream)):
        if kind == _FILE_PASS:
            return True
        if count > 20:
            break
    return False


def parts_of(stream: bytes) -> dict[str, SheetParts]:
    """By the name of the sheet, for sheets that say anything. Empty for what is older than Excel 97."""
    names: dict[int, str] = {}
    found: dict[str, SheetParts] = {}
    sheet, note, wanted = SheetParts(), False, 0
    for kind, at, data in _records(stream):
        try:
            if kind == _BOUND_SHEET:
                (start,) = struct.unpack_from("<I", data)
                names[start] = _text(data[8:], data[7], data[6])
            elif kind == _BOF and at in names:
                sheet = found.setdefault(names[at], SheetParts())
            elif kind in (_HEADER, _FOOTER) and len(data) > 3:
                (length,) = struct.unpack_from("<H", data)
                lines = header_lines(_text(data[3:], data[2], length))
                (sheet.headers if kind == _HEADER else sheet.footers).extend(lines)
            elif kind == _OBJECT:
                note = len(data) >= 6 and struct.unpack_from("<H", data, 4)[0] == _NOTE
            elif kind == _TEXT:
                wanted = struct.unpack_from("<H", data, 10)[0]
            elif kind == _CONTINUE and wanted and data:
                said = _text(data[1:], data[0], wanted).replace("\r", "\n")
                (sheet.remarks if note else sheet.boxes).append(said)
                wanted = 0
        except (struct.error, IndexError):
            continue
    return {name: parts for name, parts in found.items() if parts}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Kind, place and content of each record."""
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
