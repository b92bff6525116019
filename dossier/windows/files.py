"""Open files that other programs have open, and check write access."""

from __future__ import annotations

import ctypes
import msvcrt
import os
import sys
from ctypes import wintypes

assert sys.platform == "win32"

# winnt.h, fileapi.h
_GENERIC_READ = 0x80000000
_SHARE_READ, _SHARE_WRITE, _SHARE_DELETE = 1, 2, 4
_OPEN_EXISTING = 3
# The same bits let a file be written and appended to, and files and folders be added to a folder.
_WRITE_OR_ADD = 2 | 4
_FOLDERS_TOO = 0x02000000  # FILE_FLAG_BACKUP_SEMANTICS
_READ_ONLY_VOLUME = 0x00080000
_SHARING_VIOLATION = 32  # winerror.h
_SEQUENTIAL = 0x08000000
_INVALID = ctypes.c_void_p(-1).value

_library = ctypes.WinDLL("kernel32", use_last_error=True)
_create = _library.CreateFileW
_create.restype = wintypes.HANDLE
_create.argtypes = (
    wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID,
    wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE,
)  # fmt: skip
_volume = _library.GetVolumeInformationByHandleW
_volume.argtypes = (
    wintypes.HANDLE, wintypes.LPWSTR, wintypes.DWORD, wintypes.LPDWORD,
    wintypes.LPDWORD, wintypes.LPDWORD, wintypes.LPWSTR, wintypes.DWORD,
)  # fmt: skip
_close = _library.CloseHandle
_close.argtypes = (wintypes.HANDLE,)


def open_shared(path: str | bytes | os.PathLike[str]) -> int:
    """Open for reading without preventing others from writing, renaming or deleting the file: Word
    saves by replacing it. Raises :class:`OSError`."""
    share = _SHARE_READ | _SHARE_WRITE | _SHARE_DELETE
    handle = _create(os.fsdecode(path), _GENERIC_READ, share, None, _OPEN_EXISTING, _SEQUENTIAL, None)
    if handle == _INVALID:
        raise ctypes.WinError(ctypes.get_last_error())
    return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY | os.O_NOINHERIT)


def may_write(path: str | os.PathLike[str]) -> bool:
    """Whether this process may write to a file, or add to a folder. Writes nothing.

    ``os.access`` checks only the read-only attribute of files, not access rights or read-only
    volumes.
    """
    share = _SHARE_READ | _SHARE_WRITE | _SHARE_DELETE
    handle = _create(os.fsdecode(path), _WRITE_OR_ADD, share, None, _OPEN_EXISTING, _FOLDERS_TOO, None)
    if handle == _INVALID:  # access rights are checked before sharing modes
        return ctypes.get_last_error() == _SHARING_VIOLATION
    try:
        flags = wintypes.DWORD()
        told = _volume(handle, None, 0, None, None, ctypes.byref(flags), None, 0)
        return not (told and flags.value & _READ_ONLY_VOLUME)
    finally:
        _close(handle)
