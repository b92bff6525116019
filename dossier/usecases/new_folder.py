"""Create output folders atomically, and name unfinished ones so that the next run recognises and removes
what a killed run left behind."""

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
from dossier.renaming import to_disk_folder
from dossier.scanner.written import remember
from dossier.usecases.output import cannot_write, check_new_folder, held
from dossier.workspace import standing_in

_MAKER = re.compile(r"([0-9]{1,9})-(?:([0-9a-f]{8})-)?[0-9a-f]+")  # process id, machine, random part
_FORGOTTEN = 7 * 86_400  # seconds without a change after which no machine can still be working on a folder


def name(prefix: str) -> str:
    """Return a unique name that contains this process's id and this machine."""
    return f"{prefix}{os.getpid()}-{_machine()}-{secrets.token_hex(4)}"


def left_behind(folder: Path, prefix: str) -> Iterator[Path]:
    """Yield folders named by :func:`name` whose process has ended. A folder of another machine, which may be
    working on the same share, counts only after a week without a change."""
    for left in folder.glob(f"{prefix}*"):
        maker = _MAKER.fullmatch(left.name.removeprefix(prefix))
        if maker is None or left.is_symlink() or not left.is_dir():
            continue
        process, machine = int(maker[1]), maker[2]
        if (machine in (None, _machine()) and not lives(process)) or _forgotten(left):
            yield left


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _forgotten(folder: Path) -> bool:
    try:
        return time.time() - folder.lstat().st_mtime > _FORGOTTEN
    except OSError:
        return False


def lives(process: int) -> bool:
    """Whether a process with this id runs on this machine."""
    if sys.platform == "win32":  # signal 0 would end the process there
        from dossier.windows import processes

        return processes.lives(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


_BUILDING = ".dossier-building-"  # prefix of unfinished folders; those of killed runs are removed


@contextmanager
def new_folder(place: Path, archive: Archive) -> Iterator[Path]:
    """Yield an empty folder to fill; it is renamed to ``place``, which must not exist, if the body succeeds.

    Raises :class:`UsageError` if writing there is not allowed, :class:`ArchiveError` if it fails.
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
    remember(archive, target)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Like :func:`new_folder`, for a path already checked by the caller and free of links. Raises
    :class:`OSError`, and :class:`UsageError` if a link has been put into the path meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with held(target) as held_target:
        for left in left_behind(held_target.parent, _BUILDING):
            shutil.rmtree(left, ignore_errors=True)
        building = held_target.parent / name(_BUILDING)
        building.mkdir()
        try:
            yield building
            to_disk(building)
            renaming.rename(building, held_target)  # fails if the target has been created meanwhile
            to_disk_folder(held_target.parent)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def to_disk(folder: Path) -> None:
    """Flush all files and folders below ``folder`` to the disk (fsync)."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("r+b" if os.name == "nt" else "rb") as file, suppress(OSError):
                os.fsync(file.fileno())
        else:
            to_disk_folder(path)
    to_disk_folder(folder)
