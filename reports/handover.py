"""The record of a hand-over (biên bản giao nhận hồ sơ, tài liệu) in Word, for both sides to sign.

What it states: Nghị định 30/2020/NĐ-CP, annex V. The form is Vietnamese in every language. Who gives and
who receives, boxes and metres of shelf are written by hand: the tool does not know them.
"""

from __future__ import annotations

from datetime import date

from dossier.model import ComplianceReport
from reports import office
from reports.handing import only, ready
from reports.words import in_words

_BLANK = "…" * 24  # fits on the line of its label
_SIDES = ("BÊN GIAO", "BÊN NHẬN")


def docx(report: ComplianceReport) -> bytes:
    """The record for the report's dossiers that are handed over (:mod:`reports.handing`), dated by hand."""
    report = only(report, ready(report))
    unit = report.office.name
    made = office.page(report.office)
    office.letterhead(made, report.office, "BB", report.today)
    office.title(made, "BIÊN BẢN", "Giao nhận hồ sơ, tài liệu")
    for side, who in zip(_SIDES, (unit, ""), strict=True):
        office.paragraph(made, f"{side}: {who or _BLANK}", bold=True, before=6)
        for label in ("Đại diện", "Chức vụ công tác"):
            office.paragraph(made, f"{label}: {_BLANK}")
    office.paragraph(made, "Hai bên thống nhất giao nhận hồ sơ, tài liệu như sau:", before=6)
    for number, line in enumerate(lines(report), start=1):
        office.paragraph(made, f"{number}. {line}", indent=True)
    office.paragraph(made, "Biên bản lập thành hai bản, mỗi bên giữ một bản.", before=6)
    office.signatures(made, (), *((f"ĐẠI DIỆN {side}", "") for side in _SIDES))
    return office.save(made)


def lines(report: ComplianceReport) -> tuple[str, ...]:
    """What is handed over: name and years of the block, quantity, condition."""
    kinds = sorted({dossier.kind_title or dossier.kind for dossier in report.dossiers})
    count, documents = len(report.dossiers), sum(len(d.documents) for d in report.dossiers)
    files = sum(dossier.files for dossier in report.dossiers)
    return (
        f"Tên khối tài liệu: {', '.join(kinds) or _BLANK}.",
        f"Thời gian của tài liệu: {_years(report)}.",
        f"Số lượng: {count} hồ sơ (viết bằng chữ: {in_words(count)}); {documents} văn bản trong {files} tệp; "
        "……… hộp (cặp); ……… mét giá.",
        f"Tình trạng: {_condition(report)}.",
        "Mục lục hồ sơ, tài liệu nộp lưu kèm theo: ……… bản.",
    )


def _years(report: ComplianceReport) -> str:
    days: list[date] = [doc.header.date for d in report.dossiers for doc in d.documents if doc.header.date]
    if not days:
        return "………"
    first, last = min(days).year, max(days).year
    return f"năm {first}" if first == last else f"từ năm {first} đến năm {last}"


def _condition(report: ComplianceReport) -> str:
    """What is known of the dossiers; how the paper itself is, a person says."""
    counts = report.summary
    said = [f"{counts['complete']} hồ sơ đầy đủ, {counts['incomplete']} hồ sơ chưa đầy đủ"]
    if counts["unread"]:
        said.append(f"{counts['unread']} tệp chưa đọc được")
    if counts["needs_review"]:
        said.append(f"{counts['needs_review']} văn bản cần xem lại")
    return "; ".join((*said, "tình trạng vật lý: ………"))
