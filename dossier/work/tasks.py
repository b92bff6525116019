"""Arguments of jobs: the files to read as JSON, and their grouping into jobs."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from dossier.archive import STATE_NAME
from dossier.errors import DossierError
from dossier.i18n import _
from dossier.model import FileEntry
from dossier.scanner.walk_result import readable

_TEXTS = 20  # files of one job: with fewer, the queue would cost more than the reading
_SCAN = 100_000  # bytes from which a PDF may be a scan
_PDF_PAGE_BYTES = 50_000  # bytes of a PDF that count as one more text: a scanned page, or an embedded font
_IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".webp", ".gif")  # one per job

_TEXT_KEYS = ("raw", "path", "mtime", "inode", "ctime", "dossier")
_MAX_PATH_BYTES = 1 << 16  # bytes of a path
_MAX_FILES = 1000  # files accepted in one job; this program puts far fewer


class StrangeJobError(DossierError):
    """A job that this program did not create."""

    def __init__(self) -> None:
        super().__init__(_("Việc này không do dossier giao; không làm."))


def as_argument(entry: FileEntry) -> dict[str, Any]:
    """The file as JSON. File names need not be valid text, so their bytes are in hexadecimal."""
    return {
        "raw": entry.raw_path.hex(),
        "path": entry.path,
        "size": entry.size,
        "mtime": str(entry.mtime_ns),
        "inode": str(entry.inode),
        "ctime": str(entry.ctime_ns),
        "dossier": entry.dossier,
    }


def from_argument(argument: object) -> FileEntry:
    """The inverse of :func:`as_argument`. The queue may contain anything: raises :class:`StrangeJobError` for
    values that no scan could have produced."""
    if not isinstance(argument, dict) or not all(isinstance(argument.get(key), str) for key in _TEXT_KEYS):
        raise StrangeJobError
    size = argument.get("size")
    try:
        raw = bytes.fromhex(argument["raw"])
        mtime_ns, inode, ctime_ns = (int(argument[key]) for key in ("mtime", "inode", "ctime"))
    except ValueError as error:
        raise StrangeJobError from error
    if type(size) is not int or not all(0 <= number < 1 << 64 for number in (size, inode)):
        raise StrangeJobError
    if max(abs(mtime_ns), abs(ctime_ns)) >= 1 << 63 or not _is_below(raw):
        raise StrangeJobError
    path, dossier = argument["path"] or readable(raw), argument["dossier"]
    if path != readable(raw) or not (dossier in ("", ".") or path.startswith(f"{dossier}/")):
        raise StrangeJobError
    return FileEntry(path, raw, size, mtime_ns, inode, dossier, ctime_ns)


def entries_of(argument: object) -> list[FileEntry]:
    """The files of a job. Raises :class:`StrangeJobError`."""
    if not isinstance(argument, list) or len(argument) > _MAX_FILES:
        raise StrangeJobError
    return [from_argument(each) for each in argument]


def paths_of(argument: object) -> set[str]:
    """The requested paths of a job. Raises :class:`StrangeJobError`."""
    if not isinstance(argument, list) or not all(isinstance(path, str) for path in argument):
        raise StrangeJobError
    try:
        below = all(path == "." or _is_below(os.fsencode(path)) for path in argument)
    except UnicodeEncodeError as error:
        raise StrangeJobError from error
    if not below:
        raise StrangeJobError
    return set(argument)


def asked_for(entries: list[FileEntry], paths: Collection[str]) -> list[FileEntry]:
    """The entries at or below the requested paths; all if none matches, since a path may be spelt differently
    on disk."""
    below = tuple(f"{path}/" for path in paths)
    named = [entry for entry in entries if entry.path in paths or entry.path.startswith(below)]
    return named or entries


def _is_below(raw: bytes) -> bool:
    """Whether the path stays below the archive's folder and outside its state folder."""
    parts = raw.split(b"/")
    if b"\0" in raw or len(raw) > _MAX_PATH_BYTES or parts[0] == os.fsencode(STATE_NAME):
        return False
    if sys.platform == "win32" and (b"\\" in raw or b":" in raw):
        return False
    return not any(part in (b"", b".", b"..") for part in parts)


def in_batches(entries: Iterable[FileEntry]) -> Iterator[list[FileEntry]]:
    """Group files so that each group takes about the same time to read: many texts together; the fewer PDFs
    the larger they are, since they may be scans; images alone."""
    batch: list[FileEntry] = []
    total_weight = 0
    for entry in entries:
        name = entry.path.lower()
        if name.endswith(_IMAGES):
            yield [entry]
            continue
        weight = 1 + entry.size // _PDF_PAGE_BYTES if name.endswith(".pdf") else 1
        if weight > _SCAN // _PDF_PAGE_BYTES:  # few together, so that the last do not keep one machine busy
            weight = max(weight, _TEXTS // 2)
        if batch and total_weight + weight > _TEXTS:
            yield batch
            batch, total_weight = [], 0
        batch.append(entry)
        total_weight += weight
    if batch:
        yield batch
