"""Network folders. A drive letter for one is valid only for the user who connected it, while logged on."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

_REMOTE = 4  # DRIVE_REMOTE of fileapi.h
_LONGEST = 1024  # characters of a server's and a share's name


def plain(path: Path) -> Path:
    r"""Remove the prefix ``\\?\`` from a path, so that the same folder is the same archive."""
    told = str(path)
    if told.startswith("\\\\?\\UNC\\"):
        return Path("\\\\" + told[8:])
    return Path(told[4:]) if told.startswith("\\\\?\\") and told[5:6] == ":" else path


def long_form(path: bytes) -> bytes:
    """An absolute path with that prefix, however long it is and whatever names are in it."""
    path = path.replace(b"/", b"\\")
    if path.startswith(b"\\\\"):
        return path if path.startswith(b"\\\\?\\") else b"\\\\?\\UNC" + path[1:]
    return b"\\\\?\\" + path


def folder_name(path: PurePath) -> str:
    r"""The name of a folder, or of a whole drive (``D:``) or share (``\\server\share``)."""
    return path.name or path.drive.rpartition("\\")[2] or str(path)


def unc(path: Path) -> str:
    r"""The folder as ``\\server\share\…``, or unchanged if its server is unknown; empty for a local disk."""
    path = plain(path)
    told = str(path)
    if told.startswith("\\\\"):
        return "" if told.startswith("\\\\?\\") else told
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") != _REMOTE:
            return ""
        share, size = ctypes.create_unicode_buffer(_LONGEST), ctypes.c_ulong(_LONGEST)
        if ctypes.windll.mpr.WNetGetConnectionW(path.drive, share, ctypes.byref(size)) == 0:
            return share.value + told[len(path.drive) :]
        return told
    return ""
