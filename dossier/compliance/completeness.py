"""Is everything there that the checklist asks for today? Pure, and generic over checklists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from dossier.checklists.schema import Checklist, Item, Otherwise, Part, Per, Requirement, Step, When
from dossier.compliance import periods
from dossier.compliance.facts import trusted
from dossier.i18n import _, language
from dossier.model import (
    DossierState,
    Facts,
    Finding,
    ItemResult,
    PartResult,
    Placement,
    Severity,
    Status,
)


@dataclass(slots=True)
class _Papers:
    """What lies in a part: documents that count, and those that somebody must look at first."""

    sure: list[tuple[str, Placement]] = field(default_factory=list)
    doubtful: list[tuple[str, Placement]] = field(default_factory=list)


@dataclass(slots=True)
class _Gap:
    """What one requirement lacks: labels of periods or steps, or everything when both are empty."""

    severity: Severity
    periods: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    anything: bool = False
    unsure: list[str] = field(default_factory=list)  # document ids that may close the gap
    citation: str = ""

    @property
    def open(self) -> bool:
        return bool(self.periods or self.steps or self.anything)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The facts on which conditions hang, and the day."""

    facts: Facts
    founded: date | None
    ended: date | None
    planned: date | None
    today: date
    grace_days: int
    _asked: dict[int, tuple[periods.Period, ...]] = field(default_factory=dict)  # by id of the requirement

    def asked(self, requirement: Requirement) -> tuple[periods.Period, ...]:
        """Periods whose document must be there by now."""
        if requirement.per is Per.ONCE or self.founded is None:
            return ()
        known = self._asked.get(id(requirement))
        if known is None:
            known = periods.asked(requirement, self.founded, self.ended, self.today, self.grace_days)
            self._asked[id(requirement)] = known
        return known


def check(
    state: DossierState, checklist: Checklist, facts: Facts, today: date, grace_days: int = 0
) -> tuple[tuple[ItemResult, ...], tuple[Finding, ...]]:
    """Status of every item and part, and a finding for every part that lacks something.

    ``grace_days`` are granted for periods' documents beyond the checklist's own.
    """
    papers = _sort(state, checklist)
    founded, ended, planned = (_day(facts, key) for key in ("founded", "ended", "planned"))
    clock = _Clock(facts, founded, ended, planned, today, grace_days)
    items: list[ItemResult] = []
    findings: list[Finding] = []
    for item in checklist.items:
        parts: list[PartResult] = []
        for part in item.parts:
            result, found = _part(item, part, papers.get(part.id) or _Papers(), clock)
            parts.append(result)
            findings.extend(found)
        items.append(ItemResult(item.number, title(item), _item_status(parts), tuple(parts)))
    return tuple(items), tuple(findings)


def title(of: Checklist | Item | Part | Step | Otherwise) -> str:
    """Its title in the language in use."""
    return (of.title_en or of.title) if language() == "en" else of.title


def asked_title(part: Part, facts: Facts) -> str:
    """What is asked for here, given what is known of the dossier."""
    if part.otherwise is not None and facts[part.otherwise.unless].value is False:
        return title(part.otherwise)
    return title(part)


def place_title(checklist: Checklist, place: str) -> str:
    """The title of a part (``6a``) or of a part's step (``16c.decision``)."""
    part, _dot, step = place.partition(".")
    found = checklist.part(part)
    return title(next(s for s in found.steps if s.id == step) if step else found)


def asked_parts(items: Iterable[ItemResult]) -> Iterable[PartResult]:
    """Parts on which a dossier's completeness hangs."""
    return (part for item in items for part in item.parts if part.required)


def is_complete(items: Iterable[ItemResult]) -> bool:
    """Whether nothing that is required is missing, partly missing, or waiting for review."""
    lacking = (Status.MISSING, Status.PARTIAL, Status.NEEDS_REVIEW)
    return not any(part.status in lacking for part in asked_parts(items))


