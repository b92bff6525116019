"""Put what a restore has unpacked and verified in its places, as a whole: a restore that is killed amid this
is completed by the next command.

A mark in the state folder names the folder with the unpacked files while they are being moved. It appears
when everything is verified and on the disk, and goes when everything is in its place.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from dossier import plain_file, renaming
from dossier.archive import MANIFEST_NAME, Archive
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, IndexUnusableError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.renaming import to_disk_folder
from dossier.state import UNFINISHED_RESTORE
from dossier.usecases import audit, page_file
from dossier.usecases.known import open_known
from dossier.usecases.locking import logging_to, serving, working, writing
from dossier.usecases.new_folder import to_disk
from dossier.usecases.packed import STATE, path_inside

DATABASES = (NAME, page_file.NAME)
LOGS = ("-wal", "-shm", "-journal")  # SQLite's own files beside a database
_FOLDER = re.compile(r"\.restore-\w{1,40}", re.ASCII)
_LARGEST_MARK = 4 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Verified files in a ``folder`` of the state folder, by their ``names`` in the backup. One that is not
    in the folder any more is in its place. ``log``: the audit log there replaces the archive's."""

    folder: Path
    names: tuple[str, ...]
    log: bool

    def left(self) -> list[str]:
        """The names not put yet, in order: what is most likely to be refused comes first, and last the
        catalogue, which all else is about."""
        left = [name for name in self.names if (self.folder / name).exists()]
        return sorted(left, key=lambda name: (name == STATE + NAME, name.startswith(STATE), name))


def place(archive: Archive, name: str) -> Path:
    """Return the target path of a file of a backup. Raises :class:`ValueError` with a phrase why unless the
    path is below the state or archive folder, contains no link, and is a regular file or does not exist."""
    base = archive.state if name.startswith(STATE) else archive.root
    inside = path_inside(name)
    if inside is None:
        raise ValueError(_("có tệp lạ {name}").format(name=repr(name)[:120]))
    target = base.joinpath(*inside.parts)
    for path in (target, *target.parents):
        if path == base:
            break
        if path.is_symlink() or (path.exists() and not (path.is_file() if path == target else path.is_dir())):
            raise ValueError(_("{path} trong kho là liên kết hoặc không phải tệp thường").format(path=path))
        if os.path.lexists(path / MANIFEST_NAME):
            raise ValueError(_("{path} là một hồ sơ").format(path=path))
    if not target.resolve().is_relative_to(base.resolve()):
        raise ValueError(_("{path} nằm ngoài kho").format(path=target))
    return target


def put(archive: Archive, unpacked: Unpacked, about: str, **details: object) -> None:
    """Put the files in their places and log the restore, as a whole. The caller holds all locks. Raises
    :class:`OSError`; if even the first file was refused, nothing has changed."""
    mark = archive.state / UNFINISHED_RESTORE
    content = {"folder": unpacked.folder.name, "names": unpacked.names, "log": unpacked.log}
    log = unpacked.folder / STATE if unpacked.log else archive.state
    unfinished = renaming.write_beside(mark, json.dumps(content).encode(), private=True)
    try:
        number = audit.append_in(
            log, "restore", about, details, process=os.getpid(), unfinished=str(unfinished.resolve())
        )
        to_disk(unpacked.folder)
        renaming.move_into_place(unfinished, mark, replace=True)
    finally:
        unfinished.unlink(missing_ok=True)
    try:
        _put(archive, unpacked)
    except OSError:
        if len(unpacked.left()) == len(unpacked.names):
            mark.unlink()
            if not unpacked.log:
                told = {"of": "restore", "line": number}
                audit.append(archive, audit.NOT_DONE, about, told, of_line=number)
        raise


def finish(archive: Archive) -> bool:
    """Complete a restore that was cut off; return whether there was one. Waits for one that is running.

    Raises :class:`ArchiveError` if it cannot be completed, :class:`LockedError` if others are at work.
    """
    if not os.path.lexists(archive.state / UNFINISHED_RESTORE):
        return False
    try:
        with working(archive, "restore"), writing(archive, "restore"):
            unpacked = _cut_off(archive)
            if unpacked is None:
                return False
            with serving(archive.state) if STATE + page_file.NAME in unpacked.left() else nullcontext():
                _put(archive, unpacked)
            return True
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = in_words(error) if isinstance(error, OSError) else str(error)
        raise ArchiveError(
            _("Lần phục hồi trước bị ngắt giữa chừng và chưa hoàn tất được: {why}.").format(why=why),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa rồi chạy lại lệnh này."),
        ) from error


def _cut_off(archive: Archive) -> Unpacked | None:
    mark = archive.state / UNFINISHED_RESTORE
    if not os.path.lexists(mark):
        return None  # another process has completed it
    told = json.loads(plain_file.read_small(mark, _LARGEST_MARK))
    if not _FOLDER.fullmatch(told["folder"]):
        raise ValueError(told["folder"][:60])
    return Unpacked(archive.state / told["folder"], tuple(map(str, told["names"])), bool(told["log"]))


def _put(archive: Archive, unpacked: Unpacked) -> None:
    """Do what is left to be done."""
    state = archive.state
    # The index belongs to the former catalogue; the next search or scan rebuilds it.
    shutil.rmtree(archive.index_folder, ignore_errors=True)
    for name in unpacked.left():
        target = place(archive, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.name in DATABASES:
            for end in LOGS:
                Path(f"{target}{end}").unlink(missing_ok=True)
        _move(unpacked.folder / name, target)
    if unpacked.log:
        _put_log(state, unpacked.folder / STATE)
    (state / UNFINISHED_RESTORE).unlink()
    to_disk_folder(state)
    shutil.rmtree(unpacked.folder, ignore_errors=True)
    _forget(archive)


def _put_log(state: Path, folder: Path) -> None:
    with logging_to(state):
        files = audit.files_in(folder)
        for former in audit.files_in(state):
            if former.name not in {file.name for file in files}:
                former.unlink()
        for file in files:
            renaming.write_whole(state / file.name, file.read_bytes(), private=True)


def _move(new: Path, there: Path) -> None:
    """Move a file that is on the disk to its target atomically."""
    try:
        renaming.replace(new, there)
    except OSError as error:
        if error.errno != errno.EXDEV:  # the archive may be on another disk than its state folder
            raise
        renaming.write_whole(there, new.read_bytes(), private=True)
        new.unlink()
    else:
        to_disk_folder(there.parent)


def _forget(archive: Archive) -> None:
    """Remove what the kept state still contains of documents sealed in the restored one; if that fails, the
    next scan does it."""
    from dossier.usecases.forget import forget

    with suppress(OSError, IndexUnusableError), open_known(archive) as catalogue:
        forget(archive, catalogue)
