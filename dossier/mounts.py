"""Find folders on other machines by the system's mount table. Pure except for :func:`read`."""

from __future__ import annotations

import ctypes
import os
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# File systems on which the local kernel does not see changes made by others.
_REMOTE = re.compile(
    r"nfs[34]?|cifs|smb3?|smbfs|9p|virtiofs|vboxsf|afs|ceph|ncpfs|davfs|glusterfs|lustre|beegfs|fuse(?:\..+)?"
)
_LOCAL_FUSE = ("fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuseblk", "fusectl")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of winbase.h
_ESCAPE = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """A mount. ``point``: absolute path in the bytes of the file system; ``type``: file system type;
    ``source``: the mounted device or share, ``//server/share``."""

    point: bytes
    type: str
    source: bytes = b""

    @property
    def remote(self) -> bool:
        """Whether other machines may write there without the local kernel noticing."""
        return self.type not in _LOCAL_FUSE and _REMOTE.fullmatch(self.type) is not None


def read() -> list[Mount]:
    """Mounts of this machine; empty if the system has no mount table."""
    try:
        return parse(Path("/proc/self/mounts").read_bytes())
    except OSError:
        return []


def shares() -> list[str]:
    """Mounted remote folders, sorted; empty if the system cannot tell."""
    if os.name == "nt":
        return _network_drives()
    return sorted({os.fsdecode(mount.point) for mount in read() if mount.remote})


def _network_drives() -> list[str]:
    drive_type: Callable[[str], int] = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 (Windows alone)
    return [root for letter in string.ascii_uppercase if drive_type(root := f"{letter}:\\") == _REMOTE_DRIVE]


def parse(table: bytes) -> list[Mount]:
    """Parse a mount table in the format of fstab(5); invalid lines are skipped."""
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
    """The mount that contains ``folder``; of several at one point the last, which hides the others."""
    found = None
    for mount in mounts:
        if _within(folder, mount.point) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def below(folder: bytes, mounts: Sequence[Mount]) -> list[Mount]:
    """Remote mounts below ``folder``."""
    inside = {mount.point: mount for mount in mounts if _within(mount.point, folder)}
    return [mount for mount in inside.values() if mount.remote and mount.point != folder]


def points_below(folder: bytes, mounts: Sequence[Mount]) -> frozenset[bytes]:
    """Folders below ``folder`` at which another disk, share or folder is mounted, relative to it."""
    start = folder.rstrip(b"/") + b"/"
    return frozenset(mount.point[len(start) :] for mount in mounts if mount.point.startswith(start)) - {b""}


def _within(path: bytes, folder: bytes) -> bool:
    return folder == b"/" or path == folder or path.startswith(folder + b"/")
