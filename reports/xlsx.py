"""A workbook to filter and hand on: overview, matrix, findings, documents, unread files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from dossier.checklists.english import type_said
from dossier.checklists.sentence_case import body
from dossier.i18n import _, moment
from dossier.model import ComplianceReport, DossierReport, DueStatus, Retention
from reports import looks, urgent
from reports.sheet import ACROSS, in_cell, lines

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# What waits for somebody first; then what comes, then what is done.
_ORDER = (DueStatus.OVERDUE, DueStatus.SOON, DueStatus.AHEAD, DueStatus.LATE, DueStatus.ON_TIME)
_FILLS = {
    "present": ("#1b6e3c", "#dff3e6"),
    "partial": ("#8a5a00", "#fdf0d3"),
    "missing": ("#a4161a", "#fde3e3"),
    "advised": ("#8a5a00", "#ffffff"),
    "not_applicable": ("#8a95a1", "#ffffff"),
    "waived": ("#1a5276", "#e1eef7"),
    "needs_review": ("#6a2c91", "#f1e4f9"),
}
_MADE = datetime(2020, 1, 1)  # the same report gives the same bytes; the sheet tells the real day
_HEAD = 4  # rows above the names of the columns: title, unit, day, papers with a stamp of secrecy
_LINE, _HIGHEST = 15.0, 405.0  # points: a line of text, and somewhat less than a row may have
_SIZED = 5000  # rows of a sheet whose height is worked out: the book remembers each of them
_IN_MEMORY = 2000  # documents of a workbook that is made in memory
_NOTED = 500  # dossiers whose missing parts also stand in notes of the matrix: notes are heavy


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    out = io.BytesIO()
    _write(report, out, {"in_memory": True})
    return out.getvalue()


def pieces(report: ComplianceReport) -> Iterator[bytes]:
    """The report in pieces; the texts of a large one stand in its cells, as those of :func:`write` do."""
    if report.summary["documents"] <= _IN_MEMORY:
        yield render(report)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.xlsx")
        write(report, path)
        with path.open("rb") as file:
            yield from iter(partial(file.read, 1 << 20), b"")


def write(report: ComplianceReport, path: Path) -> None:
    """Write the report to a file, piece by piece."""
    _write(report, str(path), {"constant_memory": True, "tmpdir": str(path.parent)})


def _write(report: ComplianceReport, out: str | io.BytesIO, how: dict[str, Any]) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # Nothing is taken for a formula, link or number that was not meant as one.
    book = Workbook(out, {**how, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _("Kết quả kiểm tra hồ sơ"), "created": _MADE})
    _Writer(book, report).write()
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*error.args[0].args) from error


@dataclass(frozen=True, slots=True)
class _Mark:
    """A cell that looks like something; ``note`` is shown when it is pointed at."""

    text: str
    look: Format
    note: str = ""


def _height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """Points that the row takes once its texts are wrapped."""
    texts = [value if isinstance(value, str) else "" for value in row]
    return min(_LINE * lines(texts, widths), _HIGHEST)


def _printed(widths: Sequence[int]) -> int:
    """The number of first columns that can be read side by side on a page."""
    across = list(accumulate(widths))
    return max(1, sum(width <= ACROSS for width in across))


class _Writer:
    def __init__(self, book: Workbook, report: ComplianceReport) -> None:
        self.book = book
        self.report = report
        self.unit = report.office.name or report.name
        self.secrets = " ".join(f"✗ {f.message}" for f in urgent.secrets(report))
        self.alarm = book.add_format({"bold": True, "font_color": "#ffffff", "bg_color": "#a4161a"})
        self.large = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({})
        self.head = book.add_format({"bold": True, "bg_color": "#f4f6f9", "border": 1, "text_wrap": True})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"valign": "top", "align": "center"})
        self.date = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})

    def write(self) -> None:
        self._overview()
        self._matrix()
        self._findings()
        self._deadlines()
        self._retention()
        self._documents()
        self._unread()

    def _sheet(self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> None:
        """A sheet with a fixed, filtered head; ``columns`` are names and widths in characters.

        Cells are written row by row, the only order in which a book need not be held in memory.
        """
        sheet = self.book.add_worksheet(name)
        for at, (_title, width) in enumerate(columns):
            sheet.set_column(at, at, width)
        widths = [width for _title, width in columns]
        self._title(sheet, name)
        sheet.set_row(_HEAD, _height([title for title, _width in columns], widths))
        for at, (title, _width) in enumerate(columns):
            sheet.write_string(_HEAD, at, title, self.head)
        last = _HEAD
        for last, row in enumerate(rows, start=_HEAD + 1):
            if last <= _SIZED and (height := _height(row, widths)) > _LINE:
                sheet.set_row(last, height)
            for at, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(last, at, value, self.number)
                elif isinstance(value, _Mark):
                    sheet.write_string(last, at, in_cell(value.text), value.look)
                    if value.note:
                        sheet.write_comment(last, at, in_cell(value.note))
                elif value is not None and not isinstance(value, str):
                    sheet.write_datetime(last, at, value, self.date)
                elif value:
                    sheet.write_string(last, at, in_cell(value), self.wrap)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.autofilter(_HEAD, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(_HEAD)
        self._paged(sheet, name, widths, last)

    def _paged(self, sheet: Worksheet, name: str, widths: Sequence[int], last: int) -> None:
        """Print the first columns, those that are looked at first, each row on one page: a row over pages
        side by side is not read. The footer tells how many columns are in the file only."""
        printed = _printed(widths)
        middle = name
        if printed < len(widths):
            sheet.print_area(0, 0, last, printed - 1)
            middle = _("{name} (còn {count} cột xem trong tệp)").format(
                name=name, count=len(widths) - printed
            )
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&9{unit}&C&9{name}&R&9{page}".format(
            unit=self.unit.replace("&", "&&")[:100], name=middle, page=_("trang &P/&N")
        ))  # fmt: skip

    def _title(self, sheet: Worksheet, name: str) -> None:
        """What the sheet is of, whose, and of which day, above its head."""
        day = _("Tính đến ngày {day}; quét lúc {when}").format(
            day=looks.day(self.report.today), when=moment(self.report.scanned_at)
        )
        for row, (text, look) in enumerate(
            (
                (f"{_('Kết quả kiểm tra hồ sơ')}: {name}", self.large),
                (self.unit, self.plain),
                (day, self.plain),
            )
        ):
            sheet.write_string(row, 0, in_cell(text), look)
        if self.secrets:
            sheet.write_string(_HEAD - 1, 0, in_cell(self.secrets), self.alarm)

    def _overview(self) -> None:
        columns = [
            (_("Hồ sơ"), 30), (_("Loại"), 14), (_("Đơn vị"), 22), (_("Kết quả"), 12),
            (_("Mức đầy đủ (%)"), 9), (_("Mục đủ"), 9), (_("Mục phải có"), 9), (_("Còn thiếu"), 54),
            (_("Nên bổ sung"), 54), (_("Tệp"), 7), (_("Cần xem lại"), 9), (_("Chưa đọc được"), 9),
            (_("Bảo quản"), 30), (_("Đường dẫn"), 80),
        ]  # fmt: skip
        self._sheet(_("Tổng hợp"), columns, (
            (
                d.name, d.kind_title or d.kind, body(d.unit), looks.complete(d).word, d.score,
                *looks.share(d),
                "; ".join(urgent.lacking(d, required=True)), "; ".join(urgent.lacking(d, required=False)),
                d.files, len(d.asked), len(d.unread),
                _kept(d.retention), d.path,
            )
            for d in urgent.worst_first(self.report.dossiers)
        ))  # fmt: skip

    def _matrix(self) -> None:
        numbers = sorted({item.item for d in self.report.dossiers for item in d.items})
        columns = [(_("Hồ sơ"), 34), (_("Đường dẫn"), 40), *((str(number), 5) for number in numbers)]
        formats = {
            kind: self.book.add_format(
                {
                    "font_color": ink,
                    "bg_color": fill,
                    "align": "center",
                    "valign": "vcenter",
                    "border": 1,
                    "border_color": "#d5dbe2",
                }
            )
            for kind, (ink, fill) in _FILLS.items()
        }
        noted = len(self.report.dossiers) <= _NOTED

        def marks(dossier: DossierReport) -> Iterator[_Mark | None]:
            by = {item.item: item for item in dossier.items}
            for item in map(by.get, numbers):
                if item is None:
                    yield None
                    continue
                note = f"{item.title}: {', '.join(item.missing)}" if noted and item.missing else ""
                look = looks.item(item)
                yield _Mark(look.symbol, formats[look.kind], note)

        rows = ((d.name, d.path, *marks(d)) for d in urgent.worst_first(self.report.dossiers))
        self._sheet(_("Ma trận"), columns, rows)

    def _findings(self) -> None:
        columns = [
            (_("Hồ sơ"), 34), (_("Mức"), 11), (_("Thành phần"), 11), (_("Nội dung"), 70), (_("Căn cứ"), 16),
            (_("Quy tắc"), 9), (_("Tên quy tắc"), 70), (_("Được chấp nhận"), 22),
            (_("Có từ khi lập mốc"), 10), (_("Đường dẫn"), 80),
        ]  # fmt: skip
        told = (
            (d.name, d.path, f) if d else (_("(toàn kho)"), " ".join(f.documents), f)
            for d, f in self.report.placed
        )  # fmt: skip
        self._sheet(_("Phát hiện"), columns, (
            (
                name, looks.severity(f.severity).word, f.part, f.message, looks.citation(f.citation),
                f.rule, self._rule(f.rule),
                f.waiver.author if f.waiver else "", _("có") if f.baseline else "", path,
            )
            for name, path, f in told
        ))  # fmt: skip

    def _rule(self, rule: str) -> str:
        note = self.report.rules.get(rule)
        return note.title if note is not None else ""

    def _deadlines(self) -> None:
        columns = [
            (_("Hạn"), 12), (_("Tình trạng"), 13), (_("Số ngày quá hạn"), 10), (_("Việc phải làm"), 46),
            (_("Hồ sơ"), 28), (_("Quy tắc"), 9), (_("Căn cứ"), 17), (_("Đường dẫn"), 25),
        ]  # fmt: skip
        names, found = dict[str, str](), list(self.report.due)
        for dossier in self.report.dossiers:
            names[dossier.path] = dossier.name
            found += dossier.due
        dues = sorted(found, key=lambda due: (_ORDER.index(due.status), due.day, due.dossier, due.rule))
        self._sheet(_("Thời hạn"), columns, (
            (
                due.day, looks.due(due.status).word,
                (self.report.today - due.day).days if due.status is DueStatus.OVERDUE else None, due.what,
                names.get(due.dossier, _("(toàn đơn vị)")), due.rule, looks.citation(due.citation),
                due.dossier,
            )
            for due in dues
        ))  # fmt: skip

    def _retention(self) -> None:
        columns = [
            (_("Hồ sơ"), 34), (_("Thời hạn bảo quản"), 18), (_("Đã đối chiếu"), 11),
            (_("Tính từ ngày"), 12), (_("Hết thời hạn"), 12), (_("Hạn nộp lưu"), 12),
            (_("Đề nghị xét"), 10), (_("Tạm giữ"), 18), (_("Lý do"), 80), (_("Bộ quy định"), 60),
            (_("Đường dẫn"), 80),
        ]  # fmt: skip
        self._sheet(_("Bảo quản"), columns, (
            (
                d.name, kept.period_title or kept.period or _("chưa xác định"),
                _("có") if kept.verified else _("chưa"), kept.clock, kept.expires, kept.handover_due,
                _("có") if kept.review else "", kept.hold,
                _why(kept),
                f"{kept.title} ({looks.citation(kept.citation)})", d.path,
            )
            for d in self.report.dossiers
            for kept in (d.retention,)
        ))  # fmt: skip

    def _documents(self) -> None:
        asked = {each for dossier in self.report.dossiers for each in dossier.asked}
        columns = [
            (_("Đường dẫn"), 42), (_("Thứ tự"), 6), (_("Loại"), 10), (_("Số, ký hiệu"), 15), (_("Ngày"), 11),
            (_("Cơ quan ban hành"), 16), (_("Trích yếu"), 34), (_("Người ký"), 12), (_("Thành phần"), 7),
            (_("Cần xem lại"), 7),
        ]  # fmt: skip
        self._sheet(_("Văn bản"), columns, (
            (
                d.path, d.ordinal, type_said(d.header.type), d.header.number_symbol,
                d.header.date or looks.written(d.header.dated),
                body(d.header.issuing_body), d.header.abstract, d.header.signer,
                ", ".join(place.part for place in d.placements), _("có") if d.id in asked else "",
            )
            for part in self.report.parts
            for d in part.documents
        ))  # fmt: skip

    def _unread(self) -> None:
        columns = [(_("Đường dẫn"), 60), (_("Lý do"), 22), (_("Cần làm gì"), 76)]
        rows = (
            (file.path, looks.reason(file.reason), file.detail)
            for part in self.report.parts
            for file in part.unread
        )
        self._sheet(_("Chưa đọc"), columns, rows)


def _why(kept: Retention) -> str:
    """The row that decides, the longest; how many more there are."""
    if not kept.reasons:
        return ""
    first = kept.reasons[0]
    said = f"{first.title}: {first.period_title or first.period} ({looks.citation(first.citation)})"
    more = len(kept.reasons) - 1
    return said + (_("; và {count} dòng khác không dài hơn").format(count=more) if more else "")


def _kept(value: Retention) -> str:
    """The period, with a note where nobody compared it with the law."""
    if not value.period:
        return _("chưa xác định")
    period = value.period_title or value.period
    return period if value.verified else _("{period}, chưa đối chiếu").format(period=period)
