"""Open OLE containers safely, and build a container for a single stream.

Source: [MS-CFB] 2.2 (header), 2.3–2.6 (FAT, directory).
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SECTOR = 512
_SECTORS_OF_FAT = 109  # FAT sectors that the header can list
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_CUTOFF = 4096  # bytes; smaller streams would have to be stored in the mini stream


def open_ole(data: bytes) -> Any:
    """Open a container by olefile. Raises ``OSError`` if it is damaged.

    The table sizes in its header are compared with the file size first: olefile trusts them, so that a
    file of a few bytes could make it allocate gigabytes.
    """
    import olefile

    if len(data) < _SECTOR or not data.startswith(MAGIC):
        raise OSError("OLE")
    power = struct.unpack_from("<H", data, 30)[0]
    if power not in (9, 12):
        raise OSError("OLE: sector size")
    (fat,) = struct.unpack_from("<I", data, 44)
    mini, _difat_start, difat = struct.unpack_from("<III", data, 64)
    if max(fat, mini, difat) > (len(data) >> power) + 1:
        raise OSError("OLE: FAT")
    return olefile.OleFileIO(BytesIO(data))


def container(name: str, stream: bytes) -> bytes:
    """Build a container with one stream, for libraries that read only complete files."""
    stream = stream.ljust(_CUTOFF, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    directory = sectors  # the sector after the stream's
    tables = 1
    while tables * (_SECTOR // 4) < sectors + 1 + tables:
        tables += 1
    if tables > _SECTORS_OF_FAT:
        raise OSError("OLE: size")
    fat = [*range(1, sectors), _END, _END, *[_FAT] * tables]
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    places = [*range(directory + 1, directory + 1 + tables), *[_FREE] * (_SECTORS_OF_FAT - tables)]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", MAGIC, bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory, 0, _CUTOFF, _END, 0, _END, 0, places[0],
    )  # fmt: skip
    entries = _entry("Root Entry", 5, child=1, start=_END, size=0)
    entries += _entry(name, 2, child=_NONE, start=0, size=len(stream)) + bytes(256)
    body = stream.ljust(sectors * _SECTOR, b"\0") + entries + struct.pack(f"<{len(fat)}I", *fat)
    return header + struct.pack("<108I", *places[1:]) + body


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    spelt = (name + "\0").encode("utf-16-le")
    head = spelt.ljust(64, b"\0") + struct.pack("<HBB", len(spelt), kind, 1)
    return head + struct.pack("<III", _NONE, _NONE, child) + bytes(36) + struct.pack("<IQ", start, size)
