"""Obstacles to closing and handing over a dossier, and the closing papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossier.archive import Archive
from dossier.i18n import _, speaking
from dossier.model import ComplianceReport, DossierReport, Severity, Status
from dossier.usecases.papers import formal, write_papers
from dossier.usecases.whole_acts import acted
from reports import seals
from reports.papers.sheets import inside

_NONE: Mapping[str, int] = {}
_REWORDED = (
    "MH-",
    "DH-",
    "MAT-",
    "TV-01",
    "TV-02",
    "TV-06",
)  # rules whose findings are worded differently below


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle to handing a dossier over: ``what`` it is and ``how`` to remove it. ``blocks``: the dossier
    cannot be handed over before."""

    what: str
    how: str = ""
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class ClosingPaper:
    """One closing paper: file name without suffix, title, content (DOCX)."""

    name: str
    title: str
    content: bytes


def obstacles(dossier: DossierReport) -> list[Obstacle]:
    """Return all obstacles of a dossier, the gravest first; an empty list: it may be handed over."""
    return [*_secret(dossier), *_state(dossier), *_lacking(dossier), *_unsure(dossier), *_others(dossier)]


def _secret(dossier: DossierReport) -> Iterator[Obstacle]:
    for document in dossier.documents:
        if document.security:
            yield Obstacle(
                f"{inside(document.path, dossier)} {seals.why(document.security)}.",
                _(
                    "Xem bản gốc; có dấu mật thì tách riêng, xử lý theo quy định về bảo vệ bí mật nhà nước; "
                    "không có thì xác nhận: dossier unseal."
                ),
            )


def _state(dossier: DossierReport) -> Iterator[Obstacle]:
    if dossier.retention.clock is None:
        yield Obstacle(
            _("Chưa có ngày kết thúc công việc."),
            _('Ghi nhận: dossier set "{name}" kết-thúc=NGÀY').format(name=dossier.name),
        )
    if dossier.retention.hold:
        yield Obstacle(_("Hồ sơ đang được giữ lại: {why}.").format(why=dossier.retention.hold.rstrip(".")))
    handed = dossier.facts.get("handed_over")
    if handed and handed.value:
        yield Obstacle(
            _("Hồ sơ đã được ghi nhận là đã nộp lưu."),
            _('Bỏ: dossier set "{name}" nộp-lưu=').format(name=dossier.name),
        )


def _lacking(dossier: DossierReport) -> Iterator[Obstacle]:
    for item in dossier.items:
        for part in item.parts:
            if not (part.open and part.required):
                continue
            gaps = f": {', '.join(part.missing)}" if part.missing else ""
            if part.status is Status.NEEDS_REVIEW:
                sentence = _("Chưa chắc đã có: {title} (mục {part}).")
                how = _('Xem và quyết định: dossier review --dossier "{name}"').format(name=dossier.name)
            else:
                sentence = _("Còn thiếu: {title} (mục {part}){gaps}.")
                how = _('Bổ sung, hoặc chấp nhận có lý do: dossier waive "{name}" {rule} --reason …').format(
                    name=dossier.name, rule=_rule(dossier, part.part)
                )
            yield Obstacle(sentence.format(title=part.title, part=part.part, gaps=gaps), how)


def _rule(dossier: DossierReport, part: str) -> str:
    found = (f.rule for f in dossier.findings if f.part == part and f.severity is Severity.ERROR)
    return next(found, "QUY-TẮC")


