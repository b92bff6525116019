"""Nightly reports in the state folder: one folder per day, written atomically; old ones are deleted.

The folders are ``reports/2026-11-25/…``. Beside them two files point to the newest: ``latest`` (a line with
the folder's name, for programs) and ``latest.html`` (for people: it opens the report). Symbolic links are
not used because Windows shares do not have them.
"""

from __future__ import annotations

import errno
import gzip
import os
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from dossier import renaming
from dossier.index.folder import sync

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
RECORD = "night.json"  # summary of the night for programs
_UNFINISHED = ".unfinished-"
_FORMER = ".former-"
_LARGE = 1 << 20  # bytes


def root_of(state: Path) -> Path:
    """The folder that contains the nights' folders."""
    return state / "reports"


def latest(state: Path) -> str:
    """Return the day (ISO) of the last successful report; empty if there is none."""
    try:
        return (root_of(state) / "latest").read_text("utf-8").strip()
    except OSError:
        return ""


def write_night(state: Path, day: date, files: Mapping[str, Callable[[Path], object]]) -> Path:
    """Write a night's files, let ``latest`` point to them, and return the night's folder.

    ``files``: by file name, the function that writes the file to a path; it may decide to write none.
    Until everything is on the disk, a former report of that day and the pointers are not touched. Raises
    :class:`OSError`.
    """
    root = root_of(state)
    if root.is_symlink():  # it would be written to, and later cleared, wherever that points
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(root))
    root.mkdir(exist_ok=True)
    tidy(root)
    unfinished = root / f"{_UNFINISHED}{day.isoformat()}"
    unfinished.mkdir()
    for name, write in files.items():
        write(unfinished / name)
        if (unfinished / name).exists():
            sync(unfinished / name)
    sync(unfinished)
    folder, former = root / day.isoformat(), root / f"{_FORMER}{day.isoformat()}"
    if folder.exists():
        renaming.rename(folder, former)
    renaming.rename(unfinished, folder)
    sync(root)
    shutil.rmtree(former, ignore_errors=True)
    _point(root, "latest", f"{folder.name}\n")
    opened = next(name for name in ("report.html", *files) if (folder / name).exists())
    target = f"{folder.name}/{opened}"
    _point(
        root,
        "latest.html",
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={target}">'
        f'<a href="{target}">{target}</a>\n',
    )
    return folder


def tidy(root: Path) -> None:
    """Clean up after a night that was interrupted."""
    for left in root.glob(f"{_FORMER}*"):
        day = root / left.name.removeprefix(_FORMER)
        if day.exists():
            shutil.rmtree(left)
        else:  # interrupted between the two renames: the former report is still the valid one
            renaming.rename(left, day)
    for left in root.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    for left in root.glob(".latest*.new"):
        left.unlink()


def prune(state: Path, today: date, keep_days: int) -> list[str]:
    """Delete reports older than ``keep_days`` days, never the latest; return the deleted days (ISO)."""
    root = root_of(state)
    oldest = (today - timedelta(days=keep_days)).isoformat()
    kept = latest(state)
    gone = [
        folder.name
        for folder in sorted(root.iterdir())
        if _DAY.fullmatch(folder.name) and folder.name < oldest and folder.name != kept
    ]
    for name in gone:
        shutil.rmtree(root / name)
    return gone


def pack(state: Path) -> None:
    """Compress the large ``report.json`` files of all nights but the latest to a tenth of their size or
    less."""
    root, newest = root_of(state), latest(state)
    for folder in sorted(root.iterdir()):
        file = folder / "report.json"
        if not _DAY.fullmatch(folder.name) or folder.name == newest or not file.is_file():
            continue
        if file.stat().st_size < _LARGE:
            continue
        target = file.with_name(file.name + ".gz")
        unfinished = file.with_name(f".{target.name}")
        with file.open("rb") as plain, gzip.open(unfinished, "wb", compresslevel=1) as out:
            shutil.copyfileobj(plain, out, 1 << 20)
        sync(unfinished)
        renaming.replace(unfinished, target)
        file.unlink()


def _point(root: Path, name: str, content: str) -> None:
    fresh = root / f".{name}.new"
    fresh.write_text(content, "utf-8")
    sync(fresh)
    fresh.replace(root / name)
