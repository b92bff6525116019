"""Check whether a process is running. Source: Microsoft, "OpenProcess" and "WaitForSingleObject"."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_SYNCHRONIZE = 0x00100000
_NOBODY = 87  # ERROR_INVALID_PARAMETER: there is no process of that number
_STILL_RUNS = 258  # WAIT_TIMEOUT

_library = ctypes.WinDLL("kernel32", use_last_error=True)
_library.OpenProcess.restype = wintypes.HANDLE
_library.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
_library.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
_library.CloseHandle.argtypes = (wintypes.HANDLE,)


def lives(process: int) -> bool:
    """Whether a process with that id is running; true also if access to it is denied."""
    handle = _library.OpenProcess(_SYNCHRONIZE, False, process)
    if not handle:
        return ctypes.get_last_error() != _NOBODY
    try:
        # The id of a process that has ended stays in use while another process holds a handle to it.
        return bool(_library.WaitForSingleObject(handle, 0) == _STILL_RUNS)
    finally:
        _library.CloseHandle(handle)
