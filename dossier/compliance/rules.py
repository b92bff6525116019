"""Texts about rules for people, made from data: what each requires, why, and how to mend it.

``python -m dossier.compliance.rules`` prints docs/rules.md, with ``clauses`` docs/clauses.md.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from dossier import checklists
from dossier.checklists.days_off import load_days_off
from dossier.checklists.duties import Duty, day_before, load_duties
from dossier.checklists.english import citation_said
from dossier.checklists.judging import Deadline, Order
from dossier.checklists.rules import Common, Rule, definitions, load_clauses
from dossier.checklists.schema import Checklist, Item, Part, Per, Requirement
from dossier.checklists.spoken import item_named, rule_named
from dossier.compliance.clock import requirement_words
from dossier.compliance.naming import inner, of_periods, period_words, place_title, title
from dossier.compliance.periods import add_months
from dossier.errors import UsageError
from dossier.i18n import _, language
from dossier.model import RuleNote, Severity
from dossier.vietnamese import words

_LISTED = 8  # rules named in a message
_SHORTEST = 3  # minimal length of a word searched in titles


@dataclass(frozen=True, slots=True)
class RuleText:
    """The texts of a rule in the language in use."""

    id: str
    title: str
    severity: str
    citation: str
    what: str
    why: str
    fix: str
    example: str


def all_rules(kinds: Mapping[str, Checklist]) -> list[RuleText]:
    """All rules: one per item, order link, deadline and duty of the checklists, then those of the data."""
    of_kinds = [
        *(_of_item(checklist, item) for checklist in kinds.values() for item in checklist.items),
        *(_of_order(checklist, link) for checklist in kinds.values() for link in checklist.order),
        *(_of_deadline(checklist, each) for checklist in kinds.values() for each in checklist.deadlines),
        *(_of_duty(duty) for duty in load_duties()),
    ]
    return [*of_kinds, *(_of_file(rule) for rule in definitions().rules)]


def clauses_of(kinds: Mapping[str, Checklist]) -> dict[str, tuple[str, ...]]:
    """Ids of the clauses (:mod:`dossier.checklists.rules`) that each rule checks."""
    found: dict[str, tuple[str, ...]] = {rule.id: rule.clauses for rule in definitions().rules}
    found |= {duty.rule: duty.clauses for duty in load_duties()}
    for checklist in kinds.values():
        found |= {each.rule: each.clauses for each in checklist.items}
        found |= {each.rule: each.clauses for each in checklist.order}
        found |= {each.rule: each.clauses for each in checklist.deadlines}
    return found


def notes(kinds: Mapping[str, Checklist], severities: Mapping[str, str]) -> dict[str, RuleNote]:
    """Texts of all rules for reports, with the archive's own severities."""
    found = {}
    for rule in all_rules(kinds):
        weight = severities.get(rule.id, rule.severity)
        severity = Severity(rule.severity if weight == "off" else weight)
        found[rule.id] = RuleNote(rule.title, severity, rule.citation, rule.what, rule.why, rule.fix)
    return found


def explain(rule_id: str, kinds: Mapping[str, Checklist]) -> RuleText:
    """Find a rule by its id as typed by a person. Raises :class:`UsageError` naming similar ones."""
    known = {rule.id: rule for rule in all_rules(kinds)}
    wanted = rule_named(rule_id)
    if wanted in known:
        return known[wanted]
    meant = _meant(rule_id, kinds, known)
    if len(meant) == 1:
        return known[meant[0]]
    listed = "\n".join(f"  {each}  {known[each].title}" for each in meant[:_LISTED])
    close = ", ".join(get_close_matches(wanted, known, n=3))
    if meant:
        advice = _("Có thể là:") + f"\n{listed}" + ("\n  …" if len(meant) > _LISTED else "")
    else:
        advice = _("Có thể là: {close}.").format(close=close) if close else _("Xem tất cả: dossier explain")
    raise UsageError(_("Không có quy tắc “{rule}”.").format(rule=rule_id), advice)


def _meant(said: str, kinds: Mapping[str, Checklist], known: Mapping[str, RuleText]) -> list[str]:
    """Rules for an item (``mục 6``), a part (``6a``) or words of a title typed by a person; items of the
    first kind come first."""
    number, wanted = item_named(said), words(said)
    of_item = [
        item.rule
        for checklist in kinds.values()
        for item in checklist.items
        if number in (str(item.number), *(part.id for part in item.parts))
    ]
    if of_item or len(wanted) < _SHORTEST:
        return of_item[:1]
    return [rule for rule, text in known.items() if f" {wanted} " in f" {words(text.title)} "]


def _of_file(rule: Rule) -> RuleText:
    def told(key: str) -> str:
        return str(getattr(rule, f"{key}_en" if language() == "en" else key))

    texts = {key: told(key) for key in ("title", "what", "why", "fix", "example")}
    return RuleText(id=rule.id, severity=rule.severity, citation=rule.citation, **texts)


