"""A minimal writer of OLE containers, so that tests can make Outlook mails.

Source: [MS-CFB]: header, FAT, mini FAT, directory. Streams in storages of any depth.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = _END


def ole(streams: dict[str, bytes]) -> bytes:
    """A container of streams by name; ``storage/stream`` puts one into a storage."""
    entries = [_Entry("Root Entry", 5)]
    storages: dict[str, int] = {}
    for path, data in streams.items():
        *folders, name = path.split("/")
        parent = 0
        for depth, folder in enumerate(folders, 1):
            whole = "/".join(folders[:depth])
            if whole not in storages:
                storages[whole] = len(entries)
                entries[parent].children.append(len(entries))
                entries.append(_Entry(folder, 1))
            parent = storages[whole]
        entries[parent].children.append(len(entries))
        entries.append(_Entry(name, 2, data))
    fat: list[int] = []
    body = bytearray()

    def put(data: bytes) -> int:
        first, count = len(fat), -(-len(data) // _SECTOR)
        fat.extend(first + n + 1 if n + 1 < count else _END for n in range(count))
        body.extend(data.ljust(count * _SECTOR, b"\0"))
        return first if count else _END

    mini, mini_fat = bytearray(), list[int]()
    for entry in entries[1:]:
        if entry.kind == 2 and len(entry.data) < _CUTOFF:
            count = -(-len(entry.data) // _MINI)
            entry.start = len(mini_fat) if count else _END
            mini_fat += [entry.start + n + 1 if n + 1 < count else _END for n in range(count)]
            mini += entry.data.ljust(count * _MINI, b"\0")
        elif entry.kind == 2:
            entry.start = put(entry.data)
    entries[0].data = bytes(mini)
    entries[0].start = put(bytes(mini))
    mini_start = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat)) if mini_fat else _END
    mini_sectors = -(-len(mini_fat) * 4 // _SECTOR)
    directory_start = put(b"".join(_directory(entries)))
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * _SECTOR:
        fat_count += 1
    where = list(range(len(fat), len(fat) + fat_count))
    table = fat + [_FAT] * fat_count
    table += [_FREE] * (fat_count * _SECTOR // 4 - len(table))
    body += struct.pack(f"<{len(table)}I", *table)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_count, directory_start, 0, _CUTOFF, mini_start, mini_sectors, _END, 0, where[0],
    )  # fmt: skip
    difat = [*where[1:], *[_FREE] * (109 - fat_count)]
    return header + struct.pack(f"<{len(difat)}I", *difat) + bytes(body)


def _directory(entries: list[_Entry]) -> list[bytes]:
    right: dict[int, int] = {}
    for entry in entries:  # the tree of names may lean to one side
        right |= dict(zip(entry.children, entry.children[1:], strict=False))
    out = []
    for number, entry in enumerate(entries):
        name = (entry.name + "\0").encode("utf-16-le")
        out.append(
            name.ljust(64, b"\0")
            + struct.pack("<HBB", len(name), entry.kind, 1)
            + struct.pack(
                "<III", _NONE, right.get(number, _NONE), entry.children[0] if entry.children else _NONE
            )
            + bytes(36)
            + struct.pack("<IQ", entry.start, len(entry.data))
        )
    while len(out) % 4:
        out.append(bytes(128))
    return out
