"""Check that an archive's disk or share is connected before its files are compared with the catalogue, and
explain where its state folder is if outside the archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
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
from dossier.scanner.mount_points import MountPoints
from dossier.scanner.walk_result import Walk, readable
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
        self._points = MountPoints(archive.root, archive.state)

    def check(self) -> None:
        """Raise :class:`ArchiveError` if the disk or share has been disconnected."""
        if not self._root.is_here():
            raise _cut(str(self._archive.root))

    def spare_absent(
        self, found: Walk, catalogue: Catalogue, within: Callable[[str], bool] | None, *, accept: bool
    ) -> None:
        """Treat folders whose disk is missing as ones that cannot be listed, and report a problem: those no
        longer mounted, and those suddenly empty that had many dossiers. ``within``: only of dossiers at these
        paths; ``accept``: none, as a person said that all of it was deleted."""
        lost = self._points.lost()
        missing_disks = {} if accept else {raw: n for raw in lost if (n := self._unreachable(raw, catalogue))}
        self._points.keep(without=lost - missing_disks.keys())
        for raw, count in missing_disks.items():
            found.unreadable.append(raw)
            found.problems.append(
                _(
                    "Thư mục “{path}” trước đây là một ổ đĩa hay ổ mạng có {count} tệp, nay chưa được "
                    "kết nối; những gì đã biết được giữ nguyên. Kết nối lại rồi quét lại; nếu đã xóa thật, "
                    "chạy một lần: dossier scan --accept-missing"
                ).format(path=readable(raw), count=count)
            )
        if not accept:
            self._spare_emptied(found, catalogue, within)

    def _unreachable(self, point: bytes, catalogue: Catalogue) -> int:
        """Count the known files below a mount point; 0 if one of them is there, as in an ordinary folder."""
        known = [raw for raw in catalogue.known_files() if raw.startswith(point + b"/")]
        root = os.fsencode(self._archive.root)
        return 0 if len(missing(root, known)) < len(known) else len(known)

    def _spare_emptied(self, found: Walk, catalogue: Catalogue, within: Callable[[str], bool] | None) -> None:
        message = _(
            "Thư mục “{path}” trống, trước đây có {count} hồ sơ: có thể ổ đĩa chưa được kết nối; những gì "
            "đã biết được giữ nguyên. Nếu đã xóa thật, xóa luôn thư mục trống này rồi quét lại."
        )
        present = {folder.path for folder in found.dossiers}
        gone = [
            folder.raw_path
            for path, folder in catalogue.folders().items()
            if path not in present and (within is None or within(path))
        ]
        for raw, count in emptied(os.fsencode(self._archive.root), gone).items():
            found.unreadable.append(raw)
            found.problems.append(message.format(path=readable(raw), count=count))

    def is_gone(self, entry: FileEntry, reason: UnreadReason) -> bool:
        """Return whether a file that could not be read for ``reason`` was removed meanwhile. A file in use by
        a program exists, even if the path lookup fails. Raises the error of :meth:`check`."""
        if reason in (UnreadReason.IN_USE, UnreadReason.NOT_LOCAL):
            return False
        if os.path.lexists(place(os.fsencode(self._archive.root), entry.raw_path)):
            return False
        self.check()
        for point in self._points.lost():
            if entry.raw_path.startswith(point + b"/"):
                raise _cut(str(self._archive.root / readable(point)))
        return True


def _cut(path: str) -> ArchiveError:
    return ArchiveError(
        _("{path} mất kết nối giữa lúc quét.").format(path=path),
        _("Kết nối lại rồi quét lại; những gì đã biết giữ nguyên, không tệp nào bị coi là đã xóa."),
    )


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
    if len(folders) < least:
        _check_not_emptied(archive, catalogue)
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
    """Raise :class:`ArchiveError` if nothing is left in the root of an archive that had files."""
    if any(not path.name.startswith(".") for path in archive.root.iterdir()):
        return
    if known := catalogue.known_files():
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
