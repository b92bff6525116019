"""One folder's listing, and by what a folder is known again.

Names are the bytes of the file system. No part of the way to a folder may be a link; where
folders cannot be opened one after the other, as on Windows, each entry says whether it is one.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from dossier.plain_file import open_folder_beneath, place

Mark = tuple[int, int]  # a folder's number on its disk, 0 where it has none, and when it was changed, in ns


@dataclass(frozen=True, slots=True)
class Entry:
    """What a folder's listing says of one name in it."""

    name: bytes
    is_dir: bool
    is_link: bool
    status: os.stat_result | OSError | None  # of what is no folder


def list_folder(root: bytes, raw: bytes) -> tuple[Mark, list[Entry]]:
    """The mark of the folder ``raw`` below ``root``, and what is in it, by name. Raises :class:`OSError`."""
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
    """The disk itself is left out: some servers tell Windows another number for it each time."""
    return status.st_ino, status.st_mtime_ns


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
