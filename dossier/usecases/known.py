"""Open the catalogue of a scanned archive. Imports heavy modules only when called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier import state_home
from dossier.archive import Archive
from dossier.catalogue import is_made
from dossier.catalogue.server import ADDRESS, MOVED, server_of
from dossier.errors import ArchiveError, NeverScannedError
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


def check_scanned(archive: Archive) -> None:
    """Raise :class:`ArchiveError` when the archive was never scanned, or is to use a server to which its
    catalogue, a file here, was not moved."""
    if is_made(archive):
        return
    check_moved(archive)
    raise NeverScannedError(
        _("Kho {path} chưa được quét lần nào.").format(path=archive.root),
        _("Chạy trước: dossier scan {path}").format(path=archive.root),
    )


def check_moved(archive: Archive) -> None:
    """Raise :class:`ArchiveError` when the archive is to use a server without its catalogue while it has one
    in a file here, or had one on a server: a new one would have none of the decisions that people made."""
    file, moved = archive.state / state_home.CATALOGUE, archive.state / MOVED
    server = server_of(archive)
    was_here = any(path.exists() for path in (file, moved, archive.index_folder))
    if server is None or not was_here or is_made(archive):
        return
    if not file.exists():
        raise ArchiveError(
            _("Máy chủ {server} không có danh mục của kho {path}, dù kho đã được quét trước đây.").format(
                server=server.shown, path=archive.root
            ),
            _(
                "Phục hồi cơ sở dữ liệu từ bản sao lưu của PostgreSQL. Nếu vừa đổi địa chỉ hay tên kho thì "
                "ghi lại như cũ, hoặc ghi schema cũ vào [catalogue] schema của dossier.toml. Muốn bắt đầu "
                "lại từ đầu, mất mọi quyết định cũ, thì đổi tên thư mục {state}."
            ).format(state=archive.state),
        )
    raise ArchiveError(
        _("Danh mục của kho {path} còn là tệp trên máy này, chưa chuyển lên máy chủ {server}.").format(
            path=archive.root, server=server.shown
        ),
        _(
            "Bỏ biến môi trường {name} và [catalogue] url, rồi chạy: dossier migrate-to ĐỊA_CHỈ. Muốn bắt "
            "đầu lại từ đầu trên máy chủ, không lấy các quyết định cũ sang, thì đổi tên thư mục {state}."
        ).format(name=ADDRESS, state=archive.state),
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
