"""Completeness: compare a dossier's documents with the requirements of today. Pure, for any checklist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dossier.checklists.schema import Checklist, Item, Part, Per, Requirement, Step
from dossier.compliance.addressed import sent_to_its_subject
from dossier.compliance.clock import Clock
from dossier.compliance.evidence import folder_item, unseen_folders
from dossier.compliance.facts import certain, only_draft
from dossier.compliance.finding import finding
from dossier.compliance.naming import (
    a_paper,
    asked_title,
    inner,
    of_periods,
    period_words,
    the_paper,
    title,
)
from dossier.compliance.periods import date_words, school_year, span_of
from dossier.i18n import _
from dossier.model import (
    Document,
    DossierState,
    Facts,
    Finding,
    ItemResult,
    PartResult,
    Placement,
    Severity,
    Status,
    item_status,
)


@dataclass(slots=True)
class _Papers:
    """The content of a part: documents that count (``sure``), and those that need review (``doubtful``).

    ``documents``: those that count, without unread files. ``unseen``: folders that could not be listed, which
    may contain anything.
    """

    sure: list[tuple[str, Placement]] = field(default_factory=list)
    doubtful: list[tuple[str, Placement]] = field(default_factory=list)
    drafts: list[tuple[str, Placement]] = field(default_factory=list)
    documents: list[tuple[Document, Placement]] = field(default_factory=list)
    unseen: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gap:
    """What one requirement lacks: periods or steps, or ``anything`` when it has neither."""

    requirement: Requirement
    severity: Severity
    periods: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    anything: bool = False
    unsure: list[str] = field(default_factory=list)  # document ids that may close the gap
    unseen: tuple[str, ...] = ()  # folders that may contain what closes it

    @property
    def open(self) -> bool:
        return bool(self.periods or self.steps or self.anything)

    @property
    def covered(self) -> bool:
        """Whether the doubtful documents, or what nobody could see, could close the whole gap."""
        return bool(self.unseen) or len(self.unsure) >= max(
            len(self.periods), 1 if self.steps or self.anything else 0
        )


def check(
    state: DossierState,
    checklist: Checklist,
    facts: Facts,
    today: date,
    grace_days: int = 0,
    only: Collection[str] | None = None,
) -> tuple[tuple[ItemResult, ...], tuple[Finding, ...]]:
    """Return the status of every item and part, and findings for the parts that lack something.

    ``grace_days``: added to the checklist's own for periodic documents. ``only``: restrict to these parts and
    their items.
    """
    papers = _sort(state, checklist)
    clock = Clock(checklist, facts, today, grace_days)
    items: list[ItemResult] = []
    findings: list[Finding] = []
    for item in checklist.items:
        parts: list[PartResult] = []
        for part in item.parts:
            if only is not None and part.id not in only:
                continue
            result, found = _part(item, part, papers.get(part.id) or _Papers(), clock)
            parts.append(result)
            findings.extend(found)
        if parts:
            items.append(ItemResult(item.number, title(item), item_status(parts), tuple(parts)))
    return tuple(items), tuple(findings)


def _sort(state: DossierState, checklist: Checklist) -> Mapping[str, _Papers]:
    papers: dict[str, _Papers] = {}
    for document in state.documents:
        name = document.id
        for place in document.placements:
            there = papers.get(place.part)
            if there is None:
                there = papers[place.part] = _Papers()
            if only_draft(document, place):
                there.drafts.append((name, place))
            elif not certain(document, place, checklist):
                there.doubtful.append((name, place))
            else:
                there.sure.append((name, place))
                there.documents.append((document, place))
    for file in state.unread:
        for place in file.placements:
            papers.setdefault(place.part, _Papers()).sure.append((file.path, place))
        for place in () if file.placements else file.candidates:
            papers.setdefault(place.part, _Papers()).doubtful.append((file.path, place))
    for folder in unseen_folders(state):
        item = folder_item(f"{folder}/", state.folder.path)
        for part in (part for each in checklist.items for part in each.parts if item in (None, each.number)):
            there = papers.setdefault(part.id, _Papers())
            there.unseen = (*there.unseen, folder)
    return papers


def _years_of(papers: _Papers) -> set[str]:
    """Years covered by the documents: those they name; for one without a period, the year of its date."""
    found = set()
    for document, place in papers.documents:
        named, reported = _named_years(document), _reported(document, place)
        years = [year for year in named if year not in reported]
        if not named and not place.period and (days := span_of(document)):
            years = [str(days[0].year)]
        found.update(years)
    return found


def _named_years(document: Document) -> list[str]:
    return [label for label in document.header.periods if label.isdecimal()]


def _reported(document: Document, place: Placement) -> set[str]:
    """Return the years of a document's other placements, if this one is of another: a report that ends with
    the next year's plan is no plan of the year it reports on."""
    others = {each.period[:4] for each in document.placements if each.part != place.part} - {""}
    return others if place.period and place.period[:4] not in others else set()


