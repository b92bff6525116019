"""Write and parse decisions as a table (CSV) that can be edited in Excel.

Spreadsheets alter a table: commas become semicolons, ``1-3`` becomes a day in March, and text that begins
like a formula is executed. So pages are written ``1–3``, a cell that could be a formula gets an apostrophe
in front, and reading accepts commas, semicolons and tabs, UTF-8 and UTF-16.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dossier.checklists.spoken import NONE
from dossier.checklists.vocabulary import name_of
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Correction, Decision, Header
from dossier.usecases.decide import written
from dossier.usecases.field_values import FIELDS, typed
from dossier.vietnamese import nfc, words

COLUMNS = (
    "sha256", "ordinal", "pages", "parts", "author", "made_at", "kind",
    "path", "type", "number_symbol", "abstract",  # identify the document for people; only the path is read
    *(f"fix_{name}" for name in FIELDS),  # corrected fields of the document's head
)  # fmt: skip
# Column titles, in Vietnamese in every language, as the table is passed between people.
TITLES = {
    "sha256": "Mã nội dung tệp", "ordinal": "Văn bản thứ", "pages": "Trang", "parts": "Thuộc mục",
    "author": "Người quyết định", "made_at": "Lúc", "kind": "Loại hồ sơ", "path": "Tệp",
    "type": "Loại văn bản", "number_symbol": "Số, ký hiệu", "abstract": "Trích yếu",
    "fix_number": "Sửa số", "fix_date": "Sửa ngày", "fix_type": "Sửa loại", "fix_abstract": "Sửa trích yếu",
    "fix_issuer": "Sửa cơ quan", "fix_signer": "Sửa người ký",
}  # fmt: skip
_NOTHING = "–"  # the paper has no such field; an empty cell means no correction
_NEEDED = ("sha256", "parts")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_HASH = re.compile(r"[0-9a-f]{64}")
_ORDINAL = re.compile(r"0{0,6}[1-9][0-9]{0,5}")
_PAGES = re.compile(r"(\d{1,6})(?:\s*[–—-]\s*(\d{1,6}))?")
_YEARS = range(1971, 2200)  # others are typing errors, and not every system can convert them
_MOST = 500_000  # maximum characters of one cell


@dataclass(frozen=True, slots=True)
class TableRow:
    """A decision or correction to be written, with columns that identify the document for people."""

    decision: Decision | Correction
    path: str
    kind: str
    header: Header | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed row: the decision without placements, ``places`` as written, and ``fixes`` as typed by
    :data:`~dossier.usecases.field_values.FIELDS`. At least one of the latter two is not empty."""

    decision: Decision
    places: tuple[str, ...]
    kind: str
    fixes: Mapping[str, str] = field(default_factory=dict)


