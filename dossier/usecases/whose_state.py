"""Refuse a state folder that holds the catalogue of another archive: two archives in one catalogue would each
find the other's dossiers gone. An archive that was moved, or is mounted elsewhere, has the same files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dossier import state_home
from dossier.archive import STATE_NAME, Archive
from dossier.catalogue.sqlite.glance import files_and_sizes
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.plain_file import place
from dossier.vietnamese import nfc

_MOST_LOOKED_UP = 200  # files looked up at their old places before the whole archive is walked
_LEAST_SAME = 2  # one of so many files must be the same


def check_whose(archive: Archive) -> None:
    """Raise :class:`ArchiveError` if the state folder that a person named holds the catalogue of another
    archive. Without a record of whose it is, the files decide."""
    if archive.state_why != "asked" or archive.state == archive.root / STATE_NAME:
        return
    owner = state_home.recorded(archive.state)
    if owner is not None and owner.is_of(archive.root):
        return
    known = files_and_sizes(archive.state / state_home.CATALOGUE)
    if not known or _at_their_places(archive, known) or _somewhere(archive, known):
        return
    raise ArchiveError(
        _(
            "Thư mục trạng thái {path} là của {whose}; dùng cho kho {root} nữa thì danh mục của hai kho lẫn "
            "vào nhau."
        ).format(path=archive.state, whose=_whose(archive, owner), root=archive.root),
        _(
            "Chọn một thư mục trống khác bằng --state THƯ_MỤC, hoặc bỏ --state. Nếu kho này chính là kho ấy "
            "đã chuyển chỗ thì kiểm tra xem ổ đĩa đã kết nối và các tệp đã chuyển đủ chưa."
        ),
    )


def _whose(archive: Archive, owner: state_home.Owner | None) -> str:
    if owner is not None:
        return _("kho {path}").format(path=owner.shown)
    if archive.state.name == STATE_NAME:
        return _("kho {path}").format(path=archive.state.parent)
    return _("một kho khác")


def _at_their_places(archive: Archive, known: Sequence[tuple[bytes, int]]) -> bool:
    """Whether enough of a sample of the known files have the same places and sizes in the archive."""
    sample = known[:: -(-len(known) // _MOST_LOOKED_UP)]
    same = 0
    for path, size in sample:
        try:
            same += os.stat(place(archive.raw_root, path)).st_size == size  # noqa: PTH116  bytes
        except OSError:
            continue
    return _LEAST_SAME * same >= len(sample)


def _somewhere(archive: Archive, known: Sequence[tuple[bytes, int]]) -> bool:
    """Whether enough of the known files are anywhere in the archive, by name and size: folders may have been
    renamed on the way."""
    wanted = Counter((_name(path), size) for path, size in known)
    same = 0
    for folder, _folders, names in os.walk(archive.root):
        for name in names:
            try:
                file = nfc(name), Path(folder, name).lstat().st_size
            except OSError:
                continue
            if wanted[file] > 0:
                wanted[file] -= 1
                same += 1
                if _LEAST_SAME * same >= len(known):
                    return True
    return False


def _name(path: bytes) -> str:
    return nfc(os.fsdecode(path.rpartition(b"/")[2]))
