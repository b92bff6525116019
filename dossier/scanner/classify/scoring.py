"""The score of a document for each place of a checklist: sums of weights on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dossier.checklists.schema import Checklist, Other, Part, Phrase, TextField
from dossier.scanner.classify.kinds import type_in_words
from dossier.scanner.classify.names import Numbering, numbering, without_extension
from dossier.scanner.classify.phrases import Compiled, Evidence, compile_phrase
from dossier.scanner.classify.text import Texts

OTHER_TYPE = -2.5  # a part names its types, and the document is of another
IN_ITEM_FOLDER = 4.0
IN_PART_FOLDER = 1.5  # on top, when the folder names the part
NUMBERED_ITEM = 1.5  # the file's name begins with the item's number: often a sequence number only
NUMBERED_PART = 3.5
_ENOUGH = 40  # words
_IMPLIED = 5.0  # a part without phrases is recognised by its title


@dataclass(slots=True)
class Score:
    """Sum for one place, with what made it up."""

    value: float = 0.0
    evidence: Evidence = field(default_factory=list)

    def add(self, weight: float, sign: str, found: str) -> None:
        """Count a signal; ``sign`` is a key of :data:`~dossier.scanner.classify.phrases.SENTENCES`."""
        self.value += weight
        self.evidence.append((weight, sign, found))


@dataclass(frozen=True, slots=True)
class Rules:
    """Types and phrases of one place, ready for matching."""

    types: Mapping[str, float]
    phrases: tuple[Compiled, ...]
    months: tuple[int, ...] = ()
    unless: Compiled | None = None
    absence: float = 0.0

    @property
    def all_phrases(self) -> tuple[Compiled, ...]:
        """Those that speak for it, and those whose absence speaks against it."""
        return (*self.phrases, self.unless) if self.unless else self.phrases

    def score(self, texts: Texts, month: int = 0) -> Score:
        """What the document's own fields say for this place."""
        score = Score()
        if texts.type and self.types:
            weight = self.types.get(texts.type, OTHER_TYPE)
            score.add(weight, "type", type_in_words(texts.type))
        found = texts.found
        for phrase in self.phrases:
            if phrase in found:
                score.value += phrase.score(texts, score.evidence)
        if month in self.months:
            score.add(1.0, "month", str(month))
        return score

    def silence(self, texts: Texts) -> float:
        """What it counts for this place that the text has none of the words that others always have."""
        return self.absence if self.unless and is_long(texts) and not self.unless.score(texts, []) else 0.0


def compiled(types: Mapping[str, float], phrases: Iterable[Phrase], months: tuple[int, ...] = ()) -> Rules:
    """Rules of a place of the checklist."""
    return Rules(types, tuple(compile_phrase(phrase) for phrase in phrases), months)


def other_rules(other: Other) -> Rules:
    """Rules of documents that belong to no item."""
    rules = compiled(other.types, other.phrases)
    if not other.unless:
        return rules
    fields: tuple[TextField, ...] = ("abstract", "name", "body")
    return replace(
        rules, unless=compile_phrase(Phrase(words=other.unless, fields=fields)), absence=other.absence
    )


def is_long(texts: Texts) -> bool:
    """Whether enough was read for a missing word to mean something."""
    return texts.fields.get("body", "").count(" ") >= _ENOUGH


def part_rules(part: Part) -> Rules:
    """Rules of a part; one without phrases goes by the words of its title."""
    phrases = part.phrases or (Phrase(words=part.title.partition("(")[0] or part.title, weight=_IMPLIED),)
    return compiled(part.types, phrases, part.months)


@dataclass(frozen=True, slots=True)
class Places:
    """Item and part numbers of a checklist, to tell real ones from chance numbers."""

    items: frozenset[int]
    parts: frozenset[str]

    @classmethod
    def of(cls, checklist: Checklist) -> Places:
        """All numbers of the checklist."""
        return cls(
            frozenset(item.number for item in checklist.items),
            frozenset(part.id for item in checklist.items for part in item.parts),
        )

    def read(self, name: str) -> Numbering | None:
        """The number that begins a name, if the checklist has it."""
        found = numbering(name)
        if found is None or found.item not in self.items:
            return None
        return found if found.part in self.parts else Numbering(found.item, "", found.explicit)


def folder_number(places: Places, folders: tuple[str, ...]) -> Numbering | None:
    """The item that the innermost numbered folder stands for."""
    for folder in reversed(folders):
        found = places.read(folder)
        if found is not None:
            return found
    return None


def name_number(places: Places, name: str, folder: Numbering | None, number_symbol: str) -> Numbering | None:
    """The item that a file's name begins with, unless the number has another meaning.

    It may be the document's own number, or, in an item's folder, the order of the files.
    """
    found = places.read(without_extension(name))
    if found is None:
        return None
    own = number_symbol.split("/")[0].split("-")[0].lstrip("0")
    if own == str(found.item) and not found.explicit:
        return None
    if folder is not None and folder.item != found.item and not found.part:
        return None
    return found