def write(rows: Iterable[TableRow]) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, by which Excel recognises UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([TITLES.get(name, name) for name in COLUMNS])
    for row in rows:
        decision, header = row.decision, row.header or Header()
        first, last = decision.pages or (0, 0)
        cells = (
            decision.sha256,
            str(decision.ordinal),
            f"{first}–{last}" if decision.pages else "",
            _places(decision),
            decision.author,
            f"{decision.made_at.astimezone():%d/%m/%Y %H:%M:%S}",
            row.kind,
            row.path,
            name_of(header.type),
            header.number_symbol,
            header.abstract,
            *_fixes(decision),
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _places(made: Decision | Correction) -> str:
    if isinstance(made, Correction):
        return ""
    return " ".join(written(place) for place in made.placements) or NONE


def _fixes(made: Decision | Correction) -> list[str]:
    corrected = typed(made.values) if isinstance(made, Correction) else {}
    return ["" if name not in corrected else corrected[name] or _NOTHING for name in FIELDS]


def read(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield non-empty rows: number in the file (the header row is 1) and cells by column.

    Raises :class:`UsageError` if the data is no table of decisions.
    """
    text = _text(data)
    csv.field_size_limit(_MOST)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)
    try:
        columns = {words(title): name for name, title in TITLES.items()}
        head = [columns.get(words(cell), cell.strip().lower()) for cell in next(rows, (0, []))[1]]
        lacking = [name for name in _NEEDED if name not in head]
        if lacking:
            raise UsageError(
                _("Bảng thiếu cột: {columns}.").format(columns=", ".join(TITLES[name] for name in lacking)),
                _("Dùng bảng do “dossier decisions export” xuất ra, giữ nguyên dòng đầu."),
            )
        for number, cells in rows:
            if any(cell.strip() for cell in cells):
                # A program that saves CSV may leave out the empty cells at the end of a row.
                filled = cells + [""] * (len(head) - len(cells))
                yield number, {name: _plain(cell) for name, cell in zip(head, filled, strict=False)}
    except csv.Error as error:
        raise UsageError(
            _("Không đọc được bảng CSV: một ô quá dài, hoặc một dấu ngoặc kép không đóng."),
            _("Mở bằng Excel rồi lưu lại dưới dạng “CSV UTF-8”."),
        ) from error


def _text(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding).replace("\0", "")
    except UnicodeDecodeError as error:
        raise UsageError(
            _("Bảng không ở dạng UTF-8."), _("Mở bằng Excel rồi lưu lại dưới dạng “CSV UTF-8”.")
        ) from error


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell.strip()


def parse(cells: dict[str, str]) -> Parsed:
    """Parse one row. Raises :class:`UsageError` naming the invalid cell."""
    sha256 = cells["sha256"].strip().lower()
    if not _HASH.fullmatch(sha256):
        raise UsageError(
            _("Cột “Mã nội dung tệp” phải là mã 64 ký tự; đang là “{value}”.").format(value=sha256)
        )
    ordinal = cells.get("ordinal") or "1"
    if not _ORDINAL.fullmatch(ordinal):
        raise UsageError(_("Cột “Văn bản thứ” phải là số từ 1; đang là “{value}”.").format(value=ordinal))
    places = tuple(re.split(r"[\s,;+]+", cells["parts"].strip())) if cells["parts"].strip() else ()
    fixes = {name: cell for name in FIELDS if (cell := cells.get(f"fix_{name}", ""))}
    if not places and not fixes:
        raise UsageError(_("Cột “Thuộc mục” để trống; ghi thành phần (6a) hoặc “không”."))
    decision = Decision(
        sha256,
        int(ordinal),
        (),
        nfc(cells.get("author", "")),
        _instant(cells.get("made_at", "")),
        _pages(cells.get("pages", "")),
        nfc(cells.get("path", "")),
    )
    meant = {name: "" if value == _NOTHING else value for name, value in fixes.items()}
    return Parsed(decision, places, cells.get("kind", ""), meant)


def _pages(cell: str) -> tuple[int, int] | None:
    if not cell:
        return None
    found = _PAGES.fullmatch(cell)
    if found is None or int(found[1]) < 1 or int(found[2] or found[1]) < int(found[1]):
        raise UsageError(_("Cột “Trang” phải có dạng 1–3; đang là “{value}”.").format(value=cell))
    return int(found[1]), int(found[2] or found[1])


def _instant(cell: str) -> datetime:
    if not cell:
        return datetime.now(UTC).replace(microsecond=0)
    for form in (None, "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y"):
        try:
            found = datetime.strptime(cell, form) if form else datetime.fromisoformat(cell)
            if found.year in _YEARS:
                # A time without a zone is local time, as :func:`write` writes it.
                return (found if found.tzinfo else found.astimezone()).astimezone(UTC).replace(microsecond=0)
        except ValueError:
            continue
    raise UsageError(_("Cột “Lúc” phải có dạng 24/11/2026 08:00:00; đang là “{value}”.").format(value=cell))
