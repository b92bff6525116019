"""Where indexes lie on disk: every one in a folder of its own, and a file that names the one in force.

A new index is filled beside the one in force, which answers on; it takes over in one step. So a
process that is killed, at any moment, leaves one that opens.
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

CURRENT = "current"  # names engine, format and folder of the index in force
_MARKS = "dossier-marks.json"  # in the folder of each index


@dataclass(frozen=True, slots=True)
class Marks:
    """What an index is known by: the mark of the last commit that was begun, and of the last removal of what
    sealed papers said before it was begun."""

    fed: str = ""
    sealing: str = ""


def current(base: Path, engine: str, version: int) -> Path | None:
    """The folder of the index in force; ``None`` when there is none of this engine and format."""
    try:
        told, number, name = (base / CURRENT).read_text("ascii").split()
    except (OSError, ValueError):
        return None
    if told != engine or number != str(version) or Path(name).name != name:
        return None
    folder = base / name
    if folder.is_dir():
        return folder
    # Another may have taken over, and this one gone, since the file was read.
    return None if _named(base) == name else current(base, engine, version)


def marks_of(folder: Path) -> Marks:
    """The marks of the index in that folder; of one that tells none, empty ones."""
    try:
        told = json.loads((folder / _MARKS).read_text("utf-8"))
        return Marks(str(told["fed"]), str(told["sealing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Marks()


def mark(folder: Path, marks: Marks) -> None:
    """Give the index in that folder these marks, on the disk when this returns. Raises :class:`OSError`."""
    new = folder / f"{_MARKS}.new"
    new.write_text(json.dumps(asdict(marks)), "utf-8")
    keep(new)
    new.replace(folder / _MARKS)
    keep(folder)


def fresh(base: Path, engine: str) -> Path:
    """A new empty folder; whatever is neither in force nor new goes. For the one writer only.

    Raises :class:`OSError` where it cannot be made.
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
    """Put the index in ``folder`` in force, and drop the one before."""
    new = base / f"{CURRENT}.new"
    with new.open("w", encoding="ascii") as out:
        out.write(f"{engine} {version} {folder.name}\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(base / CURRENT)
    keep(base)
    for there in others(base):
        _discard(there)


def others(base: Path) -> list[Path]:
    """What lies beside the index in force and the file that names it: what is open elsewhere may stay."""
    in_force = _named(base)
    return [there for there in base.iterdir() if there.name not in (CURRENT, in_force)]


def keep(path: Path) -> None:
    """Have a file's content on the disk, or the names in a folder: engines do not sync what they rename."""
    try:
        handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    except OSError:  # Windows does not open folders; there names are written through
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lent(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder of links to the files of an index that may be read only, for engines that must lock to read.

    It goes with the object. Raises :class:`OSError` where it cannot be made.
    """
    made = tempfile.TemporaryDirectory(prefix="dossier-index-")
    for file in folder.iterdir():
        if file.suffix != ".lock":
            Path(made.name, file.name).symlink_to(folder.resolve() / file.name)
    return made


def may_lock(folder: Path) -> bool:
    """Whether lock files can be made, and those that are there be locked, by this user."""
    locks = [file for file in folder.iterdir() if file.suffix == ".lock"]
    return all(map(writable, (folder, *locks)))


def open_to_all(folder: Path) -> None:
    """Who may read the folder's locks may read all of its files: engines make some for their user alone."""
    files = list(folder.iterdir())
    mode = max((file.stat().st_mode & 0o666 for file in files if file.suffix == ".lock"), default=0)
    for file in files:
        with suppress(OSError):  # collected meanwhile, or another user's
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
