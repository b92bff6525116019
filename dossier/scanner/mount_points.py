"""Disks, shares and folders that are mounted inside an archive.

Where one was mounted and no longer is, the folder left behind is empty or gone, as after a deletion. The
mount points seen are therefore kept in the state folder, and files below one that is not mounted now count
as out of reach. On systems without a mount table (Windows: mounted folders are links, and not followed)
there are none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dossier import mounts
from dossier.plain_file import read_small
from dossier.renaming import write_whole

_NAME = "mount-points.json"
_LARGEST = 1 << 20  # bytes


class MountPoints:
    """Mount points of one archive, as raw paths below its root: those seen in earlier scans, and those seen
    since this object exists."""

    def __init__(self, root: Path, state: Path) -> None:
        self._root = os.fsencode(root.resolve())
        self._file = state / _NAME
        self._seen = _kept(self._file) | self._mounted()

    def lost(self) -> frozenset[bytes]:
        """Those not mounted now."""
        mounted = self._mounted()
        self._seen |= mounted
        return self._seen - mounted

    def keep(self, without: Iterable[bytes]) -> None:
        """Store what was seen, for later scans; not those of ``without``, which are ordinary folders now.
        What cannot be stored is forgotten."""
        self._seen -= frozenset(without)
        if self._seen == _kept(self._file):
            return
        with suppress(OSError):
            write_whole(self._file, json.dumps(sorted(map(os.fsdecode, self._seen))).encode())

    def _mounted(self) -> frozenset[bytes]:
        return mounts.points_below(self._root, mounts.read())


def _kept(file: Path) -> frozenset[bytes]:
    with suppress(OSError, ValueError, TypeError):
        return frozenset(map(os.fsencode, json.loads(read_small(file, _LARGEST))))
    return frozenset()
