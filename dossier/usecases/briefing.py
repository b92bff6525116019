"""The kept verdicts on dossiers and their documents in doubt, looked through for one answer: what still holds
is taken, the rest is judged again, and kept. Nothing else keeps verdicts.

A verdict holds for the revision of its dossier, the rules, what it was told of the other dossiers, and one
day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from dossier.advance import counted
from dossier.archive import Archive
from dossier.catalogue.briefs import Ground, KeptDoubt, KeptVerdict
from dossier.checklists.schema import Checklist
from dossier.compliance import unit
from dossier.compliance.doubts import Doubt, doubts
from dossier.compliance.families.integrity import sealed
from dossier.errors import DossierError
from dossier.i18n import _, language
from dossier.model import (
    OUTSIDE,
    DossierBrief,
    DossierFolder,
    DossierState,
    Outside,
    OutsideBrief,
    dossier_in_brief,
    outside_in_brief,
)
from dossier.state import writable
from dossier.usecases.assess import AT_ONCE
from dossier.usecases.judging import Judge
from dossier.usecases.locking import writing
from dossier.usecases.same_paper import with_sketches

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


Doubtful = tuple[DossierFolder, Checklist, Doubt]
_FEW = 20  # dossiers that are read one by one


@dataclass(slots=True)
class Memory:
    """What somebody who asks again and again keeps of the last answer, in one language: by dossier its
    verdict, and which documents were in doubt on what ground."""

    judged: str = "-"
    """The revision of the whole catalogue at which all of it was found to hold."""
    verdicts: dict[str, KeptVerdict] = field(default_factory=dict)
    doubts: dict[str, tuple[Ground, tuple[Doubtful, ...]]] = field(default_factory=dict)


class Briefing:
    """See the module. ``memory``: of the last briefing on the same archive in the same language; what still
    holds of it is not looked up again."""

    def __init__(
        self, archive: Archive, catalogue: Catalogue, today: date, memory: Memory | None = None
    ) -> None:
        # Before anything is read that is judged by it: what changes from now on makes stale what is made.
        self._now = catalogue.briefs.revisions(language())
        self._archive, self._catalogue, self._today = archive, catalogue, today
        self._memory = Memory() if memory is None else memory
        self._language = language()
        self.judge = Judge(archive, catalogue)
        self.folders = self.judge.folders
        self.kinds = {path: folder.kind for path, folder in self.folders.items()}

    def of(self, dossier: str | None = None) -> dict[str, KeptVerdict]:
        """By path, how each dossier of a known kind stands, and what lies in none; or how that one does."""
        wanted = {path for path, kind in self.kinds.items() if kind in self.judge.kinds} | {OUTSIDE}
        if dossier is not None:
            wanted &= {dossier}
        known = self._memory.verdicts
        good = self._holding(known, wanted, self._memory.judged)
        if lacking := wanted - good.keys():
            some = lacking if known or dossier is not None else None
            kept = self._catalogue.briefs.kept(self._language, some)
            good |= self._holding(kept, lacking, self._now.judged)
            known = known | kept
        made = {each.brief.path: each for each in self._judged(wanted - good.keys())}
        whole = self._now.whole if dossier is None else None
        gone = known.keys() - wanted if dossier is None else ()
        if made or gone or whole not in (None, self._now.judged):
            self._keep(lambda: self._catalogue.briefs.keep(self._language, made.values(), gone, whole))
        standing = good | made
        if dossier is None:
            self._memory.verdicts, self._memory.judged = standing, self._now.whole
        return dict(standing)

    def in_doubt(self, dossier: str | None = None) -> list[Doubtful]:
        """Documents in doubt, in no order."""
        standing = self.of(dossier)
        standing.pop(OUTSIDE, None)
        remembered = self._memory.doubts
        found = {
            path: remembered[path]
            for path, each in standing.items()
            if path in remembered and remembered[path][0] == each.ground
        }
        if rest := standing.keys() - found.keys():
            some = rest if found or dossier is not None else None
            anew = self._doubts_of({path: standing[path] for path in rest}, some)
            found |= {path: (standing[path].ground, tuple(anew.get(path, ()))) for path in rest}
        if dossier is None:
            self._memory.doubts = found
        return [each for _ground, of_dossier in found.values() for each in of_dossier]

    def _doubts_of(
        self, standing: Mapping[str, KeptVerdict], some: Collection[str] | None
    ) -> dict[str, list[Doubtful]]:
        """By dossier, where that is known already: from the catalogue, asked for ``some`` or all."""
        known: dict[str, list[KeptDoubt]] = {}
        for each in self._catalogue.briefs.doubts(self._language, some):
            known.setdefault(each.dossier, []).append(each)
        asked = {path for path, each in standing.items() if each.doubts != len(known.get(path, ()))}
        anew, found = {}, {}
        for state in self._states(asked):
            folder = state.folder
            checklist = self.judge.kinds[folder.kind]
            made = doubts(self.judge.ready(state), checklist, self._today)
            anew[folder.path] = standing[folder.path].ground, [_kept(folder.path, each) for each in made]
            found[folder.path] = [(folder, checklist, each) for each in made]
        if anew:
            self._keep(lambda: self._catalogue.briefs.keep_doubts(self._language, anew))
        unchanged = [each for path in standing.keys() - asked for each in known.get(path, ())]
        for folder, checklist, doubt in self._with_documents(unchanged):
            found.setdefault(folder.path, []).append((folder, checklist, doubt))
        return found

    def _with_documents(self, known: list[KeptDoubt]) -> Iterator[Doubtful]:
        there = self._catalogue.documents_at({each.path for each in known})
        for each in known:
            document = there.get((each.path, each.ordinal, each.sha256))
            folder = self.folders[each.dossier]
            if document is not None:  # else somebody changed it just now
                doubt = Doubt(document, each.answers, each.stake, each.parts)
                yield folder, self.judge.kinds[folder.kind], doubt

    def _holding(
        self, known: Mapping[str, KeptVerdict], wanted: Collection[str], judged: str
    ) -> dict[str, KeptVerdict]:
        """Those of the verdicts that hold; at the revision ``judged`` all were told what is so elsewhere."""
        return {
            path: each for path, each in known.items() if path in wanted and self._holds(path, each, judged)
        }

    def _holds(self, path: str, kept: KeptVerdict, judged: str) -> bool:
        ground = kept.ground
        return (
            (ground.revision, ground.day) == (self._now.of(path), self._today)
            and ground.rules == self.judge.digest(self.kinds.get(path, ""))
            and (judged == self._now.whole or ground.around == self._around(path, kept.linked))
        )

    def _judged(self, paths: Collection[str]) -> Iterator[KeptVerdict]:
        judged = set(paths) - {OUTSIDE}
        for state in counted(self._states(judged), len(judged), _("đối chiếu")):
            path = state.folder.path
            report = self.judge(state, self._today)
            linked = bool(report.facts["linked"].value)
            yield KeptVerdict(
                dossier_in_brief(report),
                self._ground(path, linked),
                linked,
                str(report.facts["led_by"].value),
                tuple((rule, sent.day, sent.document) for rule, sent in self._sent(state)),
            )
        if OUTSIDE in paths:
            outside = self._catalogue.outside()
            yield KeptVerdict(
                _no_dossier(outside_in_brief(outside)),
                self._ground(OUTSIDE, linked=False),
                False,
                "",
                tuple((rule, sent.day, sent.document) for rule, sent in self._sent(outside)),
                tuple(sealed(outside.documents)),
            )

    def _states(self, paths: Collection[str]) -> Iterator[DossierState]:
        wanted = sorted(paths)
        at_once = AT_ONCE if len(wanted) > _FEW else 1
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
        for sha256, dossier in sorted({(sha, dossier) for sha, dossier, _path in self.judge.copies}):
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
