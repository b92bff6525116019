"""Evaluate one dossier on one day. Pure: the same input in any order gives the same report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossier.checklists.judging import RuleSettings
from dossier.checklists.retention import RetentionPacks
from dossier.checklists.schema import Checklist
from dossier.compliance import completeness, deadlines, families, retention, versions
from dossier.compliance.case import Case, Placed
from dossier.compliance.doubts import asked_about
from dossier.compliance.evidence import with_evidence
from dossier.compliance.facts import infer_facts
from dossier.compliance.finding import is_complete, matching, pardoned
from dossier.compliance.naming import title
from dossier.compliance.neighbours import Neighbours
from dossier.model import (
    Document,
    DossierReport,
    DossierState,
    Finding,
    ItemResult,
    Status,
    Waiver,
    item_status,
    secret_first,
)

_USUAL = RuleSettings()
_ALONE = Neighbours()


def evaluate(
    state: DossierState,
    checklist: Checklist,
    packs: RetentionPacks,
    today: date,
    settings: RuleSettings = _USUAL,
    around: Neighbours = _ALONE,
) -> DossierReport:
    """Return the report on a dossier for ``today``.

    ``around``: data on the other dossiers of its archive (:func:`~dossier.compliance.neighbours.neighbours`).
    """
    everything = sorted(state.documents, key=_by_place)
    pages = [document for document in everything if document.continues]  # pages of other documents
    state = with_evidence(
        replace(
            state,
            documents=tuple(document for document in everything if not document.continues),
            unread=tuple(sorted(state.unread, key=lambda file: file.path)),
        ),
        checklist,
    )
    facts = infer_facts(state, checklist, today)
    placed = Placed(state, checklist)
    items, gaps = completeness.check(state, checklist, facts, today, settings.grace_days)
    asked = asked_about((*state.documents, *pages), items, checklist)
    valid = [w for w in state.waivers if w.holds_on(today)]
    items = _waived(items, gaps, valid)
    kept = retention.retention(state, placed, checklist, facts, packs, today)
    due = (
        *deadlines.dues(state.folder.path, placed, checklist, facts, items, today, settings.due_days),
        *retention.due(state, facts, kept, today, settings.due_days),
    )
    case = Case(state, checklist, facts, placed, items, due, kept, today, settings, around)
    findings = tuple(pardoned(finding, valid) for finding in (*gaps, *families.findings(case)))
    return DossierReport(
        path=state.folder.path,
        kind=state.folder.kind,
        name=state.folder.name,
        unit=str(facts["unit"].value or ""),
        complete=is_complete(items, findings),
        facts=facts,
        items=items,
        findings=secret_first(findings),
        retention=kept,
        documents=tuple(sorted((*state.documents, *pages), key=_by_place)),
        papers=versions.papers(state.documents, state.sketches),
        unread=state.unread,
        ignored=state.ignored,
        files=state.files,
        asked=asked,
        kind_title=title(checklist),
        due=tuple(sorted(due, key=lambda each: (each.day, each.rule))),
    )


def _by_place(document: Document) -> tuple[str, int]:
    return document.path, document.ordinal


def _waived(
    items: tuple[ItemResult, ...], gaps: tuple[Finding, ...], waivers: list[Waiver]
) -> tuple[ItemResult, ...]:
    """The items, with parts whose gap is waived marked so."""
    accepted = {gap.part for gap in gaps if matching(waivers, gap.rule, gap.part)}
    if not accepted:
        return items
    changed = []
    for item in items:
        parts = tuple(
            replace(part, status=Status.WAIVED) if part.part in accepted else part for part in item.parts
        )
        changed.append(replace(item, parts=parts, status=item_status(parts)))
    return tuple(changed)
