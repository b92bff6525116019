"""Proposals of folders outside the dossiers that look like dossiers, with reasons. Pure: reads no file.

A folder is proposed if its name says so ("MH chợ an toàn"), or if it contains the founding decision of a
model. Folders that only divide (years, steps, types of documents) are never dossiers: their content belongs
to the folder above. Of a folder with several models, the folders inside are proposed; the outer one only if
its own name and founding decision show that it is a dossier too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossier.checklists.schema import Checklist
from dossier.model import Hint, Level, Proposal, Reason
from dossier.scanner.propose.names import (
    ROOT,
    Claim,
    FolderNames,
    alike_names,
    below,
    best_spelt,
    child_towards,
    folder_of,
    name_of,
    outermost,
    upwards,
)
from dossier.vietnamese import words

_SUPERIOR = frozenset({Level.PROVINCE, Level.MINISTRY})  # issuers that found no models in communes
_MOST_CLASSIFIED = 2000  # most documents that are classified
_LEADS = 3  # a model with so many times the documents of the next one is the folder's subject

Placer = Callable[["LoosePaper", str, str], str]  # document, kind, name of the model → its part, or ""


@dataclass(frozen=True, slots=True)
class LoosePaper:
    """A document outside the dossiers. ``path``: of its file."""

    path: str
    ordinal: int
    abstract: str
    number: str = ""
    level: Level | None = None

    @property
    def id(self) -> str:
        """The document's id, as in :attr:`dossier.model.Document.id`."""
        return f"{self.path}#{self.ordinal}"


@dataclass(slots=True)
class _Candidate:
    """A folder that may be a dossier, with the evidence for it."""

    folder: str
    claim: Claim | None = None
    kind: str = ""
    founding: dict[str, LoosePaper] = field(default_factory=dict)  # by the model's name, folded
    spelt: dict[str, str] = field(default_factory=dict)  # folded name → as written
    papers: Counter[str] = field(default_factory=Counter)  # folded name of a model → documents with it
    parts: set[str] = field(default_factory=set)
    naming: list[LoosePaper] = field(default_factory=list)  # the documents that name any model

    def take_in(self, inner: _Candidate) -> None:
        """Add the evidence for a folder inside to this one's."""
        self.founding = {**inner.founding, **self.founding}
        self.spelt = {**inner.spelt, **self.spelt}
        self.papers += inner.papers
        self.parts |= inner.parts
        self.naming += inner.naming
        self.kind = self.kind or inner.kind


def propose(
    papers: Iterable[LoosePaper],
    files: Sequence[str],
    dossiers: Collection[str],
    checklists: Mapping[str, Checklist],
    place: Placer,
    called: str = "",
) -> tuple[Proposal, ...]:
    """Return proposals of folders that look like dossiers, by path.

    ``papers`` and ``files`` are all those outside the dossiers, ``dossiers`` the folders that are dossiers
    already; ``place`` classifies a document; ``called`` is the name of the archive's own folder.
    """
    return _Proposer(files, dossiers, checklists, place, called).run(papers)


