"""Temporary folders that a later process can tell from those in use, and remove, if theirs was killed.

A folder's process holds a lock beside its content. The operating system releases it whenever the process
ends, so a folder whose lock is free belongs to nobody any more. What is in there may come from documents.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_PREFIX = "dossier-"
_LOCK = "held.lock"
_YOUNG_SECONDS = 60.0  # a folder may be so new that its process does not hold the lock yet


class HeldFolder:
    """A temporary folder for this user only, ``path``, which :meth:`remove` deletes. The first one that a
    process makes removes those of killed processes."""

    def __init__(self, prefix: str = _PREFIX) -> None:
        """``prefix`` of the folder's name, which begins with ``dossier-``. Raises :class:`OSError`."""
        from filelock import FileLock  # imported late: slow to load

        _clear_once(tempfile.gettempdir())
        self._home = Path(tempfile.mkdtemp(prefix=prefix))
        self._lock = FileLock(self._home / _LOCK, thread_local=False)
        self.path = self._home / "in"
        try:
            with suppress(NotImplementedError):  # without locks it is never taken for left
                self._lock.acquire(timeout=0)
            self.path.mkdir(0o700)
        except BaseException:
            self.remove()
            raise

    def remove(self) -> None:
        """Delete the folder with its content; what cannot be deleted stays. May be called again."""
        self._lock.release()  # first: Windows does not delete a file that is open
        shutil.rmtree(self._home, ignore_errors=True)


@lru_cache(maxsize=8)
def _clear_once(parent: str) -> None:
    with suppress(OSError):
        for entry in list(os.scandir(parent)):
            if entry.name.startswith(_PREFIX) and _is_left(Path(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_left(home: Path) -> bool:
    """Whether the folder is one of this user's whose process has ended."""
    from filelock import FileLock, Timeout

    with suppress(OSError, Timeout, NotImplementedError):
        there, held = home.lstat(), (home / _LOCK).lstat()
        if not (stat.S_ISDIR(there.st_mode) and stat.S_ISREG(held.st_mode)):
            return False
        if sys.platform != "win32" and not there.st_uid == held.st_uid == os.geteuid():
            return False
        if abs(time.time() - held.st_mtime) < _YOUNG_SECONDS:
            return False
        with FileLock(home / _LOCK, thread_local=False).acquire(timeout=0):
            return True
    return False