def _made(
    rule: str, title_: str, severity: str, citation: str, what: str, common: Common, example: str
) -> RuleText:
    """Make the texts of a rule from a checklist's data and the texts common to such rules."""
    english = language() == "en"
    return RuleText(
        rule,
        title_,
        severity,
        citation,
        what,
        common.why_en if english else common.why,
        common.fix_en if english else common.fix,
        example,
    )


def _of_order(checklist: Checklist, link: Order) -> RuleText:
    later, before = place_title(checklist, link.part), place_title(checklist, link.after[0])
    what = _("“{later}” không có ngày trước “{before}”.").format(later=later, before=before)
    if len(link.after) > 1:
        rest = ", ".join(link.after[1:])
        what += " " + _("Thiếu văn bản ấy thì so với thành phần gần nhất có trong hồ sơ: {rest}.").format(
            rest=rest
        )
    title_ = _("Trình tự: {later}").format(later=later)
    example = _("“{later}” ghi ngày 05/03/2024, “{before}” ghi ngày 12/03/2024.").format(
        later=later, before=before
    )
    return _made(link.rule, title_, Severity.WARNING, link.citation, what, definitions().order, example)


def _of_deadline(checklist: Checklist, deadline: Deadline) -> RuleText:
    title_ = title(deadline)
    if deadline.before:
        what = _(
            "Có trước ngày {before} của năm đánh giá; ngày này do hướng dẫn ấn định nên không lùi "
            "khi trùng ngày nghỉ."
        ).format(before=deadline.before)
        last = day_before(deadline.before, 2024)
        example = _(
            "Văn bản của năm 2024 ghi ngày {late:%d/%m/%Y}; chậm nhất phải là {last:%d/%m/%Y}."
        ).format(late=last + timedelta(days=8), last=last)
    else:
        what = _("Có trong {months} tháng kể từ ngày ban hành kế hoạch xây dựng điển hình.").format(
            months=deadline.months
        )
        if not deadline.grace_days:
            what += " " + _(
                "Ngày cuối là ngày nghỉ thì đến hết ngày làm việc tiếp theo ({citation})."
            ).format(citation=citation_said(load_days_off().term.citation))
        last = add_months(date(2024, 1, 10), deadline.months or 0) + timedelta(days=deadline.grace_days)
        example = _(
            "Kế hoạch ghi ngày 10/01/2024, văn bản ghi ngày {late:%d/%m/%Y}; "
            "chậm nhất phải là {last:%d/%m/%Y}."
        ).format(late=last + timedelta(days=1), last=last)
    if deadline.grace_days:
        what += " " + _(
            "Văn bản này được ra sau văn bản làm căn cứ; ngưỡng thêm {days} ngày là của công cụ, "
            "hướng dẫn không nêu."
        ).format(days=deadline.grace_days)
    what += " " + _("Thành phần: {parts}.").format(
        parts="; ".join(inner(place_title(checklist, part)) for part in deadline.parts)
    )
    common = definitions().deadline if deadline.before else definitions().exemplar_deadline
    return _made(
        deadline.rule, _(
            "Thời hạn: {title}"
        ).format(title=title_), deadline.severity, deadline.citation, what,
        common, example,
    )  # fmt: skip


def _of_duty(duty: Duty) -> RuleText:
    title_ = title(duty)
    example = _(
        "Kho có văn bản của năm 2025 mà không có của năm 2026: từ ngày {day:%d/%m/%Y} báo là chưa thấy."
    ).format(day=duty.last_day(2026) + timedelta(days=1))
    what = _("Trước ngày {before} hằng năm: {title}.").format(before=duty.before, title=title_)
    what += " " + _(
        "Kiểm tra từ năm đầu tiên mà kho có văn bản ấy hoặc dossier.toml khai ngày đã làm; "
        "trước đó, hoặc không có gì, thì chỉ nhắc."
    )
    if duty.about == "ranks":
        when = _(
            "Năm không có mô hình nào đủ điều kiện xếp loại và không mô hình nào được xếp loại thì không hỏi."
        )
    else:
        when = _("Năm mà đến hạn kho chưa có văn bản nào của hồ sơ thì không hỏi.")
    what += f" {when}"
    return _made(
        duty.rule, _("Lịch của đơn vị: {title}").format(title=title_), Severity.WARNING, duty.citation, what,
        definitions().duty, example,
    )  # fmt: skip


def _of_item(checklist: Checklist, item: Item) -> RuleText:
    common = definitions().completeness if checklist.ranking else definitions().exemplar
    asked = (f"- {part.id}: {_titles(part)} ({_when(part, checklist)})" for part in item.parts)
    what = "\n".join((_("Hồ sơ phải có:"), *asked))
    if checklist.since:
        what += "\n\n" + _(
            "Hướng dẫn không hồi tố: kỳ trước {since:%d/%m/%Y} không bị đòi, việc làm trước ngày ấy "
            "chỉ được nhắc. "
            "Tài liệu cần người xem luôn là cảnh báo, không tính là thiếu."
        ).format(since=checklist.since)
    return _made(item.rule, title(item), Severity.ERROR, item.citation, what, common, _lacking(item))


