"""The papers that close a dossier: its cover (bìa hồ sơ), and the certificate (chứng từ kết thúc) of how many
sheets it has, from where to where, and their condition.

Both follow common practice of archives; the forms (mẫu 02 and 04 of Thông tư 55/2025/TT-BCA) could not be
read, so the unit compares them once.
"""

from __future__ import annotations

from datetime import date

from dossier.model import DossierReport, Office
from reports.papers import blocks, form, sheets, wording
from reports.papers.sheets import UNKNOWN, Pages
from reports.papers.wording import number_in_words


def cover(dossier: DossierReport, office: Office, pages: Pages = UNKNOWN) -> bytes:
    """The cover of the dossier; what only the archive gives (fonds, inventory number) stays dotted."""
    made = form.page(office)
    blocks.motto(made, office)
    for _line in range(3):
        form.paragraph(made, "", form.Style(after=12))
    form.title(made, "HỒ SƠ", f"Số, ký hiệu: {wording.symbol(dossier) or form.DOTS}", ruled=False)
    form.paragraph(made, "", form.Style(after=12))
    form.paragraph(made, wording.title(dossier), form.Style(bold=True, centre=True, size=18, after=24))
    first, last = wording.days(dossier)
    form.paragraph(
        made, f"Từ ngày {first or form.DOTS} đến ngày {last or form.DOTS}", form.Style(centre=True)
    )
    counted = sheets.total(sheets.entries(dossier, pages))
    form.paragraph(
        made, f"Gồm: {counted if counted is not None else '………'} tờ/trang", form.Style(centre=True, after=48)
    )
    kept = wording.period(dossier.retention)
    blocks.grid(
        made,
        ("Phông số", "Mục lục số", "Hồ sơ số", "Thời hạn bảo quản"),
        [("", "", "", kept or "")],
        (38, 38, 38, 51),
        centre=(0, 1, 2, 3),
    )
    for line in wording.unverified([dossier]):
        form.paragraph(made, line, form.Style(italic=True, indent=False, size=12, before=6))
    return form.save(made)


def certificate(dossier: DossierReport, office: Office, today: date, pages: Pages = UNKNOWN) -> bytes:
    """The certificate; what a person sees on the paper itself stays dotted."""
    made = form.page(office)
    blocks.bodies(made, office)
    form.title(made, "CHỨNG TỪ KẾT THÚC", wording.title(dossier))
    for line in lines(dossier, pages):
        form.paragraph(made, line)
    form.blanks(made, "Đặc điểm, trạng thái của tài liệu trong hồ sơ:", "", "")
    blocks.signatures(made, (), ("NGƯỜI LẬP", ""), place=form.dated(office.place, today))
    return form.save(made)


def lines(dossier: DossierReport, pages: Pages = UNKNOWN) -> tuple[str, ...]:
    """What it certifies."""
    listed = sheets.entries(dossier, pages)
    counted = sheets.total(listed)
    number = f"{counted} tờ/trang (viết bằng chữ: {number_in_words(counted)})" if counted else "……… tờ/trang"
    span = f"từ số 1 đến số {counted}" if counted else "từ số ……… đến số ………"
    return (
        f"Hồ sơ (đơn vị bảo quản) số: {wording.symbol(dossier) or form.DOTS}",
        f"Hồ sơ này gồm có: {number}, được đánh số {span}.",
        "Số tờ trùng: ……………; số tờ khuyết: ……………",
        f"Số văn bản, tài liệu trong hồ sơ: {wording.in_both(len(listed))}.",
        "Mục lục văn bản, tài liệu có: ………… tờ.",
    )
