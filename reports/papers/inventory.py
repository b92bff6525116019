"""The inventory of dossiers that are handed over (mục lục hồ sơ, tài liệu nộp lưu), and of those kept back.

Head, columns, foot and signature: Nghị định 30/2020/NĐ-CP, annex V, part III; what is kept
back is listed by Điều 30.2 of it and Điều 9 of Thông tư 55/2025/TT-BCA, which have no form for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dossier.model import ComplianceReport, DossierReport
from reports.papers import sheets, wording
from reports.papers.lists import FiledList, Head
from reports.papers.sheets import UNKNOWN, Pages
from reports.papers.wording import number_in_words


def ready(report: ComplianceReport) -> tuple[DossierReport, ...]:
    """Ended, complete, not handed over and not held."""
    return tuple(d for d in report.dossiers if _finished(d, report.today) and not reasons(d))


def kept_back(report: ComplianceReport) -> tuple[DossierReport, ...]:
    """Ended and not handed over, but lacking something, or held."""
    return tuple(d for d in report.dossiers if _finished(d, report.today) and reasons(d))


def reasons(dossier: DossierReport) -> list[str]:
    """Why a finished dossier is kept back; in Vietnamese, as the form is."""
    found = [] if dossier.complete else ["chưa đầy đủ"]
    return found + ([f"đang tạm giữ: {dossier.retention.hold}"] if dossier.retention.hold else [])


def only(report: ComplianceReport, dossiers: Sequence[DossierReport]) -> ComplianceReport:
    """The report of these dossiers alone."""
    return replace(report, dossiers=tuple(dossiers))


def _finished(dossier: DossierReport, today: date) -> bool:
    handed = dossier.facts["handed_over"].value if "handed_over" in dossier.facts else None
    over = bool(handed) and not (isinstance(handed, date) and handed > today)
    return dossier.retention.clock is not None and not over


_COLUMNS = (
    ("Số TT", 12), ("Số, ký hiệu hồ sơ", 30), ("Tiêu đề hồ sơ", 88), ("Thời gian tài liệu", 38),
    ("Thời hạn bảo quản", 27), ("Số tờ/ Số trang", 20), ("Ghi chú", 32),
)  # fmt: skip
_KEPT = (
    ("Số TT", 12), ("Số, ký hiệu hồ sơ", 30), ("Tiêu đề hồ sơ", 78), ("Thời gian tài liệu", 38),
    ("Thời hạn bảo quản", 27), ("Lý do giữ lại", 38), ("Giữ đến ngày", 24),
)  # fmt: skip
_SIGNERS = (("XÁC NHẬN CỦA ĐƠN VỊ", ""), ("NGƯỜI LẬP", ""))


def of(report: ComplianceReport, dossiers: Sequence[DossierReport], pages: Pages = UNKNOWN) -> FiledList:
    """The inventory of these dossiers of the report; ``pages`` as in :mod:`reports.papers.sheets`."""
    return FiledList(
        ("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", f"Năm {report.today.year}"),
        _COLUMNS,
        tuple(_row(number, dossier, pages) for number, dossier in enumerate(dossiers, start=1)),
        (
            f"Mục lục này gồm: {wording.count(len(dossiers))} hồ sơ (đơn vị bảo quản).",
            f"Viết bằng chữ: {number_in_words(len(dossiers))} hồ sơ (đơn vị bảo quản).",
            *wording.unverified(dossiers),
            *([wording.sealed_by(report.log_head)] if report.log_head else []),
        ),
        report.office,
        report.today,
        centre=(0, 3, 4, 5),
        head=Head.MOTTO,
    )


def of_kept_back(report: ComplianceReport) -> FiledList:
    """The dossiers that ended and stay with the unit, each with the reason; how long, a person says."""
    kept = kept_back(report)
    rows = [
        (number, wording.symbol(d), wording.title(d), wording.span(d), wording.period(d.retention),
         "; ".join(reasons(d)).capitalize(), "")
        for number, d in enumerate(kept, start=1)
    ]  # fmt: skip
    return FiledList(
        ("DANH MỤC HỒ SƠ, TÀI LIỆU GIỮ LẠI", f"Năm {report.today.year}"),
        _KEPT,
        tuple(rows),
        (
            f"Danh mục này gồm: {wording.dossiers(len(kept))}.",
            *wording.unverified(kept),
        ),
        report.office,
        report.today,
        _SIGNERS,
        (0, 3, 4, 6),
    )


def _row(number: int, dossier: DossierReport, pages: Pages) -> tuple[str | int, ...]:
    counted = sheets.total(sheets.entries(dossier, pages))
    electronic = dossier.facts.get("electronic")
    note = [*reasons(dossier)] + (["Hồ sơ điện tử"] if electronic and electronic.value is True else [])
    return (
        number,
        wording.symbol(dossier),
        wording.title(dossier),
        wording.span(dossier),
        wording.period(dossier.retention),
        counted if counted is not None else "",
        "; ".join(note).capitalize(),
    )
