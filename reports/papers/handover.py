"""The record of a hand-over (biên bản giao nhận hồ sơ, tài liệu), for both sides to sign.

Head, points and signatures: Nghị định 30/2020/NĐ-CP, annex V, part V. Who stands for each side, boxes,
metres of shelf and paper dossiers are written by hand: the tool knows files only. Added to the form: the code
of the package, which is known when the package is made, and the last code of the log, by which later changes
of what was done would show.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import ComplianceReport, DossierReport
from reports.papers import blocks, form, wording

_SIDES = ("BÊN GIAO", "BÊN NHẬN")


def docx(report: ComplianceReport, dossiers: Sequence[DossierReport]) -> bytes:
    """The record for these dossiers of the report, dated by hand."""
    made = form.page(report.office)
    blocks.motto(made, report.office, place=form.dated(report.office.place, report.today))
    form.title(made, "BIÊN BẢN", "Giao nhận hồ sơ, tài liệu")
    for ground in grounds(report):
        form.paragraph(made, ground, form.Style(italic=True))
    form.paragraph(made, "Chúng tôi gồm:")
    for side, who in zip(_SIDES, (form.name_of(report.office), "Lưu trữ cơ quan: " + form.DOTS), strict=True):
        form.paragraph(made, f"{side}: {who}", form.Style(bold=True))
        form.blanks(made, "Ông (bà):", "Chức vụ công tác:")
    form.paragraph(made, "Thống nhất lập biên bản giao nhận tài liệu với những nội dung như sau:")
    for line in lines(dossiers):
        form.paragraph(made, line)
    if report.log_head:
        form.paragraph(made, f"6. {wording.sealed_by(report.log_head)}")
    form.paragraph(made, "Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản./.")
    blocks.signatures(made, (), *((f"ĐẠI DIỆN {side}", "") for side in _SIDES))
    return form.save(made)


def grounds(report: ComplianceReport) -> tuple[str, ...]:
    """What the hand-over rests on."""
    unit = form.name_of(report.office)
    return (
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
        f"Căn cứ Mục lục hồ sơ, tài liệu nộp lưu năm {report.today.year} của {unit}.",
    )


def lines(dossiers: Sequence[DossierReport]) -> tuple[str, ...]:
    """What is handed over: name and time of the block, quantities on paper and as files, condition."""
    kinds = dict.fromkeys(map(wording.kind_of, dossiers))
    count, files = len(dossiers), sum(dossier.files for dossier in dossiers)
    return (
        f"1. Tên khối tài liệu giao nộp: Hồ sơ {', '.join(kinds) or form.DOTS}.",
        f"2. Thời gian của hồ sơ, tài liệu: {_years(dossiers)}.",
        "3. Số lượng tài liệu:",
        "a) Đối với hồ sơ, tài liệu giấy:",
        "- Tổng số hộp (cặp): …………",
        "- Tổng số hồ sơ (đơn vị bảo quản): ………; quy ra mét giá: ……… mét.",
        "b) Đối với hồ sơ, tài liệu điện tử:",
        f"- Tổng số hồ sơ: {wording.in_both(count)}.",
        f"- Tổng số tệp tin trong hồ sơ: {wording.in_both(files)}.",
        f"- Mã niêm phong của gói tài liệu điện tử (nếu nộp bằng gói): {form.DOTS}",
        f"4. Tình trạng tài liệu giao nộp: {_condition(dossiers)}; tình trạng vật lý: ……………",
        "5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo.",
    )


def _years(dossiers: Sequence[DossierReport]) -> str:
    known = {int(year) for d in dossiers for year in wording.years(d).split("–") if year}
    if not known:
        return form.DOTS
    first, last = min(known), max(known)
    return f"năm {first}" if first == last else f"từ năm {first} đến năm {last}"


def _condition(dossiers: Sequence[DossierReport]) -> str:
    """What is known of the dossiers; how the paper itself is, a person says."""
    whole = sum(dossier.complete for dossier in dossiers)
    said = [f"{wording.count(whole)} hồ sơ đầy đủ thành phần tài liệu"] if whole else []
    if lacking := len(dossiers) - whole:
        said.append(f"{wording.count(lacking)} hồ sơ chưa đầy đủ")
    return "; ".join(said) or form.DOTS
