"""The files that the program itself wrote into an archive: reports, letters, packages. Scans leave them out,
so that a report is not taken for a document, nor the copies in a package for second copies.

``written.jsonl`` in the state folder has a line for each: path below the root, size, time of writing. A file
that has been changed since is an ordinary file again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dossier.archive import Archive
from dossier.plain_file import read_small

_NAME = "written.jsonl"
_LARGEST = 32 << 20  # bytes, some 300,000 files


def remember(archive: Archive, written: Path) -> None:
    """Add a file, or all files of a folder, that lie in the archive; others are ignored, and so is an archive
    without a state folder. What cannot be kept is not: then the next scan reads these files."""
    lines, root = [], archive.root.resolve()
    inside = (each for each in sorted(written.rglob("*")) if each.is_file())
    for file in inside if written.is_dir() else (written,):
        with suppress(OSError, ValueError):
            status = file.lstat()
            below = file.relative_to(root).as_posix()
            lines.append(json.dumps([below, status.st_size, status.st_mtime_ns]) + "\n")
    if not lines or not archive.state.is_dir():
        return
    with suppress(OSError), (archive.state / _NAME).open("a", encoding="ascii") as kept:
        kept.write("".join(lines))


def files_written(state: Path) -> Mapping[bytes, tuple[int, int]]:
    """Return size and time of writing (ns) of each file, by its raw path below the root."""
    found: dict[bytes, tuple[int, int]] = {}
    with suppress(OSError):
        for line in read_small(state / _NAME, _LARGEST).splitlines():
            with suppress(ValueError, TypeError):
                path, size, time = json.loads(line)
                found[os.fsencode(path)] = (size, time)
    return found