class _Proposer:
    def __init__(
        self,
        files: Sequence[str],
        dossiers: Collection[str],
        checklists: Mapping[str, Checklist],
        place: Placer,
        called: str,
    ) -> None:
        self._files = files
        self._dossiers = dossiers
        self._checklists = checklists
        self._place = place
        self._called = called
        self._names = FolderNames(checklists)
        self._folders = {up for file in files for up in upwards(folder_of(file))}
        self._divides = {folder: self._names.divides(self._name(folder)) for folder in self._folders}
        self._classified = 0

    def run(self, papers: Iterable[LoosePaper]) -> tuple[Proposal, ...]:
        found = {
            folder: _Candidate(folder, claim, claim.kind)
            for folder in self._folders
            if (claim := self._names.claim(self._name(folder))) is not None
        }
        sure = {folder for folder, each in found.items() if each.claim and each.claim.sure}
        naming = [(paper, kind, name) for paper in papers for kind, name in self._model(paper)]
        for paper, kind, name in naming:
            base = self._base(folder_of(paper.path), sure)
            self._take(found.setdefault(base, _Candidate(base)), paper, kind, name)
        settled = self._settled(found, naming)
        proposals = [made for each in settled if (made := self._proposal(each, settled)) is not None]
        return tuple(sorted(map(_with_namesakes(proposals), proposals), key=lambda each: each.path))

    def _name(self, folder: str) -> str:
        return self._called if folder == ROOT else name_of(folder)

    def _model(self, paper: LoosePaper) -> Iterable[tuple[str, str]]:
        """Yield the kind and name of the model that a document's abstract names, if any."""
        for kind in self._checklists:
            if name := self._names.named(kind, paper.abstract):
                yield kind, name
                return

    def _base(self, folder: str, sure: Collection[str]) -> str:
        """Return the folder to which the files in ``folder`` belong: the nearest one above (or itself) that
        is surely a dossier by name, or else the nearest that does more than divide."""
        above = [up for up in upwards(folder) if up in sure and not self._names.is_place(self._left(up))]
        if above:
            return above[0]
        return next((up for up in upwards(folder) if up == ROOT or not self._divides[up]), ROOT)

    def _left(self, folder: str) -> str:
        claim = self._names.claim(self._name(folder))
        return claim.name if claim else ""

    def _take(self, candidate: _Candidate, paper: LoosePaper, kind: str, name: str) -> None:
        folded = words(name)
        candidate.papers[folded] += 1
        candidate.spelt.setdefault(folded, name)
        candidate.naming.append(paper)
        candidate.kind = candidate.kind or kind
        if self._classified >= _MOST_CLASSIFIED or paper.level in _SUPERIOR:
            return
        self._classified += 1
        part = self._place(paper, kind, name)
        if part:
            candidate.parts.add(part)
        founds = self._checklists[kind].founding_part
        if part and part == founds and folded not in candidate.founding:
            candidate.founding[folded] = paper

    # ------------------------------------------------------------------ one folder, one dossier

    def _settled(
        self, found: dict[str, _Candidate], naming: Sequence[tuple[LoosePaper, str, str]]
    ) -> list[_Candidate]:
        """Return the candidates that remain after those inside another dossier were merged into it, and those
        with several dossiers replaced by these (unless they are dossiers themselves)."""
        kept = {folder: each for folder, each in found.items() if self._has_evidence(each)}
        again = True
        while again:
            again = False
            for folder in sorted(kept, key=lambda each: (each == ROOT, -each.count("/"))):
                inner = outermost(each for each in (*kept, *self._dossiers) if below(folder, each))
                if self._is_one(kept[folder], [kept.get(each) for each in inner]):
                    for each in inner:
                        kept[folder].take_in(kept.pop(each))
                    continue
                if self._stands_around(kept[folder], inner):
                    continue
                del kept[folder]
                known = {name for each in inner if each in kept for name in kept[each].founding}
                opened = self._opened(folder, inner, naming)
                kept |= {path: each for path, each in opened.items() if not each.founding.keys() <= known}
                again = True
                break
        return list(kept.values())

    def _is_one(self, outer: _Candidate, inner: Sequence[_Candidate | None]) -> bool:
        """Whether the folder is a single dossier together with the candidates inside."""
        if any(each is None for each in inner):  # a folder inside is a dossier already
            return False
        if inner and outer.claim is None and self._names.is_place(self._name(outer.folder)):
            return False  # the folder of a commune or police, with a dossier inside
        own = words(outer.claim.name) if outer.claim else words(self._names.bare(self._name(outer.folder)))
        founded = set(outer.founding)
        for each in inner:
            assert each is not None
            claimed = words(each.claim.name) if each.claim else ""
            if claimed and not alike_names(own, claimed):
                return False
            founded |= each.founding.keys()
        return len(_distinct(founded)) < 2 or self._leading(outer, own) != ""

    def _stands_around(self, outer: _Candidate, inner: Sequence[str]) -> bool:
        """Whether a folder with dossiers inside is a dossier too: it is named as one and contains, outside
        the inner ones, the founding decision of the model of its name; all inner ones are named as
        dossiers."""
        own = words(outer.claim.name) if outer.claim else ""
        if not own or any(self._names.claim(self._name(each)) is None for each in inner):
            return False
        return any(
            alike_names(own, name) and not any(below(each, paper.path) for each in inner)
            for name, paper in outer.founding.items()
        )

    @staticmethod
    def _leading(outer: _Candidate, own: str) -> str:
        """Return the model that a folder is about: the one in its name, or else the one named by far the most
        often; an empty string if neither exists."""
        named = [name for name in outer.papers if alike_names(own, name)]
        if named:
            return max(named, key=lambda name: outer.papers[name])
        (first, most), *rest = outer.papers.most_common(2) or [("", 0)]
        second = rest[0][1] if rest else 0
        return first if most >= _LEADS and most >= _LEADS * second else ""

    def _opened(
        self, folder: str, inner: Sequence[str], naming: Sequence[tuple[LoosePaper, str, str]]
    ) -> dict[str, _Candidate]:
        """Return the folders directly in ``folder`` that may be dossiers, though their names only divide."""
        opened: dict[str, _Candidate] = {}
        for paper, kind, name in naming:
            if not below(folder, paper.path):
                continue
            child = child_towards(folder, paper.path)
            if child == folder or any(
                child == each or below(child, each) or below(each, child) for each in inner
            ):
                continue
            self._take(opened.setdefault(child, _Candidate(child)), paper, kind, name)
        return {path: each for path, each in opened.items() if len(each.parts) > 1 and each.founding}

    def _has_evidence(self, candidate: _Candidate) -> bool:
        """Whether there is enough evidence for the folder."""
        if not any(below(candidate.folder, file) for file in self._files):
            return False
        if candidate.founding or (candidate.claim and candidate.claim.sure):
            return True
        own = words(
            candidate.claim.name if candidate.claim else self._names.bare(self._name(candidate.folder))
        )
        named = any(alike_names(own, name) for name in candidate.papers)
        if candidate.claim:  # a code, or a name that only some models have
            return named or (bool(candidate.papers) and bool(candidate.parts))
        return (named and " " in own and candidate.folder != ROOT) or len(candidate.parts) > 1

    # ------------------------------------------------------------------ the proposal and its reasons

    def _proposal(self, candidate: _Candidate, settled: Sequence[_Candidate]) -> Proposal | None:
        within = [each.folder for each in settled if below(candidate.folder, each.folder)]
        folder, claim = candidate.folder, candidate.claim
        inside = [
            file
            for file in self._files
            if below(folder, file) and not any(below(each, file) for each in within)
        ]
        own = words(claim.name) if claim else words(self._names.bare(self._name(folder)))
        about = self._leading(candidate, own) or next(iter(candidate.founding or candidate.papers), "")
        spelt = candidate.spelt.get(about, "")
        if claim:
            name = best_spelt(claim.name, candidate.spelt.values())
        elif alike_names(own, about) and folder != ROOT:
            name = best_spelt(self._names.bare(name_of(folder)), candidate.spelt.values())
        else:
            name = spelt or name_of(folder)
        if not name:
            return None
        reasons = [Reason(Hint.FOLDER_NAME, claim.word)] if claim else []
        if about in candidate.founding:
            paper = candidate.founding[about]
            reasons.append(Reason(Hint.FOUNDING, paper.number, 1, (paper.id,)))
        if about:
            naming = tuple(p.id for p in candidate.naming)[: candidate.papers[about]]
            reasons.append(Reason(Hint.NAMED, spelt, candidate.papers[about], naming[:3]))
        dividing = [
            each for each in self._folders if folder_of(each) == folder != each and self._divides[each]
        ]
        if dividing:
            reasons.append(Reason(Hint.DIVIDED, name_of(min(dividing)), len(dividing)))
        return Proposal(folder, candidate.kind, name, len(inside), tuple(reasons))


def _with_namesakes(proposals: Sequence[Proposal]) -> Callable[[Proposal], Proposal]:
    """Return a function that adds to a proposal the other folders with the same model, probably one dossier
    in two places, if at most one of them has the founding decision."""
    called: dict[tuple[str, str], list[Proposal]] = {}
    for each in proposals:
        called.setdefault((each.kind, words(each.name)), []).append(each)

    def with_namesakes(proposal: Proposal) -> Proposal:
        others = [each for each in called[proposal.kind, words(proposal.name)] if each is not proposal]
        founded = sum(_founded(each) for each in (proposal, *others))
        if not others or founded > 1:
            return proposal
        same = Reason(Hint.ALSO_IN, min(each.path for each in others), len(others))
        return replace(proposal, reasons=(*proposal.reasons, same))

    return with_namesakes


def _founded(proposal: Proposal) -> bool:
    return any(reason.hint is Hint.FOUNDING for reason in proposal.reasons)


def _distinct(founded: Collection[str]) -> list[str]:
    """Return the models' names that are not contained in another one."""
    return [
        name
        for name in founded
        if not any(other != name and alike_names(name, other) and len(other) > len(name) for other in founded)
    ]