def _sort(state: DossierState, checklist: Checklist) -> Mapping[str, _Papers]:
    papers: dict[str, _Papers] = {}
    sure = set()
    for document, place in trusted(state, checklist):
        papers.setdefault(place.part, _Papers()).sure.append((document.id, place))
        sure.add((document.id, place))
    for document in state.documents:
        for place in document.placements:
            if (document.id, place) not in sure:
                papers.setdefault(place.part, _Papers()).doubtful.append((document.id, place))
    for file in state.unread:
        for place in file.candidates:
            papers.setdefault(place.part, _Papers()).doubtful.append((file.path, place))
    return papers


def _part(item: Item, part: Part, papers: _Papers, clock: _Clock) -> tuple[PartResult, list[Finding]]:
    applies = [r for r in part.requirements if _applies(r, clock)]
    gaps = [_gap(r, part, papers, clock) for r in applies]
    required = any(r.severity is Severity.ERROR and (r.per is Per.ONCE or clock.asked(r)) for r in applies)
    open_gaps = [gap for gap in gaps if gap.open]
    documents = tuple(dict.fromkeys(doc for doc, _place in papers.sure))
    result = PartResult(
        part.id,
        asked_title(part, clock.facts),
        _status(papers, applies, open_gaps, clock),
        required,
        documents,
    )
    if not open_gaps:
        return result, []
    worst = min(open_gaps, key=lambda gap: list(Severity).index(gap.severity))
    missing = tuple(dict.fromkeys(word for gap in open_gaps for word in _words(part, gap)))
    labels = tuple(sorted({label for gap in open_gaps for label in gap.periods}))
    if result.status is Status.NEEDS_REVIEW:
        result = replace(result, missing=missing, periods_unsure=labels)
    else:
        result = replace(result, missing=missing, periods_missing=labels)
    return result, [_finding(item, part, result, worst, open_gaps, missing)]


def _applies(requirement: Requirement, clock: _Clock) -> bool:
    when, today = requirement.when, clock.today
    founded, ended, planned = clock.founded, clock.ended, clock.planned
    if when is When.ALWAYS:
        return True
    if when in (When.LINKED, When.FUND, When.PILOT):
        return bool(clock.facts[when.value].value)
    if when is When.ENDED:
        return ended is not None and today >= ended
    if when is When.EVALUATION_DUE:
        return planned is not None and today >= periods.add_months(planned, 12)
    if founded is None:
        return False
    if when is When.FOUNDED:
        return today >= founded
    test = periods.qualifies if when is When.AFTER_FIRST_EVALUATION else periods.full
    return periods.first_closed(test, founded, ended, today, requirement.grace_days) is not None


def _gap(requirement: Requirement, part: Part, papers: _Papers, clock: _Clock) -> _Gap:
    gap = _Gap(requirement.severity, citation=requirement.citation)
    if requirement.per is not Per.ONCE:
        there = {place.period for _doc, place in papers.sure}
        gap.periods = [p.label for p in clock.asked(requirement) if p.label not in there]
        # A document whose period nobody could tell may be the one that is lacking.
        undated = [doc for doc, place in papers.sure if not place.period]
        maybe = [doc for doc, place in papers.doubtful if not place.period or place.period in gap.periods]
        gap.unsure = undated + maybe if gap.periods else []
    elif requirement.steps:
        there = {place.step for _doc, place in papers.sure}
        lacking = [step for step in part.steps if step.id in requirement.steps and step.id not in there]
        met = requirement.need == "any" and len(lacking) < len(requirement.steps)
        gap.steps = [] if met else lacking
        unknown = [doc for doc, place in papers.sure if not place.step]
        wanted = {step.id for step in gap.steps}
        maybe = [doc for doc, place in papers.doubtful if not place.step or place.step in wanted]
        gap.unsure = unknown + maybe if gap.steps else []
    else:
        gap.anything = not papers.sure
        gap.unsure = [doc for doc, _place in papers.doubtful] if gap.anything else []
    return gap


def _covered(gap: _Gap) -> bool:
    """Whether looking at the doubtful documents could close the whole gap."""
    return len(gap.unsure) >= max(len(gap.periods), 1 if gap.steps or gap.anything else 0)


