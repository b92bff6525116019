"""Work in a folder of the archive through an open handle, so that nobody can replace it by a link meanwhile.
On Windows, which has no such handles, every part of the path is checked instead."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dossier.i18n import _
from dossier.plain_file import open_plain, place
from dossier.state import plain_mode

HELD = os.open in os.supports_dir_fd and os.link in os.supports_dir_fd
_REPARSE_POINT = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: links and junctions


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, with an open handle ``fd`` where the system supports it. Names passed to the methods are
    single path parts; all methods raise :class:`OSError`."""

    path: bytes
    fd: int | None

    def _of(self, name: bytes) -> bytes:
        return name if self.fd is not None else os.path.join(self.path, name)  # noqa: PTH118

    def open(self, name: bytes) -> int:
        """Open a regular file for reading; return the descriptor."""
        return open_plain(self._of(name), folder=self.fd)

    def make(self, name: bytes) -> int:
        """Create a file for writing, readable by its owner only; return the descriptor."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.open(self._of(name), flags, 0o600, dir_fd=self.fd)

    def status(self, name: bytes) -> os.stat_result | None:
        """Return the status of an entry, without following a link; ``None`` if there is none."""
        try:
            return os.stat(self._of(name), dir_fd=self.fd, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """Return the names of all entries."""
        with os.scandir(self.path if self.fd is None else self.fd) as listing:
            return [os.fsdecode(entry.name) for entry in listing]

    def publish(self, unfinished: bytes, name: bytes) -> None:
        """Rename a finished file. Raises :class:`FileExistsError` if ``name`` exists."""
        if os.name == "nt":
            os.rename(self._of(unfinished), self._of(name))  # noqa: PTH104  never replaces on Windows
            return
        try:
            os.link(
                self._of(unfinished), self._of(name), src_dir_fd=self.fd, dst_dir_fd=self.fd,
                follow_symlinks=False,
            )  # fmt: skip
        except FileExistsError:
            raise
        except OSError:  # no hard links on this file system: create the name first, then replace it
            os.close(self.make(name))
            os.replace(self._of(unfinished), self._of(name), src_dir_fd=self.fd, dst_dir_fd=self.fd)

    def remove(self, name: bytes) -> None:
        """Delete a file; a missing one is no error."""
        try:
            os.unlink(self._of(name), dir_fd=self.fd)
        except FileNotFoundError:
            return

    def sync(self) -> None:
        """Flush changes of the folder to the disk (fsync)."""
        if self.fd is not None:
            os.fsync(self.fd)


@contextmanager
def hold_folder(root: bytes, raw: bytes, *, make: bool = False) -> Iterator[Folder]:
    """Open the folder ``raw`` below ``root``, no part of which may be a link. ``make``: create missing parts.
    Raises :class:`OSError`."""
    parts = raw.split(b"/") if raw else []
    if any(part in (b"", b".", b"..") for part in parts):
        raise OSError(_("nằm ngoài kho"))
    if not HELD:
        yield Folder(_checked(root, parts, make=make), None)
        return
    at = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts:
            if make:
                _make_part(part, at)
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        yield Folder(place(root, raw), at)
    finally:
        os.close(at)


def _make_part(part: bytes, at: int) -> None:
    try:
        os.mkdir(part, plain_mode(folder=True), dir_fd=at)
    except FileExistsError:
        return
    os.chmod(part, plain_mode(folder=True), dir_fd=at)
    os.fsync(at)


def _checked(root: bytes, parts: list[bytes], *, make: bool) -> bytes:
    at = place(root)
    for part in parts:
        at = os.path.join(at, part)  # noqa: PTH118
        if make and not os.path.lexists(at):
            os.mkdir(at)  # noqa: PTH102
        status = os.lstat(at)
        linked = getattr(status, "st_file_attributes", 0) & _REPARSE_POINT
        if linked or not stat.S_ISDIR(status.st_mode):
            raise OSError(_("là liên kết, không đi theo"))
    return at
