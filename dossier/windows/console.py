"""Whether there is a person at the other end."""

from __future__ import annotations

import ctypes
import msvcrt
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_mode = ctypes.WinDLL("kernel32").GetConsoleMode
_mode.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)


def is_console(descriptor: int) -> bool:
    """Whether a descriptor leads to a console window: to ``isatty`` the null device ``NUL``, which the Task
    Scheduler and scripts give, is a terminal too."""
    return bool(_mode(msvcrt.get_osfhandle(descriptor), ctypes.byref(wintypes.DWORD())))
