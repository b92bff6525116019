"""How every dossier stands, and which documents are in doubt: answered from what was judged before where
that still holds; the rest is judged again, and kept. Nothing else keeps verdicts.

A verdict holds for the revision of its dossier, the rules, what it was told of the other dossiers, and one
day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from dossier.advance import counted
from dossier.archive import Archive
from dossier.catalogue.briefs import Ground, Kept, KeptDoubt
from dossier.checklists.schema import Checklist
from dossier.compliance import unit
from dossier.compliance.doubts import Doubt, doubts, importance
from dossier.compliance.families.integrity import sealed
from dossier.errors import DossierError
from dossier.i18n import _, language
from dossier.model import (
    OUTSIDE,
    ArchiveBrief,
    DossierBrief,
    DossierFolder,
    DossierState,
    DueStatus,
    Outside,
    OutsideBrief,
    dossier_in_brief,
    outside_in_brief,
    secret_first,
)
from dossier.state import writable
from dossier.usecases import night_folders
from dossier.usecases.assess import Judge, Whole, outcome
from dossier.usecases.heap import uncollected
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.same_paper import with_sketches

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


Doubtful = tuple[DossierFolder, Checklist, Doubt]
_FEW = 20  # dossiers that are read one by one
_AT_ONCE = 500  # dossiers, and whatever lies between them, that are held in memory at once


@uncollected()
def overview(archive: Archive, today: date | None = None) -> ArchiveBrief:
    """How everything stands on ``today``: what :func:`~dossier.usecases.assess.assess` says, in brief."""
    today = today or date.today()
    with open_known(archive) as catalogue:
        briefing = _Briefing(archive, catalogue, today)
        whole = Whole(archive, catalogue, briefing.judge, today)
        kept = briefing.of()
        outside = kept.pop(OUTSIDE)
        dossiers = [kept[path] for path in sorted(kept)]
        valid, expired = whole.waivers()
        sent = (
            (rule, unit.Sent(day, path)) for each in (outside, *dossiers) for rule, day, path in each.sent
        )
        dues, of_unit = whole.owes({each.led_by for each in dossiers}, sent, valid)
        stray = catalogue.outside_paths()
        return ArchiveBrief(
            archive=str(archive.root),
            name=archive.name,
            scanned_at=whole.scanned_at,
            today=today,
            dossiers=secret_first(each.brief for each in dossiers),
            outside=_outside(outside.brief, stray, sum(file.files for file in catalogue.ignored_outside())),
            proposals=whole.proposals,
            unsorted=whole.unsorted(catalogue.count_inside(), stray, len(briefing.kinds)),
            problems=whole.problems,
            findings=whole.findings(outside.secrets, of_unit, valid),
            due=dues,
            waivers=valid,
            expired=expired,
            adjusted=briefing.judge.severities,
        )


def in_doubt(archive: Archive, today: date | None = None, dossier: str | None = None) -> list[Doubtful]:
    """All doubtful documents, or those of one dossier, each with its dossier; the weightiest first."""
    with open_known(archive) as catalogue:
        found = _Briefing(archive, catalogue, today or date.today()).in_doubt(dossier)
    return sorted(found, key=lambda each: importance(each[2]))


class _Briefing:
    """The kept verdicts, looked through once."""

    def __init__(self, archive: Archive, catalogue: Catalogue, today: date) -> None:
        # Before anything is read that is judged by it: what changes from now on makes stale what is made.
        self._now = catalogue.briefs.revisions(language())
        self._archive, self._catalogue, self._today = archive, catalogue, today
        self._language = language()
        self.judge = Judge(archive, catalogue)
        self.folders = catalogue.folders()
        self.kinds = {path: folder.kind for path, folder in self.folders.items()}

    def of(self, dossier: str | None = None) -> dict[str, Kept]:
        """By path, how each dossier of a known kind stands, and what lies in none; or how that one does."""
        kept = self._catalogue.briefs.kept(self._language, dossier)
        wanted = {path for path, kind in self.kinds.items() if kind in self.judge.kinds} | {OUTSIDE}
        if dossier is not None:
            wanted &= {dossier}
        good = {path: each for path, each in kept.items() if path in wanted and self._holds(path, each)}
        made = {each.brief.path: each for each in self._judged(wanted - good.keys())}
        whole = self._now.whole if dossier is None else None
        if made or kept.keys() - wanted or whole not in (None, self._now.judged):
            gone = () if dossier is not None else kept.keys() - wanted
            self._keep(lambda: self._catalogue.briefs.keep(self._language, made.values(), gone, whole))
        return good | made

    def in_doubt(self, dossier: str | None) -> Iterator[Doubtful]:
        """Documents in doubt, in no order."""
        standing = self.of(dossier)
        standing.pop(OUTSIDE, None)
        known: dict[str, list[KeptDoubt]] = {}
        for each in self._catalogue.briefs.doubts(self._language, dossier):
            known.setdefault(each.dossier, []).append(each)
        asked = {path for path, each in standing.items() if each.doubts != len(known.get(path, ()))}
        anew = {}
        for state in self._states(asked):
            folder = state.folder
            checklist = self.judge.kinds[folder.kind]
            found = doubts(self.judge.ready(state), checklist, self._today)
            anew[folder.path] = standing[folder.path].ground, [_kept(folder.path, each) for each in found]
            yield from ((folder, checklist, each) for each in found)
        if anew:
            self._keep(lambda: self._catalogue.briefs.keep_doubts(self._language, anew))
        yield from self._with_documents(
            [each for path in standing.keys() - asked for each in known.get(path, ())]
        )

    def _with_documents(self, known: list[KeptDoubt]) -> Iterator[Doubtful]:
        there = self._catalogue.documents_at({each.path for each in known})
        for each in known:
            document = there.get((each.path, each.ordinal, each.sha256))
            folder = self.folders[each.dossier]
            if document is not None:  # else somebody changed it just now
                doubt = Doubt(document, each.answers, each.stake, each.parts)
                yield folder, self.judge.kinds[folder.kind], doubt

    def _holds(self, path: str, kept: Kept) -> bool:
        ground = kept.ground
        return (
            (ground.revision, ground.day) == (self._now.of(path), self._today)
            and ground.rules == self.judge.digest(self.kinds.get(path, ""))
            and (self._now.judged == self._now.whole or ground.around == self._around(path, kept.linked))
        )

    def _judged(self, paths: Collection[str]) -> Iterator[Kept]:
        judged = set(paths) - {OUTSIDE}
        for state in counted(self._states(judged), len(judged), _("đối chiếu")):
            path = state.folder.path
            report = self.judge(state, self._today)
            linked = bool(report.facts["linked"].value)
            yield Kept(
                dossier_in_brief(report),
                self._ground(path, linked),
                linked,
                str(report.facts["led_by"].value),
                tuple((rule, sent.day, sent.document) for rule, sent in self._sent(state)),
            )
        if OUTSIDE in paths:
            outside = self._catalogue.outside()
            yield Kept(
                _no_dossier(outside_in_brief(outside)),
                self._ground(OUTSIDE, linked=False),
                False,
                "",
                tuple((rule, sent.day, sent.document) for rule, sent in self._sent(outside)),
                tuple(sealed(outside.documents)),
            )

    def _states(self, paths: Collection[str]) -> Iterator[DossierState]:
        wanted = sorted(paths)
        at_once = _AT_ONCE if len(wanted) > _FEW else 1
        for start in range(0, len(wanted), at_once):
            some = wanted[start : start + at_once]
            for state in self._catalogue.states(some[0], some[-1]):
                if state.folder.path in paths and state.folder.kind in self.judge.kinds:
                    yield with_sketches(self._catalogue, state)

    def _sent(self, of: DossierState | Outside) -> Iterator[tuple[str, unit.Sent]]:
        return unit.sent_by(self.judge.duties, of.documents)

    def _ground(self, path: str, linked: bool) -> Ground:
        rules = self.judge.digest(self.kinds.get(path, ""))
        return Ground(self._now.of(path), rules, self._around(path, linked), self._today)

    def _around(self, path: str, linked: bool) -> str:
        """Tells what a verdict on the dossier hangs on of the others: copies elsewhere of what it holds, and
        of a linked model which dossiers there are."""
        told = (self._copies.get(path), self.judge.around.dossiers if linked else ())
        return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def _copies(self) -> dict[str, list[object]]:
        by: dict[str, list[object]] = {}
        for sha256, dossier in sorted({(sha, dossier) for sha, dossier, _path in self._catalogue.copies()}):
            by.setdefault(dossier, []).append((sha256, self.judge.around.elsewhere.get(sha256)))
        return by

    def _keep(self, write: Callable[[], None]) -> None:
        """Where nothing can be written now the answer is the same, and is found again next time."""
        if writable(self._archive.state):
            with suppress(DossierError), writing(self._archive, "overview", wait=0):
                write()


def _kept(dossier: str, doubt: Doubt) -> KeptDoubt:
    document = doubt.document
    return KeptDoubt(
        dossier, document.path, document.ordinal, document.sha256, doubt.stake, doubt.parts, doubt.answers
    )


def _no_dossier(counted: OutsideBrief) -> DossierBrief:
    """What lies in no dossier, in the form in which it is kept."""
    return DossierBrief(
        path=OUTSIDE, kind="", kind_title="", name="", unit="", complete=True, score=100.0, failing=False,
        items=(), due=(), alarms=(), next="", errors=0, warnings=0, pardoned=0, known=0,
        documents=counted.documents, needs_review=counted.needs_review, sealed=counted.sealed,
        files=counted.files, unread=counted.unread, unplaced=counted.unplaced, ignored=0,
    )  # fmt: skip


def _outside(kept: DossierBrief, paths: Sequence[str], ignored: int) -> OutsideBrief:
    return OutsideBrief(
        files=len(paths),
        first=paths[0] if paths else "",
        documents=kept.documents,
        needs_review=kept.needs_review,
        sealed=kept.sealed,
        unread=kept.unread,
        unplaced=kept.unplaced,
        ignored=ignored,
    )


@dataclass(frozen=True, slots=True)
class Glance:
    """``night`` is the day of the last good report of a night (``None``: there was none); ``late`` counts
    what is overdue, a duty once for each dossier; ``longest`` the days of what is overdue longest."""

    name: str
    scanned_at: datetime
    night: date | None
    dossiers: int
    complete: int
    late: int
    longest: int
    secrets: int
    review: int
    unread: int
    code: int


def glance(archive: Archive, today: date | None = None) -> Glance:
    """How the archive stood at its last scan, judged as of ``today``."""
    brief = overview(archive, today)
    late = [(brief.today - due.day).days for due in brief.open_dues if due.status is DueStatus.OVERDUE]
    counts = brief.summary
    night = night_folders.latest(archive.state)
    return Glance(
        name=archive.name,
        scanned_at=brief.scanned_at,
        night=date.fromisoformat(night) if night else None,
        dossiers=counts["dossiers"],
        complete=counts["complete"],
        late=len(late),
        longest=max(late, default=0),
        secrets=len(brief.alarms),
        review=counts["needs_review"],
        unread=counts["unread"],
        code=int(outcome(brief)),
    )
