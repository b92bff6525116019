"""A document as the others of its dossier see it, and the sequences that documents lie in: those of one file,
or files of a folder with numbered names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from dossier.model import Header, Placement
from dossier.scanner.classify.kinds import type_in_words
from dossier.scanner.classify.names import without_extension
from dossier.vietnamese import marked_words

_FEWEST = 2  # least number of certain documents of a sequence
_ORDERED = 0.9  # least share of a sequence's neighbouring pairs that are in the order of the checklist
_LEADING = re.compile(r"\W{0,2}(\d{1,4})(?=[\s._,)\-–]|$)")
_LASTING = 800  # days within which the carrying out of a document is told of by its bare number
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ContextPaper:
    """What is known of a document when others of its dossier are weighed.

    ``file`` identifies the file, ``ordinal`` the document within the file; ``name`` and ``folders`` are as in
    :meth:`~dossier.scanner.classify.Classifier.classify`. ``placements`` are empty for a document of no
    item. ``header`` has the document's title, number and references.
    """

    file: str
    ordinal: int
    name: str
    folders: tuple[str, ...]
    signed: date | None
    placements: tuple[Placement, ...]
    certain: bool
    header: Header = field(default_factory=Header)

    @property
    def item(self) -> int:
        """The item of the main placement, 0 for none."""
        return self.placements[0].item if self.placements else 0


def cites_by_number(paper: ContextPaper, other: ContextPaper) -> bool:
    """Whether a title gives another document by its type and bare number, not long after that was signed:
    "Một năm thực hiện Kế hoạch số 29"."""
    number = other.header.number_symbol.partition("/")[0].lstrip("0")
    title = f" {marked_words(paper.header.abstract)} ".replace(" số 0", " số ")
    if not number.isdigit() or f" {type_in_words(other.header.type)} số {number} " not in title:
        return False
    days = (paper.signed - other.signed).days if paper.signed and other.signed else 0
    return 0 <= days <= _LASTING


def numbered(papers: Sequence[ContextPaper], paper: ContextPaper) -> list[ContextPaper]:
    """Return the documents of the same folder with names numbered in the same way, in that order."""
    beside = [other for other in papers if other.folders == paper.folders]
    for key in (_leading, counted):
        mine = key(paper.name)
        if mine is not None:
            alike = [(k[1], other) for other in beside if (k := key(other.name)) and k[0] == mine[0]]
            return [other for _number, other in sorted(alike, key=lambda pair: (pair[0], pair[1].ordinal))]
    return []


def _leading(name: str) -> tuple[str, int] | None:
    """Return the series (always ``""``) and the number that begins a name: ``01 Kế hoạch.pdf``."""
    found = _LEADING.match(without_extension(name))
    return ("", int(found[1])) if found else None


def counted(name: str) -> tuple[str, int] | None:
    """Return the series (the name with ``#`` for its last number) and that number: ``scan0007.pdf``."""
    stem = without_extension(name)
    numbers = list(_DIGITS.finditer(stem))
    if not numbers:
        return None
    last = numbers[-1]
    return stem[: last.start()] + "#" + stem[last.end() :], int(last[0])


def bounds(sequence: Sequence[ContextPaper], paper: ContextPaper) -> tuple[int, int] | None:
    """Return the items of the nearest certain documents before and after, if the sequence follows the order
    of the checklist."""
    certain = [other.item for other in sequence if other.certain and other.item and other != paper]
    pairs = list(itertools.pairwise(certain))
    if len(certain) < _FEWEST or sum(a <= b for a, b in pairs) < _ORDERED * len(pairs):
        return None
    at = sequence.index(paper)
    before = [other.item for other in sequence[:at] if other.certain and other.item]
    after = [other.item for other in sequence[at + 1 :] if other.certain and other.item]
    if not before or not after or before[-1] > after[0]:
        return None
    return before[-1], after[0]


def milestones(certain: Iterable[ContextPaper]) -> dict[str, date]:
    """Return the earliest date of signature of each part (``6a``) and step (``16c.decision``)."""
    found: dict[str, date] = {}
    for paper in certain:
        for place in paper.placements if paper.signed else ():
            for name in (place.part, f"{place.part}.{place.step}"):
                assert paper.signed is not None
                found[name] = min(paper.signed, found.get(name, paper.signed))
    return found