def _lacking(item: Item) -> str:
    """An example of what the item may lack."""
    asked = next((part for part in item.parts if part.requirements), None)
    if asked is None:
        message = _("Hồ sơ không có “{title}”: không tính là thiếu; có thì xếp vào mục này.")
        return message.format(title=title(item))
    said = title(asked)
    per = next((r.per for r in asked.requirements if r.per is not Per.ONCE), None)
    if per is not None:
        period = period_words(asked, "2024-H1" if per is Per.HALF_YEAR else "2024")
        return _("Mô hình thành lập năm 2022; hồ sơ không có {paper}.").format(
            paper=of_periods(inner(said), [period])
        )
    wanted = {step for requirement in asked.requirements for step in requirement.steps}
    step = next((title(step) for step in asked.steps if step.id in wanted), "")
    if step:
        return _("Trong “{title}” không có “{step}”.").format(title=said, step=step)
    return _("Hồ sơ không có “{title}” ({part}).").format(title=said, part=asked.id)


def _titles(part: Part) -> str:
    """Title of a part, and what takes its place under other facts."""
    return _(" hoặc ").join([title(part), *([inner(title(part.otherwise))] if part.otherwise else [])])


def _when(part: Part, checklist: Checklist) -> str:
    return "; ".join(_condition(r, checklist) for r in part.requirements) or _("nếu có")


def _condition(requirement: Requirement, checklist: Checklist) -> str:
    words = requirement_words(requirement, checklist)
    if requirement.whole:
        words += _(", hoạt động trọn kỳ")
    if requirement.unless == "open_membership":
        words += _(", trừ khi không giới hạn thành viên")
    own = []
    if requirement.min_days:
        own.append(_("chỉ khi hoạt động từ {days} ngày trong kỳ").format(days=requirement.min_days))
    if requirement.grace_days:
        own.append(_("tính là chậm sau {days} ngày").format(days=requirement.grace_days))
    if own:
        words += _(" ({thresholds}; ngưỡng của công cụ)").format(thresholds=", ".join(own))
    if requirement.severity is Severity.WARNING:
        words += _(", chỉ nhắc nhở")
    return words


def as_markdown(rule: RuleText) -> str:
    """One rule as Markdown, for the terminal and for docs/rules.md."""
    # Outside f-strings, where the extraction of translatable texts does not look.
    level, source, why, fix = _("Mức"), _("Căn cứ"), _("Vì sao"), _("Khắc phục")
    parts = [
        f"### {rule.id} · {rule.title}",
        f"*{level}: {severity_word(rule.severity)} · {source}: {citation_said(rule.citation)}*",
        rule.what,
        f"**{why}.** {rule.why}",
        f"**{fix}.** {rule.fix}",
    ]
    example = _("Ví dụ")
    parts.append(f"**{example}.** {rule.example}")
    return "\n\n".join(parts)


def severity_word(severity: str) -> str:
    """A severity in words."""
    return {"error": _("lỗi"), "warning": _("cảnh báo"), "info": _("thông tin")}[severity]


def markdown(kinds: Mapping[str, Checklist]) -> str:
    """The content of docs/rules.md."""
    head = (
        "# Quy tắc\n\nTrang này được sinh từ dữ liệu (`python -m dossier.compliance.rules > docs/rules.md`); "
        "`dossier explain QUY_TẮC` cho cùng nội dung, `--lang en` cho bản tiếng Anh."
    )
    return "\n\n".join([head, *(as_markdown(rule) for rule in all_rules(kinds))]) + "\n"


def clauses_markdown(kinds: Mapping[str, Checklist]) -> str:
    """The content of docs/clauses.md."""
    rules_by: dict[str, list[str]] = {}
    for rule, ids in clauses_of(kinds).items():
        for each in ids:
            rules_by.setdefault(each, []).append(rule)
    every = load_clauses()
    checked = sum(not clause.unchecked for clause in every)
    head = (
        "# Hướng dẫn 22/HD-BCA-V05: điều khoản và quy tắc\n\n"
        "Trang này được sinh từ dữ liệu (`python -m dossier.compliance.rules clauses > docs/clauses.md`). "
        f"{len(every)} điều khoản: {checked} có quy tắc kiểm tra, {len(every) - checked} không kiểm tra được "
        "từ văn bản, kèm lý do. Mỗi quy tắc được giải thích ở [rules.md](rules.md).\n\n"
        "| Điều khoản | Nội dung (rút gọn) | Quy tắc |\n|---|---|---|\n"
    )
    rows = (
        f"| {clause.place} | {clause.quote} | "
        f"{', '.join(sorted(rules_by.get(clause.id, ()))) or 'không kiểm tra: ' + clause.unchecked} |\n"
        for clause in every
    )
    return head + "".join(rows)


if __name__ == "__main__":
    page = clauses_markdown if sys.argv[1:] == ["clauses"] else markdown
    sys.stdout.write(page(checklists.load()))
