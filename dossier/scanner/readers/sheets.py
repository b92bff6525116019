"""Read spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) by calamine; each sheet becomes a page.

LibreOffice converts .xlsb, and .xls files on which calamine fails; it takes seconds.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import Any

from dossier.i18n import _, joined
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import libreoffice
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.beside import of_beside
from dossier.scanner.readers.embedded import objects, objects_below, with_objects
from dossier.scanner.readers.inner import Inner
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause, numbered
from dossier.scanner.readers.marks import of_drawn, of_pictures, remarks_note, with_marks
from dossier.scanner.readers.ole import MAGIC, container, open_ole
from dossier.scanner.readers.open_document import odf_objects
from dossier.scanner.readers.package import Package, unlocked
from dossier.scanner.readers.sheet_parts import SheetParts, is_locked, of_open_document, of_workbook, parts_of

_MAX_ROWS = 100_000  # of one sheet
_MAX_CELLS = 5_000_000  # of one sheet, including empty ones, since calamine stores them all
_SECONDS = 60.0  # for LibreOffice
_UNNAMED = re.compile(r"(?:sheet|trang tính|bảng)\s?\d+", re.IGNORECASE)  # default names of sheets


class SheetReader(Reader):
    """Reader of workbooks: the name of each sheet, then its rows; tabs separate cells, empty rows are
    dropped."""

    format = "xlsx"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if data.startswith(MAGIC):
            return self._old(data, limits)
        with Package(data, limits, self.format) as package:  # refuses zip bombs
            if "xl/workbook.bin" in package:
                return self._by_libreoffice(data, libreoffice.BINARY_SHEETS, limits)
            if self.format == "ods":
                if "content.xml" not in package:
                    raise package.without_main()
                parts = of_open_document(package)
                embedded = odf_objects(package)
            else:
                package.main("xl/workbook.xml")
                parts, embedded = of_workbook(package), objects(package, "xl/embeddings/")
            marks = of_pictures(package, "Pictures/" if self.format == "ods" else "xl/media/", limits)
            marks += (*of_drawn(package), *of_beside(package))
        content = with_marks(self._cells(data, parts, limits, embedded), marks)
        return with_objects(content, embedded, limits)

    def _old(self, data: bytes, limits: Limits) -> Content:
        """Read a workbook of Excel 97–2003, its stream repacked so that a damaged container does not
        matter."""
        try:
            with open_ole(data) as ole:
                names = {path[-1].lower(): path[-1] for path in ole.listdir() if len(path) == 1}
                name = names.get("workbook") or names.get("book") or ""
                with ole.openstream(name) as opened:
                    stream = opened.read()
                embedded = list(objects_below(ole, "MBD"))
        except (OSError, ValueError, IndexError) as error:
            raise self._damaged(error) from error
        if is_locked(stream):
            stream = self._unlocked(data, limits)
        whole = container("Book" if name.lower() == "book" else "Workbook", stream)
        try:
            content = self._cells(whole, parts_of(stream), limits, embedded)
        except ReadError as error:
            if error.unread.reason is not UnreadReason.CORRUPT or not libreoffice.converter(
                libreoffice.OLD_SHEETS
            ):
                raise
            content = self._by_libreoffice(data, libreoffice.OLD_SHEETS, limits)
        return with_objects(content, embedded, limits)

    def _unlocked(self, data: bytes, limits: Limits) -> bytes:
        """Decrypt the stream of a workbook with Excel's default password. Raises :class:`ReadError` for
        others."""
        opened = unlocked(data, limits)
        if opened is None:
            raise self._locked()
        with open_ole(opened) as ole, ole.openstream("Workbook") as stream:
            return bytes(stream.read())

    def _cells(
        self, data: bytes, parts: Mapping[str, SheetParts], limits: Limits, embedded: Sequence[Inner]
    ) -> Content:
        """Read the sheets' cells by calamine, and combine them with their other parts.

        ``embedded``: if there are any, a workbook without text is no error.
        """
        import python_calamine

        if self.format == "ods":  # calamine loads all sheets at once
            for name, sheet in parts.items():
                if sheet.spread:
                    raise ReadError.because(UnreadReason.TOO_LARGE, _too_spread(name), self.format)
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        except python_calamine.PasswordError as error:
            raise self._locked() from error
        except BaseException as error:
            if not _is_failure(error):
                raise
            raise self._damaged(error) from error
        notes: list[str] = []
        texts = [text for text in self._sheets(book, parts, limits, notes) if text]
        if not texts and not embedded:
            if notes:
                raise ReadError.because(UnreadReason.TOO_LARGE, joined(notes), self.format)
            raise ReadError.because(UnreadReason.EMPTY, _("Bảng tính không có chữ nào."), self.format)
        pages, more = numbered(texts, limits)  # empty sheets are left out
        comments = [remark for sheet in parts.values() for remark in sheet.remarks]
        return Content(self.format, pages, {}, (*notes, *more, *remarks_note(comments)))

    def _by_libreoffice(self, data: bytes, how: libreoffice.Conversion, limits: Limits) -> Content:
        """Convert the workbook to .xlsx by LibreOffice and read the result."""
        program = libreoffice.converter(how)
        if program is None:
            detail = _(
                "Bảng tính (.{format}) cần LibreOffice để đọc; cài bằng: {command}, hoặc lưu lại thành .xlsx."
            )
            why = detail.format(format=how.source, command=libreoffice.install_command(how))
            raise ReadError(Unread(UnreadReason.UNSUPPORTED, why, self.format, (how.name,)))
        try:
            converted = libreoffice.converted(program, data, how, _SECONDS)
        except ProgramError as error:
            raise self._damaged(error) from error
        return replace(SheetReader("xlsx").read(converted, limits), format=self.format)

    def _locked(self) -> ReadError:
        detail = _("Bảng tính có mật khẩu; hãy bỏ mật khẩu rồi lưu lại.")
        return ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)

    def _sheets(
        self, book: Any, parts: Mapping[str, SheetParts], limits: Limits, notes: list[str]
    ) -> Iterator[str]:
        """Text of each sheet, ``""`` if it has none. Damaged sheets add a sentence to ``notes``."""
        from python_calamine import SheetTypeEnum

        no_cells = (SheetTypeEnum.ChartSheet, SheetTypeEnum.Vba)
        room = limits.max_text_chars
        broken: BaseException | None = None
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ not in no_cells]
        for name in names[: limits.max_pages]:
            if room < 0:
                break
            beside = parts.get(name) or (parts.get("") if name == names[0] else None) or SheetParts()
            if beside.spread:
                notes.append(_too_spread(name))
                continue
            try:
                rows, cut = _rows(book.get_sheet_by_name(name), room)
            except BaseException as error:
                if not _is_failure(error):
                    raise
                broken = error  # the other sheets may be readable
                notes.append(_("Trang tính “{name}” bị hỏng, không đọc được.").format(name=name))
                continue
            if cut:
                notes.append(_("Trang tính “{name}” quá lớn nên chỉ đọc phần đầu.").format(name=name))
            title = [] if _UNNAMED.fullmatch(name) else [name]
            lines = [*beside.headers, *title * bool(rows), *rows, *beside.boxes, *beside.footers]
            text = "\n".join(lines)
            room -= len(text)
            yield text
        if broken is not None and room == limits.max_text_chars:
            raise self._damaged(broken)

    def _damaged(self, error: BaseException) -> ReadError:
        detail = _("Bảng tính bị hỏng hoặc bị cắt cụt ({error}); hãy sao chép lại từ bản gốc.")
        return ReadError.because(UnreadReason.CORRUPT, detail.format(error=cause(error)), self.format)


def _too_spread(name: str) -> str:
    note = _("Trang tính “{name}” có ô nằm quá xa nên không đọc; hãy xóa hàng, cột trống rồi lưu lại.")
    return note.format(name=name)


def _is_failure(error: BaseException) -> bool:
    """Whether an error is calamine's failure on a file, including Rust panics, which are not
    ``Exception``."""
    if isinstance(error, MemoryError):
        return False
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _rows(sheet: Any, room: int) -> tuple[list[str], bool]:
    """Return the rows with text, at most ``room`` characters, and whether some were left out."""
    most = max(min(_MAX_ROWS, _MAX_CELLS // max(sheet.width, 1)), 1)
    cut = sheet.height > most
    rows: list[str] = []
    for row in sheet.to_python(nrows=most):
        for text in _lines(row):
            room -= len(text) + 1
            if room < 0:
                return rows, True
            rows.append(text)
    return rows, cut


def _lines(row: Sequence[Any]) -> Iterator[str]:
    """The lines of a row: one, unless all its cells have line breaks, as in a typed document head."""
    filled = [value for value in row if value != ""]
    if filled and all(isinstance(value, str) and "\n" in value.strip() for value in filled):
        cells = [value.strip().split("\n") for value in row]
        rows = [list(map(_cell_text, line)) for line in zip_longest(*cells, fillvalue="")]
    else:
        rows = [list(map(_cell_text, row))]
    for line in rows:
        if text := "\t".join(line).rstrip():
            yield text


def _cell_text(value: Any) -> str:
    """Return a cell's value as text, in Vietnamese format of dates and numbers."""
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
