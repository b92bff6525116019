"""What becomes of an answer: kept for ``dossier open``, or written as a table."""

from __future__ import annotations

import json
import os
import re
import tempfile
from datetime import date
from html import unescape
from pathlib import Path

from dossier.archive import Archive
from dossier.catalogue.sqlite.foreign import is_inside
from dossier.checklists.vocabulary import name_of
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.index import Hit, Results
from dossier.usecases.known import open_known
from dossier.usecases.person import here
from reports import sheet

EXPORTED = 10_000  # hits written at most
_LARGEST_OPENED = 500 << 20  # bytes
# Formats by what their files are called; web pages, archives and what may hold macros are none of them.
_DOCUMENTS = {
    "pdf": (".pdf",), "docx": (".docx",), "doc": (".doc",), "rtf": (".rtf", ".doc"), "odt": (".odt",),
    "xlsx": (".xlsx",), "xls": (".xls",), "ods": (".ods",), "pptx": (".pptx",), "ppt": (".ppt",),
    "odp": (".odp",), "txt": (".txt",), "jpeg": (".jpg", ".jpeg"), "png": (".png",), "gif": (".gif",),
    "tiff": (".tif", ".tiff"), "bmp": (".bmp",), "webp": (".webp",), "heic": (".heic", ".heif"),
    "email": (".eml",), "msg": (".msg",),
}  # fmt: skip
_MARK = re.compile(r"</?mark>")


def _kept(archive: Archive) -> Path:
    return archive.state / f"last-answer.{here()}.json"


def remember(archive: Archive, results: Results, offset: int) -> None:
    """Keep where the hits are, by the numbers they were shown with, for this user on this computer.
    The words asked for are not kept.

    A state folder that cannot be written costs ``dossier open``, not the answer.
    """
    told = {"first": offset + 1, "paths": [hit.path for hit in results.hits]}
    try:
        handle, name = tempfile.mkstemp(dir=archive.state, prefix=".last-answer.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False)
        Path(name).replace(_kept(archive))
    except OSError:
        return


def recall(archive: Archive, number: int) -> Path:
    """The file on disk of the hit shown with this number in the last answer.

    Raises :class:`UsageError` when there is none, :class:`ArchiveError` when the file is gone.
    """
    try:
        told = json.loads(_kept(archive).read_text("utf-8"))
        first, paths = int(told["first"]), list(map(str, told["paths"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise _none_kept(archive) from None
    if not first <= number < first + len(paths):
        last = first + len(paths) - 1
        known = _("Kết quả vừa rồi có số {first}–{last}.").format(first=first, last=last)
        raise UsageError(
            _("Kết quả tìm kiếm vừa rồi không có số {number}.").format(number=number),
            known if paths else _("Kết quả vừa rồi không có văn bản nào."),
        )
    path = paths[number - first]
    with open_known(archive) as catalogue:
        raw = catalogue.raw_path(path)
    file = archive.root / os.fsdecode(raw) if raw is not None and is_inside(raw) else None
    if file is not None and not file.resolve().is_relative_to(archive.root):
        file = None
    if file is None or not file.exists():
        raise ArchiveError(
            _("“{path}” không còn ở đó nữa.").format(path=path),
            _('Cập nhật rồi tìm lại: dossier scan "{root}"').format(root=archive.root),
        )
    return file


def opens_safely(file: Path) -> bool:
    """Whether the file may be handed to the program that the system has for it: its name says that it is a
    document, and its content is what the name says. A script or a shortcut would be run, not shown."""
    from dossier.plain_file import read_small
    from dossier.scanner.readers.detect import detect
    from dossier.scanner.readers.interface import ReadError

    suffix = file.suffix.lower()
    if not any(suffix in suffixes for suffixes in _DOCUMENTS.values()):
        return False
    try:
        return suffix in _DOCUMENTS.get(detect(read_small(file, _LARGEST_OPENED)), ())
    except (OSError, ReadError, ValueError):
        return False


def _none_kept(archive: Archive) -> UsageError:
    advice = _("Tìm trước, ví dụ: dossier search 12/QĐ-UBND")
    if not os.access(archive.state, os.W_OK):
        advice = _("Kết quả không được nhớ vì không ghi được vào {path}; hãy mở tệp theo đường dẫn.")
    return UsageError(_("Chưa có kết quả tìm kiếm nào để mở."), advice.format(path=archive.state))


def export(archive: Archive, results: Results, output: str, *, force: bool = False) -> Path:
    """Write the hits as a table, ``.csv`` or ``.xlsx`` by the name of the file; whole or not at all.

    Raises :class:`UsageError` for another suffix or a place inside a dossier, :class:`ArchiveError`
    when the file cannot be written.
    """
    from dossier.usecases.publish import write_bytes

    path = Path(output).absolute()
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
    """A whole date as such, one known in part as it is written."""
    return date.fromisoformat(dated) if len(dated) == 10 else "/".join(reversed(dated.split("-")))


def _row(at: int, hit: Hit) -> list[sheet.Cell]:
    shown = unescape(_MARK.sub("", hit.snippet))
    return [
        at, hit.number_symbol, _cell(hit.date), name_of(hit.type),
        hit.abstract, hit.item or "", hit.dossier, hit.path, hit.ordinal, hit.page, shown,
    ]  # fmt: skip
