"""The documents of a dossier by their place, for the rules that compare them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dossier.checklists.schema import Checklist
from dossier.model import Document, DossierState, Placement

Entry = tuple[Document, Placement]


class Placed:
    """Documents whose places may be relied on, by part (``16c``) and by step (``16c.decision``)."""

    def __init__(self, state: DossierState, checklist: Checklist) -> None:
        self._by: dict[str, list[Entry]] = {}
        self._doubtful: set[tuple[str, str]] = set()  # part and period
        for document in state.documents:
            for place in document.placements:
                if document.review or place.confidence < checklist.threshold:
                    self._doubtful.add((place.part, place.period))
                    continue
                self._by.setdefault(place.part, []).append((document, place))
                if place.step:
                    self._by.setdefault(f"{place.part}.{place.step}", []).append((document, place))

    def at(self, *places: str) -> list[Entry]:
        """What lies at those places."""
        if len(places) == 1:
            return self._by.get(places[0], [])
        return [entry for place in places for entry in self._by.get(place, ())]

    def maybe(self, part: str, period: str) -> bool:
        """Whether a document that somebody must look at first may be the one of that period."""
        return (part, period) in self._doubtful or (part, "") in self._doubtful

    def first(self, *places: str) -> Document | None:
        """The earliest dated document there."""
        there = self.at(*places)
        return earliest(document for document, _place in there) if there else None


def earliest(documents: Iterable[Document]) -> Document | None:
    """The one with the earliest date; of several, the first by name."""
    dated = [document for document in documents if document.header.date is not None]
    return min(dated, key=lambda document: (issued(document), document.id), default=None)


def issued(document: Document) -> date:
    """Its date; the end of time where it has none."""
    return document.header.date or date.max
