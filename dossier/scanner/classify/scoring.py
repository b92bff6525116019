"""The score of a document for each part of a checklist: sums of weights on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dossier.checklists.schema import Checklist, Other, Part, Phrase, TextField
from dossier.scanner.classify.kinds import type_in_words
from dossier.scanner.classify.names import Numbering, numbering, without_extension
from dossier.scanner.classify.phrases import Compiled, Evidence, compile_phrase
from dossier.scanner.classify.text import Texts

OTHER_TYPE = -2.5  # the document's type is not among those of the part
IN_ITEM_FOLDER = 4.0
IN_PART_FOLDER = 1.5  # in addition, if the folder names the part
NUMBERED_ITEM = 1.5  # the file's name begins with the item's number: often only a sequence number
NUMBERED_PART = 3.5
_ENOUGH = 40  # words of a text in which a missing word means something
_IMPLIED = 5.0  # weight of the title of a part without phrases


@dataclass(slots=True)
class Score:
    """The score for one part, with its evidence."""

    value: float = 0.0
    evidence: Evidence = field(default_factory=list)

    def add(self, weight: float, sign: str, found: str) -> None:
        """Add a signal; ``sign`` is a key of :data:`~dossier.scanner.classify.phrases.SENTENCES`, or another
        sign with a sentence in ``found``."""
        self.value += weight
        self.evidence.append((weight, sign, found))


def by_name_alone(score: Score) -> bool:
    """Whether nothing but the file's name speaks for a part, besides type and month, and nobody filed the
    document there: "kh_tk.docx" may be a plan to start as well as to review."""
    for_it = {sign for weight, sign, _found in score.evidence if weight > 0} - {"type", "month"}
    return for_it == {"name"}


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled rules of one part: weights of types, phrases, months of signature.

    ``unless``: words without which a long text scores ``absence`` (documents of no item only)."""

    types: Mapping[str, float]
    phrases: tuple[Compiled, ...]
    months: tuple[int, ...] = ()
    unless: Compiled | None = None
    absence: float = 0.0

    @property
    def all_phrases(self) -> tuple[Compiled, ...]:
        """The phrases, and the one whose absence counts."""
        return (*self.phrases, self.unless) if self.unless else self.phrases

    def score(self, texts: Texts, month: int = 0) -> Score:
        """Return the score of the document's own fields; ``month``: of signature, 0 for unknown."""
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
        """Return ``absence`` if a long text has none of the ``unless`` words, otherwise 0."""
        return self.absence if self.unless and is_long(texts) and not self.unless.score(texts, []) else 0.0


def compiled(types: Mapping[str, float], phrases: Iterable[Phrase], months: tuple[int, ...] = ()) -> Rules:
    """Compile types, phrases and months to rules."""
    return Rules(types, tuple(compile_phrase(phrase) for phrase in phrases), months)


def other_rules(other: Other) -> Rules:
    """Compile the rules of documents that belong to no item."""
    rules = compiled(other.types, other.phrases)
    if not other.unless:
        return rules
    fields: tuple[TextField, ...] = ("abstract", "name", "body")
    return replace(
        rules, unless=compile_phrase(Phrase(words=other.unless, fields=fields)), absence=other.absence
    )


def is_long(texts: Texts) -> bool:
    """Whether the text is long enough for a missing word to mean something."""
    return texts.fields.get("body", "").count(" ") >= _ENOUGH


def part_rules(part: Part) -> Rules:
    """Compile the rules of a part; the title serves a part without phrases as its phrase."""
    phrases = part.phrases or (Phrase(words=part.title.partition("(")[0] or part.title, weight=_IMPLIED),)
    return compiled(part.types, phrases, part.months)


@dataclass(frozen=True, slots=True)
class Places:
    """The item and part numbers of a checklist; other numbers in names are ignored."""

    items: frozenset[int]
    parts: frozenset[str]

    @classmethod
    def of(cls, checklist: Checklist) -> Places:
        """Return all numbers of the checklist."""
        return cls(
            frozenset(item.number for item in checklist.items),
            frozenset(part.id for item in checklist.items for part in item.parts),
        )

    def read(self, name: str) -> Numbering | None:
        """Return the item or part number that begins a name, if the checklist has it."""
        found = numbering(name)
        if found is None or found.item not in self.items:
            return None
        return found if found.part in self.parts else Numbering(found.item, "", found.explicit)


def folder_number(places: Places, folders: tuple[str, ...]) -> Numbering | None:
    """Return the number of the innermost numbered folder."""
    for folder in reversed(folders):
        found = places.read(folder)
        if found is not None:
            return found
    return None


def name_number(places: Places, name: str, folder: Numbering | None, number_symbol: str) -> Numbering | None:
    """Return the item or part number that begins a file's name, unless the number has another meaning.

    It may be the document's own number or, in another item's folder, the order of the files.
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
