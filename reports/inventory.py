"""What a hand-over asks for: the list of documents in a dossier, the inventory of dossiers; Word and Excel.

Columns, head and foot: Nghị định 30/2020/NĐ-CP, annex V. The forms are Vietnamese in every language.
Numbers of sheets and files are written by the archivist: what the tool does not know stays blank.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dossier.checklists.vocabulary import name_of
from dossier.model import ComplianceReport, Document, DossierReport, Office
from reports import looks, office
from reports.handing import kept_back, ready, reasons
from reports.words import in_words

_PAGED = ("pdf", "tiff", "png", "jpeg", "jpg")  # formats whose pages are those of the paper
_MADE = datetime(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be filled: title lines, columns with widths in millimetres, rows, foot, who signs."""

    title: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]
    office: Office
    today: date
    signer: str
    kept_title: str = ""  # of a second table, in the same columns
    kept_rows: tuple[tuple[str, ...], ...] = ()


def of_dossier(dossier: DossierReport, office: Office, today: date) -> Form:
    """Mục lục văn bản, tài liệu: every document by its date, then those without, then unread files."""
    papers = sorted(dossier.documents, key=lambda d: (d.header.dated or "9999", d.path, d.ordinal))
    rows = []
    first: dict[tuple[str, int], int] = {}
    for number, paper in enumerate(papers, start=1):
        same = first.setdefault((paper.sha256, paper.ordinal), number)
        rows.append(_paper(number, paper, dossier, same if same != number else None))
    for number, file in enumerate(dossier.unread, start=len(papers) + 1):
        inside = file.path.removeprefix(f"{dossier.path}/")
        rows.append((str(number), "", "", inside, "", "", "chưa đọc được, cần bổ sung"))
    years = {int(p.header.dated[:4]) for p in papers if p.header.dated}
    span = f"{min(years)}–{max(years)}" if len(years) > 1 else "".join(map(str, years))
    return Form(
        ("MỤC LỤC VĂN BẢN, TÀI LIỆU", dossier.name, f"Số, ký hiệu hồ sơ: ……………… Năm {span or '………'}"),
        (
            ("STT", 12), ("Số, ký hiệu văn bản", 34), ("Ngày tháng năm văn bản", 26),
            ("Tên loại và trích yếu nội dung văn bản", 82), ("Tác giả văn bản", 40),
            ("Tờ số/ Trang số", 20), ("Ghi chú", 38),
        ),
        tuple(rows),
        (f"Mục lục này gồm: {len(rows)} văn bản, tài liệu. Viết bằng chữ: {in_words(len(rows))}.",),
        office, today, "NGƯỜI LẬP",
    )  # fmt: skip


def of_archive(report: ComplianceReport) -> Form:
    """Mục lục hồ sơ, tài liệu nộp lưu: finished, complete dossiers; below them those that are kept back."""
    rows = [_dossier(number, dossier) for number, dossier in enumerate(ready(report), start=1)]
    kept = [_dossier(number, dossier) for number, dossier in enumerate(kept_back(report), start=1)]
    count = len(rows)
    return Form(
        ("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", f"Năm {report.today.year}"),
        (
            ("Số TT", 12), ("Số, ký hiệu hồ sơ", 30), ("Tiêu đề hồ sơ", 78), ("Thời gian tài liệu", 38),
            ("Thời hạn bảo quản", 38), ("Số tờ/ Số trang", 18), ("Ghi chú", 38),
        ),
        tuple(rows),
        (f"Mục lục này gồm: {count} hồ sơ (đơn vị bảo quản). Viết bằng chữ: {in_words(count)}.",),
        report.office, report.today, "NGƯỜI LẬP",
        f"DANH SÁCH HỒ SƠ ĐÃ KẾT THÚC CÒN GIỮ LẠI ({len(kept)} hồ sơ)" if kept else "", tuple(kept),
    )  # fmt: skip


def _paper(number: int, paper: Document, dossier: DossierReport, same: int | None) -> tuple[str, ...]:
    header = paper.header
    said = " – ".join(filter(None, (name_of(header.type), header.abstract)))
    notes = [looks.state_of(header)]
    if same is not None:
        notes.append(f"trùng nội dung với số {same}")
    if paper.review:
        notes.append("cần xem lại")
    if paper.security is not None:
        notes.append("có dấu mật, không đọc nội dung")
    return (
        str(number), header.number_symbol, looks.written(header.dated),
        said or paper.path.removeprefix(f"{dossier.path}/"), header.issuing_body, _pages([paper]),
        "; ".join(filter(None, notes)),
    )  # fmt: skip


def _dossier(number: int, dossier: DossierReport) -> tuple[str, ...]:
    days = sorted(d.header.date for d in dossier.documents if d.header.date)
    span = " – ".join(dict.fromkeys((looks.day(days[0]), looks.day(days[-1])))) if days else ""
    kept = dossier.retention
    period = kept.period_title or kept.period or ""
    flag = "" if kept.verified or not period else " (tham khảo, chưa đối chiếu)"
    note = "; ".join(reasons(dossier))
    return str(number), "", dossier.name, span, period + flag, _pages(dossier.documents), note


def _pages(papers: Sequence[Document]) -> str:
    """Pages where all of them are known to be those of the paper; a blank otherwise."""
    if not papers or any(p.format not in _PAGED for p in papers):
        return ""
    return str(sum(p.pages[1] - p.pages[0] + 1 for p in papers))


def docx(form: Form) -> bytes:
    """The form in Word, on A4 lying."""
    made = office.page(form.office, wide=True)
    office.letterhead(made, form.office, "……", form.today)
    office.title(made, *form.title)
    office.grid(made, [name for name, _mm in form.columns], form.rows, [mm for _name, mm in form.columns])
    for line in form.foot:
        office.paragraph(made, line, before=6)
    if form.kept_rows:
        office.title(made, form.kept_title)
        office.grid(
            made, [name for name, _mm in form.columns], form.kept_rows, [mm for _name, mm in form.columns]
        )
    office.signatures(made, (), ("XÁC NHẬN CỦA ĐƠN VỊ", ""), (form.signer, ""))
    return office.save(made)


def xlsx(form: Form) -> bytes:
    """The form in Excel, its head frozen and repeated on every page."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": form.title[0], "created": _MADE})
    letters = {"font_name": office.FONT, "font_size": 12}
    bold = book.add_format({**letters, "bold": True, "align": "center"})
    head = book.add_format(
        {**letters, "bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    )
    cell = book.add_format({**letters, "border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Mục lục")
    last = len(form.columns) - 1
    for row, line in enumerate(form.title):
        sheet.merge_range(row, 0, row, last, looks.printable(line), bold)
    top = len(form.title) + 1
    for at, (name, mm) in enumerate(form.columns):
        sheet.set_column(at, at, mm / 2)
        sheet.write_string(top, at, name, head)
    for row, texts in enumerate(form.rows, start=top + 1):
        for at, text in enumerate(texts):
            sheet.write_string(row, at, looks.printable(text)[:32_000], cell)
    below = top + len(form.rows) + 2
    for row, line in enumerate(form.foot, start=below):
        sheet.write_string(row, 0, line, book.add_format(letters))
    if form.kept_rows:
        below += len(form.foot) + 1
        sheet.merge_range(below, 0, below, last, form.kept_title, bold)
        for row, texts in enumerate(form.kept_rows, start=below + 1):
            for at, text in enumerate(texts):
                sheet.write_string(row, at, looks.printable(text)[:32_000], cell)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
