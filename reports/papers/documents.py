"""The list of documents in a dossier (mục lục văn bản, tài liệu).

Title, the lines under it and seven columns: Nghị định 30/2020/NĐ-CP, annex V, part IV, which has neither a
head nor a signature; the dossier's title and the counts at the foot are added. A paper stands once, whatever
files hold it; what is attached to it stands with it; what belongs to no item of the dossier stays out.
"""

from __future__ import annotations

from datetime import date

from dossier.model import DossierReport, Office
from reports import looks
from reports.papers import form, sheets, wording
from reports.papers.lists import FiledList, Head
from reports.papers.sheets import UNKNOWN, Pages, SheetEntry
from reports.papers.wording import number_in_words

_COLUMNS = (
    ("STT", 12), ("Số, ký hiệu văn bản", 36), ("Ngày tháng năm văn bản", 27),
    ("Tên loại và trích yếu nội dung văn bản", 86), ("Tác giả văn bản", 40),
    ("Tờ số/ Trang số", 20), ("Ghi chú", 26),
)  # fmt: skip


def of(dossier: DossierReport, office: Office, today: date, pages: Pages = UNKNOWN) -> FiledList:
    """The list; ``pages`` as in :mod:`reports.papers.sheets`."""
    listed = sheets.entries(dossier, pages)
    count, sheets_ = len(listed), sheets.total(listed)
    symbol = wording.symbol(dossier) or form.DOTS
    foot = (
        f"Mục lục này gồm: {wording.count(count)} văn bản, tài liệu (viết bằng chữ: {number_in_words(count)})"
    )
    if sheets_ is not None:
        foot += f"; {sheets_} trang (viết bằng chữ: {number_in_words(sheets_)})"
    return FiledList(
        (
            "MỤC LỤC VĂN BẢN, TÀI LIỆU",
            f"Số, ký hiệu hồ sơ: {symbol}",
            f"Năm {wording.years(dossier) or '………'}",
            wording.title(dossier),
        ),
        _COLUMNS,
        tuple(_row(number, entry, dossier) for number, entry in enumerate(listed, start=1)),
        (f"{foot}.",),
        office,
        today,
        signers=(),
        centre=(0, 2, 5),
        head=Head.NONE,
    )


def _author(entry: SheetEntry) -> str:
    """Nobody is named from a reading that waits for review."""
    document = entry.paper.document if entry.paper else None
    return wording.issuer(document) if document else ""


def _row(number: int, entry: SheetEntry, dossier: DossierReport) -> tuple[str | int, ...]:
    header = entry.paper.document.header if entry.paper else None
    symbol = header.number_symbol if header else ""
    return (
        number,
        "" if symbol.startswith("/") else symbol,
        looks.written(header.dated) if header else "",
        sheets.named(entry, dossier),
        _author(entry),
        entry.sheets,
        sheets.notes(entry),
    )
