"""A report on paper: title, summary, a table of dossiers, and for each what is still missing."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport, Severity
from reports import looks
from reports.interface import Renderer

if TYPE_CHECKING:
    from docx.document import Document

_MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same report gives the same content
_FONT = "Times New Roman"


class Docx(Renderer):
    """See the module."""

    suffix: ClassVar[str] = ".docx"

    @property
    def title(self) -> str:
        """As in :class:`Renderer`."""
        return _("báo cáo Word để in, ký")

    def render(self, report: ComplianceReport) -> bytes:
        """As in :class:`Renderer`."""
        made = _blank()
        _head(made, report)
        _overview(made, report)
        for dossier in report.dossiers:
            _dossier(made, dossier)
        out = io.BytesIO()
        made.save(out)
        return _timeless(out)


RENDERER = Docx()


def _timeless(package: io.BytesIO) -> bytes:
    """The package without the time of its making, which python-docx writes on every file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            # A ZipInfo by name alone bears the first day that the format knows, 01/01/1980.
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _blank() -> Document:
    """An A4 page with the margins and letters of Nghị định 30/2020/NĐ-CP, annex I."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    for name in ("Normal", "Heading 1", "Heading 2", "Title"):
        style: Any = made.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    normal: Any = made.styles["Normal"]
    normal.font.size = Pt(13)
    normal.paragraph_format.space_after = Pt(4)
    made.core_properties.author = "dossier"
    made.core_properties.created = made.core_properties.modified = _MADE
    return made


def _head(made: Document, report: ComplianceReport) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for text, size in (
        (_("KẾT QUẢ KIỂM TRA HỒ SƠ"), 15),
        (_("theo Hướng dẫn 22/HD-BCA-V05 ngày 18/11/2022"), 13),
    ):
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold = True
        run.font.size = Pt(size)
    made.add_paragraph(_("Kho hồ sơ: {archive}").format(archive=_clean(report.archive)))
    made.add_paragraph(_("Ngày kiểm tra: {day}").format(day=looks.day(report.today)))
    made.add_paragraph(looks.summary_line(report.summary))
    for problem in report.problems:
        made.add_paragraph(_clean(problem), style="List Bullet")


def _overview(made: Document, report: ComplianceReport) -> None:
    if not report.dossiers:
        return
    from docx.oxml import OxmlElement

    _heading(made, _("Tổng hợp"))
    table = made.add_table(rows=1, cols=4)
    table.style = made.styles["Table Grid"]
    titles = (_("TT"), _("Hồ sơ"), _("Kết quả"), _("Thành phần còn thiếu"))
    for cell, text in zip(table.rows[0].cells, titles, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = True
    # The head is repeated on every page.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, dossier in enumerate(report.dossiers, start=1):
        missing = ", ".join(part for item in dossier.items for part in item.missing)
        row = (str(number), f"{dossier.name}\n{dossier.path}", looks.complete(dossier).word, missing or "–")
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(text)
    _widths(table, (10, 70, 30, 55))


def _widths(table: Any, millimetres: tuple[int, ...]) -> None:
    from docx.shared import Mm

    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width)


def _dossier(made: Document, dossier: DossierReport) -> None:
    shown = [f for f in dossier.findings if f.severity is not Severity.INFO]
    if not shown and dossier.complete:
        return
    _heading(made, f"{dossier.name} ({looks.complete(dossier).word})")
    for finding in shown:
        symbol = looks.severity(finding.severity).symbol
        said = f"{symbol} {finding.message} [{finding.rule}, {finding.citation}]"
        made.add_paragraph(_clean(said), style="List Bullet")


def _heading(made: Document, text: str) -> None:
    from docx.shared import Pt, RGBColor

    heading = made.add_heading(level=1)
    run = heading.add_run(_clean(text))
    run.font.name = _FONT
    run.font.size = Pt(14)
    run.font.color.rgb = RGBColor(0, 0, 0)


def _clean(text: str) -> str:
    """Without the characters that XML has no place for."""
    return looks.printable(text, keep="\n")
