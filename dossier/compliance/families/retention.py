"""Hand-over, retention and appraisal (BQ-nn). Inferred values are never reported as breaches."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.compliance.case import Case
from dossier.compliance.finding import finding, milder
from dossier.compliance.naming import in_sentence
from dossier.compliance.periods import date_words
from dossier.i18n import _
from dossier.model import DueStatus, Finding, HandoverLimit, Retention
from dossier.vietnamese import capitalised

RULES = ("BQ-01", "BQ-02", "BQ-03", "BQ-04", "BQ-05")


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    kept = case.kept
    yield from _handover(case)
    if not kept.pack:
        yield finding("BQ-05", capitalised(kept.title) + ".")
    elif kept.clock is not None and not kept.verified:
        yield finding("BQ-02", _unverified(case), kept.reasons[0].documents[:1] if kept.reasons else ())
    if kept.review and kept.expires is not None:
        told = _("Hết thời hạn bảo quản từ {day}: đưa vào danh sách đề nghị Hội đồng xét; không tự hủy.")
        yield finding("BQ-03", told.format(day=date_words(kept.expires)))
    if kept.hold:
        yield finding(
            "BQ-04", _("Đang giữ lại, không xét hủy: {reason}.").format(reason=kept.hold.rstrip("."))
        )


def _handover(case: Case) -> Iterator[Finding]:
    limit = next((limit for limit in case.kept.limits if limit.drives), None)
    due = next((due for due in case.due if due.rule == "BQ-01"), None)
    if limit is None or due is None or due.status not in (DueStatus.OVERDUE, DueStatus.SOON):
        return
    late = due.status is DueStatus.OVERDUE
    known = _relied_on(limit)
    if late and known:
        message = _("Hồ sơ phải nộp lưu chậm nhất ngày {day}; chưa thấy ghi nhận đã nộp.")
    elif late:
        message = _(
            "Hồ sơ có thể đã đến lúc nộp lưu: chậm nhất ngày {day}; căn cứ này được suy ra là áp dụng, "
            "chưa đối chiếu, nên chỉ để tham khảo."
        )
    else:
        message = _("Sắp đến hạn nộp lưu: chậm nhất ngày {day}.")
    told = message.format(day=date_words(due.day))
    if late:
        told += " " + _("Đã nộp thì ghi nhận bằng: dossier set HỒ_SƠ nộp-lưu=NGÀY.")
    yield finding("BQ-01", told, severity=milder(not (late and known)), citation=due.citation)


def _relied_on(limit: HandoverLimit) -> bool:
    """Whether the limit's source was read in full or as quoted elsewhere, or the agency verified it."""
    return limit.verified or limit.flag != "unverified"


def _unverified(case: Case) -> str:
    kept: Retention = case.kept
    if not kept.reasons:
        return _("Chưa xác định được thời hạn bảo quản của hồ sơ này.")
    longest = kept.reasons[0]
    papers = {document.id: document for document in case.state.documents}
    because = next((papers[each] for each in longest.documents if each in papers), None)
    named = in_sentence(because) if because else longest.title
    message = _(
        "Thời hạn bảo quản “{period}” là tham khảo, chưa đối chiếu: dài nhất là dòng “{row}”, do "
        "{paper}. Đọc "
        "điều khoản rồi ghi nhận bằng: dossier retention confirm."
    )
    return message.format(period=kept.period_title, row=longest.title, paper=named)
