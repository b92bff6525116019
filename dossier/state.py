"""The state folder belongs to its owner alone: what this process makes from the moment it opens one is
nobody else's to read, while reports and new dossiers keep the modes that the person's umask asks for."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

_PRIVATE, _GROUP = 0o077, 0o007  # umasks

# What tells a state folder from anybody's: one of these is in it, or it is empty.
_OURS = (
    "catalogue.sqlite", "lock", "index", "reports", "watch.lock", "serve.lock", "audit.lock", "web.sqlite",
    "inbox.sqlite", "archive.json", "server.json", "signing-key.pem",
)  # fmt: skip
# Windows keeps no lock files: the log of acts may be the first thing in it, or what is written beside a lock.
_LOG = re.compile(r"audit-\d{4}-\d\d\.jsonl")
_LOCK = re.compile(
    r"(?:(?:job|watch|serve|backup|audit)\.)?lock(?:\.wanted)?|(?:lock|job|watch|serve|backup|audit)\.json"
)
_OPEN = {False: 0o077, True: 0o007}  # bits of a mode that let others in, by whether a group may

_plain: int | None = None  # the umask that the process was started with, once another is in force


def writable(path: Path) -> bool:
    """Whether this process may write there, with the rights it has now."""
    if sys.platform == "win32":
        from dossier.windows.files import may_write

        return may_write(path)
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


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


def is_foreign(folder: Path) -> bool:
    """Whether a folder holds something and none of it is ours. Raises :class:`OSError`."""
    names = {entry.name for entry in folder.iterdir()} if folder.exists() else set()
    ours = not names.isdisjoint(_OURS) or any(_LOG.fullmatch(name) or _LOCK.fullmatch(name) for name in names)
    return any(not name.startswith(".") for name in names) and not ours


def make(folder: Path, group: str = "") -> None:
    """Make the state folder if need be, its owner's alone or with ``group``, and so from now on everything
    that this process makes; one that was open to others before is closed. Raises :class:`OSError`."""
    keep_private(group=bool(group))
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        return
    number = _group_number(group)
    status = folder.stat()
    wrong = status.st_mode & _OPEN[bool(group)] or (group and status.st_gid != number)
    if wrong and os.geteuid() in (0, status.st_uid):
        _close(folder, number)


def readers_beside_us(folder: Path, group: str = "") -> list[Path]:
    """What in the state folder others can read or write although they should not."""
    if sys.platform == "win32":
        return []
    there = [folder, *folder.rglob("*")]
    return [path for path in there if not path.is_symlink() and path.stat().st_mode & _OPEN[bool(group)]]


def _group_number(group: str) -> int:
    """Raises :class:`OSError` for a group that this machine does not know."""
    if not group:
        return -1
    import grp

    try:
        return grp.getgrnam(group).gr_gid
    except KeyError as error:
        raise OSError(f"{group}?") from error


def _close(folder: Path, group: int) -> None:
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                continue
            if group >= 0:
                os.chown(path, -1, group)
            wanted = (0o2770 if stat.S_ISDIR(mode) else 0o660) if group >= 0 else (mode & 0o700)
            path.chmod(wanted)
