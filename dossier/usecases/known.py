"""Open the catalogue of a scanned archive. Imports heavy modules only when called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.catalogue import is_made
from dossier.catalogue.server import server_of
from dossier.errors import ArchiveError
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


def check_scanned(archive: Archive) -> None:
    """Raise :class:`ArchiveError` when the archive was never scanned."""
    if not is_made(archive):
        raise ArchiveError(
            _("Kho {path} chưa được quét lần nào.").format(path=archive.root),
            _("Chạy trước: dossier scan {path}").format(path=archive.root),
        )


def check_file(archive: Archive) -> None:
    """Raise :class:`ArchiveError` if the catalogue is on a server instead of in a file."""
    if server := server_of(archive):
        raise ArchiveError(
            _("Danh mục của kho này nằm trên máy chủ {server}.").format(server=server.shown),
            _("Sao lưu và phục hồi bằng công cụ của PostgreSQL: xem docs/province.md."),
        )


def open_known(archive: Archive) -> Catalogue:
    """Open the catalogue of a scanned archive. Raises :class:`ArchiveError` if it was never scanned."""
    from dossier.catalogue import open_catalogue
    from dossier.scanner import VERSION

    check_scanned(archive)
    return open_catalogue(archive, VERSION)
