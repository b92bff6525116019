"""What each rule asks, why, and how to mend it: for people, from data.

``python -m dossier.compliance.rules`` prints docs/rules.md.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources
from typing import Literal

from dossier import checklists
from dossier.checklists.schema import Checklist, Item, Part, Per, Requirement, When
from dossier.checklists.source import parse_toml
from dossier.compliance.completeness import title
from dossier.errors import UsageError
from dossier.i18n import _, language
from dossier.model import Severity


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule in words, in the language in use."""

    id: str
    title: str
    severity: str
    citation: str
    what: str
    why: str
    fix: str
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Completeness:
    why: str
    why_en: str
    fix: str
    fix_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    id: str = field(metadata={"pattern": r"[A-Z]{2,4}-\d{2}"})
    title: str
    title_en: str
    severity: Literal["error", "warning", "info"]
    citation: str
    what: str
    what_en: str
    why: str
    why_en: str
    fix: str
    fix_en: str
    example: str
    example_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _RulesFile:
    completeness: _Completeness
    rules: tuple[_Rule, ...] = field(metadata={"key": "rule"})


@lru_cache(maxsize=1)
def _texts() -> _RulesFile:
    source = resources.files("dossier.compliance").joinpath("rules.toml").read_text("utf-8")
    return parse_toml(source, "rules.toml", _RulesFile)


def all_rules(kinds: Mapping[str, Checklist]) -> list[RuleText]:
    """Every rule that this version checks: one per item of every checklist, then the others."""
    found = [_of_item(checklist, item) for checklist in kinds.values() for item in checklist.items]
    return found + [_of_file(rule) for rule in _texts().rules]


def explain(rule_id: str, kinds: Mapping[str, Checklist]) -> RuleText:
    """The rule of that id, in any case. Raises :class:`UsageError` naming close ones."""
    known = {rule.id: rule for rule in all_rules(kinds)}
    wanted = rule_id.strip().upper()
    if wanted in known:
        return known[wanted]
    close = get_close_matches(wanted, known, n=3)
    raise UsageError(
        _("Không có quy tắc “{rule}”.").format(rule=rule_id),
        _("Có thể là: {close}.").format(close=", ".join(close))
        if close
        else _("Xem tất cả: dossier explain"),
    )


def _of_file(rule: _Rule) -> RuleText:
    def told(key: str) -> str:
        return str(getattr(rule, f"{key}_en" if language() == "en" else key))

    words = {key: told(key) for key in ("title", "what", "why", "fix", "example")}
    return RuleText(id=rule.id, severity=rule.severity, citation=rule.citation, **words)


def _of_item(checklist: Checklist, item: Item) -> RuleText:
    common = _texts().completeness
    english = language() == "en"
    return RuleText(
        item.rule,
        title(item),
        Severity.ERROR,
        item.citation,
        _("Hồ sơ phải có:")
        + "\n"
        + "\n".join(f"- {part.id}: {title(part)} ({_when(part)})" for part in item.parts),
        common.why_en if english else common.why,
        common.fix_en if english else common.fix,
    )


def _when(part: Part) -> str:
    return "; ".join(_condition(r) for r in part.requirements) or _("nếu có")


def _condition(requirement: Requirement) -> str:
    per = {
        Per.YEAR: _("mỗi năm hoạt động"),
        Per.HALF_YEAR: _("mỗi 6 tháng đầu năm hoạt động"),
        Per.EVALUATION_YEAR: _("mỗi năm đánh giá, 01/11–31/10"),
        Per.QUALIFYING_YEAR: _("mỗi năm đánh giá đủ điều kiện xếp loại"),
    }
    when = {
        When.ALWAYS: _("luôn phải có"),
        When.FOUNDED: _("khi mô hình đã thành lập"),
        When.LINKED: _("nếu là mô hình liên kết"),
        When.FUND: _("nếu mô hình có quỹ"),
        When.PILOT: _("nếu có tổ chức làm điểm"),
        When.ENDED: _("khi mô hình đã kết thúc"),
        When.AFTER_FIRST_EVALUATION: _("từ lần đánh giá năm đầu tiên"),
        When.AFTER_FIRST_FULL_YEAR: _("sau năm đánh giá trọn vẹn đầu tiên"),
        When.EVALUATION_DUE: _("sau 01 năm kể từ ngày ban hành kế hoạch"),
    }
    words = per.get(requirement.per) or when[requirement.when]
    if requirement.severity is Severity.WARNING:
        words += _(", chỉ nhắc nhở")
    return words


def as_markdown(rule: RuleText) -> str:
    """One rule as Markdown, for the terminal and for docs/rules.md."""
    parts = [
        f"### {rule.id} · {rule.title}",
        f"*{_('Mức')}: {severity_word(rule.severity)} · {_('Căn cứ')}: {rule.citation}*",
        rule.what,
        f"**{_('Vì sao')}.** {rule.why}",
        f"**{_('Khắc phục')}.** {rule.fix}",
    ]
    if rule.example:
        parts.append(f"**{_('Ví dụ')}.** {rule.example}")
    return "\n\n".join(parts)


def severity_word(severity: str) -> str:
    """A severity as people say it."""
    return {"error": _("lỗi"), "warning": _("cảnh báo"), "info": _("thông tin")}[severity]


def markdown(kinds: Mapping[str, Checklist]) -> str:
    """The whole of docs/rules.md."""
    head = (
        "# Quy tắc\n\nTrang này được sinh từ dữ liệu (`python -m dossier.compliance.rules > docs/rules.md`); "
        "`dossier explain QUY_TẮC` cho cùng nội dung, `--lang en` cho bản tiếng Anh."
    )
    return "\n\n".join([head, *(as_markdown(rule) for rule in all_rules(kinds))]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown(checklists.load()))
