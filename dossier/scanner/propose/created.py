"""Models called neither "mô hình" nor what models are also called: "Đội phản ứng nhanh", founded by a
decision and named by other papers of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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

    def learn(self, papers: Iterable[LoosePaper]) -> None:
        """Find the names in papers that name no model otherwise."""
        titles = [(paper, f" {words(paper.abstract)} ") for paper in papers]
        left = _MOST_PLACED
        for paper, _title in titles:
            for kind, checklist in self._checklists.items():
                name = self._names.created(kind, paper.abstract)
                named = [each for each, title in titles if name and f" {words(name)} " in title]
                if words(name) in self._known or not _PARTS <= len(named) <= left:
                    continue
                said = (f"{words(each.abstract)} {self._text(each)}" for each in named)
                if not any(map(self._names.speaks_of_the_movement, said)):
                    continue
                left -= len(named)
                parts = {self._place(each, kind, name) for each in named} - {""}
                if checklist.founding_part in parts and len(parts) >= _PARTS:
                    self._known[words(name)] = (kind, name)

    def named(self, abstract: str) -> Iterator[tuple[str, str]]:
        """Yield the kind and the name of the only such model that an abstract names, if any."""
        title = f" {words(abstract)} " if self._known else ""
        found = [each for folded, each in self._known.items() if f" {folded} " in title]
        if len(found) == 1:
            yield found[0]
