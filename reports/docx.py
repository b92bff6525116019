"""An administrative report on paper, to be completed and signed: results, what is missing, deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport, Severity
from reports import looks, office, proposals, urgent
from reports.interface import Renderer

if TYPE_CHECKING:
    from docx.document import Document

_MOST = 60  # deadlines in the table; a paper is read by people


class Docx(Renderer):
    """See the module."""

    suffix: ClassVar[str] = ".docx"

    @property
    def title(self) -> str:
        """As in :class:`Renderer`."""
        return _("báo cáo Word để in, ký")

    def render(self, report: ComplianceReport) -> bytes:
        """As in :class:`Renderer`."""
        made = office.page(report.office)
        office.letterhead(made, report.office, "BC", report.today)
        office.title(made, _("BÁO CÁO"), _("Kết quả kiểm tra hồ sơ mô hình, điển hình tiên tiến"))
        office.paragraph(made, f"Kính gửi: {report.office.to or office.DOTS * 3}", centre=True, before=6)
        _results(made, report)
        _missing(made, report)
        _deadlines(made, report)
        _proposals(made, report)
        title = report.office.signer_title.upper() or _("THỦ TRƯỞNG ĐƠN VỊ")
        office.signatures(made, (_("Như trên;"), _("Lưu: VT, hồ sơ.")), (title, report.office.signer))
        return office.save(made)


RENDERER = Docx()


def _results(made: Document, report: ComplianceReport) -> None:
    said = _(
        "Thực hiện Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an, ngày {day} đơn vị đã kiểm tra "
        "các hồ sơ đang quản lý; kết quả như sau:"
    )
    office.paragraph(made, said.format(day=looks.day(report.today)), indent=True, before=12)
    office.heading(made, _("1. Kết quả chung"))
    said = _("Tổng số {dossiers} hồ sơ: {complete} hồ sơ đầy đủ, {incomplete} hồ sơ chưa đầy đủ.")
    office.paragraph(made, said.format(**report.summary), indent=True)
    changes = report.changes
    if changes and changes.since:
        told = _("So với ngày {day}: {new} phát hiện mới, {mended} đã khắc phục, {still} vẫn còn.").format(
            day=looks.day(changes.since),
            new=len(changes.new),
            mended=len(changes.mended),
            still=changes.still,
        )
        office.paragraph(made, told, indent=True)
    for said in filter(None, (*looks.settings(report), proposals.unsorted(report), *report.problems)):
        office.paragraph(made, said, indent=True)
    if report.dossiers:
        head = (_("TT"), _("Hồ sơ"), _("Kết quả"), _("Văn bản còn thiếu"))
        rows = (
            _row(number, dossier)
            for number, dossier in enumerate(urgent.worst_first(report.dossiers), start=1)
        )
        office.grid(made, head, rows, (11, 58, 28, 68))


def _row(number: int, dossier: DossierReport) -> tuple[str, ...]:
    lacking = "; ".join(urgent.lacking(dossier, required=True)) or "–"
    return str(number), dossier.name, looks.complete(dossier).word, lacking


def _missing(made: Document, report: ComplianceReport) -> None:
    office.heading(made, _("2. Tồn tại, thiếu sót"))
    whole = looks.of_whole(report)
    for _look, finding in whole:
        office.paragraph(made, f"- {finding.message} ({finding.citation})", indent=True)
    told = bool(whole)
    for dossier in urgent.worst_first(report.dossiers):
        shown = [f for f in dossier.findings if f.severity is not Severity.INFO]
        if shown:
            told = True
            office.paragraph(made, f"{dossier.name} ({looks.complete(dossier).word})", italic=True, before=4)
        for finding in shown:
            known = _(", đã có từ khi lập mốc") if finding.baseline else ""
            office.paragraph(made, f"- {finding.message} ({finding.citation}{known})", indent=True)
    if not told:
        office.paragraph(made, _("Không phát hiện thiếu sót."), indent=True)


def _deadlines(made: Document, report: ComplianceReport) -> None:
    office.heading(made, _("3. Việc quá hạn, sắp đến hạn"))
    duties = urgent.duties(report)
    if not duties:
        office.paragraph(made, _("Không có."), indent=True)
        return
    rows = [
        (
            looks.day(duty.day),
            duty.what,
            ", ".join(name for _path, name in duty.dossiers) or _("Cả đơn vị"),
            duty.when,
        )
        for duty in duties[:_MOST]
    ]
    office.grid(made, (_("Hạn"), _("Việc phải làm"), _("Hồ sơ"), _("Tình trạng")), rows, (26, 67, 46, 26))
    if len(duties) > _MOST:
        office.paragraph(made, _("… và {count} mục nữa").format(count=len(duties) - _MOST))


def _proposals(made: Document, report: ComplianceReport) -> None:
    office.heading(made, _("4. Kiến nghị, đề xuất"))
    office.paragraph(made, "…" * 34)
    office.paragraph(made, "…" * 34)
    office.paragraph(
        made, _("Trên đây là kết quả kiểm tra hồ sơ, kính báo cáo./."), indent=True,
        before=6,
    )  # fmt: skip
