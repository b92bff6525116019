"""The evidence for taking a folder for a dossier, gathered from its name and from documents in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dossier.model import Level
from dossier.scanner.propose import mixed
from dossier.scanner.propose.names import Claim

_MOST_NAMES = 200
_SUBJECT = 3  # so many documents, of two parts or more, make a model a subject of its folder


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
class Candidate:
    """A folder that may be a dossier, with the evidence for it."""

    folder: str
    claim: Claim | None = None
    kind: str = ""
    founding: dict[str, LoosePaper] = field(default_factory=dict)  # by the model's name, folded
    spelt: dict[str, str] = field(default_factory=dict)  # folded name → as written
    papers: Counter[str] = field(default_factory=Counter)  # folded name of a model → documents with it
    parts: set[str] = field(default_factory=set)
    parts_of: dict[str, set[str]] = field(default_factory=dict)  # by the model's name, folded
    kinds: dict[str, str] = field(default_factory=dict)  # folded name → kind
    said: Counter[str] = field(default_factory=Counter)  # kind → titles with the word for it
    naming: list[LoosePaper] = field(default_factory=list)  # the documents that name any model

    def take_in(self, inner: Candidate) -> None:
        """Add the evidence for a folder inside to this one's."""
        self.founding = {**inner.founding, **self.founding}
        self.spelt = {**inner.spelt, **self.spelt}
        self.papers += inner.papers
        self.parts |= inner.parts
        for name, parts in inner.parts_of.items():
            self.parts_of[name] = self.parts_of.get(name, set()) | parts
        self.kinds = {**inner.kinds, **self.kinds}
        self.said += inner.said
        self.naming += inner.naming
        self.kind = self.kind or inner.kind

    def told(self) -> tuple[Claim | None, str]:
        """What the folder's name claims, and the kind. A name as only some models have it is no claim if no
        title says "mô hình" and some say "điển hình": "Chi hội Phụ nữ thôn Đông"."""
        said = [kind for kind, count in self.said.most_common() if count]
        if self.claim and not self.claim.sure and said and self.claim.kind not in said:
            return None, said[0]
        return self.claim, self.kind

    def is_short_for(self, name: str) -> bool:
        """Whether more documents give the model a longer name: “họ đạo” is “họ đạo bình yên”."""
        return any(
            f" {name} " in f" {other} " and count > self.papers[name] for other, count in self.papers.items()
            if other != name
        )  # fmt: skip

    def groups(self) -> list[list[str]]:
        """The models' names, folded, in groups of probably one model; the commonest first. Of very many, only
        the commonest and those of founded models."""
        common = dict(self.papers.most_common(_MOST_NAMES))
        return mixed.merged(common | {name: self.papers[name] for name in self.founding}, self.distinct)

    def distinct(self, one: str, other: str) -> bool:
        """Whether two models of similar names have founding decisions of different numbers."""
        papers = (self.founding.get(one), self.founding.get(other))
        numbers = {paper.number for paper in papers if paper is not None and paper.number}
        return len(numbers) == len(papers)

    def is_of_several(self) -> bool:
        """Whether two models or exemplars have several documents of several parts each: of one of them, these
        would not only have been put in the wrong folder."""
        known = [
            names
            for names in self.groups()
            if sum(self.papers[name] for name in names) >= _SUBJECT
            and len(set().union(*(self.parts_of.get(name, set()) for name in names))) > 1
        ]
        return len(known) > 1

    def subjects(self) -> list[mixed.MixedModel]:
        """The models that the folder holds papers of: founded here, or named by several documents of several
        parts."""
        found: list[mixed.MixedModel] = []
        for names in self.groups():
            founding = next((self.founding[name] for name in names if name in self.founding), None)
            parts = set().union(*(self.parts_of.get(name, set()) for name in names))
            if founding is None and (len(parts) < 2 or sum(self.papers[n] for n in names) < _SUBJECT):
                continue
            called = next((name for name in names if name in self.founding), names[0])
            others = [name for name in self.papers if name not in names]
            told = {n for n in names if n.count(" ") > 1 and not any(f" {n} " in f" {o} " for o in others)}
            kind, spelt = self.kinds.get(called, self.kind), self.spelt.get(called, called)
            found.append(mixed.MixedModel(kind, spelt, told | {called}, founding))
        return found
