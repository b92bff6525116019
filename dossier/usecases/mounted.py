"""Check that an archive's disk or share is connected before its files are compared with the catalogue, and
explain where its state folder is if outside the archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dossier import state_home
from dossier.archive import STATE_NAME, Archive
from dossier.catalogue import is_made
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.model import FileEntry, UnreadReason
from dossier.plain_file import place
from dossier.scanner.discover import walk
from dossier.scanner.emptied import Root, emptied, missing
from dossier.usecases.known import open_known

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


_MANY = 10  # minimum number of known dossiers for a scan to stop when most of them are missing


class Presence:
    """Monitor of an archive during a scan: files missing because the disk or share was disconnected must not
    count as deleted."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._root = Root(os.fsencode(archive.root))

    def check(self) -> None:
        """Raise :class:`ArchiveError` if the disk or share has been disconnected."""
        if not self._root.is_here():
            raise ArchiveError(
                _("{path} mất kết nối giữa lúc quét.").format(path=self._archive.root),
                _("Kết nối lại rồi quét lại; những gì đã biết giữ nguyên, không tệp nào bị coi là đã xóa."),
            )

    def is_gone(self, entry: FileEntry, reason: UnreadReason) -> bool:
        """Return whether a file that could not be read for ``reason`` was removed meanwhile. A file in use by
        a program exists, even if the path lookup fails. Raises the error of :meth:`check`."""
        if reason in (UnreadReason.IN_USE, UnreadReason.NOT_LOCAL):
            return False
        if os.path.lexists(place(os.fsencode(self._archive.root), entry.raw_path)):
            return False
        self.check()
        return True


def check_mounted(archive: Archive) -> None:
    """Raise :class:`ArchiveError` if the archive's disk or share seems to be disconnected: most known
    dossiers are missing, or an archive that was never scanned is an empty folder."""
    if is_made(archive):
        with open_known(archive) as catalogue:
            check_known(archive, catalogue, least=1)
    elif all(path.name.startswith(".") for path in archive.root.iterdir()):
        raise ArchiveError(
            _("Thư mục {path} trống; có thể ổ đĩa hoặc ổ mạng chưa được kết nối.").format(path=archive.root),
            _advice(archive),
        )


def check_known(archive: Archive, catalogue: Catalogue, *, least: int = _MANY) -> None:
    """Raise :class:`ArchiveError` if most of the known dossiers are missing; not checked for fewer than
    ``least`` known dossiers."""
    gathered = {each.path for each in catalogue.adoptions.all() if each.chosen}  # may be no folders
    folders = [f.raw_path for f in catalogue.folders().values() if f.path not in gathered]
    if least == 1 and not folders:
        _check_not_emptied(archive, catalogue)
    if len(folders) < least:
        return
    root = os.fsencode(archive.root)
    gone = missing(root, folders)
    if len(gone) < len(folders) and 2 * (len(gone) - sum(emptied(root, gone).values())) <= len(folders):
        return
    left = len(walk(archive, None, catalogue.adoptions.all()).dossiers)  # they may have been moved together
    if folders and 2 * left < len(folders):
        raise ArchiveError(
            _(
                "Chỉ còn thấy {left} trong {all} hồ sơ đã biết của {path}; có thể ổ mạng chưa được kết nối."
            ).format(left=left, all=len(folders), path=archive.root),
            _advice(archive),
        )


def _check_not_emptied(archive: Archive, catalogue: Catalogue) -> None:
    """Raise :class:`ArchiveError` if an archive without dossiers has none of its known files left."""
    known = catalogue.outside().files
    if known and all(path.name.startswith(".") for path in archive.root.iterdir()):
        raise ArchiveError(
            _("Thư mục {path} trống, trước đây có {count} tệp; có thể ổ mạng chưa được kết nối.").format(
                path=archive.root, count=len(known)
            ),
            _advice(archive),
        )


def _advice(archive: Archive) -> str:
    return _(
        'Kết nối ổ đĩa rồi chạy lại. Nếu đã xóa thật, chạy một lần: dossier scan "{path}" --accept-missing'
    ).format(path=archive.root)


def where_the_state_lies(archive: Archive) -> Iterator[str]:
    """Yield sentences on where the state folder is and why, and on other state folders that may be the wanted
    one; none if it is in the archive or where a person put it."""
    if archive.state_why == "share":
        yield _(
            "Kho nằm trên ổ mạng ({share}): danh mục, chỉ mục và quyết định được giữ trên máy này, "
            "tại {path}. Máy khác mở cùng kho có trạng thái riêng."
        ).format(share=state_home.share_of(archive.root), path=archive.state)
    elif archive.state_why == "read-only":
        yield _(
            "Không ghi được vào kho: danh mục, chỉ mục và quyết định được giữ trên máy này, tại {path}."
        ).format(path=archive.state)
    elif archive.state_why == "long-path":
        yield _(
            "Đường dẫn của kho dài quá: danh mục, chỉ mục và quyết định được giữ trên máy này, tại {path}."
        ).format(path=archive.state)
    else:
        return
    if (archive.state / state_home.CATALOGUE).exists():
        return
    inside = archive.root / STATE_NAME
    if (inside / state_home.CATALOGUE).exists():
        yield _(
            "Trong kho đã có trạng thái cũ {path}; không dùng ở đây. Muốn mang theo các quyết định: "
            'dossier decisions export quyet-dinh.csv "{root}" --state "{path}", quét kho, rồi '
            'dossier decisions import quyet-dinh.csv "{root}".'
        ).format(path=inside, root=archive.root)
    for folder, where in state_home.namesakes(archive.root):
        yield _(
            "Máy này có trạng thái {path} của một kho cùng tên, trước ở {where}, nay không thấy. Nếu là cùng "
            "một kho, xóa {new} rồi đổi tên thư mục đó thành {new}."
        ).format(path=folder, where=where, new=archive.state)
