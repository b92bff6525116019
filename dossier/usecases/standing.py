"""Status of every dossier as shown on web pages, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b

from dossier.archive import Archive
from dossier.compliance.neighbours import Neighbours
from dossier.model import DossierBrief, Due, Finding, Unsorted, Waiver
from dossier.model.tally import mean_score
from dossier.model.units import is_one_of
from dossier.usecases.briefing import Memory
from dossier.usecases.overview import everything
from dossier.usecases.review import Question


@dataclass(frozen=True, slots=True)
class Cell:
    """Status of one checklist item of a dossier; ``kind`` as in :class:`reports.looks.Look`."""

    item: int
    title: str
    symbol: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row(DossierBrief):
    """A dossier in the overview. ``lacking``: what it lacks, in words; ``doubts``: its documents in doubt."""

    cells: tuple[Cell, ...]
    lacking: str
    doubts: int

    @property
    def next_due(self) -> date | None:
        """Day of the next open deadline."""
        return min((due.day for due in self.due), default=None)

    @property
    def id(self) -> str:
        """Identifier of the dossier in URLs."""
        return id_of(self.path)


@dataclass(frozen=True)
class Standing:
    """Status of the whole archive on one day, in one language. Never changed, only replaced.

    ``questions``: in the order in which they are asked; ``dossiers``: rows by id; ``dues``: open duties;
    ``around``: the dossiers' relations to each other.
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
    """Cache of :meth:`of_units`: the parts of the status visible to members of units."""

    @property
    def score(self) -> float:
        """The mean score of all dossiers, never rounded up."""
        return mean_score([row.score for row in self.rows])

    @cached_property
    def asked(self) -> Mapping[str, int]:
        """Index of a document's question in ``questions``, by file id and document number: ``id-1``."""
        papers = (question.document for question in self.questions)
        return {f"{id_of(paper.path)}-{paper.ordinal}": at for at, paper in enumerate(papers)}

    def of_units(self, units: frozenset[str] | None) -> Standing:
        """Return the status limited to the dossiers of these units; ``None``: all dossiers."""
        if units is None:
            return self
        if units not in self.views:
            self.views[units] = self._of_units(units)
        return self.views[units]

    def _of_units(self, units: frozenset[str]) -> Standing:
        own = is_one_of(units)
        rows = tuple(row for row in self.rows if own(row.unit))
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
    """Return the identifier of a dossier or file in URLs, which is derived from its path."""
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


class StandingFeed:
    """Computes the status of the archive repeatedly, in one language, reusing what has not changed since the
    last time. Not safe for concurrent use."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._memory = Memory()
        self._rows: dict[str, tuple[DossierBrief, Row]] = {}

    def stand(self, revision: object, today: date | None = None) -> Standing:
        """Return the status of the archive. ``revision``: of the catalogue, read before this call."""
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
    known = {field.name: getattr(brief, field.name) for field in fields(brief)}
    return Row(**known, cells=tuple(cells), lacking=looks.lacking_words(brief), doubts=doubts)
