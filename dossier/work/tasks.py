"""A file to be read, as it is written into a job; and how files are grouped into jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dossier.model import FileEntry
from dossier.scanner.discover import readable

_TEXTS = 20  # files of one job: less would cost more in the queue than in reading
_PAGES = 4  # files that may be scans, each worth many texts
_IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".webp", ".gif")  # alone


def as_argument(entry: FileEntry) -> dict[str, Any]:
    """The file as JSON: a name on the disk need not be text, so its bytes are in hexadecimal."""
    return {
        "raw": entry.raw_path.hex(),
        "path": entry.path,
        "size": entry.size,
        "mtime": str(entry.mtime_ns),
        "inode": str(entry.inode),
        "ctime": str(entry.ctime_ns),
        "dossier": entry.dossier,
    }


def from_argument(told: dict[str, Any]) -> FileEntry:
    """The inverse of :func:`as_argument`."""
    raw = bytes.fromhex(told["raw"])
    return FileEntry(
        told["path"] or readable(raw),
        raw,
        int(told["size"]),
        int(told["mtime"]),
        int(told["inode"]),
        told["dossier"],
        int(told["ctime"]),
    )


def in_batches(entries: Iterable[FileEntry]) -> Iterator[list[FileEntry]]:
    """The files in groups that take about as long to read: texts together, what may be scanned in fours,
    pictures alone."""
    waiting: dict[int, list[FileEntry]] = {_TEXTS: [], _PAGES: []}
    for entry in entries:
        name = entry.path.lower()
        if name.endswith(_IMAGES):
            yield [entry]
            continue
        most = _PAGES if name.endswith(".pdf") else _TEXTS
        waiting[most].append(entry)
        if len(waiting[most]) == most:
            yield waiting[most]
            waiting[most] = []
    yield from (batch for batch in waiting.values() if batch)
