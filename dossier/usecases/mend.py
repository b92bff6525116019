"""Repair an archive's state: rebuild what can be recomputed, and carry over people's decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dossier import renaming
from dossier.archive import Archive
from dossier.catalogue import is_made, open_catalogue, schema
from dossier.catalogue.server import server_of
from dossier.catalogue.sqlite import foreign
from dossier.catalogue.sqlite.copies import repair, salvage, version_of
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, CatalogueError, IndexUnusableError
from dossier.i18n import _
from dossier.scanner import VERSION
from dossier.usecases import audit, night_folders
from dossier.usecases.following import Worth, worth
from dossier.usecases.indexing import index_of, rebuild
from dossier.usecases.known import open_known
from dossier.usecases.locking import clear_leftovers, working, writing
from dossier.usecases.mounted import check_mounted
from dossier.usecases.scan import scan


def mend(archive: Archive, *, in_use: bool = False) -> Iterator[str]:
    """Repair the catalogue, then the index, then differences from the disk; yield a sentence for each repair.
    ``in_use``: the caller keeps using the catalogue, so its file must not be replaced.

    Raises :class:`~dossier.errors.LockedError` while another process writes, and other
    :class:`~dossier.errors.DossierError` for damage that cannot be repaired.
    """
    if not is_made(archive):
        return
    audit.note(archive, "mend")
    with working(archive, "doctor"), writing(archive, "doctor"):
        yield from _clear(archive.state)
        if server_of(archive) is None:
            if in_use and (trouble := foreign.trouble(archive.state / NAME)):
                raise ArchiveError(
                    _("Danh mục bị hỏng ({why}): không sửa được khi trang đang mở.").format(why=trouble),
                    _("Dừng trang, rồi ở máy chạy trang: dossier doctor --fix"),
                )
            yield from _catalogue(archive.state / NAME)
        with open_known(archive) as catalogue:
            cleared = catalogue.orphans.clear()
        if cleared:
            yield _("Đã bỏ {count} dòng mồ côi trong danh mục; tệp của chúng được đọc lại.").format(
                count=cleared
            )
    check_mounted(archive)
    counts = scan(archive)
    if counts.read or counts.gone or counts.placed_anew:
        yield _("Đã cập nhật danh mục theo đĩa: {read} tệp đọc lại, {gone} tệp không còn.").format(
            read=counts.read, gone=counts.gone
        )
    with open_known(archive) as catalogue:
        elsewhere = worth(archive, catalogue) is Worth.ELSEWHERE
    if not elsewhere and (trouble := index_trouble(archive)):
        rebuild(archive)
        yield _("Đã dựng lại chỉ mục từ danh mục ({why}).").format(why=trouble)


def index_trouble(archive: Archive) -> str:
    """Return how the full-text index differs from the catalogue, in words; empty if it does not."""
    with open_known(archive) as catalogue:
        wanted = catalogue.feed.indexable()
        waiting = set(catalogue.feed.pending())
    try:
        indexed = set(index_of(archive).paths())
    except IndexUnusableError as error:
        return error.message
    missing, extra = len(wanted - indexed - waiting), len(indexed - wanted - waiting)
    if missing or extra:
        return _("thiếu {missing} tệp, thừa {extra} tệp").format(missing=missing, extra=extra)
    return ""


def _clear(state: Path) -> Iterator[str]:
    if night_folders.root_of(state).is_dir():
        with suppress(OSError):
            night_folders.tidy(night_folders.root_of(state))
    if count := clear_leftovers(state):
        yield _("Đã xóa {count} tệp tạm của lần chạy bị ngắt.").format(count=count)


def _catalogue(file: Path) -> Iterator[str]:
    trouble = foreign.trouble(file)
    if not trouble:
        return
    repair(file)
    if not foreign.trouble(file):
        yield _("Đã sửa danh mục ({why}); không mất gì.").format(why=trouble)
        return
    of_trial = _is_of_trial(file)
    aside = file.with_name(f"{NAME}.damaged-{datetime.now():%Y%m%d-%H%M%S}")
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            renaming.rename(Path(f"{file}{end}"), Path(f"{aside}{end}"))
    if of_trial:
        yield _(
            "Danh mục do một bản thử cũ hơn của dossier tạo ra ({why}); đã đổi tên thành {path} và dựng lại "
            "từ các tệp gốc."
        ).format(why=trouble, path=aside)
    else:
        yield _("Danh mục bị hỏng ({why}); đã đổi tên thành {path} và dựng lại từ các tệp gốc.").format(
            why=trouble, path=aside
        )
    open_catalogue(file.parent, VERSION).close()
    saved, lost = salvage(aside, file)
    yield _("Đã lấy lại từ danh mục cũ: {saved}.").format(
        saved=", ".join(f"{table} {count}" for table, count in saved.items()) or _("không gì cả")
    )
    if lost:
        yield _(
            "Không đọc được hết {tables} trong danh mục cũ: nếu có bản sao lưu, chạy: "
            "dossier restore TỆP --force"
        ).format(tables=", ".join(lost))


def _is_of_trial(file: Path) -> bool:
    """Whether the catalogue can be read, but was made before the first release."""
    try:
        return schema.is_of_trial(version_of(file))
    except CatalogueError:
        return False
