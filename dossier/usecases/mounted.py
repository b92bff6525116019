"""Whether an archive is really there, before what it holds is compared with what is known."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.catalogue import is_made
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.scanner.discover import walk
from dossier.scanner.emptied import emptied, missing
from dossier.usecases.known import open_known

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


_MANY = 10  # known dossiers from which on a person's own scan is asked whether it is meant


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