def _school_years_of(papers: _Papers) -> set[str]:
    """The years in which the school years begin that its documents speak of: of "năm học 2024 - 2025" the
    first; of one that names none, the one in which it was written."""
    found: set[str] = set()
    for document, place in papers.documents:
        until = max(_reported(document, place), default="")  # the year in which the next school year begins
        named = _named_years(document)
        years = [int(year) for year in named if year >= until]
        if not named and (days := span_of(document)):
            years = [school_year(days[0])]
        found.update(str(year) for year in years if len(years) == 1 or year + 1 in years)
    return found


def _part(item: Item, part: Part, papers: _Papers, clock: Clock) -> tuple[PartResult, list[Finding]]:
    applies = [r for r in part.requirements if clock.applies(r)]
    gaps = _open([gap for r in applies if (gap := _gap(r, part, papers, clock)).open])
    documents = tuple(dict.fromkeys(doc for doc, _place in papers.sure))
    name = asked_title(part, clock.facts)
    if not gaps:
        asked = any(
            clock.severity(r) is Severity.ERROR and (r.per is Per.ONCE or clock.asked(r)) for r in applies
        )
        status = _status(papers, applies, gaps, clock)
        later = status is Status.NOT_APPLICABLE and any(map(clock.ahead, part.requirements))
        return PartResult(part.id, name, status, asked, documents, later=later), []
    grave = [gap for gap in gaps if gap.severity is Severity.ERROR]
    status = _status(papers, applies, grave or gaps, clock)
    result = PartResult(part.id, name, status, bool(grave), documents)
    missing = tuple(_words(part, gaps))
    labels = tuple(sorted({label for gap in gaps for label in gap.periods}))
    if status is Status.NEEDS_REVIEW:
        result = replace(result, missing=missing, periods_unsure=labels)
    else:
        result = replace(result, missing=missing, periods_missing=labels)
    return result, list(_findings(item, part, name, gaps, papers, clock))


def _open(gaps: list[_Gap]) -> list[_Gap]:
    """Open gaps, most severe first; a less severe gap does not repeat what an earlier one holds."""
    if len(gaps) < 2:
        return gaps
    told: set[str] = set()
    anything = False
    kept = []
    for gap in sorted(gaps, key=lambda gap: list(Severity).index(gap.severity)):
        gap.periods = [label for label in gap.periods if label not in told]
        told.update(gap.periods)
        gap.anything = gap.anything and not anything
        anything = anything or gap.anything
        if gap.open:
            kept.append(gap)
    return kept


def _gap(requirement: Requirement, part: Part, papers: _Papers, clock: Clock) -> _Gap:
    gap = _Gap(requirement, clock.severity(requirement), unseen=papers.unseen)
    if requirement.per is not Per.ONCE:
        school = requirement.per is Per.YEAR and clock.life is not None and clock.life.school
        there = set() if school else {place.period for _doc, place in papers.sure}
        gap.periods = [p.label for p in clock.asked(requirement) if p.label not in there]
        if gap.periods and requirement.per in (Per.YEAR, Per.YEAR_AFTER):
            years = _school_years_of(papers) if school else _years_of(papers)
            gap.periods = [label for label in gap.periods if label not in years]
        # A document without a known period may be the missing one.
        undated = [
            doc for doc, place in papers.sure if not place.period and requirement.per is not Per.YEAR_AFTER
        ]
        maybe = [doc for doc, place in papers.doubtful if not place.period or place.period in gap.periods]
        gap.unsure = undated + maybe if gap.periods else []
    elif requirement.steps:
        there = {place.step for _doc, place in papers.sure} | _sent(part, papers)
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


def _sent(part: Part, papers: _Papers) -> set[str]:
    """Steps that a document of another step is too, because whom it is about received it."""
    return {
        step.id
        for step in part.steps
        if step.sent
        and any(place.step == step.sent and sent_to_its_subject(doc) for doc, place in papers.documents)
    }


def _status(papers: _Papers, applies: list[Requirement], gaps: list[_Gap], clock: Clock) -> Status:
    if gaps:
        if all(gap.covered for gap in gaps):
            return Status.NEEDS_REVIEW
        something = any(_partly(gap, papers, applies, clock) for gap in gaps)
        return Status.PARTIAL if something else Status.MISSING
    if papers.sure:
        return Status.PRESENT
    nothing = not any(r.per is Per.ONCE or clock.asked(r) for r in applies)
    return Status.NOT_APPLICABLE if nothing else Status.PRESENT


def _partly(gap: _Gap, papers: _Papers, applies: list[Requirement], clock: Clock) -> bool:
    if gap.periods:
        asked = {p.label for r in applies for p in clock.asked(r)}
        return any(place.period in asked for _doc, place in papers.sure)
    if gap.steps:
        return any(place.step for _doc, place in papers.sure)
    return False


def _words(part: Part, gaps: Iterable[_Gap]) -> dict[str, None]:
    """Names of what is missing: periods by time whatever their severity, then steps, each once."""
    gaps = list(gaps)
    labels = sorted({label for gap in gaps for label in gap.periods})
    steps = [each for gap in gaps for each in _step_words(gap)]
    return dict.fromkeys([period_words(part, label) for label in labels] + steps)


