"""The cache of verdicts on dossiers and of documents in doubt: valid entries are used, the others are
evaluated again and stored. No other module caches verdicts.

A verdict is valid for one revision of its dossier, one set of rules, one state of the related dossiers and
one day (:class:`Ground`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.batches import batched
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
    Occasion,
    Outside,
    OutsideBrief,
    dossier_in_brief,
    outside_in_brief,
)
from dossier.progress import counted
from dossier.state import writable
from dossier.usecases.assess import AT_ONCE
from dossier.usecases.judging import Judge
from dossier.usecases.locking import writing
from dossier.usecases.same_paper import with_sketches

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


Doubtful = tuple[DossierFolder, Checklist, Doubt]
_FEW = 20  # up to so many dossiers are loaded one by one


@dataclass(slots=True)
class Memory:
    """In-memory cache of a caller who asks repeatedly, for one language: by dossier its verdict, and its
    documents in doubt with the ground for which they are valid."""

    judged: str = "-"
    """Revision of the whole catalogue at which all entries were last found valid."""
    verdicts: dict[str, KeptVerdict] = field(default_factory=dict)
    doubts: dict[str, tuple[Ground, tuple[Doubtful, ...]]] = field(default_factory=dict)


class Briefing:
    """Access to valid verdicts as of ``today``. ``memory``: cache from the last briefing on the same archive
    in the same language; its valid entries are not loaded again."""

    def __init__(
        self, archive: Archive, catalogue: Catalogue, today: date, memory: Memory | None = None
    ) -> None:
        # Read before anything else: a later change must make the verdicts computed here stale.
        self._now = catalogue.briefs.revisions(language())
        self._archive, self._catalogue, self._today = archive, catalogue, today
        self._memory = Memory() if memory is None else memory
        self._language = language()
        self.judge = Judge(archive, catalogue)
        self.folders = self.judge.folders
        self.kinds = {path: folder.kind for path, folder in self.folders.items()}

    def of(self, dossier: str | None = None) -> dict[str, KeptVerdict]:
        """Return verdicts by path: of all dossiers of known kinds and of the files outside dossiers
        (``OUTSIDE``), or of ``dossier`` alone."""
        wanted = {path for path, kind in self.kinds.items() if kind in self.judge.kinds} | {OUTSIDE}
        if dossier is not None:
            wanted &= {dossier}
        known = self._memory.verdicts
        valid = self._holding(known, wanted, self._memory.judged)
        if missing := wanted - valid.keys():
            some = missing if known or dossier is not None else None
            kept = self._catalogue.briefs.kept(self._language, some)
            valid |= self._holding(kept, missing, self._now.judged)
            known = known | kept
        computed = {each.brief.path: each for each in self._judged(wanted - valid.keys())}
        whole = self._now.whole if dossier is None else None
        gone = known.keys() - wanted if dossier is None else ()
        if computed or gone or whole not in (None, self._now.judged):
            self._keep(lambda: self._catalogue.briefs.keep(self._language, computed.values(), gone, whole))
        standing = valid | computed
        if dossier is None:
            self._memory.verdicts, self._memory.judged = standing, self._now.whole
        return dict(standing)

    def in_doubt(self, dossier: str | None = None) -> list[Doubtful]:
        """Return documents in doubt of all dossiers or of one, in no particular order."""
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
        """Return documents in doubt by dossier: stored ones from the catalogue (queried for ``some`` or for
        all dossiers) where they match the verdict, else computed and stored."""
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
        documents = self._catalogue.documents_at({each.path for each in known})
        for each in known:
            document = documents.get((each.path, each.ordinal, each.sha256))
            folder = self.folders[each.dossier]
            if document is not None:  # None: changed by somebody a moment ago
                doubt = Doubt(document, each.answers, each.stake, each.parts)
                yield folder, self.judge.kinds[folder.kind], doubt

    def _holding(
        self, known: Mapping[str, KeptVerdict], wanted: Collection[str], judged: str
    ) -> dict[str, KeptVerdict]:
        """Return the valid verdicts among ``known`` for the ``wanted`` paths. At revision ``judged`` all of
        them were up to date with the other dossiers."""
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
            linked = bool(report.facts["linked"].value) or any(f.rule == "TV-07" for f in report.findings)
            yield KeptVerdict(
                dossier_in_brief(report),
                self._ground(path, linked),
                linked,
                unit.occasion(report, self.judge.kinds[state.folder.kind], self._today),
                tuple((rule, sent.day, sent.document) for rule, sent in self._sent(state)),
            )
        if OUTSIDE in paths:
            outside = self._catalogue.outside()
            yield KeptVerdict(
                _no_dossier(outside_in_brief(outside)),
                self._ground(OUTSIDE, linked=False),
                False,
                Occasion(""),
                tuple((rule, sent.day, sent.document) for rule, sent in self._sent(outside)),
                tuple(sealed(outside.documents)),
            )

    def _states(self, paths: Collection[str]) -> Iterator[DossierState]:
        wanted = sorted(paths)
        at_once = AT_ONCE if len(wanted) > _FEW else 1
        for some in batched(wanted, at_once):
            for state in self._catalogue.states(some[0], some[-1]):
                if state.folder.path in paths and state.folder.kind in self.judge.kinds:
                    yield with_sketches(self._catalogue, state)

    def _sent(self, of: DossierState | Outside) -> Iterator[tuple[str, unit.Sent]]:
        return unit.sent_by(self.judge.duties, of.documents)

    def _ground(self, path: str, linked: bool) -> Ground:
        rules = self.judge.digest(self.kinds.get(path, ""))
        return Ground(self._now.of(path), rules, self._around(path, linked), self._today)

    def _around(self, path: str, linked: bool) -> str:
        """Return a digest of what a verdict depends on outside its dossier: copies of its files elsewhere,
        and, if it is of a linked model or holds a document that names another, the list of dossiers."""
        outside = (self._copies.get(path), self.judge.around.dossiers if linked else ())
        return blake2b(repr(outside).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def _copies(self) -> dict[str, list[object]]:
        by: dict[str, list[object]] = {}
        for sha256, dossier in sorted({(sha, dossier) for sha, dossier, _path in self.judge.copies}):
            by.setdefault(dossier, []).append((sha256, self.judge.around.elsewhere.get(sha256)))
        return by

    def _keep(self, write: Callable[[], None]) -> None:
        """Write to the cache in the catalogue; skipped if it is read-only or locked, as the answer can be
        computed again."""
        if writable(self._archive.state):
            with suppress(DossierError), writing(self._archive, "overview", wait=0):
                write()


def _kept(dossier: str, doubt: Doubt) -> KeptDoubt:
    document = doubt.document
    return KeptDoubt(
        dossier, document.path, document.ordinal, document.sha256, doubt.stake, doubt.parts, doubt.answers
    )


def _no_dossier(counted: OutsideBrief) -> DossierBrief:
    """Return the counts of files outside dossiers in the form of a dossier's brief, as stored."""
    return DossierBrief(
        path=OUTSIDE, kind="", kind_title="", name="", unit="", complete=True, score=100.0, failing=False,
        items=(), due=(), alarms=(), next="", errors=0, warnings=0, pardoned=0, known=0,
        documents=counted.documents, needs_review=0, sealed=counted.sealed,
        files=counted.files, unread=counted.unread, unplaced=counted.unplaced, ignored=0,
    )  # fmt: skip
