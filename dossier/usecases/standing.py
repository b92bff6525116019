"""How every dossier stands, as pages show it, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b

from dossier.archive import Archive
from dossier.compliance.neighbours import Neighbours
from dossier.model import DossierBrief, Due, Finding, Unsorted, Waiver
from dossier.model.tally import mean_score
from dossier.usecases.briefing import Memory
from dossier.usecases.overview import everything
from dossier.usecases.review import Question


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

    ``dossiers`` gives the path by id; ``dues`` are those not done; ``around`` is what dossiers know of each
    other. It is never changed, only replaced.
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
    around: Neighbours
    dossiers: Mapping[str, Row] = field(default_factory=dict)
    views: dict[frozenset[str], Standing] = field(default_factory=dict, repr=False, compare=False)
    """What members of units see of it, by the units: looked up once, however many pages they open."""

    @property
    def score(self) -> float:
        """The mean score of all dossiers, never rounded up."""
        return mean_score([row.score for row in self.rows])

    @cached_property
    def asked(self) -> Mapping[str, int]:
        """Where among the questions that about a document stands, by the file's id and the document's number
        in it: ``id-1``."""
        papers = (question.document for question in self.questions)
        return {f"{id_of(paper.path)}-{paper.ordinal}": at for at, paper in enumerate(papers)}

    def of_units(self, units: frozenset[str] | None) -> Standing:
        """What somebody sees who may see the dossiers of these units only; ``None``: everything."""
        if units is None:
            return self
        if units not in self.views:
            self.views[units] = self._of_units(units)
        return self.views[units]

    def _of_units(self, units: frozenset[str]) -> Standing:
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
            views={},
        )


def id_of(path: str) -> str:
    """By what a dossier or a file is called in addresses: it holds as long as the file lies there."""
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


class StandingFeed:
    """Says how the archive stands again and again, in one language: what did not change since the last time
    is neither looked up nor put together again. One at a time may ask it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._memory = Memory()
        self._rows: dict[str, tuple[DossierBrief, Row]] = {}

    def stand(self, revision: object, today: date | None = None) -> Standing:
        """How the whole archive stands. ``revision``: of the catalogue, from before."""
        found = everything(self._archive, today, self._memory)
        brief, asked = found.brief, [Question(*doubt) for doubt in found.doubts]
        doubts = Counter(question.folder.path for question in asked)
        self._rows = {
            dossier.path: (dossier, self._row(dossier, doubts[dossier.path])) for dossier in brief.dossiers
        }
        rows = tuple(row for _dossier, row in self._rows.values())
        return Standing(
            revision=revision,
            today=brief.today,
            scanned_at=brief.scanned_at,
            name=brief.name,
            rows=rows,
            outside=brief.outside.files,
            unread=brief.summary["unread"],
            findings=brief.findings,
            dues=brief.open_dues,
            waivers=brief.waivers,
            expired=brief.expired,
            problems=brief.problems,
            proposals=len(brief.proposals),
            unsorted=brief.unsorted,
            questions=tuple(asked),
            around=found.around,
            dossiers={row.id: row for row in rows},
        )

    def _row(self, brief: DossierBrief, doubts: int) -> Row:
        known, row = self._rows.get(brief.path, (None, None))
        return row if row is not None and known is brief and row.doubts == doubts else _row(brief, doubts)


def _row(brief: DossierBrief, doubts: int) -> Row:
    from reports import looks

    cells = (
        Cell(item.item, item.title, look.symbol, look.word, look.kind)
        for item in brief.items
        for look in (looks.item(item),)
    )
    return Row(
        path=brief.path,
        kind=brief.kind,
        kind_title=brief.kind_title,
        name=brief.name,
        unit=brief.unit,
        complete=brief.complete,
        score=brief.score,
        cells=tuple(cells),
        lacking=looks.lacking_words(brief),
        documents=brief.documents,
        unread=brief.unread,
        doubts=doubts,
        secret=brief.sealed,
        errors=brief.errors,
        warnings=brief.warnings,
        next=brief.next,
        due=min((due.day for due in brief.due), default=None),
    )
