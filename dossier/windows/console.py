"""Detect console windows."""

from __future__ import annotations

import ctypes
import msvcrt
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_mode = ctypes.WinDLL("kernel32").GetConsoleMode
_mode.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)


def is_console(descriptor: int) -> bool:
    """Whether a descriptor is a console window: ``isatty`` is also true for the null device ``NUL``, which
    the Task Scheduler and scripts use."""
    return bool(_mode(msvcrt.get_osfhandle(descriptor), ctypes.byref(wintypes.DWORD())))
