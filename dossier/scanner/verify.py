"""Compare a file's bytes with the hash by which it is known."""

from __future__ import annotations

import hashlib
import os
from enum import StrEnum

from dossier.model import KnownFile
from dossier.os_errors import is_missing
from dossier.plain_file import open_beneath

_BLOCK = 1 << 20  # bytes


class Bytes(StrEnum):
    """What a look at a file's bytes found."""

    INTACT = "intact"
    ALTERED = "altered"  # other bytes behind the same size and time
    CHANGED = "changed"  # size or time differ, or it is gone: the next scan's business
    UNREADABLE = "unreadable"


def look(root: str, file: KnownFile, raw_path: bytes) -> Bytes:
    """Hash the file at ``raw_path`` below ``root`` and compare it with ``file.sha256``."""
    try:
        with open(open_beneath(os.fsencode(root), raw_path), "rb", buffering=0) as opened:
            before = os.fstat(opened.fileno())
            if not _same(before, file):
                return Bytes.CHANGED
            digest = hashlib.sha256()
            while block := opened.read(_BLOCK):
                digest.update(block)
            after = os.fstat(opened.fileno())
    except OSError as error:
        return Bytes.CHANGED if is_missing(error) else Bytes.UNREADABLE
    if not _same(after, file):  # it was written while it was read
        return Bytes.CHANGED
    return Bytes.INTACT if digest.hexdigest() == file.sha256 else Bytes.ALTERED


def _same(found: os.stat_result, file: KnownFile) -> bool:
    return (found.st_size, found.st_mtime_ns) == (file.size, file.mtime_ns)
