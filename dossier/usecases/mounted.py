"""Whether an archive is really there, before what it holds is compared with what is known; and where its
state lies, when that is not in it."""

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


_MANY = 10  # known dossiers from which on a person's own scan is asked whether it is meant


class Presence:
    """An archive while a scan is at it: its disk or share may go meanwhile, and is then no deletion."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._root = Root(os.fsencode(archive.root))

    def check(self) -> None:
        """Raise :class:`ArchiveError` when the disk or share has gone since."""
        if not self._root.is_here():
            raise ArchiveError(
                _("{path} mất kết nối giữa lúc quét.").format(path=self._archive.root),
                _("Kết nối lại rồi quét lại; những gì đã biết giữ nguyên, không tệp nào bị coi là đã xóa."),
            )

    def is_gone(self, entry: FileEntry, reason: UnreadReason) -> bool:
        """Whether a file that could not be read, and why, was removed meanwhile. One that a program holds is
        there, whatever looking for it says. Raises as :meth:`check`."""
        if reason in (UnreadReason.IN_USE, UnreadReason.NOT_LOCAL):
            return False
        if os.path.lexists(place(os.fsencode(self._archive.root), entry.raw_path)):
            return False
        self.check()
        return True


def check_mounted(archive: Archive) -> None:
    """Refuse to take an archive for emptied whose disk or share is only not connected.

    Raises :class:`ArchiveError` when most of the known dossiers are not to be seen, or when an archive
    that was never scanned is an empty folder.
    """
    if is_made(archive):
        with open_known(archive) as catalogue:
            check_known(archive, catalogue, least=1)
    elif all(path.name.startswith(".") for path in archive.root.iterdir()):
        raise ArchiveError(
            _("Thư mục {path} trống; có thể ổ đĩa hoặc ổ mạng chưa được kết nối.").format(path=archive.root),
            _advice(archive),
        )


def check_known(archive: Archive, catalogue: Catalogue, *, least: int = _MANY) -> None:
    """Raise :class:`ArchiveError` when most of the dossiers are not to be seen that are known, if these
    are at least so many."""
    folders = [folder.raw_path for folder in catalogue.folders().values()]
    if least == 1 and not folders:
        _check_not_emptied(archive, catalogue)
    if len(folders) < least:
        return
    root = os.fsencode(archive.root)
    gone = missing(root, folders)
    if len(gone) < len(folders) and 2 * (len(gone) - sum(emptied(root, gone).values())) <= len(folders):
        return
    left = len(walk(archive, None, catalogue.adoptions.all()).dossiers)  # they may have been moved as one
    if folders and 2 * left < len(folders):
        raise ArchiveError(
            _(
                "Chỉ còn thấy {left} trong {all} hồ sơ đã biết của {path}; có thể ổ mạng chưa được kết nối."
            ).format(left=left, all=len(folders), path=archive.root),
            _advice(archive),
        )


def _check_not_emptied(archive: Archive, catalogue: Catalogue) -> None:
    """The same for an archive without dossiers, of whose files none is left."""
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
    """Sentences on where the state lies and why, and on states that may have been meant; none where it lies
    in the archive or where a person put it."""
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