def _status(papers: _Papers, applies: list[Requirement], gaps: list[_Gap], clock: _Clock) -> Status:
    if gaps:
        if all(_covered(gap) for gap in gaps):
            return Status.NEEDS_REVIEW
        something = any(_partly(gap, papers, applies, clock) for gap in gaps)
        return Status.PARTIAL if something else Status.MISSING
    if papers.sure:
        return Status.PRESENT
    nothing = not any(r.per is Per.ONCE or clock.asked(r) for r in applies)
    return Status.NOT_APPLICABLE if nothing else Status.PRESENT


def _partly(gap: _Gap, papers: _Papers, applies: list[Requirement], clock: _Clock) -> bool:
    if gap.periods:
        asked = {p.label for r in applies for p in clock.asked(r)}
        return any(place.period in asked for _doc, place in papers.sure)
    if gap.steps:
        return any(place.step for _doc, place in papers.sure)
    return False


def _item_status(parts: list[PartResult]) -> Status:
    """From the parts on which something is asked, or else from what is there."""
    lacking = [p for p in parts if p.status in (Status.MISSING, Status.PARTIAL)]
    if lacking:
        asked = [p for p in parts if p.required or p.missing]
        return Status.MISSING if all(p.status is Status.MISSING for p in asked) else Status.PARTIAL
    statuses = {p.status for p in parts}
    for status in (Status.NEEDS_REVIEW, Status.WAIVED, Status.PRESENT):
        if status in statuses:
            return status
    return Status.NOT_APPLICABLE


def item_status(parts: Iterable[PartResult]) -> Status:
    """The status of an item whose parts' statuses were changed (waived)."""
    return _item_status(list(parts))


def period_words(part: Part, label: str) -> str:
    """A period as people say it: ``6 tháng đầu năm 2024``."""
    return _period_said(part.period, label, language())


@lru_cache(maxsize=1024)
def _period_said(kind: str, label: str, _language: str) -> str:
    year, _dash, half = label.partition("-")
    if half:
        return _("6 tháng đầu năm {year}").format(year=year)
    if kind == "evaluation-year":
        return _("năm {year} (01/11/{before}–31/10/{year})").format(year=year, before=int(year) - 1)
    return _("năm {year}").format(year=year)


def _words(part: Part, gap: _Gap) -> list[str]:
    return [period_words(part, label) for label in gap.periods] + [title(step) for step in gap.steps]


def _finding(
    item: Item, part: Part, result: PartResult, worst: _Gap, gaps: list[_Gap], missing: tuple[str, ...]
) -> Finding:
    any_of = any(gap.steps and len(gap.steps) > 1 for gap in gaps) and any(
        r.need == "any" for r in part.requirements if r.steps
    )
    said = (_(" hoặc ") if any_of else ", ").join(missing)
    values = {"title": result.title, "part": part.id, "missing": said, "number": item.number}
    unsure = tuple(dict.fromkeys(doc for gap in gaps for doc in gap.unsure))
    if not said and result.status is not Status.NEEDS_REVIEW:
        unsure = ()
    if result.status is Status.NEEDS_REVIEW:
        message = (
            _("Cần người xem: {title} (thành phần {part}), {missing}: có tài liệu có thể là nó.")
            if said
            else _("Cần người xem: {title} (thành phần {part}): có tài liệu có thể là nó.")
        )
    elif worst.severity is Severity.ERROR:
        message = (
            _("Thiếu {title}: {missing} (mục {number}).") if said else _("Thiếu {title} (mục {number}).")
        )
    else:  # the dossier is complete without it
        message = (
            _("Chưa có {title}: {missing} (mục {number}).") if said else _("Chưa có {title} (mục {number}).")
        )
    return Finding(
        rule=item.rule,
        severity=worst.severity,
        message=message.format(**values),
        citation=worst.citation or item.citation,
        part=part.id,
        documents=unsure,
        subject=tuple(
            dict.fromkeys(name for gap in gaps for name in (*gap.periods, *(s.id for s in gap.steps)))
        ),
    )


def _day(facts: Facts, key: str) -> date | None:
    value = facts[key].value
    return value if isinstance(value, date) else None
