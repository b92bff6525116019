"""Write files whole or not at all, and rename finished files and folders, with retries for programs that
briefly open new ones."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from dossier.state import plain_mode

Made = bytes | Iterable[bytes]  # content as a whole, or in pieces

# ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of winerror.h: a virus scanner, an
# indexer or OneDrive has it open, usually for less than 0.1 s.
_HELD = (5, 32, 33)
_UNFINISHED = re.compile(r"\..{1,60}\.([0-9]+)\.[0-9a-f]{8}")
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # seconds


def replace(source: Path, target: Path) -> None:
    """Replace ``target`` by ``source`` atomically. Raises :class:`OSError`."""
    _patiently(source.replace, target)


def rename(source: Path, target: Path) -> None:
    """Rename ``source``; only Windows refuses to overwrite. Raises :class:`OSError`."""
    _patiently(source.rename, target)


def _patiently(act: Callable[[Path], object], target: Path) -> None:
    for pause in _PAUSES:
        try:
            act(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(pause)
        else:
            return
    act(target)


def in_pieces(made: Made) -> Iterable[bytes]:
    """The pieces of a content."""
    return [made] if isinstance(made, bytes) else made


def write_beside(target: Path, made: Made, *, private: bool = False) -> Path:
    """Write a temporary file beside ``target`` and return its path. Raises :class:`OSError`."""
    unfinished = target.with_name(f".{target.name[:60]}.{os.getpid()}.{os.urandom(4).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(unfinished, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(in_pieces(made))
            file.flush()
            os.fsync(file.fileno())
        if not private:
            unfinished.chmod(plain_mode())
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished


def move_into_place(unfinished: Path, target: Path, *, replace: bool) -> None:
    """Rename a finished temporary file to ``target``; without ``replace`` fails if ``target`` has been
    created meanwhile. Raises :class:`OSError`."""
    try:
        if replace:
            _patiently(unfinished.replace, target)
            to_disk_folder(target.parent)
            return
        try:
            os.link(unfinished, target)  # unlike a rename, never replaces an existing file
        except FileExistsError:
            raise
        except OSError:  # the file system has no hard links
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            _patiently(unfinished.replace, target)
        to_disk_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def to_disk_folder(folder: Path) -> None:
    """Flush the folder's entries to the disk (fsync); does nothing on Windows."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def maker_of(name: str) -> int | None:
    """Return the process that makes a file named as by :func:`write_beside`; ``None`` for other files."""
    unfinished = _UNFINISHED.fullmatch(name)
    return int(unfinished[1]) if unfinished else None


def write_whole(target: Path, made: bytes, *, private: bool = False) -> None:
    """Write a file of the program's own atomically. Raises :class:`OSError`."""
    move_into_place(write_beside(target, made, private=private), target, replace=True)
