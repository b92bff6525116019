"""The state folder belongs to its owner alone: what this process makes from the moment it opens one is
nobody else's to read, while reports and new dossiers keep the modes that the person's umask asks for."""

from __future__ import annotations

import os

_PRIVATE, _GROUP = 0o077, 0o007  # umasks

_plain: int | None = None  # the umask that the process was started with, once another is in force


def keep_private(*, group: bool = False) -> None:
    """From now on new files and folders are for their owner only, or for owner and ``group``."""
    global _plain
    before = os.umask(_GROUP if group else _PRIVATE)
    if _plain is None:
        _plain = before


def plain_mode(*, folder: bool = False) -> int:
    """The mode of an ordinary new file or ``folder``, by the umask the process was started with."""
    masked = _plain
    if masked is None:
        masked = os.umask(_PRIVATE)
        os.umask(masked)
    return (0o777 if folder else 0o666) & ~masked
