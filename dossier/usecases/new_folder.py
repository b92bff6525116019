"""A folder of output, made whole or not at all, and the names of what a run is still making: by them the next
run recognises what a killed one left."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier import renaming
from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases.output import cannot_write, check_new_folder, held
from dossier.workspace import standing_in

_MAKER = re.compile(r"([0-9]{1,9})-(?:([0-9a-f]{8})-)?[0-9a-f]+")  # process, machine, what makes it single
_FORGOTTEN = 7 * 86_400  # seconds after which nobody can be at work on it any more, on whatever machine


def name(prefix: str) -> str:
    """A name that nobody else gives, with this process and this machine in it."""
    return f"{prefix}{os.getpid()}-{_machine()}-{secrets.token_hex(4)}"


def left_behind(folder: Path, prefix: str) -> Iterator[Path]:
    """Folders with a :func:`name` whose process has ended. One from another machine, which may be at work
    on the same share, is left until it has not been touched for a week."""
    for left in folder.glob(f"{prefix}*"):
        maker = _MAKER.fullmatch(left.name.removeprefix(prefix))
        if maker is None or left.is_symlink() or not left.is_dir():
            continue
        process, machine = int(maker[1]), maker[2]
        if (machine in (None, _machine()) and not _lives(process)) or _forgotten(left):
            yield left


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _forgotten(folder: Path) -> bool:
    try:
        return time.time() - folder.lstat().st_mtime > _FORGOTTEN
    except OSError:
        return False


def _lives(process: int) -> bool:
    """Whether a process of that number runs on this machine."""
    if sys.platform == "win32":  # where a signal 0 would end it
        from dossier.windows.processes import lives

        return lives(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


_BUILDING = ".dossier-building-"  # how unfinished folders are called; what a killed run left is swept away


@contextmanager
def new_folder(place: Path, archive: Archive) -> Iterator[Path]:
    """An empty folder to fill; when the body ends well it is ``place``, which must not be there yet.

    Raises :class:`UsageError` where nothing may be written, :class:`ArchiveError` when it cannot be.
    """
    target = check_new_folder(standing_in() / place, archive)
    if os.path.lexists(target):
        raise UsageError(
            _("Đã có {path}; không ghi đè.").format(path=target), _("Chọn tên thư mục khác sau -o.")
        )
    try:
        with whole_folder(target) as building:
            yield building
    except OSError as error:
        raise cannot_write(target, error) from error


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """The same for a place that the caller has looked at, no link on the way. Raises :class:`OSError`, and
    :class:`UsageError` where a link has come there meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with held(target) as there:
        for left in left_behind(there.parent, _BUILDING):
            shutil.rmtree(left, ignore_errors=True)
        building = there.parent / name(_BUILDING)
        building.mkdir()
        try:
            yield building
            to_disk(building)
            renaming.rename(building, there)  # fails where something has come there meanwhile
            to_disk_folder(there.parent)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def to_disk(folder: Path) -> None:
    """Have all files below it on the disk, whatever happens to the power."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file, suppress(OSError):
                os.fsync(file.fileno())
        else:
            to_disk_folder(path)
    to_disk_folder(folder)


def to_disk_folder(folder: Path) -> None:
    """Have the names in it on the disk."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
