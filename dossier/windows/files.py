"""Opening files beside programs that have them open."""

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
_SEQUENTIAL = 0x08000000
_INVALID = ctypes.c_void_p(-1).value

_library = ctypes.WinDLL("kernel32", use_last_error=True)
_create = _library.CreateFileW
_create.restype = wintypes.HANDLE
_create.argtypes = (
    wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID,
    wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE,
)  # fmt: skip


def open_shared(path: str | bytes | os.PathLike[str]) -> int:
    """A descriptor for reading that keeps nobody from writing, renaming or deleting the file meanwhile: Word
    saves by putting another file in its place. Raises :class:`OSError`."""
    share = _SHARE_READ | _SHARE_WRITE | _SHARE_DELETE
    handle = _create(os.fsdecode(path), _GENERIC_READ, share, None, _OPEN_EXISTING, _SEQUENTIAL, None)
    if handle == _INVALID:
        raise ctypes.WinError(ctypes.get_last_error())
    return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY | os.O_NOINHERIT)
