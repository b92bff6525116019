"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) through calamine: a sheet is a page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.package import Package
from dossier.scanner.readers.paging import numbered

_MAX_ROWS = 100_000  # of one sheet
_MAX_CELLS = 5_000_000  # of one sheet, empty ones too: calamine keeps them all
_OLE = b"\xd0\xcf\x11\xe0"
_UNNAMED = re.compile(r"(?:sheet|trang tính|bảng)\s?\d+", re.IGNORECASE)  # names nobody chose


class SheetReader(Reader):
    """Workbooks: each sheet its name, then its rows, cells parted by tabs, empty rows left out."""

    def __init__(self, format_: str) -> None:
        self._format = format_

    format = "xlsx"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        import python_calamine

        if not data.startswith(_OLE):
            with Package(data, limits, self._format):
                pass  # what unpacks to too much has been refused now
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        except python_calamine.PasswordError as error:
            detail = _("Bảng tính có mật khẩu; hãy bỏ mật khẩu rồi lưu lại.")
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self._format) from error
        except BaseException as error:
            if not _is_failure(error):
                raise
            raise self._damaged(error) from error
        notes: list[str] = []
        texts = [text for text in self._sheets(book, limits, notes) if text]
        if not texts:
            raise ReadError.because(UnreadReason.EMPTY, _("Bảng tính không có chữ nào."), self._format)
        pages, more = numbered(texts, limits)  # a sheet without cells is no page
        return Content(self._format, pages, {}, (*notes, *more))

    def _sheets(self, book: Any, limits: Limits, notes: list[str]) -> Iterator[str]:
        """Text of each sheet; ``""`` for one without text. Broken ones become notes."""
        from python_calamine import SheetTypeEnum

        no_cells = (SheetTypeEnum.ChartSheet, SheetTypeEnum.Vba)
        room = limits.max_text_chars
        broken: BaseException | None = None
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ not in no_cells]
        for name in names[: limits.max_pages]:
            if room < 0:
                break
            try:
                rows, cut = _rows(book.get_sheet_by_name(name), room)
            except BaseException as error:
                if not _is_failure(error):
                    raise
                broken = error  # one broken sheet is not the book
                notes.append(_("Trang tính “{name}” bị hỏng, không đọc được.").format(name=name))
                continue
            if cut:
                notes.append(_("Trang tính “{name}” quá lớn nên chỉ đọc phần đầu.").format(name=name))
            title = [] if _UNNAMED.fullmatch(name) else [name]
            text = "\n".join([*title, *rows]) if rows else ""
            room -= len(text)
            yield text
        if broken is not None and room == limits.max_text_chars:
            raise self._damaged(broken)

    def _damaged(self, error: BaseException) -> ReadError:
        detail = _("Bảng tính bị hỏng hoặc bị cắt cụt ({error}); hãy sao chép lại từ bản gốc.")
        said = " ".join(str(error).split())[:200]
        return ReadError.because(UnreadReason.CORRUPT, detail.format(error=said), self._format)


def _is_failure(error: BaseException) -> bool:
    """Whether calamine failed on the file; its panics (bugs met by damaged files) are no ``Exception``."""
    if isinstance(error, MemoryError):
        return False
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _rows(sheet: Any, room: int) -> tuple[list[str], bool]:
    """Rows with text, at most ``room`` characters, and whether some were left out."""
    most = max(min(_MAX_ROWS, _MAX_CELLS // max(sheet.width, 1)), 1)
    cut = sheet.height > most
    rows: list[str] = []
    for row in sheet.to_python(nrows=most):
        text = "\t".join(_said(value) for value in row).rstrip()
        if not text.strip():
            continue
        room -= len(text) + 1
        if room < 0:
            return rows, True
        rows.append(text)
    return rows, cut


def _said(value: Any) -> str:
    """A cell as a person in Viet Nam reads it."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime.datetime):
        day = f"{value:%d/%m/}{value.year:04d}"
        return day if value.time() == datetime.time() else f"{day} {value:%H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/}{value.year:04d}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
        )
    return str(value)
