"""The clock that is not known, without which nothing periodical can be judged (TV-09)."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.compliance.case import Case
from dossier.compliance.finding import finding
from dossier.compliance.periods import said
from dossier.i18n import _
from dossier.model import Finding

RULES = ("TV-09",)


def check(case: Case) -> Iterator[Finding]:
    """Without the date that starts the clock nothing periodical can be judged: say so."""
    checklist, facts = case.checklist, case.facts
    if checklist.founding_part and facts["founded"].value is None:
        existed = facts["existed"].value
        if existed is None:
            told = _(
                "Chưa biết ngày thành lập nên chưa kiểm tra các mục theo năm; ghi nhận bằng: dossier "
                "set HỒ_SƠ thành-lập=NGÀY."
            )
        else:
            told = _(
                "Chưa biết ngày thành lập; các mục theo năm được tính từ {day}, ngày của văn bản sớm "
                "nhất cho thấy "
                "đã hoạt động. Ghi nhận ngày thành lập bằng: dossier set HỒ_SƠ thành-lập=NGÀY."
            ).format(day=said(existed))
        yield _finding(told, case, checklist.founding_part)
    if checklist.plan_part and facts["planned"].value is None:
        told = _("Chưa biết ngày ban hành kế hoạch xây dựng điển hình nên chưa kiểm tra hạn đánh giá 01 năm.")
        yield _finding(told, case, checklist.plan_part)


def _finding(told: str, case: Case, part: str) -> Finding:
    return finding("TV-09", told, part=part, citation=case.checklist.item_of(part).citation)
