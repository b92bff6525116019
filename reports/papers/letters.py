"""Letters that follow from what was found: to a unit about what it lacks, and the request to rank a model.

Form of a letter (công văn): Nghị định 30/2020/NĐ-CP, annex III: no name of a type, the abstract under the
number. Facts fill it; what nobody knows stays dotted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.checklists.sentence_case import body
from dossier.model import ComplianceReport, Document, DossierReport, Office
from reports import looks, urgent
from reports.papers import blocks, form, wording
from reports.papers.wording import GUIDANCE, number_in_words


@dataclass(frozen=True, slots=True)
class RankingRequest:
    """What is known for the request to rank a model for ``year``. ``founding`` and ``report`` are papers of
    the dossier, ``None`` where there is none; ``share`` of the targets in per cent and ``rank`` in words are
    what ``report`` says."""

    year: int
    period: str
    founding: Document | None
    report: Document | None
    share: float | None
    rank: str


def lacking(report: ComplianceReport, unit: str, dossiers: Sequence[DossierReport]) -> bytes:
    """The letter to ``unit`` (empty: not known) about what its ``dossiers`` lack."""
    office = report.office
    own = bool(unit) and body(unit).casefold() == office.name.casefold()
    called = "đơn vị" if own or not unit else body(unit)
    made = form.page(office)
    about = "đề nghị bổ sung hồ sơ mô hình, điển hình tiên tiến"
    blocks.letterhead(made, office, "", report.today, about=about)
    blocks.addressee(made, "Bộ phận phụ trách hồ sơ" if own else body(unit))
    form.paragraph(
        made,
        f"Thực hiện {GUIDANCE}, {form.name_of(office)} đã kiểm tra hồ sơ mô hình, điển hình tiên tiến "
        f"(tính đến ngày {looks.day(report.today)}). Có {wording.count(len(dossiers))} hồ sơ "
        f"({number_in_words(len(dossiers))}) do {called} quản lý còn thiếu tài liệu, cụ thể:",
    )
    rows = [
        (str(at), d.name, "; ".join(urgent.lacking(d, required=True)))
        for at, d in enumerate(urgent.worst_first(dossiers), start=1)
    ]
    blocks.grid(made, ("TT", "Hồ sơ", "Tài liệu còn thiếu"), rows, (11, 54, 100))
    late = [(d.name, due) for d in dossiers for due in urgent.overdue(d)]
    if late:
        form.paragraph(made, "Trong đó, các việc sau đã quá hạn:", form.Style(before=6))
        for name, due in late:
            form.paragraph(made, f"- {due.what} (hồ sơ “{name}”): hạn {looks.day(due.day)}.")
    form.paragraph(
        made,
        f"Đề nghị {called} rà soát, bổ sung bản chính hoặc bản sao hợp pháp các tài liệu nêu trên trước ngày "
        "……/……/………; trường hợp không còn tài liệu thì báo cáo rõ lý do bằng văn bản./.",
        form.Style(before=6),
    )
    blocks.closing(made, office)
    return form.save(made)


def ranking(report: ComplianceReport, dossier: DossierReport, known: RankingRequest) -> bytes:
    """The request to rank the model, to the body that founded it."""
    office, name = report.office, dossier.name.strip('“”"')
    made = form.page(office)
    about = f"đề nghị xếp loại mô hình “{name}” năm {known.year}"
    blocks.letterhead(made, office, "", report.today, about=about)
    blocks.addressee(made, wording.issuer(known.founding) if known.founding else "")
    for line in ranking_lines(office, name, dossier, known):
        form.paragraph(made, line)
    blocks.closing(made, office)
    return form.save(made)


def ranking_lines(office: Office, name: str, dossier: DossierReport, known: RankingRequest) -> list[str]:
    """The paragraphs of the request."""
    unit = form.name_of(office)
    founded = (
        f"được thành lập theo {wording.cited(known.founding)}"
        if known.founding
        else (f"được thành lập theo Quyết định số {form.DOTS}")
    )
    share = f"{known.share:g}".replace(".", ",") if known.share is not None else "………"
    result = f"Kết quả thực hiện trong kỳ đánh giá {known.period}: đạt {share}% chỉ tiêu đề ra"
    if known.report:
        cited = wording.cited(known.report)
        result += f" (theo {cited[:1].lower()}{cited[1:]})"
    lacking_ = urgent.lacking(dossier, required=True)
    state = (
        "Hồ sơ mô hình đã được lập đầy đủ theo quy định."
        if not lacking_
        else f"Hồ sơ mô hình còn thiếu, đang bổ sung: {'; '.join(lacking_)}."
    )
    return [
        f"Thực hiện {GUIDANCE} về quy trình, tiêu chí xây dựng, đánh giá, xếp loại mô hình, {unit} đề nghị "
        f"xem xét, công nhận mức xếp loại năm {known.year} đối với mô hình “{name}”, như sau:",
        f"1. Mô hình “{name}” {founded}.",
        f"2. {result}.",
        f"3. {state}",
        f"4. Mức đề nghị xếp loại: {known.rank or form.DOTS}.",
        f"{unit} kính đề nghị xem xét, quyết định./.",
    ]
