"""One dossier, one day, one verdict. Pure: same input, same report, in whatever order it comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dossier.checklists.retention import RetentionPacks
from dossier.checklists.schema import Checklist
from dossier.checklists.settings import RuleSettings
from dossier.compliance import (
    authority,
    completeness,
    deadlines,
    integrity,
    linked,
    order,
    ranking,
    retention,
)
from dossier.compliance.facts import infer_facts
from dossier.compliance.linked import Shelf
from dossier.compliance.pardon import matching, pardoned
from dossier.compliance.placed import Placed
from dossier.i18n import _
from dossier.model import (
    DossierReport,
    DossierState,
    Facts,
    Finding,
    ItemResult,
    Severity,
    Status,
    Waiver,
)

_NEEDS_FOUNDING = "TV-09"
_USUAL = RuleSettings()
_ALONE = Shelf()


def evaluate(
    state: DossierState,
    checklist: Checklist,
    packs: RetentionPacks,
    today: date,
    settings: RuleSettings = _USUAL,
    around: Shelf = _ALONE,
) -> DossierReport:
    """Everything there is to say about a dossier on ``today``.

    ``around`` is what it must know of the other dossiers of its archive (:func:`shelf`).
    """
    state = replace(
        state,
        documents=tuple(sorted(state.documents, key=lambda document: (document.path, document.ordinal))),
        unread=tuple(sorted(state.unread, key=lambda file: file.path)),
    )
    facts = infer_facts(state, checklist)
    placed = Placed(state, checklist)
    items, gaps = completeness.check(state, checklist, facts, today, settings.grace_days)
    valid = [w for w in state.waivers if w.until is None or w.until >= today]
    items = _waived(items, gaps, valid)
    kept = retention.retention(state, placed, checklist, facts, packs, today)
    due = (
        *deadlines.dues(state.folder.path, placed, checklist, facts, items, today, settings.due_days),
        *retention.due(state, facts, kept, today, settings.due_days),
    )
    findings = [
        *gaps,
        *order.check(state, placed, checklist, facts, today),
        *deadlines.check(due),
        *ranking.check(placed, checklist, facts, items, today),
        *linked.check(state, facts, around),
        *retention.check(kept, facts, due),
        *integrity.check(state, checklist, facts, today),
        *authority.check(state),
        *_unknown_clock(checklist, facts),
    ]
    findings = [pardoned(finding, valid) for finding in findings]
    broken = any(f.rule == "TV-08" and f.severity is Severity.ERROR for f in findings)
    return DossierReport(
        path=state.folder.path,
        kind=state.folder.kind,
        name=state.folder.name,
        unit=str(facts["unit"].value or ""),
        complete=completeness.is_complete(items) and not broken,
        facts=facts,
        items=items,
        findings=tuple(findings),
        retention=kept,
        documents=state.documents,
        unread=state.unread,
        ignored=state.ignored,
        files=state.files,
        kind_title=completeness.title(checklist),
        due=tuple(sorted(due, key=lambda each: (each.day, each.rule))),
    )


def _unknown_clock(checklist: Checklist, facts: Facts) -> Iterable[Finding]:
    """Without the date that starts the clock nothing periodical can be judged: say so."""
    for part, key, message in (
        (
            checklist.founding_part,
            "founded",
            _("Chưa biết ngày thành lập nên chưa kiểm tra các mục theo năm; khai founded trong hoso.toml."),
        ),
        (
            checklist.plan_part,
            "planned",
            _("Chưa biết ngày ban hành kế hoạch xây dựng điển hình nên chưa kiểm tra hạn đánh giá 01 năm."),
        ),
    ):
        if part is not None and facts[key].value is None:
            yield Finding(_NEEDS_FOUNDING, Severity.INFO, message, checklist.item_of(part).citation, part)


def _waived(
    items: tuple[ItemResult, ...], gaps: tuple[Finding, ...], waivers: list[Waiver]
) -> tuple[ItemResult, ...]:
    """Parts whose gap somebody accepted for now."""
    accepted = {gap.part for gap in gaps if matching(waivers, gap.rule, gap.part)}
    if not accepted:
        return items
    changed = []
    for item in items:
        parts = tuple(
            replace(part, status=Status.WAIVED) if part.part in accepted else part for part in item.parts
        )
        changed.append(replace(item, parts=parts, status=completeness.item_status(parts)))
    return tuple(changed)
