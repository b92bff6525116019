"""Facts declared in ``hoso.toml`` or by a person that cannot be right (TV-08), and a missing founding date,
without which no periodic requirement can be checked (TV-09)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.compliance.case import Case
from dossier.compliance.finding import finding
from dossier.compliance.periods import date_words, plausible, span
from dossier.i18n import _
from dossier.model import FactSource, Finding, Severity

RULES = ("TV-08", "TV-09")
_QUOTED = re.compile(r"“([^”]+)”")
_DAYS = ("founded", "ended", "handed_over")


def check(case: Case) -> Iterator[Finding]:
    """Yield all findings of this family: errors first, then what only looks odd."""
    for problem in case.state.folder.problems:
        yield _wrong(problem, _key(problem))
    for key in _DAYS:
        day = getattr(case.state.folder.manifest, key)
        if not plausible(day):
            told = _(
                "hoso.toml: {key} ghi năm {year}, không dùng được; viết đủ bốn chữ số, như 2024-03-05."
            ).format(key=key, year=day.year)
            yield _wrong(told, key)
    yield from _backwards(case)
    yield from _odd_days(case)
    yield from _overruled(case)
    yield from _unknown(case)


def _backwards(case: Case) -> Iterator[Finding]:
    founded, ended = case.facts["founded"].value, case.facts["ended"].value
    first, last = span(founded), span(ended)
    if first and last and last[1] < first[0]:
        told = _("Ngày kết thúc ({ended}) trước ngày thành lập ({founded}); hãy sửa lại.").format(
            ended=date_words(ended), founded=date_words(founded)
        )
        yield _wrong(told, "ended<founded")


def _odd_days(case: Case) -> Iterator[Finding]:
    """Implausible dates: to be checked, although nothing is miscounted by them."""
    told_by = (FactSource.PERSON, FactSource.DECLARED)
    founded, handed, ended = (case.facts[key] for key in ("founded", "handed_over", "ended"))
    first, given, last = (span(fact.value) for fact in (founded, handed, ended))
    if first and founded.source in told_by and first[0] > case.today:
        told = _("Ngày thành lập khai là {day}, sau ngày kiểm tra, nên chưa đòi tài liệu nào theo năm.")
        yield _odd(told.format(day=date_words(founded.value)), "founded>today")
    if given is None:
        return
    if given[0] > case.today:
        told = _("Ngày nộp lưu khai là {day}, sau ngày kiểm tra; chỉ khai khi đã nộp lưu.")
        yield _odd(told.format(day=date_words(handed.value)), "handed_over>today")
    if last and given[1] < last[0]:
        told = _("Ngày nộp lưu khai là {day}, trước ngày kết thúc ({ended}).")
        yield _odd(
            told.format(day=date_words(handed.value), ended=date_words(ended.value)), "handed_over<ended"
        )


def _overruled(case: Case) -> Iterator[Finding]:
    """Contradictions between a person's entry, which is used, and ``hoso.toml``."""
    for fact in case.state.told:
        declared = getattr(case.state.folder.manifest, fact.key, None)
        if declared is not None and declared != fact.value:
            told = _("hoso.toml khai {key} khác với điều {author} đã ghi nhận; lấy theo {author}.")
            yield finding(
                "TV-08",
                told.format(key=fact.key, author=fact.author),
                severity=Severity.INFO,
                subject=(f"{fact.key}<>",),
            )


def _wrong(told: str, subject: str) -> Finding:
    return finding("TV-08", told, subject=(subject,))


def _odd(told: str, subject: str) -> Finding:
    return finding("TV-08", told, severity=Severity.WARNING, subject=(subject,))


def _key(problem: str) -> str:
    """The key quoted in a sentence about the manifest: identifies the finding in every language."""
    quoted = _QUOTED.search(problem)
    return quoted[1] if quoted else "hoso.toml"


def _unknown(case: Case) -> Iterator[Finding]:
    """A missing date from which periods are counted."""
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
            ).format(day=date_words(existed))
        yield _without(told, case, checklist.founding_part)
    if checklist.plan_part and facts["planned"].value is None:
        told = _("Chưa biết ngày ban hành kế hoạch xây dựng điển hình nên chưa kiểm tra hạn đánh giá 01 năm.")
        yield _without(told, case, checklist.plan_part)


def _without(told: str, case: Case, part: str) -> Finding:
    return finding("TV-09", told, part=part, citation=case.checklist.item_of(part).citation)
