"""Folders of indexes: each index has a folder of its own, and the file ``current`` names the active one.

A new index is filled beside the active one, which stays in use, and replaces it in one atomic step. So a
process killed at any moment leaves an index that opens.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from dossier.state import writable

CURRENT = "current"  # holds engine, format and folder of the active index
_MARKS = "dossier-marks.json"  # in the folder of each index


@dataclass(frozen=True, slots=True)
class Marks:
    """The state of the catalogue that an index holds: the mark of the last commit begun (``fed``), and of the
    last removal of sealed documents before that (``sealing``)."""

    fed: str = ""
    sealing: str = ""


def current(base: Path, engine: str, version: int) -> Path | None:
    """Folder of the active index; ``None`` when there is none of this engine and format."""
    try:
        told, number, name = (base / CURRENT).read_text("ascii").split()
    except (OSError, ValueError):
        return None
    if told != engine or number != str(version) or Path(name).name != name:
        return None
    folder = base / name
    if folder.is_dir():
        return folder
    # Another index may have been published, and this one removed, since the file was read.
    return None if _named(base) == name else current(base, engine, version)


def marks_of(folder: Path) -> Marks:
    """Read the marks of the index in ``folder``; empty ones where they are missing or unreadable."""
    try:
        stored = json.loads((folder / _MARKS).read_text("utf-8"))
        return Marks(str(stored["fed"]), str(stored["sealing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Marks()


def mark(folder: Path, marks: Marks) -> None:
    """Write the marks of the index in ``folder`` durably. Raises :class:`OSError`."""
    new = folder / f"{_MARKS}.new"
    new.write_text(json.dumps(asdict(marks)), "utf-8")
    sync(new)
    new.replace(folder / _MARKS)
    sync(folder)


def fresh(base: Path, engine: str) -> Path:
    """Create a new empty folder and remove all but it and the active index. Only for the writer.

    Raises :class:`OSError` where it cannot be created.
    """
    base.mkdir(parents=True, exist_ok=True)
    in_force = _named(base)
    numbers = [0]
    for there in base.iterdir():
        if there.name.rpartition("-")[2].isdecimal():
            numbers.append(int(there.name.rpartition("-")[2]))
        if there.name not in (CURRENT, in_force) or (there.name == CURRENT and there.is_dir()):
            _discard(there)
    made = base / f"{engine}-{max(numbers) + 1}"
    made.mkdir()
    return made


def publish(base: Path, engine: str, version: int, folder: Path) -> None:
    """Make the index in ``folder`` the active one, and remove the previous one."""
    new = base / f"{CURRENT}.new"
    with new.open("w", encoding="ascii") as out:
        out.write(f"{engine} {version} {folder.name}\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(base / CURRENT)
    sync(base)
    for there in others(base):
        _discard(there)


def others(base: Path) -> list[Path]:
    """Paths in ``base`` beside the active index and ``current``: folders still open elsewhere may remain."""
    active = _named(base)
    return [path for path in base.iterdir() if path.name not in (CURRENT, active)]


def sync(path: Path) -> None:
    """Flush a file's content, or a folder's entries, to disk: engines do not sync what they rename."""
    try:
        handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    except OSError:  # Windows does not open folders; it writes their entries through
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def linked(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Create a folder of links to a read-only index's files, for engines that need a lock file to read.

    It is removed with the returned object. Raises :class:`OSError` where it cannot be created.
    """
    made = tempfile.TemporaryDirectory(prefix="dossier-index-")
    for file in folder.iterdir():
        if file.suffix != ".lock":
            Path(made.name, file.name).symlink_to(folder.resolve() / file.name)
    return made


def may_lock(folder: Path) -> bool:
    """Whether this user may create lock files in ``folder`` and lock the existing ones."""
    locks = [file for file in folder.iterdir() if file.suffix == ".lock"]
    return all(map(writable, (folder, *locks)))


def open_to_all(folder: Path) -> None:
    """Give all files the mode of the lock files: engines create some that only their own user may read."""
    files = list(folder.iterdir())
    mode = max((file.stat().st_mode & 0o666 for file in files if file.suffix == ".lock"), default=0)
    for file in files:
        with suppress(OSError):  # removed meanwhile, or owned by another user
            if mode & ~file.stat().st_mode:
                file.chmod(file.stat().st_mode | mode)


def _named(base: Path) -> str:
    try:
        return (base / CURRENT).read_text("ascii").split()[2]
    except (OSError, ValueError, IndexError):
        return ""


def _discard(there: Path) -> None:
    if there.is_dir() and not there.is_symlink():
        shutil.rmtree(there, ignore_errors=True)  # what a reader holds open goes next time
    else:
        there.unlink(missing_ok=True)
