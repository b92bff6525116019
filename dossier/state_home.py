"""Where the state of an archive lies.

As a rule in the archive, as ``.dossier``. Not on a share: SQLite's log and the locks of other machines are
not to be relied on there; and not where nobody may write. Such an archive has its state in the user's own
folder on this machine, found again by what the archive is: the share and the path on it, however it is
mounted, or its path. Nothing is written into the archive for that; two machines have a state each.
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
_RECORD = "archive.json"  # in a state outside its archive: whose it is
CATALOGUE = "catalogue.sqlite"
_CASELESS = ("cifs", "smb3", "smbfs")  # names of servers and folders mean the same in any case

Why = Literal["", "share", "read-only", "asked"]


@dataclass(frozen=True, slots=True)
class StatePlace:
    """``folder``: absolute. ``why`` it is not the archive's own; empty when it is."""

    folder: Path
    why: Why = ""


def place(root: Path) -> StatePlace:
    """Where the state of the archive at ``root``, absolute, lies or is to lie; makes nothing.

    Raises :class:`PermissionError` where it is somebody else's, who lets nobody in.
    """
    inside, own = root / NAME, own_folder(root)
    if own.is_relative_to(root) or inside.is_symlink():  # the archive is somebody's home; refused later
        return StatePlace(inside)
    if share_of(root):
        return StatePlace(own, "share")
    asked = inside if os.path.lexists(inside) else root
    if writable(asked):
        return StatePlace(inside)
    # Whoever may only read finds what the owner's scans knew, until a scan of their own knows more.
    if (own / CATALOGUE).exists():
        return StatePlace(own, "read-only")
    return StatePlace(inside) if _holds_catalogue(inside) else StatePlace(own, "read-only")


def check(root: Path, folder: Path, manifest_name: str) -> None:
    """Raise :class:`ArchiveError` when ``folder`` cannot be the state of the archive at ``root``: a link, a
    folder of the archive or of another dossier (one with a ``manifest_name``), or one that holds other
    people's files."""
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


def refused(folder: Path, why: str) -> ArchiveError:
    """That ``folder`` cannot be a state, and ``why`` in words."""
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
    """The folder on this machine for the archive at ``root``."""
    told = share_of(root) or str(root)
    mark = sha256(os.fsencode(told)).hexdigest()[:12]
    return home() / f"{slug(root.name)[:40] or 'kho'}-{mark}"


def home() -> Path:
    """Where this user's programs keep their state: by the system's rules, see the XDG Base Directory
    Specification."""
    if sys.platform == "win32":
        told = os.environ.get("LOCALAPPDATA", "")
        return (Path(told) if told else Path.home() / "AppData" / "Local") / "dossier"
    told = os.environ.get("XDG_STATE_HOME", "")
    return (Path(told) if told.startswith("/") else Path.home() / ".local" / "state") / "dossier"


def share_of(root: Path, table: Sequence[mounts.Mount] | None = None) -> str:
    """The share that ``root`` lies on, with the path on it; empty for a disk of this machine."""
    if sys.platform == "win32":
        return unc(root).casefold()
    raw = os.fsencode(root)
    mount = mounts.around(raw, mounts.read() if table is None else table)
    if mount is None or not mount.remote:
        return ""
    told = os.fsdecode(mount.source.rstrip(b"/") + b"/" + raw[len(mount.point) :].lstrip(b"/"))
    return told.casefold() if mount.type in _CASELESS else told


def record(folder: Path, root: Path) -> None:
    """Write into a state outside its archive whose it is. Raises :class:`OSError`."""
    told = json.dumps({"archive": str(root), "share": share_of(root)}, ensure_ascii=False)
    file = folder / _RECORD
    with suppress(OSError):
        if file.read_text("utf-8") == told:
            return
    file.write_text(told, "utf-8")


def namesakes(root: Path) -> Iterator[tuple[Path, str]]:
    """States on this machine of archives with the same name, elsewhere than ``root``, that are not to be
    seen now: the server may have got another name. Each with where its archive was."""
    own = own_folder(root)
    with suppress(OSError):
        for folder in sorted(own.parent.iterdir()):
            if folder == own or folder.name[:-13] != own.name[:-13]:
                continue
            with suppress(OSError, ValueError, KeyError, TypeError):
                known = json.loads((folder / _RECORD).read_text("utf-8"))
                if (folder / CATALOGUE).exists() and not Path(known["archive"]).is_dir():
                    yield folder, str(known["share"] or known["archive"])
