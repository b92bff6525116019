"""What every rule must show: found, not found, not asked, accepted, and where exactly it begins.

A :class:`Row` gives the dossiers of one rule (or of one part of it); the file test_every_rule.py judges
them all. Where a rule cannot have a case, the row says why in a :class:`No`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from states import KINDS

from dossier.checklists.duties import load_duties
from dossier.checklists.judging import RuleSettings
from dossier.checklists.retention import RetentionPacks, load_packs
from dossier.compliance import evaluate, neighbours, unit, vanished
from dossier.model import DepartedFile, Document, DossierReport, DossierState, Finding, Severity, Waiver

LATER = datetime(2027, 6, 1, tzinfo=UTC)  # after whatever the rows let happen


def _copies(state: DossierState) -> Iterator[tuple[str, str, str]]:
    return ((d.sha256, state.folder.path, d.path) for d in state.documents if d.ordinal == 1)


@dataclass(frozen=True)
class No:
    """Why a rule cannot have this case."""

    because: str


@dataclass(frozen=True)
class Given:
    """A dossier on a day, beside the ``others`` of its archive."""

    state: DossierState
    today: date
    others: tuple[DossierState, ...] = ()
    packs: RetentionPacks | None = None
    settings: RuleSettings = field(default_factory=RuleSettings)

    def report(self) -> DossierReport:
        every = (self.state, *self.others) if self.others else ()
        around = neighbours([s.folder for s in every], [c for s in every for c in _copies(s)])
        kind = KINDS[self.state.folder.kind]
        return evaluate(self.state, kind, self.packs or load_packs(), self.today, self.settings, around)

    def findings(self, rule: str, part: str) -> list[Finding]:
        return [f for f in self.report().findings if f.rule == rule and part in ("", f.part)]

    def waived(self, rule: str, made_at: datetime = LATER) -> Given:
        waiver = Waiver(self.state.folder.path, rule, "mất do bão số 9", "lan", made_at)
        return replace(self, state=replace(self.state, waivers=(*self.state.waivers, waiver)))


@dataclass(frozen=True)
class Unit:
    """What a unit's archive holds of what it owes as a whole, and what is declared of it."""

    today: date
    papers: tuple[Document, ...] = ()
    declared: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()

    def findings(self, rule: str, _part: str) -> list[Finding]:
        duties = load_duties()
        done = unit.fulfilled(duties, unit.sent_by(duties, self.papers), self.declared)
        dues = unit.duties_owed(duties, self.today, 30, done)
        return [f for f in unit.check(dues, done, duties, self.waivers) if f.rule == rule]

    def waived(self, rule: str, made_at: datetime = LATER) -> Unit:
        return replace(self, waivers=(*self.waivers, Waiver(".", rule, "mất do bão số 9", "lan", made_at)))


@dataclass(frozen=True)
class Whole:
    """What is missed of the dossiers that an archive no longer has, by their paths."""

    lost: Mapping[str, tuple[DepartedFile, ...]]
    waivers: tuple[Waiver, ...] = ()

    def findings(self, rule: str, _part: str) -> list[Finding]:
        return [f for f in vanished(self.lost, self.waivers) if f.rule == rule]

    def waived(self, rule: str, made_at: datetime = LATER) -> Whole:
        made = (Waiver(path, rule, "mất do bão số 9", "lan", made_at) for path in self.lost)
        return replace(self, waivers=(*self.waivers, *made))


Case = Given | Unit | Whole


@dataclass(frozen=True, kw_only=True)
class Row:
    """``boundary``: the last dossier of which the rule says nothing and the first of which it tells.

    ``part`` narrows to the findings about that part. ``first`` is the severity on the far side of the
    boundary where it is another than ``severity``; ``silent`` the one on the near side, where there is one.
    """

    rule: str
    satisfied: Case | No
    violated: Case | No
    not_applicable: Case | No
    boundary: tuple[Case, Case] | No
    part: str = ""
    severity: Severity = Severity.ERROR
    first: Severity | None = None
    silent: Severity | None = None
    waived: No | None = None

    def cases(self) -> Iterator[tuple[str, Case | No, Severity | None]]:
        """Each case by name, with the severity that is told; ``None``: nothing is."""
        yield "satisfied", self.satisfied, None
        yield "violated", self.violated, self.severity
        yield "not applicable", self.not_applicable, None
        accepted = self.waived or self.violated
        yield (
            "waived",
            accepted.waived(self.rule) if not isinstance(accepted, No) else accepted,
            Severity.INFO,
        )
        near, far = self.boundary if isinstance(self.boundary, tuple) else (self.boundary, self.boundary)
        yield "boundary, near side", near, self.silent
        yield "boundary, far side", far, self.first or self.severity
