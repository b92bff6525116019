"""Permissions of the state folder: files created by this process are private to its owner once a state folder
is open, while reports and new dossiers get the modes of the user's own umask."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

UNFINISHED_RESTORE = "restoring.json"  # there while restored files are put in their places
_PRIVATE, _GROUP = 0o077, 0o007  # umasks

# A folder with one of these names, or an empty one, may be a state folder.
_OURS = (
    "catalogue.sqlite", "lock", "index", "reports", "watch.lock", "serve.lock", "audit.lock", "web.sqlite",
    "inbox.sqlite", "archive.json", "server.json", "signing-key.pem",
)  # fmt: skip
# Windows keeps no lock files: an audit log, or a file beside a lock, may be the first file in it.
_LOG = re.compile(r"audit-\d{4}-\d\d\.jsonl")
_LOCK = re.compile(
    r"(?:(?:job|watch|serve|backup|audit)\.)?lock(?:\.wanted)?|(?:lock|job|watch|serve|backup|audit)\.json"
)
_OPEN = {False: 0o077, True: 0o007}  # mode bits that give others access; key: shared with a group

_plain: int | None = None  # the original umask of the process, once it was replaced


def writable(path: Path) -> bool:
    """Whether this process may write there."""
    if sys.platform == "win32":
        from dossier.windows.files import may_write

        return may_write(path)
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def keep_private(*, group: bool = False) -> None:
    """Make new files and folders of this process accessible to their owner only, or also to a group."""
    global _plain
    before = os.umask(_GROUP if group else _PRIVATE)
    if _plain is None:
        _plain = before


def plain_mode(*, folder: bool = False) -> int:
    """The mode of an ordinary new file or ``folder`` by the original umask of the process."""
    masked = _plain
    if masked is None:
        masked = os.umask(_PRIVATE)
        os.umask(masked)
    return (0o777 if folder else 0o666) & ~masked


def is_foreign(folder: Path) -> bool:
    """Whether a folder has visible content and is no state folder. Raises :class:`OSError`."""
    names = {entry.name for entry in folder.iterdir()} if folder.exists() else set()
    ours = not names.isdisjoint(_OURS) or any(_LOG.fullmatch(name) or _LOCK.fullmatch(name) for name in names)
    return any(not name.startswith(".") for name in names) and not ours


def make(folder: Path, group: str = "") -> None:
    """Create the state folder if needed and make it, its content and all new files of this process accessible
    to their owner, or also to ``group``, only. Raises :class:`OSError`."""
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
    """Paths in the state folder that others can read or write although they should not."""
    if sys.platform == "win32":
        return []
    there = [folder, *folder.rglob("*")]
    return [path for path in there if not path.is_symlink() and path.stat().st_mode & _OPEN[bool(group)]]


def _group_number(group: str) -> int:
    """The number of a group, -1 for none. Raises :class:`OSError` for an unknown group."""
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