def _unsure(dossier: DossierReport) -> Iterator[Obstacle]:
    for file in dossier.unread:
        if not file.placements:
            yield Obstacle(_("{file} chưa đọc được.").format(file=inside(file.path, dossier)), file.detail)
    for paper in dossier.papers:
        document = paper.document
        name = inside(document.named, dossier)
        if document.review:
            yield Obstacle(
                _("{file}: chưa rõ thuộc mục nào.").format(file=name),
                _('Quyết định: dossier assign "{file}" MỤC').format(file=name),
            )
        elif document.placements and document.open_fields:
            yield Obstacle(
                _("{file}: phần đầu văn bản đọc chưa chắc.").format(file=name),
                _('Ghi lại cho đúng: dossier correct "{file}" --number … --date …').format(file=name),
            )
        elif document.placements and document.header.draft:
            yield Obstacle(_("{file} mới là dự thảo.").format(file=name), _("Bổ sung bản đã ký, ban hành."))
        if any(signature.broken for signature in document.signatures):
            yield Obstacle(
                _("{file}: chữ ký số không còn nguyên vẹn.").format(file=name),
                _("Lấy lại bản gốc từ nơi ban hành."),
            )


def _others(dossier: DossierReport) -> Iterator[Obstacle]:
    for finding in dossier.findings:
        if finding.severity is Severity.ERROR and not finding.rule.startswith(_REWORDED):
            yield Obstacle(finding.message)
    symbol = dossier.facts.get("symbol")
    if not (symbol and symbol.value):
        yield Obstacle(
            _("Chưa có số, ký hiệu hồ sơ; trên các văn bản sẽ để trống."),
            _('Ghi nhận: dossier set "{name}" ký-hiệu=…').format(name=dossier.name),
            blocks=False,
        )
    for paper in dossier.papers:
        if paper.versions and paper.document.placements:
            yield Obstacle(
                _("{file}: {count} bản khác của cùng văn bản không nộp lưu.").format(
                    file=inside(paper.document.named, dossier), count=len(paper.versions)
                ),
                blocks=False,
            )
    strays = [
        paper.document
        for paper in dossier.papers
        if not any(each.placements or each.review or each.security for each in paper.documents)
    ]
    for document in strays:
        yield Obstacle(
            _("{file} không thuộc mục nào, không đưa vào hồ sơ nộp lưu.").format(
                file=inside(document.named, dossier)
            ),
            blocks=False,
        )


@speaking("vi")
def closing_set(
    report: ComplianceReport, dossier: DossierReport, pages: Mapping[str, int] = _NONE
) -> list[ClosingPaper]:
    """Return all closing papers of a dossier in their order in the folder; ``pages`` as in
    :mod:`reports.papers.sheets`."""
    from reports.papers import closing, documents, handover, inventory, lists

    office, today = report.office, report.today
    return [
        ClosingPaper("01-bia-ho-so", _("bìa hồ sơ"), closing.cover(dossier, office, pages)),
        ClosingPaper(
            "02-muc-luc-van-ban",
            _("mục lục văn bản, tài liệu"),
            lists.docx(documents.of(dossier, office, today, pages)),
        ),
        ClosingPaper(
            "03-chung-tu-ket-thuc",
            _("chứng từ kết thúc"),
            closing.certificate(dossier, office, today, pages),
        ),
        ClosingPaper(
            "04-muc-luc-ho-so-nop-luu",
            _("mục lục hồ sơ, tài liệu nộp lưu"),
            lists.docx(inventory.of(report, (dossier,), pages)),
        ),
        ClosingPaper(
            "05-bien-ban-giao-nhan",
            _("biên bản giao nhận hồ sơ, tài liệu"),
            handover.docx(report, (dossier,)),
        ),
    ]


def write_set(archive: Archive, report: ComplianceReport, place: Path, *, pdf: bool = False) -> list[Path]:
    """Write the closing papers of the report's only dossier into a new folder, as
    :func:`~dossier.usecases.papers.write_papers` does."""
    formal_report = formal(archive, report.today, report.dossiers[0].path)
    made = closing_set(formal_report, formal_report.dossiers[0])
    return write_papers(
        archive,
        {paper.name: paper.content for paper in made},
        place,
        lambda folder, building: acted(archive, building, "close", report.dossiers[0].path, place=folder),
        pdf=pdf,
    )
