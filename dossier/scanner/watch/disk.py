"""What the disk says about a path right now."""

from __future__ import annotations

import os
import signal
import stat
import sys

from dossier.plain_file import place
from dossier.scanner.watch.settle import Stamp


def stamp_of(path: bytes) -> Stamp | None:
    """Size and time of a file; ``None`` for what is not there or is no ordinary file."""
    try:
        found = os.lstat(place(path))
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def open_for_writing(path: bytes) -> bool | None:
    """Whether a program of this machine has the file open for writing; ``None``: it cannot be known.

    The kernel grants a lease for reading (fcntl(2)) only when nobody has; it is given back at once. It
    is granted to the file's owner and root, on local file systems.
    """
    if sys.platform != "linux":
        return None
    import fcntl

    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # Should somebody open it in this instant, we are told by a signal that does nothing.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(handle)
    return False
