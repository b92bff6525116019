"""Open files of untrusted origin: regular files only, without following links or blocking on pipes and
devices; and decide which files may be trusted."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from pathlib import Path

from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.windows.shares import long_form

# A pipe must not block the open, and Windows must not translate line ends.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER = _FLAGS | getattr(os, "O_DIRECTORY", 0)
_BY_FOLDER = os.open in os.supports_dir_fd
_SHARING_VIOLATION, _LOCK_VIOLATION = 32, 33  # winerror.h
# FILE_ATTRIBUTE_OFFLINE and FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS of winnt.h.
_FETCHED_WHEN_READ = 0x1000 | 0x400000
# Names that Windows reserves for devices, with any extension ("Naming files, paths, and namespaces").
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)


class NotLocalError(OSError):
    """Only the file's name is on this machine; reading would fetch the content (OneDrive, tape)."""


def place(root: bytes, raw_path: bytes = b"") -> bytes:
    """Join ``root`` and ``raw_path`` (separated by ``/``) to a path for the operating system.

    Windows accepts paths of more than 260 characters, and names such as ``con.txt`` or ones that end in a
    dot, which other systems may create on a share, only with a prefix that turns off its own parsing of
    paths (Microsoft: "Naming files, paths, and namespaces").
    """
    path = os.path.join(root, raw_path) if raw_path else root  # noqa: PTH118
    if sys.platform != "win32":
        return path
    return long_form(path)


def is_device(name: str) -> bool:
    """Whether Windows takes a file name for that of a device, so that what is written there is lost."""
    return _DEVICE.fullmatch(name) is not None


def found_at(path: Path) -> Path | None:
    """The path with its folder resolved, if something of this very name is there: a link as itself, and on
    Windows no device."""
    absolute = path.parent.resolve() / path.name
    return absolute if os.path.lexists(place(os.fsencode(absolute))) else None


def is_folder(path: Path) -> bool:
    """Whether an absolute path leads to a folder, however long it is."""
    return Path(os.fsdecode(place(os.fsencode(path)))).is_dir()


def open_plain(path: str | bytes | os.PathLike[str], *, folder: int | None = None) -> int:
    """Open the regular file at ``path``, relative to the open ``folder`` if given, and return its descriptor.
    Raises :class:`OSError`, also for other kinds of files, and :class:`NotLocalError`."""
    try:
        fd = _open(path, folder)
    except OSError:
        if _is_link(path, folder):
            raise OSError(_("là liên kết, không đi theo")) from None
        raise
    status = os.fstat(fd)
    if getattr(status, "st_file_attributes", 0) & _FETCHED_WHEN_READ:
        os.close(fd)
        raise NotLocalError(_("nội dung chưa tải về máy này"))
    if not stat.S_ISREG(status.st_mode) or (not hasattr(os, "O_NOFOLLOW") and _is_link(path, folder)):
        os.close(fd)
        raise OSError(_("không phải là tệp thông thường"))
    return fd


def open_beneath(root: bytes, raw_path: bytes) -> int:
    """Open the regular file ``raw_path`` below ``root`` without following any link, even one that replaces a
    folder meanwhile; return its descriptor. Raises :class:`OSError`."""
    *folders, name = raw_path.split(b"/")
    if b".." in folders or name in (b"", b".."):
        raise OSError(_("nằm ngoài kho"))
    if not _BY_FOLDER:
        return open_plain(place(root, raw_path))
    at = open_folder_beneath(root, b"/".join(folders))
    try:
        return open_plain(name, folder=at)
    finally:
        os.close(at)


def open_folder_beneath(root: bytes, raw_path: bytes) -> int:
    """Like :func:`open_beneath`, for a folder; ``b""`` is ``root`` itself. Not on Windows."""
    at = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    for folder in raw_path.split(b"/") if raw_path else ():
        try:
            below = _open_folder(folder, at)
        finally:
            os.close(at)
        at = below
    return at


def _open(path: str | bytes | os.PathLike[str], folder: int | None) -> int:
    if sys.platform == "win32":
        from dossier.windows.files import open_shared

        return open_shared(path)
    return os.open(path, _FLAGS, dir_fd=folder)


def is_locked(error: OSError) -> bool:
    """Whether a file could not be opened or read because another program holds it open exclusively.

    On Windows opening fails with an error code of the system, reading a locked part through the C
    library with ``EACCES`` only. Elsewhere the server of a share reports it.
    """
    if sys.platform == "win32":
        if error.winerror is None:
            return error.errno == errno.EACCES
        return error.winerror in (_SHARING_VIOLATION, _LOCK_VIOLATION)
    return error.errno in (errno.EBUSY, errno.ETXTBSY)


def read_small(path: str | bytes | os.PathLike[str], most: int, *, below: bytes = b"") -> bytes:
    """Read a regular file of at most ``most`` bytes; ``below``: a folder below which no part of the path may
    be a link. Raises :class:`OSError`, also for a larger file."""
    fd = open_beneath(below, os.fsencode(path)) if below else open_plain(path)
    with os.fdopen(fd, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(_("lớn hơn {size} kB").format(size=most // 1024))
    return content


def _open_folder(name: bytes, at: int) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=at)
    except OSError:
        if _is_link(name, at):
            raise OSError(_("là liên kết, không đi theo")) from None
        raise


def _is_link(path: str | bytes | os.PathLike[str], folder: int | None) -> bool:
    with contextlib.suppress(OSError, ValueError, NotImplementedError):
        return stat.S_ISLNK(os.stat(path, dir_fd=folder, follow_symlinks=False).st_mode)
    return False


def is_inside(raw: bytes) -> bool:
    """Whether a relative raw path stays inside its folder."""
    parts = raw.replace(b"\\", b"/").split(b"/") if os.name == "nt" else raw.split(b"/")
    absolute = raw.startswith(b"/") or (os.name == "nt" and b":" in raw)
    return not absolute and b".." not in parts and b"\0" not in raw


def why_not_trusted(file: Path, *, secret: bool = False) -> str:
    """Why the file is not trusted, as a phrase to follow its name; empty if it is.

    ``secret``: it must not be readable by others either. On Windows, without such modes, all files are
    trusted.
    """
    if sys.platform == "win32":
        return ""
    try:
        status = file.lstat()
    except OSError as error:
        return _("không xem được ({why})").format(why=in_words(error))
    if not stat.S_ISREG(status.st_mode):
        return _("không phải tệp thường")
    if status.st_uid not in (os.geteuid(), 0):
        return _("thuộc về người khác")
    if status.st_mode & 0o022:
        return _("ai khác cũng sửa được; chạy: chmod go-w")
    if secret and status.st_mode & 0o077:
        return _("người khác cũng đọc được; chạy: chmod 600")
    return ""
