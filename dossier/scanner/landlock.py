"""Landlock: irrevocably restrict the files that this process and its children can use (Linux).

See landlock(7) and linux/landlock.h. No privileges are needed; kernels before 5.13 do not have Landlock,
and some systems disable it.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system call numbers, equal on every architecture but alpha
_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1
_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FOLDER, _REMOVE, _MAKE_FOLDER, _MAKE_FILE, _MAKE_SOCKET = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 9
_MAKE_PIPE, _MAKE_LINK = 1 << 10, 1 << 12
_MOVE, _SHORTEN = 1 << 13, 1 << 14
# ABI version → number of file access rights (the lowest bits).
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_LISTEN_AND_CONNECT = 3  # TCP rights, from version 4
_SCOPES = 3  # abstract sockets of other processes, and signals; from version 6
_OF_FILES = _EXECUTE | _WRITE | _READ | _SHORTEN | 1 << 15  # rights allowed in a rule for a single file

READ = _READ | _LIST
RUN = READ | _EXECUTE
WRITE = (
    READ | _WRITE | _REMOVE_FOLDER | _REMOVE | _MAKE_FOLDER | _MAKE_FILE | _MAKE_SOCKET | _MAKE_PIPE
    | _MAKE_LINK | _MOVE | _SHORTEN
)  # fmt: skip
SOCKETS = _MAKE_SOCKET | _REMOVE
DEVICE = _READ | _WRITE | _SHORTEN


def version() -> int:
    """Return the kernel's Landlock ABI version; 0 without Landlock."""
    if sys.platform != "linux":
        return 0
    return max(_call(_CREATE, None, 0, _VERSION), 0)


def confine(rules: Iterable[tuple[str | bytes, int]]) -> bool:
    """Restrict this process to the files at or below the paths, each with its rights, and forbid TCP; return
    whether the kernel did so. Missing paths are skipped. The process must have set no_new_privs before."""
    offered = version()
    if not offered:
        return False
    handled = (1 << _RIGHTS.get(offered, 16)) - 1
    attributes = struct.pack("=QQQ", handled, _LISTEN_AND_CONNECT, _SCOPES)
    attributes = attributes[: 8 if offered < 4 else 16 if offered < 6 else 24]
    ruleset = _call(_CREATE, ctypes.c_char_p(attributes), len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path, rights in rules:
            with suppress(OSError):
                _allow(ruleset, path, rights & handled)
        return _call(_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str | bytes, rights: int) -> None:
    beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(beneath).st_mode):
            rights &= _OF_FILES
        _call(_ADD, ruleset, _PATH_BENEATH, ctypes.c_char_p(struct.pack("=Qi", rights, beneath)), 0)
    finally:
        os.close(beneath)


def _call(*arguments: object) -> int:
    try:
        return int(ctypes.CDLL(None, use_errno=True).syscall(*arguments))
    except (OSError, AttributeError):
        return -1
