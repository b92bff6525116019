"""A small archive as a report value: what archives hold on good days and on bad ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dossier.compliance.versions import papers
from dossier.model import (
    ComplianceReport,
    Document,
    DossierReport,
    Fact,
    FactSource,
    Finding,
    Form,
    Header,
    IgnoredFile,
    ItemResult,
    Outside,
    PartResult,
    Placement,
    Reading,
    Retention,
    Severity,
    Source,
    Status,
    UnreadFile,
    UnreadReason,
)

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("file:///etc/passwd";"x")'
ESCAPE = "\x1b[2J"
TODAY = date(2026, 11, 24)
_RETENTION = Retention("tt-55-2025", "Thông tư 55/2025/TT-BCA", "Thông tư 55/2025/TT-BCA, Điều 9")


def document(path: str, part: str = "", *, review: bool = False, ordinal: int = 1) -> Document:
    """A decision of 05/03/2023, in ``part`` unless that is empty."""
    sure = 0.55 if review else 0.97
    number = int(part.rstrip("abc") or 0)
    placed = [Placement(number, part, sure, Source.RULES, ("tên loại",))] if part else []
    return Document(
        path=path,
        ordinal=ordinal,
        pages=(1, 2),
        sha256="0" * 64,
        format="pdf",
        size=1234,
        reading=Reading.OCR if review else Reading.TEXT,
        header=Header(
            form=Form.STATE,
            type="quyet-dinh",
            number_symbol="12/QĐ-UBND",
            date=date(2023, 3, 5),
            issuing_body="UBND XÃ HÀM THẮNG",
            abstract="Về việc thành lập mô hình Camera an ninh",
            signer="Nguyễn Văn An",
        ),
        placements=tuple(placed),
        review=review,
        confidence=0.71 if review else None,
    )


def item(number: int, title: str, *parts: PartResult, status: Status) -> ItemResult:
    """An item with its parts."""
    return ItemResult(number, title, status, parts)


def complete() -> DossierReport:
    """Nothing is missing; one gap was accepted, one item is not asked for."""
    path = "mo-hinh/Camera an ninh"
    paper = document(f"{path}/01 Kế hoạch/KH khảo sát.pdf", "1")
    return DossierReport(
        path=path,
        kind="mo-hinh",
        name="Camera an ninh",
        unit="UBND xã Hàm Thắng",
        complete=True,
        facts={
            "founded": Fact(date(2023, 3, 5), FactSource.INFERRED, paper.path),
            "linked": Fact(False),
            "led_by": Fact("police"),
            "unit": Fact("UBND xã Hàm Thắng", FactSource.DECLARED, f"{path}/hoso.toml"),
        },
        items=(
            item(
                1, "Kế hoạch khảo sát",
                PartResult("1", "Kế hoạch khảo sát", Status.PRESENT, True, (paper.id,)),
                status=Status.PRESENT,
            ),
            item(
                2, "Báo cáo kết quả khảo sát",
                PartResult("2", "Báo cáo kết quả khảo sát", Status.WAIVED, True),
                status=Status.WAIVED,
            ),
            item(
                12, "Sổ theo dõi thu, chi quỹ (nếu có)",
                PartResult("12", "Sổ theo dõi thu, chi quỹ (nếu có)", Status.NOT_APPLICABLE, False),
                status=Status.NOT_APPLICABLE,
            ),
        ),
        findings=(Finding("MH-02", Severity.INFO, "Thiếu báo cáo (đã chấp nhận).", "HD22 V.1.a(2)", "2"),),
        retention=replace(_RETENTION, period="permanent", verified=True),
        documents=(paper,),
        papers=papers((paper,)),
        ignored=(IgnoredFile(f"{path}/Thumbs.db", "tệp của hệ điều hành"),),
        files=1,
    )  # fmt: skip


def incomplete() -> DossierReport:
    """A hostile name, a part and a year missing, a document to look at, a file nobody could read."""
    path = f"mo-hinh/{SCRIPT}"
    doubtful = document(f"{path}/scan\n0007{ESCAPE}.pdf", "6a", review=True)
    stray = document(f"{path}/giay moi.pdf")
    unread = UnreadFile(f"{path}/-khóa.pdf", UnreadReason.ENCRYPTED, "Bỏ mật khẩu rồi quét lại.")
    return DossierReport(
        path=path,
        kind="mo-hinh",
        name=FORMULA,
        unit="@cmd",
        complete=False,
        facts={"founded": Fact(None), "led_by": Fact("police")},
        items=(
            item(
                1, "Kế hoạch khảo sát",
                PartResult("1", "Kế hoạch khảo sát", Status.MISSING, True),
                status=Status.MISSING,
            ),
            item(
                6, "Quyết định thành lập",
                PartResult("6a", "Quyết định thành lập mô hình", Status.NEEDS_REVIEW, True),
                PartResult("6b", "Danh sách thành viên", Status.MISSING, True),
                status=Status.PARTIAL,
            ),
            item(
                9, "Kế hoạch hoạt động hằng năm",
                PartResult(
                    "9", "Kế hoạch hoạt động hằng năm", Status.PARTIAL, True, (stray.id,), ("năm 2024",),
                    ("2024",),
                ),
                status=Status.PARTIAL,
            ),
        ),
        findings=(
            Finding("TV-01", Severity.WARNING, f"{unread.path}: khóa.", "HD22 V.3", "", (unread.path,)),
            Finding("MH-01", Severity.ERROR, "Thiếu Kế hoạch khảo sát (mục 1).", "HD22 V.1.a(1)", "1"),
        ),
        retention=_RETENTION,
        asked=frozenset([doubtful.id]),
        documents=(doubtful, stray),
        papers=papers((doubtful, stray)),
        unread=(unread,),
        files=3,
    )  # fmt: skip


def report(*dossiers: DossierReport) -> ComplianceReport:
    """An archive with these dossiers, or with the complete and the incomplete one."""
    return ComplianceReport(
        archive="/kho/Hồ sơ",
        scanned_at=datetime(2026, 11, 24, 7, 5, tzinfo=UTC),
        today=TODAY,
        dossiers=dossiers or (complete(), incomplete()),
        outside=Outside(("linh tinh/ghi chu.txt",), (document("linh tinh/ghi chu.txt"),)),
        problems=("Không mở được thư mục “cũ”: không có quyền.",),
    )


def many(count: int) -> ComplianceReport:
    """An archive with that many dossiers."""
    one = incomplete()
    return report(*(replace(one, path=f"mo-hinh/{n:03}", name=f"Mô hình số {n}") for n in range(count)))


def ended(dossier: DossierReport) -> DossierReport:
    """The same, of work that ended in 2025."""
    kept = replace(dossier.retention, clock=date(2025, 12, 31))
    return replace(dossier, retention=kept, facts={**dossier.facts})


def finished(*dossiers: DossierReport) -> ComplianceReport:
    """A report of these dossiers; without any, of one that ended and is complete."""
    return replace(report(), dossiers=dossiers or (ended(complete()),))


def holding(dossier: DossierReport, *documents: Document) -> DossierReport:
    """The same dossier with these documents instead of its own."""
    return replace(dossier, documents=documents, papers=papers(documents))
