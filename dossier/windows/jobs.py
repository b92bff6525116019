"""Limits for a process and its children on Windows: a job object.

Source: Microsoft, "Job Objects", ``JOBOBJECT_EXTENDED_LIMIT_INFORMATION`` (winnt.h).
"""

from __future__ import annotations

import ctypes
import os
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _PROCESS_MEMORY, _NO_CRASH_WINDOW, _END_ALL = 0x2, 0x100, 0x400, 0x2000
_PRIORITY, _BELOW_NORMAL = 0x20, 0x4000
_TICKS = 10_000_000  # of 100 ns, in a second
OVER_TIME = 1816  # ERROR_NOT_ENOUGH_QUOTA: exit code of a process that exceeded its time


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


_library = ctypes.WinDLL("kernel32", use_last_error=True)
_library.CreateJobObjectW.restype = wintypes.HANDLE
_library.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
_library.SetInformationJobObject.argtypes = (
    wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD,
)  # fmt: skip
_library.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
_library.GetCurrentProcess.restype = wintypes.HANDLE


class JobObject:
    """A job object that contains this process. Its children belong to it too and end with it. ``gives_way``:
    other programs go first. Raises :class:`OSError`."""

    def __init__(self, memory_bytes: int, *, gives_way: bool = False) -> None:
        self._memory_bytes, self._gives_way = memory_bytes, gives_way
        self._handle = _library.CreateJobObjectW(None, None)
        if not self._handle:
            raise ctypes.WinError(ctypes.get_last_error())
        self._set(None)
        if not _library.AssignProcessToJobObject(self._handle, _library.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())

    def allow(self, seconds: int) -> None:
        """Limit the further processor time of this process and of each child; the system ends a process over
        the limit with the exit code :data:`OVER_TIME`."""
        self._set(os.times().user + seconds)

    def _set(self, user_seconds: float | None) -> None:
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _NO_CRASH_WINDOW | _END_ALL
        if self._gives_way:
            limits.BasicLimitInformation.LimitFlags |= _PRIORITY
            limits.BasicLimitInformation.PriorityClass = _BELOW_NORMAL
        limits.ProcessMemoryLimit = self._memory_bytes
        if user_seconds is not None:
            limits.BasicLimitInformation.LimitFlags |= _PROCESS_TIME
            limits.BasicLimitInformation.PerProcessUserTimeLimit = int(user_seconds * _TICKS)
        size = ctypes.sizeof(limits)
        if not _library.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), size):
            raise ctypes.WinError(ctypes.get_last_error())
