"""A folder of output, made whole or not at all: built beside its place, renamed when it is finished."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier import renaming
from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases import unfinished
from dossier.usecases.output import cannot_write, check_new_folder, held
from dossier.workspace import standing_in

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
        for left in unfinished.left_behind(there.parent, _BUILDING):
            shutil.rmtree(left, ignore_errors=True)
        building = there.parent / unfinished.name(_BUILDING)
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
