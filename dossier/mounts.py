"""Which folders lie on another machine, by the system's table of mounts. Pure but for :func:`read`."""

from __future__ import annotations

import ctypes
import os
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# The kernel of this machine learns nothing of what others write there.
_REMOTE = re.compile(
    r"nfs[34]?|cifs|smb3?|smbfs|9p|virtiofs|vboxsf|afs|ceph|ncpfs|davfs|glusterfs|lustre|beegfs|fuse(?:\..+)?"
)
_LOCAL_FUSE = ("fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuseblk", "fusectl")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of winbase.h
_ESCAPE = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """``point``: absolute, in the bytes of the file system. ``type``: as the kernel calls it.
    ``source``: what is mounted there, ``//server/share``."""

    point: bytes
    type: str
    source: bytes = b""

    @property
    def remote(self) -> bool:
        """Whether others may write there unnoticed."""
        return self.type not in _LOCAL_FUSE and _REMOTE.fullmatch(self.type) is not None


def read() -> list[Mount]:
    """The mounts of this machine; none where the system has no such table."""
    try:
        return parse(Path("/proc/self/mounts").read_bytes())
    except OSError:
        return []


def shares() -> list[str]:
    """Folders of this machine that lie on another one, in order; none where the system cannot tell."""
    if os.name == "nt":
        return _network_drives()
    return sorted({os.fsdecode(mount.point) for mount in read() if mount.remote})


def _network_drives() -> list[str]:
    drive_type: Callable[[str], int] = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 (Windows alone)
    return [root for letter in string.ascii_uppercase if drive_type(root := f"{letter}:\\") == _REMOTE_DRIVE]


def parse(table: bytes) -> list[Mount]:
    """Mounts of a table in the form of fstab(5); lines that make no sense are left out."""
    found = []
    for line in table.splitlines():
        fields = line.split(b" ")
        if len(fields) >= 3:
            source, point = (_ESCAPE.sub(_unescaped, field) for field in fields[:2])
            found.append(Mount(point, fields[2].decode("ascii", "replace"), source))
    return found


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8) & 0xFF])


def around(folder: bytes, mounts: Sequence[Mount]) -> Mount | None:
    """The mount that ``folder`` lies on; of several at one point the last, which hides the others."""
    found = None
    for mount in mounts:
        if _within(folder, mount.point) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def below(folder: bytes, mounts: Sequence[Mount]) -> list[Mount]:
    """Remote mounts somewhere below ``folder``."""
    inside = {mount.point: mount for mount in mounts if _within(mount.point, folder)}
    return [mount for mount in inside.values() if mount.remote and mount.point != folder]


def _within(path: bytes, folder: bytes) -> bool:
    return folder == b"/" or path == folder or path.startswith(folder + b"/")
