"""Listing one folder, and the mark by which a folder is recognised again.

Names are the bytes of the file system. No part of the path to a folder may be a link; on systems where
folders cannot be opened relative to each other (Windows), only the entries listed are checked for links.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from dossier.plain_file import open_folder_beneath, place

# Names of files that are never a document, in lower case. The last pattern: the source of a download, which
# Windows stores in a stream of the file and other systems and programs in a separate file.
IGNORED_NAMES = (
    "~$*", "*.tmp", "*.part", "*.partial", "*.crdownload", "thumbs.db", "ehthumbs*.db", "desktop.ini", ".*",
    "*zone.identifier*",
)  # fmt: skip

Mark = tuple[int, int]  # a folder's inode number (0 for none) and time of change in ns

_KEPT = 1 << 63


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a folder's listing."""

    name: bytes
    is_dir: bool
    is_link: bool
    status: os.stat_result | OSError | None  # None for a folder


def list_folder(root: bytes, raw: bytes) -> tuple[Mark, list[Entry]]:
    """Return the mark of the folder ``raw`` below ``root``, and its entries sorted by name. Raises
    :class:`OSError`."""
    if os.scandir not in os.supports_fd:
        folder = place(root, raw)
        with os.scandir(folder) as listing:
            return mark_of(os.stat(folder)), sorted(map(_entry, listing), key=lambda entry: entry.name)
    opened = open_folder_beneath(root, raw)
    try:
        with os.scandir(opened) as listing:
            return mark_of(os.fstat(opened)), sorted(map(_entry, listing), key=lambda entry: entry.name)
    finally:
        os.close(opened)


def mark_of(status: os.stat_result) -> Mark:
    """Return a folder's mark, without the device: on Windows, some servers report a different one each
    time."""
    return as_kept(status.st_ino), as_kept(status.st_mtime_ns)


def as_kept(number: int) -> int:
    """A time or a file's number as the catalogue can keep it, in 64 bits with a sign: some disks have times
    beyond the year 2262, and larger numbers. The same for the same number."""
    return number if -_KEPT <= number < _KEPT else number % _KEPT


def _entry(found: os.DirEntry[Any]) -> Entry:
    name = os.fsencode(found.name)
    if sys.platform == "win32" and sys.version_info >= (3, 12) and found.is_junction():  # a link to a folder
        return Entry(name, False, True, found.stat(follow_symlinks=False))
    if found.is_dir(follow_symlinks=False):
        return Entry(name, True, False, None)
    try:
        return Entry(name, False, found.is_symlink(), found.stat(follow_symlinks=False))
    except OSError as error:
        return Entry(name, False, False, error)
