"""Use search results: open their files, or export them as a table."""

from __future__ import annotations

import os
import re
from datetime import date
from html import unescape
from pathlib import Path

from dossier.archive import Archive
from dossier.checklists.vocabulary import name_of as type_name
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.index import Hit, Results
from dossier.plain_file import is_inside, read_small
from dossier.usecases.known import open_known
from dossier.usecases.naming import nothing_there, one_of
from dossier.workspace import standing_in
from reports import sheet

EXPORTED = 10_000  # maximum number of hits in an exported table
_LARGEST_OPENED = 500 << 20  # bytes
# Format by suffix of the file name. Left out: web pages, archives and formats that may contain macros.
_DOCUMENTS = {
    "pdf": (".pdf",), "docx": (".docx",), "doc": (".doc",), "rtf": (".rtf", ".doc"), "odt": (".odt",),
    "xlsx": (".xlsx",), "xls": (".xls",), "ods": (".ods",), "pptx": (".pptx",), "ppt": (".ppt",),
    "odp": (".odp",), "txt": (".txt",), "jpeg": (".jpg", ".jpeg"), "png": (".png",), "gif": (".gif",),
    "tiff": (".tif", ".tiff"), "bmp": (".bmp",), "webp": (".webp",), "heic": (".heic", ".heif"),
    "email": (".eml",), "msg": (".msg",),
}  # fmt: skip
_MARK = re.compile(r"</?mark>")


def file_of(archive: Archive, name: str) -> Path:
    """Return the file or folder on disk of a result's name (a path; ``…#2`` for a document in a file).

    Raises :class:`ArchiveError` when the file no longer exists.
    """
    path = name
    with open_known(archive) as catalogue:
        raw = catalogue.raw_path(path)
        if raw is None and (whole := one_of(name)[0]) != name:
            path, raw = whole, catalogue.raw_path(whole)
        gathered = raw is None and path in catalogue.kinds()
    if raw is not None and not is_inside(raw):
        raw, path = None, ".."
    file = archive.root / (os.fsdecode(raw) if raw is not None else path)
    if gathered and not file.exists():  # a dossier of chosen files: the folder that they lie in
        file = file.parent
    if raw is None and path != ".." and not file.exists():
        raise nothing_there(archive, path)
    if not file.resolve().is_relative_to(archive.root) or not file.exists():
        raise ArchiveError(
            _("“{path}” không còn ở đó nữa.").format(path=path),
            _('Cập nhật rồi tìm lại: dossier scan "{root}"').format(root=archive.root),
        )
    return file


def opens_safely(file: Path) -> bool:
    """Return whether a file may be passed to the system's default program: its suffix is that of a document
    and its content matches the suffix. A script or a shortcut would be run, not shown."""
    from dossier.scanner.readers.detect import detect
    from dossier.scanner.readers.interface import ReadError

    suffix = file.suffix.lower()
    if not any(suffix in suffixes for suffixes in _DOCUMENTS.values()):
        return False
    try:
        return suffix in _DOCUMENTS.get(detect(read_small(file, _LARGEST_OPENED)), ())
    except (OSError, ReadError, ValueError):
        return False


def export(archive: Archive, results: Results, output: str, *, force: bool = False) -> Path:
    """Write the hits as a table atomically, ``.csv`` or ``.xlsx`` by the suffix of ``output``.

    Raises :class:`UsageError` for another suffix or a path inside a dossier, :class:`ArchiveError`
    when the file cannot be written.
    """
    from dossier.usecases.publish import write_bytes

    path = standing_in() / output
    if path.suffix.lower() not in sheet.FORMATS:
        raise UsageError(
            _("Không xuất được ra “{name}”.").format(name=path.name),
            _("Tên tệp phải kết thúc bằng: {formats}.").format(formats=", ".join(sheet.FORMATS)),
        )
    head = [_("STT"), _("Số, ký hiệu"), _("Ngày"), _("Loại"), _("Trích yếu"), _("Mục"), _("Hồ sơ"),
            _("Tệp"), _("Văn bản thứ"), _("Trang"), _("Đoạn khớp")]  # fmt: skip
    rows = [_row(at, hit) for at, hit in enumerate(results.hits, start=1)]
    csv = path.suffix.lower() == ".csv"
    made = sheet.csv_bytes(head, rows) if csv else sheet.xlsx_bytes(_("Kết quả tìm kiếm"), head, rows)
    return write_bytes(made, str(path), archive, force=force) or path


def _cell(dated: str) -> sheet.Cell:
    """Return a cell with a complete date as a date, an incomplete one (``2024-12``) as text, day first."""
    return date.fromisoformat(dated) if len(dated) == 10 else "/".join(reversed(dated.split("-")))


def _row(at: int, hit: Hit) -> list[sheet.Cell]:
    shown = unescape(_MARK.sub("", hit.snippet))
    return [
        at, hit.number_symbol, _cell(hit.date), type_name(hit.type),
        hit.abstract, hit.item or "", hit.dossier, hit.path, hit.ordinal, hit.page, shown,
    ]  # fmt: skip
