"""Whether an archive is really there, before what it holds is compared with what is known."""

from __future__ import annotations

import os

from dossier.archive import Archive
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.scanner.discover import walk
from dossier.scanner.emptied import emptied, missing
from dossier.usecases.known import open_known


def check_mounted(archive: Archive) -> None:
    """Refuse to take an archive for emptied whose disk or share is only not connected.

    Raises :class:`ArchiveError` when most of the known dossiers are not to be seen, or when an archive
    that was never scanned is an empty folder.
    """
    advice = _("Kết nối ổ đĩa rồi chạy lại. Nếu quả thật như vậy, chạy một lần: dossier scan {path}")
    if not archive.was_scanned:
        if all(path.name.startswith(".") for path in archive.root.iterdir()):
            raise ArchiveError(
                _("Thư mục {path} trống; có thể ổ đĩa hoặc ổ mạng chưa được kết nối.").format(
                    path=archive.root
                ),
                advice.format(path=archive.root),
            )
        return
    with open_known(archive) as catalogue:
        folders = [folder.raw_path for folder in catalogue.folders().values()]
    root = os.fsencode(archive.root)
    gone = missing(root, folders)
    if len(gone) < len(folders) and 2 * (len(gone) - sum(emptied(root, gone).values())) <= len(folders):
        return
    left = len(walk(archive).dossiers)  # they may have been moved as one
    if folders and 2 * left < len(folders):
        raise ArchiveError(
            _(
                "Chỉ còn thấy {left} trong {all} hồ sơ đã biết của {path}; có thể ổ mạng chưa được kết nối."
            ).format(left=left, all=len(folders), path=archive.root),
            advice.format(path=archive.root),
        )
