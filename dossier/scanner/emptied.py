"""Detection of disks and shares that are not connected, or were lost during a scan.

The mount point of a missing disk is an empty folder. Many dossiers missing below one empty folder therefore
mean a missing disk: a person who removes dossiers rarely leaves the empty folder above many of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from dossier.plain_file import place

_MANY = 3  # least number of dossiers missing below one folder; fewer may have been removed by hand


def emptied(root: bytes, gone: Iterable[bytes]) -> dict[bytes, int]:
    """Return the empty folders (raw paths below ``root``) that contained many of the missing dossiers (raw
    paths ``gone``), with their number. The root itself is never one."""
    found: dict[bytes, int] = {}
    known: dict[bytes, bytes | None] = {}
    for path in gone:
        above = os.path.dirname(path)
        if above not in known:
            known[above] = _empty_above(root, above)
        if (folder := known[above]) is not None:
            found[folder] = found.get(folder, 0) + 1
    return {folder: count for folder, count in found.items() if count >= _MANY}


def missing(root: bytes, paths: Iterable[bytes]) -> list[bytes]:
    """Return the raw paths below ``root`` that do not exist."""
    return [path for path in paths if not os.path.lexists(place(root, path))]


class Root:
    """An archive's root folder, as first seen. Files missing below count as removed only while the root
    itself is there: with a lost share all of its files are missing."""

    def __init__(self, path: bytes) -> None:
        self._path = place(path)
        self._device = self._seen()

    def is_here(self) -> bool:
        """Whether the root can be listed, is on the same disk as before, and is not an empty mount point."""
        return self._device is not None and self._seen() == self._device

    def _seen(self) -> int | None:
        try:
            with os.scandir(self._path) as listing:
                if all(entry.name.startswith(b".") for entry in listing):
                    return None
            # On Windows, some servers report a different device number each time.
            return 0 if sys.platform == "win32" else os.stat(self._path).st_dev
        except OSError:
            return None


def _empty_above(root: bytes, path: bytes) -> bytes | None:
    """Return the nearest existing folder at or above ``path`` if it has no visible content."""
    while path:
        try:
            with os.scandir(place(root, path)) as listing:
                return path if all(entry.name.startswith(b".") for entry in listing) else None
        except FileNotFoundError:
            path = os.path.dirname(path)
        except OSError:
            return None  # the walk reports the error
    return None
