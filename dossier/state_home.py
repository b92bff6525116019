"""Location of an archive's state folder.

Usually ``.dossier`` in the archive. Not on a network share, where SQLite's log and locks are unreliable,
and not in a read-only folder: then the state is in the user's own
folder on this machine, identified by the share and the path on it, however it is
mounted, or by the local path. Nothing is written into such an archive; each machine has its own state.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from dossier import mounts
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.state import is_foreign, writable
from dossier.vietnamese import slug
from dossier.windows.shares import unc

NAME = ".dossier"
_RECORD = "archive.json"  # in a state folder outside its archive: identifies the archive
CATALOGUE = "catalogue.sqlite"
_LONGEST_ROOT = 190  # characters: a path has 260 there, and a state's own parts up to 70
_CASELESS = ("cifs", "smb3", "smbfs")  # file systems with case-insensitive names

Why = Literal["", "share", "read-only", "long-path", "asked"]


@dataclass(frozen=True, slots=True)
class StatePlace:
    """``folder``: absolute path. ``why``: reason for a state outside the archive; empty if inside."""

    folder: Path
    why: Why = ""


def place(root: Path) -> StatePlace:
    """Location of the state of the archive at ``root`` (absolute), existing or not. Creates nothing.

    Raises :class:`PermissionError` if it exists and belongs to another user who grants no access.
    """
    inside, own = root / NAME, own_folder(root)
    if own.is_relative_to(root) or inside.is_symlink():  # the archive is somebody's home; refused later
        return StatePlace(inside)
    if share_of(root):
        return StatePlace(own, "share")
    there = os.path.lexists(inside)
    if not there and is_long(root):
        return StatePlace(own, "long-path")
    asked = inside if there else root
    if writable(asked):
        return StatePlace(inside)
    # A user who may only read uses the owner's state until a scan of their own creates another.
    if (own / CATALOGUE).exists():
        return StatePlace(own, "read-only")
    return StatePlace(inside) if _holds_catalogue(inside) else StatePlace(own, "read-only")


def is_long(root: Path) -> bool:
    """Whether what a state consists of would get paths there that Windows does not take as they stand."""
    return sys.platform == "win32" and len(str(root)) > _LONGEST_ROOT


def check(root: Path, folder: Path, manifest_name: str) -> None:
    """Raise :class:`ArchiveError` if ``folder`` cannot be the state of the archive at ``root``: a link or
    with links inside, a folder of the archive or of a dossier (with a file ``manifest_name``), or one with
    other files."""
    own = root / NAME
    if folder == own and own.is_symlink():
        raise refused(folder, _("là liên kết"))
    if folder != own and folder.is_relative_to(root):
        raise refused(folder, _("nằm trong kho, giữa các tệp gốc"))
    if folder != own and root.is_relative_to(folder):
        raise refused(folder, _("chứa cả kho"))
    for above in (folder, *folder.parents):
        manifest = above / manifest_name
        if above != root and os.path.lexists(manifest) and not manifest.is_dir():
            raise refused(folder, _("nằm trong một hồ sơ"))
    with suppress(OSError):
        if is_foreign(folder):
            raise refused(folder, _("đã có tệp khác, không phải của dossier"))
    for link in _links(folder):
        raise ArchiveError(
            _("{path} là liên kết: dossier không ghi qua liên kết trong thư mục trạng thái.").format(
                path=link
            ),
            _("Xóa liên kết đó; muốn đặt cả thư mục trạng thái ở ổ khác thì thêm --state THƯ_MỤC."),
        )


def _links(folder: Path, depth: int = 1) -> Iterator[Path]:
    """Links in the folder and the folders in it: what is written there would land elsewhere."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.is_symlink():
                yield Path(entry.path)
            elif depth and entry.is_dir():
                yield from _links(Path(entry.path), depth - 1)


def refused(folder: Path, why: str) -> ArchiveError:
    """The error for a ``folder`` that cannot be a state folder; ``why`` in words."""
    return ArchiveError(
        _("{path} không dùng làm thư mục trạng thái được: {why}.").format(path=folder, why=why),
        _("Chọn một thư mục trống ở ngoài kho bằng --state THƯ_MỤC, hoặc bỏ --state."),
    )


def _holds_catalogue(folder: Path) -> bool:
    try:
        (folder / CATALOGUE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def own_folder(root: Path) -> Path:
    """The state folder outside the archive at ``root``, in the user's own folder."""
    told = share_of(root) or str(root)
    mark = sha256(os.fsencode(told)).hexdigest()[:12]
    return home() / f"{slug(root.name)[:40] or 'kho'}-{mark}"


def home() -> Path:
    """Folder for the state of this user's programs: see the XDG Base Directory Specification."""
    if sys.platform == "win32":
        told = os.environ.get("LOCALAPPDATA", "")
        return (Path(told) if told else Path.home() / "AppData" / "Local") / "dossier"
    told = os.environ.get("XDG_STATE_HOME", "")
    return (Path(told) if told.startswith("/") else Path.home() / ".local" / "state") / "dossier"


def share_of(root: Path, table: Sequence[mounts.Mount] | None = None) -> str:
    """The share of ``root`` with the path on it; empty for a local disk."""
    if sys.platform == "win32":
        return unc(root).casefold()
    raw = os.fsencode(root)
    mount = mounts.around(raw, mounts.read() if table is None else table)
    if mount is None or not mount.remote:
        return ""
    told = os.fsdecode(mount.source.rstrip(b"/") + b"/" + raw[len(mount.point) :].lstrip(b"/"))
    return told.casefold() if mount.type in _CASELESS else told


@dataclass(frozen=True, slots=True)
class Owner:
    """The archive that a state folder outside it belongs to, as recorded there."""

    archive: str
    share: str

    @property
    def shown(self) -> str:
        """Where the archive lay when it was last written of."""
        return self.share or self.archive

    def is_of(self, root: Path) -> bool:
        """Whether it is the archive at ``root``, however its share is mounted."""
        share = share_of(root)
        return self.share == share if share else self.archive == str(root)


def record(folder: Path, root: Path) -> None:
    """Record in a state folder outside its archive which archive it belongs to. Raises :class:`OSError`."""
    told = json.dumps({"archive": str(root), "share": share_of(root)}, ensure_ascii=False)
    file = folder / _RECORD
    with suppress(OSError):
        if file.read_text("utf-8") == told:
            return
    file.write_text(told, "utf-8")


def recorded(folder: Path) -> Owner | None:
    """The archive that a state folder says it belongs to; ``None`` if it says nothing that can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads((folder / _RECORD).read_text("utf-8"))
        return Owner(str(known["archive"]), str(known["share"]))
    return None


def namesakes(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield states on this machine of archives with the same folder name that are not reachable now (their
    server may have been renamed), each with the archive's last location."""
    own = own_folder(root)
    with suppress(OSError):
        for folder in sorted(own.parent.iterdir()):
            if folder == own or folder.name[:-13] != own.name[:-13]:
                continue
            owner = recorded(folder)
            if owner and (folder / CATALOGUE).exists() and not Path(owner.archive).is_dir():
                yield folder, owner.shown
