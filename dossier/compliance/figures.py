"""Compute figures from reports: those of a dossier, and ranked totals of units and archives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dossier.model import DossierReport, DueStatus, Severity
from dossier.model.figures import DossierFigures, ItemTitle, Total, Totals
from dossier.model.tally import mean_score
from dossier.vietnamese import marked_words


def figures_of(report: DossierReport) -> DossierFigures:
    """Figures of the report on one dossier."""
    open_ = [finding for finding in report.findings if finding.waiver is None]
    return DossierFigures(
        name=report.name,
        kind=report.kind,
        unit=report.unit,
        complete=report.complete,
        score=report.score,
        errors=sum(finding.severity is Severity.ERROR for finding in open_),
        warnings=sum(finding.severity is Severity.WARNING for finding in open_),
        overdue=sum(due.status is DueStatus.OVERDUE for due in report.due),
        doubts=len(report.asked),
        unread=len(report.unread),
        secret=sum(document.security is not None for document in report.documents),
        lacking=tuple(
            item.item for item in report.items if any(part.lacking and part.required for part in item.parts)
        ),
        rules=Counter((f.rule, f.severity.value, f.part) for f in open_),
    )


def titles_of(report: DossierReport) -> dict[tuple[str, int], ItemTitle]:
    """Titles of the items of the dossier's kind, by kind and item."""
    return {
        (report.kind, item.item): ItemTitle(report.kind, report.kind_title, item.item, item.title)
        for item in report.items
    }


def totals(
    name: str,
    day: date,
    figures: Sequence[tuple[str, DossierFigures]],
    titles: Iterable[ItemTitle],
    missing: Mapping[str, str] | None = None,
) -> Totals:
    """The totals of ``figures``, each with the part (unit, archive) that it belongs to. ``XÃ HOÀ TRỊ`` and
    ``Xã Hòa Trị`` are one, under the first spelling."""
    by: dict[str, list[DossierFigures]] = {}
    spelt: dict[str, str] = {}
    for part, each in figures:
        by.setdefault(spelt.setdefault(marked_words(part), part), []).append(each)
    whole = total(name, [each for _part, each in figures])
    known = {(title.kind, title.item): title for title in titles}
    lacked = sorted(whole.lacking, key=lambda key: (-whole.lacking[key], key))
    return Totals(
        name, day, whole, ranked(total(part, by[part]) for part in by),
        tuple(known.get(key) or ItemTitle(key[0], key[0], key[1], "") for key in lacked), missing or {},
    )  # fmt: skip


def total(name: str, figures: Sequence[DossierFigures]) -> Total:
    """What the figures come to; a score of 100 for no dossier at all."""
    add: Callable[[Callable[[DossierFigures], int]], int] = lambda of: sum(map(of, figures))  # noqa: E731
    return Total(
        name=name,
        dossiers=len(figures),
        complete=add(lambda each: each.complete),
        score=mean_score([each.score for each in figures]),
        errors=add(lambda each: each.errors),
        warnings=add(lambda each: each.warnings),
        overdue=add(lambda each: each.overdue),
        doubts=add(lambda each: each.doubts),
        unread=add(lambda each: each.unread),
        secret=add(lambda each: each.secret),
        lacking=Counter((each.kind, item) for each in figures for item in each.lacking),
        rules=_by_rule(figures),
    )


def _by_rule(figures: Sequence[DossierFigures]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in figures:
        for (rule, _severity, _part), count in each.rules.items():
            found[rule] += count
    return found


def ranked(parts: Iterable[Total]) -> tuple[Total, ...]:
    """Sort and rank totals: by score, then the share of complete dossiers, then overdue duties per dossier.
    Equal totals share a rank, and the following ranks are skipped."""
    ordered = sorted(parts, key=lambda part: (_merit(part), part.name))
    found: list[Total] = []
    for at, part in enumerate(ordered, start=1):
        same = found and _merit(part) == _merit(found[-1])
        found.append(replace(part, rank=found[-1].rank if same else at))
    return tuple(found)


def _merit(part: Total) -> tuple[float, float, float]:
    dossiers = part.dossiers or 1
    return -part.score, -part.complete / dossiers, part.overdue / dossiers
