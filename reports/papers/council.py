"""The list put before the council that weighs what is no longer kept (Hội đồng xét hủy).

Only dossiers whose period has run out by rules that the agency has verified
(:class:`dossier.model.Retention`).
The columns are customary: the form of Thông tư 06/2025/TT-BNV could not be read.
"""

from __future__ import annotations

from dossier.model import ComplianceReport, DossierReport
from reports import looks
from reports.papers import wording
from reports.papers.lists import FiledList

_COLUMNS = (
    ("Số TT", 12), ("Số, ký hiệu hồ sơ", 28), ("Tiêu đề hồ sơ", 70), ("Thời gian tài liệu", 36),
    ("Thời hạn bảo quản", 25), ("Ngày hết thời hạn", 26), ("Căn cứ, lý do", 50),
)  # fmt: skip


def due(report: ComplianceReport) -> tuple[DossierReport, ...]:
    """The dossiers that may be put before the council."""
    return tuple(dossier for dossier in report.dossiers if dossier.retention.review)


def of(report: ComplianceReport) -> FiledList:
    """The list; empty where nothing is due."""
    found = due(report)
    return FiledList(
        (
            "DANH MỤC HỒ SƠ, TÀI LIỆU ĐỀ NGHỊ HỘI ĐỒNG XÉT",
            f"(Hết thời hạn bảo quản tính đến ngày {looks.day(report.today)})",
        ),
        _COLUMNS,
        tuple(_row(number, dossier) for number, dossier in enumerate(found, start=1)),
        (
            f"Danh mục này gồm: {wording.dossiers(len(found))}.",
            "Hồ sơ chỉ được hủy sau khi có ý kiến của Hội đồng và quyết định của người có thẩm quyền.",
        ),
        report.office,
        report.today,
        (("XÁC NHẬN CỦA ĐƠN VỊ", ""), ("NGƯỜI LẬP", "")),
        (0, 3, 4, 5),
    )


def _row(number: int, dossier: DossierReport) -> tuple[str | int, ...]:
    kept = dossier.retention
    why = "; ".join(dict.fromkeys(f"{reason.title} ({reason.citation})" for reason in kept.reasons))
    return (
        number, wording.symbol(dossier), wording.title(dossier), wording.span(dossier),
        wording.period(kept), looks.day(kept.expires), why,
    )  # fmt: skip
