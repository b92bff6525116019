"""Names of what a run is still making: by them the next one knows what a killed one left behind."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_MAKER = re.compile(r"([0-9]{1,9})-(?:([0-9a-f]{8})-)?[0-9a-f]+")  # process, machine, what makes it single
_FORGOTTEN = 7 * 86_400  # seconds after which nobody can be at work on it any more, on whatever machine


def name(prefix: str) -> str:
    """A name that nobody else gives, with this process and this machine in it."""
    return f"{prefix}{os.getpid()}-{_machine()}-{secrets.token_hex(4)}"


def left_behind(folder: Path, prefix: str) -> Iterator[Path]:
    """Folders with a :func:`name` whose process has ended. One from another machine, which may be at work
    on the same share, is left until it has not been touched for a week."""
    for left in folder.glob(f"{prefix}*"):
        maker = _MAKER.fullmatch(left.name.removeprefix(prefix))
        if maker is None or left.is_symlink() or not left.is_dir():
            continue
        process, machine = int(maker[1]), maker[2]
        if (machine in (None, _machine()) and not _lives(process)) or _forgotten(left):
            yield left


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _forgotten(folder: Path) -> bool:
    try:
        return time.time() - folder.lstat().st_mtime > _FORGOTTEN
    except OSError:
        return False


def _lives(process: int) -> bool:
    """Whether a process of that number runs on this machine."""
    if sys.platform == "win32":  # where a signal 0 would end it
        from dossier.windows.processes import lives

        return lives(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
