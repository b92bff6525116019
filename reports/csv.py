"""CSV for spreadsheets: one row per part of each dossier, UTF-8 with a byte order mark for Excel.

Rows for documents with a stamp of secrecy come first.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from dossier.checklists.sentence_case import body
from dossier.i18n import _
from dossier.model import ComplianceReport
from reports import looks

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# In locales with a decimal comma Excel splits cells at semicolons, even in quotes.
_NEXT_CELL = re.compile(r"(;\s*\"?)(?=[=+\-@＝＋－＠])")


def harmless(text: str) -> str:
    """Escape a text that a spreadsheet would interpret as a formula, or a terminal as commands.

    Source: OWASP, "CSV Injection".
    """
    begins = unicodedata.normalize("NFKC", text.lstrip()[:1])  # leading spaces and full-width forms count too
    text = f"'{text}" if text.startswith(_FORMULA) or begins.startswith(_FORMULA) else text
    text = _NEXT_CELL.sub(r"\1'", text) if ";" in text else text
    return looks.printable(text, "\n\t")


def render(report: ComplianceReport) -> bytes:
    """Render the report."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            _("Hồ sơ"),
            _("Tên"),
            _("Loại"),
            _("Đơn vị"),
            _("Kết quả"),
            _("Mục"),
            _("Thành phần"),
            _("Nội dung"),
            _("Tình trạng"),
            _("Bắt buộc"),
            _("Còn thiếu"),
            _("Văn bản"),
        ]
    )
    for place, finding in report.placed:
        if not finding.secret:
            break  # they stand first
        where = (
            [place.path, place.name, place.kind_title or place.kind, body(place.unit)]
            if place
            else ["", _("(toàn kho)"), "", ""]
        )
        said = [_("CÓ TÀI LIỆU NIÊM PHONG"), "", finding.rule, finding.message, _("bị niêm phong"), "", ""]
        writer.writerow([harmless(cell) for cell in (*where, *said, "; ".join(finding.documents))])
    for dossier in report.dossiers:
        about = [
            dossier.path,
            dossier.name,
            dossier.kind_title or dossier.kind,
            body(dossier.unit),
            looks.complete(dossier).word,
        ]
        for item in dossier.items:
            for part in item.parts:
                row = [
                    *about,
                    str(item.item),
                    part.part,
                    part.title,
                    looks.part(part).word,
                    _("có") if part.required else _("không"),
                    "; ".join(part.missing),
                    "; ".join(part.documents),
                ]
                writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
