"""How every dossier stands, in a few numbers each: what is shown often, and must not be judged each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b

from dossier.archive import Archive
from dossier.model import (
    ComplianceReport,
    DossierReport,
    Due,
    DueStatus,
    Finding,
    Severity,
    Unsorted,
    Waiver,
)
from dossier.usecases.assess import assess
from dossier.usecases.review import Question, questions

_DONE = (DueStatus.ON_TIME, DueStatus.LATE)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one item of a dossier stands; ``kind`` as in :class:`reports.looks.Look`."""

    item: int
    title: str
    symbol: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier in the overview. ``next``: what to do first, in a sentence; ``due`` the next open day."""

    path: str
    kind: str
    kind_title: str
    name: str
    unit: str
    complete: bool
    score: float
    cells: tuple[Cell, ...]
    lacking: str
    documents: int
    unread: int
    doubts: int
    secret: int
    errors: int
    warnings: int
    next: str
    due: date | None

    @property
    def id(self) -> str:
        """By what the dossier is called in addresses."""
        return id_of(self.path)


@dataclass(frozen=True)
class Standing:
    """The whole archive on one day, in one language. ``questions`` in the order in which they are asked.

    ``dossiers`` gives the path by id; ``dues`` are those not done. It is never changed, only replaced.
    """

    revision: object
    today: date
    scanned_at: datetime
    name: str
    rows: tuple[Row, ...]
    outside: int
    unread: int
    findings: tuple[Finding, ...]
    dues: tuple[Due, ...]
    waivers: tuple[Waiver, ...]
    expired: tuple[Waiver, ...]
    problems: tuple[str, ...]
    proposals: int
    unsorted: Unsorted | None
    questions: tuple[Question, ...]
    dossiers: Mapping[str, Row] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The mean score of all dossiers, never rounded up."""
        tenths = sum(round(10 * row.score) for row in self.rows)
        return tenths // len(self.rows) / 10 if self.rows else 100.0

    def of_units(self, units: frozenset[str] | None) -> Standing:
        """What somebody sees who may see the dossiers of these units only; ``None``: everything."""
        if units is None:
            return self
        rows = tuple(row for row in self.rows if row.unit in units)
        paths = {row.path for row in rows}
        return replace(
            self,
            rows=rows,
            outside=0,
            unread=sum(row.unread for row in rows),
            findings=(),
            dues=tuple(due for due in self.dues if due.dossier in paths),
            waivers=tuple(w for w in self.waivers if w.dossier in paths),
            expired=tuple(w for w in self.expired if w.dossier in paths),
            problems=(),
            proposals=0,
            unsorted=None,
            questions=tuple(q for q in self.questions if q.folder.path in paths),
            dossiers={row.id: row for row in rows},
        )


def id_of(path: str) -> str:
    """By what a dossier or a file is called in addresses: it holds as long as the file lies there."""
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def stand(archive: Archive, revision: object, today: date | None = None) -> Standing:
    """Judge the whole archive. ``revision``: of the catalogue, from before."""
    report = assess(archive, today)
    asked = questions(archive, report.today)
    doubts: dict[str, int] = {}
    for question in asked:
        doubts[question.folder.path] = doubts.get(question.folder.path, 0) + 1
    rows = tuple(_row(dossier, doubts.get(dossier.path, 0)) for dossier in report.dossiers)
    return Standing(
        revision=revision,
        today=report.today,
        scanned_at=report.scanned_at,
        name=report.name,
        rows=rows,
        outside=len(report.outside.files),
        unread=len(report.unread),
        findings=report.findings,
        dues=_open(report),
        waivers=report.waivers,
        expired=report.expired,
        problems=report.problems,
        proposals=len(report.proposals),
        unsorted=report.unsorted,
        questions=tuple(asked),
        dossiers={row.id: row for row in rows},
    )


def again(archive: Archive, standing: Standing, dossier: str, revision: object) -> Standing:
    """The same, one dossier of it judged again: what a decision changes."""
    report = assess(archive, standing.today, dossier)
    asked = questions(archive, standing.today, dossier)
    from dossier.compliance.doubts import importance

    rest = [q for q in standing.questions if q.folder.path != dossier]
    rows = tuple(
        _row(report.dossiers[0], len(asked)) if row.path == dossier and report.dossiers else row
        for row in standing.rows
    )
    dues = [due for due in standing.dues if due.dossier != dossier]
    dues += [due for each in report.dossiers for due in each.due if due.status not in _DONE]
    return replace(
        standing,
        revision=revision,
        rows=rows,
        unread=sum(row.unread for row in rows),
        dues=tuple(sorted(dues, key=_by_day)),
        questions=tuple(sorted((*rest, *asked), key=lambda question: importance(question.doubt))),
        dossiers={row.id: row for row in rows},
        waivers=(*(w for w in standing.waivers if w.dossier != dossier), *report.waivers),
        expired=(*(w for w in standing.expired if w.dossier != dossier), *report.expired),
    )


def _row(report: DossierReport, doubts: int) -> Row:
    from reports import looks

    todo = [f for f in report.findings if f.waiver is None]
    worst = sorted((f for f in todo if f.severity is not Severity.INFO), key=_gravest)
    coming = [due.day for due in report.due if due.status not in _DONE]
    cells = (
        Cell(item.item, item.title, look.symbol, look.word, look.kind)
        for item in report.items
        for look in (looks.item(item),)
    )
    return Row(
        path=report.path,
        kind=report.kind,
        kind_title=report.kind_title,
        name=report.name,
        unit=report.unit,
        complete=report.complete,
        score=report.score,
        cells=tuple(cells),
        lacking=looks.lacking_words(report),
        documents=len(report.documents),
        unread=len(report.unread),
        doubts=doubts,
        secret=sum(document.security is not None for document in report.documents),
        errors=sum(f.severity is Severity.ERROR for f in todo),
        warnings=sum(f.severity is Severity.WARNING for f in todo),
        next=next((f.message for f in worst if not f.secret), ""),
        due=min(coming, default=None),
    )


def _gravest(finding: Finding) -> tuple[bool, str]:
    return finding.severity is not Severity.ERROR, finding.rule


def _open(report: ComplianceReport) -> tuple[Due, ...]:
    found = [*report.due, *(due for dossier in report.dossiers for due in dossier.due)]
    return tuple(sorted((due for due in found if due.status not in _DONE), key=_by_day))


def _by_day(due: Due) -> tuple[date, str, str, str]:
    return due.day, due.rule, due.dossier, due.period
