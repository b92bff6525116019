"""The certificate that closes a dossier (chứng từ kết thúc): how many sheets, from where to where, condition.

Its points follow common practice of archives; the form (mẫu 04 of Thông tư 55/2025/TT-BCA) could not be
read, so the unit compares it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dossier.model import DossierReport, Office
from reports.papers import blocks, form, sheets, wording
from reports.papers.wording import in_words

_NONE: Mapping[str, int] = {}


def docx(dossier: DossierReport, office: Office, today: date, pages: Mapping[str, int] = _NONE) -> bytes:
    """The certificate; what a person sees on the paper itself stays dotted."""
    made = form.page(office)
    blocks.bodies(made, office)
    form.title(made, "CHỨNG TỪ KẾT THÚC", wording.title(dossier))
    for line in lines(dossier, pages):
        form.paragraph(made, line)
    form.blanks(made, "Đặc điểm, trạng thái của tài liệu trong hồ sơ:", "", "")
    blocks.signatures(made, (), ("NGƯỜI LẬP", ""), place=form.dated(office.place, today))
    return form.save(made)


def lines(dossier: DossierReport, pages: Mapping[str, int] = _NONE) -> tuple[str, ...]:
    """What it certifies."""
    listed = sheets.entries(dossier, pages)
    counted = sheets.total(listed)
    number = f"{counted} tờ/trang (viết bằng chữ: {in_words(counted)})" if counted else "……… tờ/trang"
    span = f"từ số 1 đến số {counted}" if counted else "từ số ……… đến số ………"
    return (
        f"Hồ sơ (đơn vị bảo quản) số: {wording.symbol(dossier) or form.DOTS}",
        f"Hồ sơ này gồm có: {number}, được đánh số {span}.",
        "Số tờ trùng: ……………; số tờ khuyết: ……………",
        f"Số văn bản, tài liệu trong hồ sơ: {wording.in_both(len(listed))}.",
        "Mục lục văn bản, tài liệu có: ………… tờ.",
    )