def _step_words(gap: _Gap) -> list[str]:
    """Titles of the steps that a gap lacks; of steps any one of which suffices, one phrase."""
    titles = [title(step) for step in gap.steps]
    if gap.requirement.need == "any" and titles:
        return [_(" hoặc ").join([titles[0], *map(inner, titles[1:])])]
    return titles


def _findings(
    item: Item, part: Part, name: str, gaps: list[_Gap], papers: _Papers, clock: Clock
) -> Iterable[Finding]:
    """Yield one finding for all gaps of a severity, and one for the gaps that wait for review."""
    groups: dict[Severity | None, list[_Gap]] = {}
    for gap in gaps:
        groups.setdefault(None if gap.covered else gap.severity, []).append(gap)
    for severity, group in groups.items():
        yield _finding(item, part, name, severity, group, papers, clock)


def _finding(
    item: Item,
    part: Part,
    name: str,
    severity: Severity | None,
    gaps: list[_Gap],
    papers: _Papers,
    clock: Clock,
) -> Finding:
    unsure = [doc for gap in gaps for doc in gap.unsure]
    steps = [step for gap in gaps for step in gap.steps]
    either = any(len(gap.steps) > 1 and gap.requirement.need == "any" for gap in gaps)
    joined = _(" hoặc ") if either else "; "
    labels = [period_words(part, label) for gap in gaps for label in gap.periods]
    told_of = the_paper if labels else a_paper
    what = joined.join(a_paper(title(step)) for step in steps) or told_of(name)
    what = of_periods(what, labels)
    unseen = gaps[0].unseen
    if severity is None and unseen:
        message = _("Chưa biết có {what} hay không: không mở được thư mục {folders}.")
    elif severity is None:
        message = _(
            "Cần người xem: có tài liệu có thể là {what}; chưa tính là đã có, cũng chưa tính là thiếu."
        )
    else:
        message = _("Hồ sơ chưa có {what}.")
    told = message.format(what=what, folders=", ".join(f"“{folder}”" for folder in unseen))
    drafts = _drafts(gaps, papers) if severity is not None else []
    if severity is not None:
        told += "".join(f" {why}" for why in _whys(gaps, drafts, clock))
        unsure = unsure if labels or steps else []
    citations = [step.citation for step in steps] + [gap.requirement.citation for gap in gaps]
    return finding(
        item.rule,
        told,
        [*unsure, *drafts],
        part=part.id,
        severity=Severity.WARNING if severity is None else severity,
        citation=_together(item.citation, citations),
        subject=tuple(
            dict.fromkeys(name for gap in gaps for name in (*gap.periods, *(s.id for s in gap.steps)))
        ),
    )


def _drafts(gaps: list[_Gap], papers: _Papers) -> list[str]:
    """Return the drafts of what is missing: a draft of one year's plan is none of another's."""
    lacking = {label for gap in gaps for label in gap.periods}
    return [
        name for name, place in papers.drafts if not lacking or not place.period or place.period in lacking
    ]


def _whys(gaps: list[_Gap], drafts: list[str], clock: Clock) -> Iterable[str]:
    """Yield sentences on why an absence is less severe, and on what exists instead."""
    if drafts:
        yield _("Mới có dự thảo; dự thảo không thay được bản chính thức.")
    since = clock.checklist.since
    if since and any(clock.old(gap.requirement) for gap in gaps):
        yield _("Việc này làm trước ngày {since} theo quy trình cũ nên chỉ nhắc.").format(
            since=date_words(since)
        )
    if any(step.sent for gap in gaps for step in gap.steps):
        yield _("Quyết định ghi điển hình ở nơi nhận thì cũng tính là thông báo.")
    if any(clock.supposed(gap.requirement) for gap in gaps):
        yield _("Điều này suy từ tài liệu, chưa ai xác nhận; xác nhận hoặc bác bỏ bằng: dossier set.")


def _together(own: str, others: Iterable[str]) -> str:
    """Join citations of one source, naming it once: ``HD22 V.1.a(10); III.2.c``. A clause is cited once,
    with all its steps: ``III.3, Bước 1, 2``."""
    source, _blank, _rest = own.partition(" ")
    steps: dict[str, list[str]] = {}
    for each in dict.fromkeys(each.removeprefix(f"{source} ") for each in others if each and each != own):
        clause, _comma, step = each.partition(", ")
        steps.setdefault(clause, []).append(step)
    return "; ".join([own, *(", ".join([clause, *_numbered(step)]) for clause, step in steps.items())])


def _numbered(steps: Iterable[str]) -> list[str]:
    """Steps of a clause, the word for a step once: ``Bước 1``, ``2``."""
    said: list[str] = []
    word = ""
    for step in filter(None, steps):
        first, _blank, number = step.rpartition(" ")
        said.append(number if first and first == word else step)
        word = first
    return said
