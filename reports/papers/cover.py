"""The cover of a dossier (bìa hồ sơ).

What stands on it follows common practice of archives; the form (mẫu 02 of Thông tư 55/2025/TT-BCA) could
not be read, so the unit compares it once.
"""

from __future__ import annotations

from collections.abc import Mapping

from dossier.model import DossierReport, Office
from reports.papers import blocks, form, sheets, wording

_NONE: Mapping[str, int] = {}


def docx(dossier: DossierReport, office: Office, pages: Mapping[str, int] = _NONE) -> bytes:
    """The cover of the dossier; what only the archive gives (fonds, inventory number) stays dotted."""
    made = form.page(office)
    blocks.motto(made, office)
    for _line in range(3):
        form.paragraph(made, "", after=12)
    form.title(made, "HỒ SƠ", f"Số, ký hiệu: {wording.symbol(dossier) or form.DOTS}", ruled=False)
    form.paragraph(made, "", after=12)
    form.paragraph(made, wording.title(dossier), bold=True, centre=True, size=18, after=24)
    first, last = wording.days(dossier)
    form.paragraph(made, f"Từ ngày {first or form.DOTS} đến ngày {last or form.DOTS}", centre=True)
    counted = sheets.total(sheets.entries(dossier, pages))
    form.paragraph(made, f"Gồm: {counted if counted is not None else '………'} tờ/trang", centre=True, after=48)
    kept = wording.period(dossier.retention)
    blocks.grid(
        made,
        ("Phông số", "Mục lục số", "Hồ sơ số", "Thời hạn bảo quản"),
        [("", "", "", kept or "")],
        (38, 38, 38, 51),
        centre=(0, 1, 2, 3),
    )
    for line in wording.unverified([dossier]):
        form.paragraph(made, line, italic=True, indent=False, size=12, before=6)
    return form.save(made)
