"""Proposals of folders outside the dossiers that look like dossiers, with reasons. Pure: reads no file.

A folder is proposed if its name says so ("MH chợ an toàn"), or if it contains the founding decision of a
model. Folders that only divide (years, steps, types of documents) are never dossiers: their content belongs
to the folder above. Of a folder with several models, the folders inside are proposed; the outer one only if
its own name and founding decision show that it is a dossier too. Of models whose papers lie mixed in one
folder, or among papers of none, the files of each are proposed (:mod:`dossier.scanner.propose.mixed`), for
the model's dossier if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from dossier.checklists.schema import Checklist
from dossier.model import Adoption, Hint, Level, Proposal, Reason
from dossier.scanner.propose import mixed
from dossier.scanner.propose.candidate import Candidate, LoosePaper
from dossier.scanner.propose.created import CreatedModels
from dossier.scanner.propose.names import (
    ROOT,
    FolderNames,
    alike_names,
    below,
    best_spelt,
    child_towards,
    folder_of,
    in_order,
    name_of,
    outermost,
    upwards,
)
from dossier.scanner.propose.namesakes import founded, with_namesakes, with_years_joined
from dossier.scanner.propose.strays import with_strays
from dossier.vietnamese import is_marked, words

_SUPERIOR = frozenset(
    {Level.PROVINCE, Level.MINISTRY}
)  # issuers that found no models in communes, but build exemplars
_MOST_CLASSIFIED = 2000  # most documents that are classified
_LEADS = 3  # a model with so many times the documents of the next one is the folder's subject

Teller = Callable[[LoosePaper], str]  # document → its folded text
Placer = Callable[[LoosePaper, str, str], str]  # document, kind, name of the model → its part, or ""


def propose(
    papers: Iterable[LoosePaper],
    files: Sequence[str],
    dossiers: Iterable[Adoption],
    checklists: Mapping[str, Checklist],
    place: Placer,
    called: str = "",
    text: Teller = lambda _paper: "",
) -> tuple[Proposal, ...]:
    """Return proposals of folders that look like dossiers, by path.

    ``papers`` and ``files`` are all those outside the dossiers, ``dossiers`` those that there are, with the
    files chosen for them; ``place`` classifies a document, ``text`` returns its folded text; ``called`` is
    the name of the archive's own folder.
    """
    return _Proposer(files, dossiers, checklists, place, called, text).run(papers)


class _Proposer:
    def __init__(
        self,
        files: Sequence[str],
        dossiers: Iterable[Adoption],
        checklists: Mapping[str, Checklist],
        place: Placer,
        called: str,
        text: Teller,
    ) -> None:
        self._files = files
        self._dossiers = {each.path: each for each in dossiers}
        self._checklists = checklists
        self._place = place
        self._called = called
        self._text = text
        # Folders that hold several models.
        self._mixed = {mixed.common_folder(each.chosen) for each in self._dossiers.values() if each.chosen}
        self._names = FolderNames(checklists)
        self._created = CreatedModels(self._names, checklists, place, text)
        self._folders = {up for file in files for up in upwards(folder_of(file))}
        self._divides = {folder: self._names.divides(self._name(folder)) for folder in self._folders}
        self._classified = 0

    def run(self, papers: Iterable[LoosePaper]) -> tuple[Proposal, ...]:
        found = {
            folder: Candidate(folder, claim, claim.kind)
            for folder in self._folders
            if (claim := self._names.claim(self._name(folder))) is not None
        }
        sure = {folder for folder, each in found.items() if each.claim and each.claim.sure}
        papers = list(papers)
        called = [(paper, self._called_in(paper)) for paper in papers]
        self._created.learn(paper for paper, model in called if model is None)
        models = ((paper, model or self._created.named(paper.abstract)) for paper, model in called)
        naming = [(paper, *model) for paper, model in models if model]
        for paper, kind, name in naming:
            base = self._base(folder_of(paper.path), sure)
            self._take(found.setdefault(base, Candidate(base)), paper, kind, name)
        settled = self._settled(found, naming)
        proposals = [made for each in settled if (made := self._proposal(each, settled)) is not None]
        unnamed = {each.folder for each in settled if each.founding and not self._is_called(each)}
        proposals = self._with_mixed(proposals, papers, naming, unnamed)
        proposals = with_years_joined(proposals, self._files, lambda folder: self._divides[folder])
        proposals = with_strays(proposals, papers, self._dossiers, self._names.is_place, self._place)
        return tuple(sorted(map(with_namesakes(proposals), proposals), key=lambda each: each.path))

    def _name(self, folder: str) -> str:
        return self._called if folder == ROOT else name_of(folder)

    def _called_in(self, paper: LoosePaper) -> tuple[str, str] | None:
        """Return the kind and name of what an abstract calls a model or exemplar: of the kind whose word it
        has, rather than of one that things are also called by ("điển hình … Chi hội")."""
        for kind in sorted(self._checklists, key=lambda kind: not self._names.says(kind, paper.abstract)):
            if name := self._names.named(kind, paper.abstract):
                return kind, name
        return None

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

    def _take(self, candidate: Candidate, paper: LoosePaper, kind: str, name: str) -> None:
        folded = self._names.key(kind, name)
        candidate.papers[folded] += 1
        candidate.spelt.setdefault(folded, name)
        candidate.naming.append(paper)
        candidate.kind = candidate.kind or kind
        candidate.said[kind] += self._names.says(kind, paper.abstract)
        superior = paper.level in _SUPERIOR and not self._names.is_proper(kind)
        if self._classified >= _MOST_CLASSIFIED or superior:
            return
        self._classified += 1
        ours = self._names.is_of_the_movement(kind, name, paper.abstract, self._text(paper))
        part = self._place(paper, kind, name) if ours else ""
        candidate.kinds.setdefault(folded, kind)
        if part:
            candidate.parts.add(part)
            candidate.parts_of.setdefault(folded, set()).add(part)
        founds = self._checklists[kind].founding_part
        if part and part == founds and folded not in candidate.founding:
            candidate.founding[folded] = paper

    # ------------------------------------------------------------------ one folder, one dossier

    def _settled(
        self, found: dict[str, Candidate], naming: Sequence[tuple[LoosePaper, str, str]]
    ) -> list[Candidate]:
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
                self._mixed.add(folder)
                del kept[folder]
                known = {name for each in inner if each in kept for name in kept[each].founding}
                opened = self._opened(folder, inner, naming)
                kept |= {path: each for path, each in opened.items() if not each.founding.keys() <= known}
                again = True
                break
        return list(kept.values())

    def _is_one(self, outer: Candidate, inner: Sequence[Candidate | None]) -> bool:
        """Whether the folder is a single dossier together with the candidates inside."""
        if any(each is None for each in inner):  # a folder inside is a dossier already
            return False
        if inner and outer.claim is None and self._names.is_place(self._name(outer.folder)):
            return False  # the folder of a commune or police, with a dossier inside
        if not self._is_called(outer) and any(below(outer.folder, each) for each in self._mixed):
            return False  # around a folder with papers of several others
        own = words(outer.claim.name) if outer.claim else words(self._names.bare(self._name(outer.folder)))
        whole = Candidate(outer.folder)
        for each in (outer, *inner):
            assert each is not None
            claimed = words(each.claim.name) if each.claim and each is not outer else ""
            if claimed and not alike_names(own, claimed):
                return False
            whole.take_in(each)
        if not self._is_called(outer) and whole.is_of_several():
            return False
        return len(whole.subjects()) < 2 or self._leading(whole, own) != ""

    def _stands_around(self, outer: Candidate, inner: Sequence[str]) -> bool:
        """Whether a folder with dossiers inside is a dossier too: it is named as one, all inner ones are too,
        and these are of another kind, or it contains, outside them, the founding decision of the model of
        its name."""
        own = words(outer.claim.name) if outer.claim else ""
        claims = [self._names.claim(self._name(each)) for each in inner]
        if not own or outer.claim is None or None in claims:
            return False
        if claims and all(each and each.kind != outer.claim.kind for each in claims):
            return True
        return any(
            alike_names(own, name) and not any(below(each, paper.path) for each in inner)
            for name, paper in outer.founding.items()
        )

    @staticmethod
    def _leading(outer: Candidate, own: str) -> str:
        """Return the model that a folder is about: the one whose whole name is in the folder's, or else the
        one named by far the most often (of a name that only has the folder's in it, “an ninh”, there may be
        many); an empty string if neither exists."""
        named = [name for name in outer.papers if f" {name} " in f" {own} " and not outer.is_short_for(name)]
        if named:
            return max(named, key=lambda name: outer.papers[name])
        groups = outer.groups()[:2]
        first = groups[0] if groups else []
        most, second = (sum(outer.papers[n] for group in groups[at : at + 1] for n in group) for at in (0, 1))
        alike = [name for name in first if alike_names(own, name)]
        if (most < _LEADS and not alike) or most < _LEADS * second:
            return ""
        return max(alike or first, key=lambda name: outer.papers[name])

    def _opened(
        self, folder: str, inner: Sequence[str], naming: Sequence[tuple[LoosePaper, str, str]]
    ) -> dict[str, Candidate]:
        """Return the folders directly in ``folder`` that may be dossiers, though their names only divide."""
        opened: dict[str, Candidate] = {}
        for paper, kind, name in naming:
            if not below(folder, paper.path):
                continue
            child = child_towards(folder, paper.path)
            if child == folder or any(
                child == each or below(child, each) or below(each, child) for each in inner
            ):
                continue
            self._take(opened.setdefault(child, Candidate(child)), paper, kind, name)
        return {
            path: each
            for path, each in opened.items()
            if len(each.parts) > 1 and each.founding and not self._goes_on(folder, each, naming)
        }

    def _goes_on(self, folder: str, child: Candidate, naming: Sequence[tuple[LoosePaper, str, str]]) -> bool:
        """Whether a child whose name only divides (a year) has a model with papers elsewhere in ``folder``,
        so that it is a part of several dossiers."""
        beside = [
            words(name)
            for paper, _kind, name in naming
            if below(folder, paper.path) and not below(child.folder, paper.path)
        ]
        return self._divides.get(child.folder, False) and any(
            4 * sum(alike_names(name, other) for other in beside) > child.papers[name]
            for name in child.founding
        )

    def _has_evidence(self, candidate: Candidate) -> bool:
        """Whether there is enough evidence for the folder."""
        if not any(below(candidate.folder, file) for file in self._files):
            return False
        if candidate.founding or (candidate.claim and candidate.claim.sure):
            return True
        own = words(
            candidate.claim.name if candidate.claim else self._names.bare(self._name(candidate.folder))
        )
        named = any(
            alike_names(own, name) or self._names.shortens(own, name, candidate.kinds.get(name, ""))
            for name in candidate.papers
        )
        if candidate.claim:  # a code, or a name that only some models have
            return named or (bool(candidate.papers) and bool(candidate.parts))
        return (named and " " in own and candidate.folder != ROOT) or len(candidate.parts) > 1

    # ------------------------------------------------------------------ the proposal and its reasons

    def _proposal(self, candidate: Candidate, settled: Sequence[Candidate]) -> Proposal | None:
        within = [each.folder for each in settled if below(candidate.folder, each.folder)]
        folder, claim, kind = candidate.folder, *candidate.told()
        inside = [
            file
            for file in self._files
            if below(folder, file) and not any(below(each, file) for each in within)
        ]
        own = words(claim.name) if claim else words(self._names.bare(self._name(folder)))
        alike = [name for name, _count in candidate.papers.most_common() if alike_names(own, name)]
        others = alike or candidate.founding or candidate.papers
        about = self._leading(candidate, own) or next(iter(others), "")
        spelt = candidate.spelt.get(about, "")
        full = self._names.spelt_out(kind, claim.name) if claim else ""
        much_named = candidate.papers[about] >= _LEADS and in_order(full, about)
        if claim and not is_marked(claim.name) and (about in candidate.founding or much_named):
            name = spelt  # “hs mh as”, “MH cum DN”
        elif claim:
            only_word = words(claim.name) == words(claim.word)  # "Gương điển hình"
            name = spelt if only_word and spelt else best_spelt(claim.name, candidate.spelt.values(), full)
        elif alike_names(own, about) and folder != ROOT and f" {own} " not in f" {about} ":
            called = self._names.bare(name_of(folder))
            plain = self._names.is_proper(kind) and not is_marked(called)
            name = spelt if plain else best_spelt(called, candidate.spelt.values())
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
        return Proposal(folder, kind, name, len(inside), tuple(reasons))

    # ------------------------------------------------------------------ several models in one folder

    def _is_called(self, candidate: Candidate) -> bool:
        """Whether the folder's name is that of a model in it."""
        own = words(self._names.bare(self._name(candidate.folder)))
        return candidate.claim is not None or any(alike_names(own, name) for name in candidate.papers)

    def _with_mixed(
        self, proposals: Sequence[Proposal], papers: Sequence[LoosePaper],
        naming: Sequence[tuple[LoosePaper, str, str]], unnamed: Collection[str],
    ) -> list[Proposal]:  # fmt: skip
        """Return the proposals with those of models whose papers lie mixed in folders that are no dossiers.
        Papers of a model that a proposed folder is about are added to that. Of proposed folders with
        ``unnamed`` models, those with more papers of none are replaced by the model's files."""
        made = {each.path: each for each in proposals}
        taken = {*self._folders, *self._files, *self._dossiers, *made}
        for folder in outermost({*self._mixed, *unnamed}):
            files = mixed.within(folder, self._files, (*made, *self._dossiers))
            known = set(files)
            own = [paper for paper in papers if paper.path in known]
            here = Candidate(folder)
            for paper, kind, name in naming:
                if paper.path in known:
                    self._take(here, paper, kind, name)
            subjects = self._with_dossiers(folder, here.subjects())
            mixed.sort_out(subjects, own, files, self._place, self._text)
            if folder in made:
                if 2 * sum(len(each.files) for each in subjects) >= len({paper.path for paper in own}):
                    continue
                del made[folder]
            for subject in (each for each in subjects if each.files):
                if subject.dossier:
                    before = made.get(subject.dossier)
                    subject.files[:0] = before.chosen if before else ()
                    made[subject.dossier] = mixed.later(subject)
                    continue
                among = mixed.common_folder(subject.files)
                alike = [each for each in made.values() if not each.chosen and subject.is_of(each)]
                number = subject.founding.number if subject.founding else ""
                if len(alike) == 1 and (not number or number in founded(alike[0])):
                    made[alike[0].path] = mixed.joined(alike[0], among, subject.files)
                    continue
                whole = [up for up in upwards(among) if up in self._dossiers or up in made]
                if ROOT in whole:
                    continue  # no dossier lies beside the whole archive
                path = mixed.path_for(folder_of(whole[-1]) if whole else among, subject.name, taken)
                taken.add(path)
                made[path] = mixed.gathered(path, among, subject, here.naming, len(subjects) - 1)
        return list(made.values())

    def _with_dossiers(self, folder: str, subjects: Iterable[mixed.MixedModel]) -> list[mixed.MixedModel]:
        """Return the models of a mixed folder, and those of dossiers with files chosen from it. One that may
        be of several dossiers is left out."""
        known = {
            path: mixed.MixedModel.known(each)
            for path, each in self._dossiers.items()
            if each.chosen and folder in upwards(mixed.common_folder(each.chosen))
        }
        found = list(known.values())
        for subject in subjects:
            here = [each for each in known.values() if subject.goes_into(each)]
            elsewhere = [
                each for path, each in self._dossiers.items() if path not in known and subject.is_of(each)
            ]
            if len(here) == 1:
                here[0].names |= subject.names
            elif not here and not elsewhere:
                found.append(subject)
            elif not here and len(elsewhere) == 1 and subject.goes_into(elsewhere[0]):
                subject.dossier = elsewhere[0].path
                found.append(subject)
        return found
