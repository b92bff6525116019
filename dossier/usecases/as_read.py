"""What a person leaves unsaid about a place: the period and the step that were read from the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossier.checklists.schema import Checklist, Part
from dossier.model import Document, Header, Placement, UnreadFile
from dossier.scanner.classify.names import without_extension
from dossier.scanner.classify.periods import period
from dossier.vietnamese import words

_SURE = 3.0  # weight of a type that tells the step by itself


def as_read(
    checklist: Checklist, what: Document | UnreadFile, placements: Sequence[Placement]
) -> list[Placement]:
    """The places with period and step where the person gave none and the paper tells them.

    What was read for that very part goes first, then what the paper says of itself.
    """
    read = what.placements if isinstance(what, Document) else what.candidates
    header = what.header if isinstance(what, Document) else Header()
    known = {place.part: place for place in read}
    return [_completed(checklist.part(p.part), what.path, header, p, known) for p in placements]


def _completed(
    part: Part, path: str, header: Header, place: Placement, known: dict[str, Placement]
) -> Placement:
    before = known.get(place.part)
    told, step = place.period, place.step
    if not told and part.period:
        told = (before.period if before else "") or _period(part, path, header)
    if not step and part.steps:
        step = (before.step if before else "") or _step(part, header)
    return replace(place, period=told, step=step)


def _period(part: Part, path: str, header: Header) -> str:
    folders, _slash, name = path.rpartition("/")
    folder = folders.rpartition("/")[2]
    said = {
        "abstract": words(header.abstract),
        "name": words(without_extension(name)),
        "folder": words(folder),
    }
    return period(part.period, said, header.date)


def _step(part: Part, header: Header) -> str:
    """The step that the type of the paper stands for, if it does."""
    weight, step = max((step.types.get(header.type, 0.0), step.id) for step in part.steps)
    return step if weight >= _SURE else ""
