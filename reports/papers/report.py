"""The report to a superior: results, what is missing, deadlines; completed by hand and signed.

Nothing of the program stands in it: no codes of rules, no paths, no counts of files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dossier.checklists.sentence_case import body
from dossier.model import ComplianceReport, DossierReport, Finding, Severity
from reports import looks, urgent
from reports.papers import blocks, form, wording
from reports.papers.wording import GUIDANCE, number_in_words

if TYPE_CHECKING:
    from docx.document import Document

_MOST = 60  # deadlines in the table; a paper is read by people
# Rules on the work, not on files; that a dossier is lost a superior must know.
_FORMAL = ("MH-", "DH-", "TT-", "TH-", "XL-", "LK-", "TV-18")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


def docx(report: ComplianceReport) -> bytes:
    """The report of the whole archive, or of the dossiers that ``report`` holds."""
    made = form.page(report.office)
    blocks.letterhead(made, report.office, "BC", report.today)
    form.title(made, "BÁO CÁO", "Kết quả kiểm tra hồ sơ mô hình, điển hình tiên tiến")
    blocks.addressee(made, body(report.office.to), before=6)
    _results(made, report)
    _missing(made, report)
    _deadlines(made, report)
    _proposals(made)
    blocks.closing(made, report.office)
    return form.save(made)


def _results(made: Document, report: ComplianceReport) -> None:
    form.paragraph(
        made,
        f"Thực hiện {GUIDANCE}, "
        f"{form.name_of(report.office)} đã kiểm tra các hồ sơ đang quản lý (tính đến ngày "
        f"{looks.day(report.today)}), kết quả như sau:",
    )
    if secret := len(urgent.secrets(report)):
        form.paragraph(
            made,
            f"Có {wording.count(secret)} tài liệu mang dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được, để lẫn "
            "trong hồ sơ: phải xem bản gốc; tài liệu có dấu mật thì tách ra và xử lý theo quy định về bảo vệ "
            "bí mật nhà nước.",
            form.Style(bold=True, red=True),
        )  # fmt: skip
    form.heading(made, "1. Kết quả chung")
    counts = report.summary
    all_, whole, lacking = counts["dossiers"], counts["complete"], counts["incomplete"]
    form.paragraph(
        made,
        f"Tổng số {wording.count(all_)} hồ sơ ({number_in_words(all_)}); trong đó "
        f"{wording.count(whole)} hồ sơ đầy đủ, "
        f"{wording.count(lacking)} hồ sơ chưa đầy đủ.",
    )
    changes = report.changes
    if changes and changes.since:
        form.paragraph(
            made,
            f"So với ngày {looks.day(changes.since)}: phát sinh {wording.count(len(changes.new))} thiếu sót, "
            f"đã khắc phục {wording.count(len(changes.mended))}, còn tồn tại {wording.count(changes.still)}.",
        )
    if report.dossiers:
        rows = [_row(at, each) for at, each in enumerate(urgent.worst_first(report.dossiers), start=1)]
        head = ("TT", "Hồ sơ", "Kết quả", "Văn bản còn thiếu")
        blocks.grid(made, head, rows, (11, 54, 32, 68), centre=(0, 2))


def _row(number: int, dossier: DossierReport) -> tuple[str, ...]:
    lacking = "; ".join(urgent.lacking(dossier, required=True)) or "–"
    return str(number), dossier.name, "Đầy đủ" if dossier.complete else "Chưa đầy đủ", lacking


def _missing(made: Document, report: ComplianceReport) -> None:
    form.heading(made, "2. Tồn tại, thiếu sót")
    whole = [said for _look, finding in looks.of_whole(report) if (said := formal(finding, ""))]
    for said in whole:
        form.paragraph(made, f"- {said}")
    told = bool(whole)
    for dossier in urgent.worst_first(report.dossiers):
        shown = [
            said
            for finding in dossier.findings
            if finding.severity is not Severity.INFO and (said := formal(finding, dossier.path))
        ]
        unread = sum(not file.placements for file in dossier.unread)
        if unread:
            shown.append(f"Có {wording.count(unread)} tài liệu chưa đọc được, phải kiểm tra trực tiếp.")
        if doubtful := sum(document.review for document in dossier.documents):
            shown.append(f"Có {wording.count(doubtful)} văn bản chưa xác định được thuộc mục nào.")
        if shown:
            told = True
            form.paragraph(made, f"Hồ sơ “{dossier.name}”:", form.Style(bold=True, italic=True))
        for said in shown:
            form.paragraph(made, f"- {said}")
    if not told:
        form.paragraph(made, "Không phát hiện thiếu sót.")


def formal(finding: Finding, path: str) -> str:
    """What a finding says to a superior; empty for one that is about files rather than about the work.

    Paths are told by the file's name, and what the program advises its user is left out.
    """
    if not finding.rule.startswith(_FORMAL):
        return ""
    message = re.sub(rf"{re.escape(path)}/(?:[^,;:“”]*/)?", "", finding.message) if path else finding.message
    said = " ".join(each for each in _SENTENCE.split(message) if "dossier " not in each)
    return said if said.endswith(".") else f"{said}." if said else ""


def _deadlines(made: Document, report: ComplianceReport) -> None:
    form.heading(made, "3. Việc quá hạn, sắp đến hạn")
    duties = urgent.duties(report)
    if not duties:
        form.paragraph(made, "Không có.")
        return
    rows = [
        (
            looks.day(duty.day),
            duty.what,
            ", ".join(name for _path, name in duty.dossiers) or "Cả đơn vị",
            duty.when,
        )
        for duty in duties[:_MOST]
    ]
    head = ("Hạn", "Việc phải làm", "Hồ sơ", "Tình trạng")
    blocks.grid(made, head, rows, (27, 66, 44, 28), centre=(0, 3))
    if len(duties) > _MOST:
        form.paragraph(made, f"Ngoài ra còn {len(duties) - _MOST} việc khác.")


def _proposals(made: Document) -> None:
    form.heading(made, "4. Kiến nghị, đề xuất")
    form.blanks(made, "", "")
    form.paragraph(made, "Trên đây là kết quả kiểm tra hồ sơ, kính báo cáo./.")
