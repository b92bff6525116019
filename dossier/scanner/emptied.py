"""Folders that are there and hold nothing, where dossiers were: a disk or share that is not connected, or
that went while it was looked at.

A place where a disk is mounted stays when the disk is away, as an empty folder. Whoever removes dossiers
rarely leaves the empty folder above many of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from dossier.plain_file import place

_MANY = 3  # dossiers that must have been below; fewer may well have been removed by hand


def emptied(root: bytes, gone: Iterable[bytes]) -> dict[bytes, int]:
    """The empty folders (raw paths below ``root``) in which dossiers at the raw paths ``gone`` were,
    and how many. The root itself is none."""
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
    """Those of the raw paths below ``root`` at which nothing is."""
    return [path for path in paths if not os.path.lexists(place(root, path))]


class Root:
    """An archive's folder as it was when this was made. What is missing below it was removed only as long as
    the folder itself is still there: a share that went takes all of its files along."""

    def __init__(self, path: bytes) -> None:
        self._path = place(path)
        self._device = self._seen()

    def is_here(self) -> bool:
        """Whether it can be listed, is on the same disk, and is no empty place to mount one."""
        return self._device is not None and self._seen() == self._device

    def _seen(self) -> int | None:
        try:
            with os.scandir(self._path) as listing:
                if all(entry.name.startswith(b".") for entry in listing):
                    return None
            # Some servers tell Windows another number each time.
            return 0 if sys.platform == "win32" else os.stat(self._path).st_dev
        except OSError:
            return None


def _empty_above(root: bytes, path: bytes) -> bytes | None:
    """The nearest folder at or above ``path`` that is there, if it holds nothing that is to be seen."""
    while path:
        try:
            with os.scandir(place(root, path)) as listing:
                return path if all(entry.name.startswith(b".") for entry in listing) else None
        except FileNotFoundError:
            path = os.path.dirname(path)
        except OSError:
            return None  # the walk says what is wrong with it
    return None
