"""Move one file safely against power failure: copy it under a temporary name that scans ignore, read it back,
rename the copy without replacing anything, and only then delete the source."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import NamedTuple

from dossier.state import plain_mode
from dossier.usecases.inbox.folders import Folder

_CHUNK = 1 << 20
_ROOM = 16 << 20  # bytes to leave free on the disk


class ChangedError(Exception):
    """The file has changed since a person saw it."""


class NoRoomError(Exception):
    """The disk has too little free space for the copy."""


class FileAsRead(NamedTuple):
    """A file as it was read: hash, size, and a mark (device, inode, size, mtime) to recognise changes."""

    sha256: str
    size: int
    mark: tuple[int, int, int, int]


def fingerprint(folder: Folder, name: bytes) -> FileAsRead:
    """Read the whole file and return its hash, size and mark. Raises :class:`OSError`."""
    with os.fdopen(folder.open(name), "rb") as file:
        status = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileAsRead(digest, status.st_size, _mark(status))


def copy(source: Folder, name: bytes, target: Folder, part: bytes, sha256: str, size: int) -> None:
    """Copy the file to ``part`` and verify the hash by reading the copy back from the disk; a ``part`` left
    by a killed process is replaced. Raises :class:`ChangedError`, :class:`NoRoomError` or :class:`OSError`
    and leaves no copy then."""
    target.remove(part)
    if _free(target) < size + _ROOM:
        raise NoRoomError
    try:
        with os.fdopen(source.open(name), "rb") as file, os.fdopen(target.make(part), "wb") as out:
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
            status = os.fstat(file.fileno())
            out.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(out.fileno(), plain_mode())
            _keep_times(out.fileno(), status)
            os.fsync(out.fileno())
            if hasattr(os, "posix_fadvise"):  # so that the disk is read, not the cache in memory
                os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if digest.hexdigest() != sha256:
            raise ChangedError
        if fingerprint(target, part).sha256 != sha256:
            raise OSError("the copy does not read back as it was written")
    except BaseException:
        with suppress(OSError):
            target.remove(part)
        raise


def publish(target: Folder, part: bytes, name: bytes) -> None:
    """Rename the copy to ``name``. Raises :class:`FileExistsError` if that name exists by now, other
    :class:`OSError`."""
    target.publish(part, name)
    target.sync()


def remove_source(source: Folder, name: bytes, sha256: str) -> None:
    """Delete the source if its content is still what was copied. Otherwise it is kept and
    :class:`ChangedError` raised; also raises :class:`OSError`."""
    if source.status(name) is None:
        return
    seen = fingerprint(source, name)
    status = source.status(name)
    if seen.sha256 != sha256 or status is None or _mark(status) != seen.mark:
        raise ChangedError
    source.remove(name)
    source.sync()


def _keep_times(fd: int, status: os.stat_result) -> None:
    if os.utime in os.supports_fd:
        os.utime(fd, ns=(status.st_atime_ns, status.st_mtime_ns))


def _mark(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _free(folder: Folder) -> int:
    if folder.fd is not None and hasattr(os, "fstatvfs"):
        room = os.fstatvfs(folder.fd)
        return room.f_bavail * room.f_frsize
    import shutil

    return shutil.disk_usage(os.fsdecode(folder.path)).free
