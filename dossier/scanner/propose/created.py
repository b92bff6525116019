"""Models called neither "mô hình" nor what models are also called: "Đội phản ứng nhanh", founded by a
decision and named by other papers of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dossier.checklists.schema import Checklist
from dossier.scanner.propose.candidate import LoosePaper
from dossier.scanner.propose.names import FolderNames
from dossier.vietnamese import words

_PARTS = 4  # least number of parts that a model's papers fill: of other work's groups, few look so
_MOST_PLACED = 300  # most documents that are classified


class CreatedModels:
    """Names of models that decisions found, where papers of several parts name them."""

    def __init__(
        self,
        names: FolderNames,
        checklists: Mapping[str, Checklist],
        place: Callable[[LoosePaper, str, str], str],
        text: Callable[[LoosePaper], str],
    ) -> None:
        self._names = names
        self._checklists = checklists
        self._place = place
        self._text = text
        self._known: dict[str, tuple[str, str]] = {}  # folded name → kind and name
        self._left = _MOST_PLACED

    def learn(self, papers: Iterable[LoosePaper]) -> None:
        """Find the names in papers that name no model otherwise."""
        titles = [(paper, f" {words(paper.abstract)} ") for paper in papers]
        tried: set[tuple[str, str]] = set()
        for paper, _title in titles:
            for kind in self._checklists:
                name = self._names.created(kind, paper.abstract)
                folded = words(name)
                if not name or folded in self._known or (kind, folded) in tried:
                    continue
                tried.add((kind, folded))
                self._try(kind, name, [each for each, title in titles if f" {folded} " in title])

    def _try(self, kind: str, name: str, papers: Sequence[LoosePaper]) -> None:
        """Keep a name if the papers that have it are a model's: of several parts, one of them the founding
        one."""
        if not _PARTS <= len(papers) <= self._left:
            return
        said = (f"{words(each.abstract)} {self._text(each)}" for each in papers)
        if not any(map(self._names.speaks_of_the_movement, said)):
            return
        self._left -= len(papers)
        parts = {self._place(each, kind, name) for each in papers} - {""}
        if self._checklists[kind].founding_part in parts and len(parts) >= _PARTS:
            self._known[words(name)] = (kind, name)

    def named(self, abstract: str) -> tuple[str, str] | None:
        """Return the kind and the name of the only such model that an abstract names, if any."""
        title = f" {words(abstract)} " if self._known else ""
        found = [each for folded, each in self._known.items() if f" {folded} " in title]
        return found[0] if len(found) == 1 else None
