"""The input of a rule family: a dossier, its facts, its documents by placement, the day, derived results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dossier.checklists.judging import RuleSettings
from dossier.checklists.schema import Checklist
from dossier.compliance.facts import Entry, certain, only_draft
from dossier.compliance.neighbours import Neighbours
from dossier.compliance.periods import evaluation_year, span_of
from dossier.model import Document, DossierState, Due, Facts, ItemResult, Retention
from dossier.vietnamese import is_marked, marked_words, words

_POOR = 0.75  # confidence of OCR


class Placed:
    """Documents with certain placements, by part (``16c``) and by step (``16c.decision``)."""

    def __init__(self, state: DossierState, checklist: Checklist) -> None:
        self._by: dict[str, list[Entry]] = {}
        self._first: dict[str, Document | None] = {}
        self._doubtful: set[tuple[str, str]] = set()  # part and period
        for document in state.documents:
            for place in document.placements:
                if only_draft(document, place):
                    continue
                if not certain(document, place, checklist):
                    self._doubtful.add((place.part, place.period))
                    continue
                self._by.setdefault(place.part, []).append((document, place))
                if place.step:
                    self._by.setdefault(f"{place.part}.{place.step}", []).append((document, place))

    def at(self, *places: str) -> list[Entry]:
        """The entries at these parts or steps."""
        if len(places) == 1:
            return self._by.get(places[0], [])
        return [entry for place in places for entry in self._by.get(place, ())]

    def maybe(self, part: str, period: str) -> bool:
        """Whether a document that needs review may be the one for that period."""
        return (part, period) in self._doubtful or (part, "") in self._doubtful

    def first(self, *places: str) -> Document | None:
        """The earliest document at these places with a date known at least to the year."""
        if len(places) != 1:
            return earliest(document for document, _place in self.at(*places))
        (place,) = places
        if place not in self._first:
            self._first[place] = earliest(document for document, _place in self.at(place))
        return self._first[place]


def earliest(documents: Iterable[Document]) -> Document | None:
    """The document with the earliest date; among equal dates, the first by id."""
    dated = [document for document in documents if span_of(document) is not None]
    return min(dated, key=by_day) if len(dated) > 1 else next(iter(dated), None)


def by_day(document: Document) -> tuple[date, date, str]:
    """Sort key by date; documents without a date come last."""
    return (*(span_of(document) or (date.max, date.max)), document.id)


def not_before(one: Document, other: Document) -> bool:
    """Whether ``one`` may have the same date as ``other`` or a later one; true for unknown dates."""
    first, second = span_of(one), span_of(other)
    return first is None or second is None or first[1] >= second[0]


def poorly_read(document: Document) -> bool:
    """Whether its text was recognised so badly that its date or words may have been misread."""
    return document.confidence is not None and document.confidence < _POOR


def speaks_of(text: str, alternatives: str) -> bool:
    """Whether a text contains one of the phrases, which are separated by ``|``; diacritics are ignored only
    if the text has none."""
    marked = is_marked(text)
    padded = f" {marked_words(text) if marked else words(text)} "
    return any(phrase in padded for phrase in _phrases(alternatives, marked))


@lru_cache(maxsize=256)
def _phrases(alternatives: str, marked: bool) -> tuple[str, ...]:
    form = marked_words if marked else words
    return tuple(f" {form(phrase)} " for phrase in alternatives.split("|") if phrase.strip())


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier on one day. ``items``: verdict on its parts; ``due``: its past and future duties;
    ``kept``: its retention; ``around``: data on the archive's other dossiers."""

    state: DossierState
    checklist: Checklist
    facts: Facts
    placed: Placed
    items: tuple[ItemResult, ...]
    due: tuple[Due, ...]
    kept: Retention
    today: date
    settings: RuleSettings
    around: Neighbours

    def before_guidance(self, document: Document) -> bool:
        """Whether it was certainly issued before the guidance, under whatever rules there were then."""
        days, since = span_of(document), self.checklist.since
        return days is not None and since is not None and days[1] < since

    def year_before_guidance(self, year: int) -> bool:
        """Whether that evaluation year ended before the guidance."""
        since = self.checklist.since
        return since is not None and evaluation_year(year, self.checklist.clock).last < since

    @property
    def founding(self) -> Document | None:
        """The earliest dated founding decision, for kinds that have such a part."""
        part = self.checklist.founding_part
        return self.placed.first(part) if part else None
