"""A file to be read, as it is written into a job; and how files are grouped into jobs."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from dossier.archive import STATE_NAME
from dossier.errors import DossierError
from dossier.i18n import _
from dossier.model import FileEntry
from dossier.scanner.discover import readable

_TEXTS = 20  # files of one job: less would cost more in the queue than in reading
_SCAN = 100_000  # bytes from which a PDF may be a scan
_PAGE = 50_000  # bytes of a PDF that are taken for one more text: a scanned page, or the letters of a font
_IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".webp", ".gif")  # alone

_WORDS = ("raw", "path", "mtime", "inode", "ctime", "dossier")
_LONGEST = 1 << 16  # bytes of a path
_MOST = 1000  # files of one job, of which ours have few


class StrangeJobError(DossierError):
    """A job that this program never gave."""

    def __init__(self) -> None:
        super().__init__(_("Việc này không do dossier giao; không làm."))


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


def from_argument(told: object) -> FileEntry:
    """The inverse of :func:`as_argument`. Whoever reaches the queue may write anything into it: raises
    :class:`StrangeJobError` for what no walk over an archive finds."""
    if not isinstance(told, dict) or not all(isinstance(told.get(key), str) for key in _WORDS):
        raise StrangeJobError
    size = told.get("size")
    try:
        raw = bytes.fromhex(told["raw"])
        mtime_ns, inode, ctime_ns = (int(told[key]) for key in ("mtime", "inode", "ctime"))
    except ValueError as error:
        raise StrangeJobError from error
    if type(size) is not int or not all(0 <= number < 1 << 64 for number in (size, inode)):
        raise StrangeJobError
    if max(abs(mtime_ns), abs(ctime_ns)) >= 1 << 63 or not _is_below(raw):
        raise StrangeJobError
    path, dossier = told["path"] or readable(raw), told["dossier"]
    if path != readable(raw) or not (dossier in ("", ".") or path.startswith(f"{dossier}/")):
        raise StrangeJobError
    return FileEntry(path, raw, size, mtime_ns, inode, dossier, ctime_ns)


def entries_of(told: object) -> list[FileEntry]:
    """The files of a job. Raises :class:`StrangeJobError`."""
    if not isinstance(told, list) or len(told) > _MOST:
        raise StrangeJobError
    return [from_argument(each) for each in told]


def paths_of(told: object) -> set[str]:
    """The paths that a job is to look at. Raises :class:`StrangeJobError`."""
    if not isinstance(told, list) or not all(isinstance(path, str) for path in told):
        raise StrangeJobError
    try:
        below = all(path == "." or _is_below(os.fsencode(path)) for path in told)
    except UnicodeEncodeError as error:
        raise StrangeJobError from error
    if not below:
        raise StrangeJobError
    return set(told)


def asked_for(entries: list[FileEntry], paths: Collection[str]) -> list[FileEntry]:
    """Those of the files that were named, or lie below a folder that was; all where none was, as it is spelt
    on the disk."""
    below = tuple(f"{path}/" for path in paths)
    named = [entry for entry in entries if entry.path in paths or entry.path.startswith(below)]
    return named or entries


def _is_below(raw: bytes) -> bool:
    """Whether a path leads to what lies below the folder it is taken from, and not to the state in it."""
    parts = raw.split(b"/")
    if b"\0" in raw or len(raw) > _LONGEST or parts[0] == os.fsencode(STATE_NAME):
        return False
    if sys.platform == "win32" and (b"\\" in raw or b":" in raw):
        return False
    return not any(part in (b"", b".", b"..") for part in parts)


def in_batches(entries: Iterable[FileEntry]) -> Iterator[list[FileEntry]]:
    """The files in groups that take about as long to read: many texts together, of PDFs, which may be scans,
    the fewer the larger they are, pictures alone."""
    batch: list[FileEntry] = []
    filled = 0
    for entry in entries:
        name = entry.path.lower()
        if name.endswith(_IMAGES):
            yield [entry]
            continue
        takes = 1 + entry.size // _PAGE if name.endswith(".pdf") else 1
        if takes > _SCAN // _PAGE:  # few together: the last ones keep one machine alone busy
            takes = max(takes, _TEXTS // 2)
        if batch and filled + takes > _TEXTS:
            yield batch
            batch, filled = [], 0
        batch.append(entry)
        filled += takes
    if batch:
        yield batch
