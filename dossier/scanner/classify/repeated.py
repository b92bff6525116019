"""The name that a dossier's documents repeat, whatever its nouns and marks: "Nhà máy 3 không".

Committees are called after what they lead, and titles write a name's first word with a capital.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.schema import About
from dossier.checklists.vocabulary import any_of
from dossier.scanner.classify.about import Names, movement
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.subjects import of_a_unit
from dossier.vietnamese import fold, marked_words, nfc, words

_WORDS = range(3, 9)  # words of a name
_FEWEST = 3  # documents with a name,
_TITLES = 2  # and titles that have it too
_SHARE = 0.2  # its least share of the documents
_WHOLE = 0.6  # least share of a name's documents that have more of it, which then is the name
_APART = re.compile(r"[,;:.()\[\]“”\"«»–—]|\s-\s")


@dataclass(frozen=True, slots=True)
class _Wordings:
    """Patterns for a body that leads or is a model, for its committee alone, for what ends a name, for what
    begins none, and for words of the movement or of other ones."""

    led: re.Pattern[str]
    committee: re.Pattern[str]
    ends: re.Pattern[str]
    never: re.Pattern[str]
    known: re.Pattern[str]


@lru_cache(maxsize=4)
def _wordings(about: About, called: str) -> _Wordings:
    heads, tasks = _either(about.leader_heads), _either(about.leader_tasks)
    bodies = _either(f"{about.committee}|{about.leaders}")
    bodies = rf"{bodies}|(?:{heads}) (?:{tasks})(?: (?:{tasks}))*"
    led = re.compile(rf"(?: (?:{bodies})|^ (?:{_either(about.creations)}))(?: {called})?(?= )")
    never = "|".join(
        (about.breaks, about.unnamed, about.marks, about.leader_heads, about.leader_tasks, called)
    )
    ends = re.compile(rf"(?<= )(?:{_either(about.breaks)})(?= )")
    committee = re.compile(rf" (?:{_either(f'{about.committee}|{about.leaders}')})(?: {called})?(?= )")
    known = movement(f"{about.words}|{about.other_aims}|{about.sayings}")
    return _Wordings(led, committee, ends, re.compile(rf"(?:{_either(never)}) "), known)


def _either(wordings: str) -> str:
    return any_of(filter(None, map(marked_words, wordings.split("|"))))


def repeated(about: About, called: str, papers: Sequence[ContextPaper]) -> Names:
    """Return the name that committees and titles have in common, or that titles alone repeat with a capital
    or once after the word for the kind, or a committee alone if it has no word that others have too; no name
    if there is none."""
    if not about.leader_heads:
        return Names()
    wordings = _wordings(about, called)
    titles = [f" {words(paper.header.abstract)} " for paper in papers]
    headers = [paper.header for paper in papers]
    bodies = {_spaced(body) for header in headers for body in (header.issuing_body, header.superior_body)}
    others = fold(" | ".join(wordings.led.split(body)[0] for body in bodies))
    counted = Counter(name for paper in papers for name in set(_given(paper, wordings)))
    least = max(_FEWEST, round(_SHARE * len(papers)))
    for name in {name for title in headers for name in _called(title.abstract, called, wordings)}:
        counted[name] = max(counted[name], sum(f" {name} " in title for title in titles))
    names = {name: count for name, count in counted.items() if count >= least}
    names = {name: count for name, count in names.items() if f" {name} " not in others}
    leading = Counter(name for header in headers for name in set(_led(header.issuing_body, wordings)))
    names = {
        n: c for n, c in names.items()
        if sum(f" {n} " in title for title in titles) >= _TITLES
        or (leading[n] >= _FEWEST and not wordings.known.search(f" {n} "))
    }  # fmt: skip
    if not names:
        return Names()
    best = max(names, key=lambda name: (names[name], len(name), name))
    longer = [n for n in names if n.startswith(f"{best} ") and names[n] >= _WHOLE * names[best]]
    return Names((max(longer, key=len, default=best),), sure=True)


def _given(paper: ContextPaper, wordings: _Wordings) -> Iterator[str]:
    """Yield what may be names in the document's title and in the name of the committee that issued it."""
    body = _spaced(paper.header.issuing_body)
    if led := wordings.led.search(body):
        yield from _beginnings(body[led.end() :], wordings)
    title = paper.header.abstract
    for piece in () if title.isupper() else _APART.split(nfc(title)):
        said = piece.split()
        for at in range(1, len(said)):
            if said[at][0].isupper() and said[at - 1].islower() and not " ".join(said[at:][:3]).istitle():
                yield from _beginnings(_spaced(" ".join(said[at:])), wordings)


def led_by(about: About | None, called: str, body: str) -> str:
    """Return the name after the word for a committee in a body's name, folded; an empty string if there is
    none: "ban chỉ đạo mô hình Dòng họ Đoàn tự quản"."""
    if about is None or not about.leader_heads:
        return ""
    return max(_led(body, _wordings(about, called)), key=len, default="")


def _led(body: str, wordings: _Wordings) -> Iterator[str]:
    body = _spaced(body)
    if led := wordings.committee.search(body):
        yield from _beginnings(body[led.end() :], wordings)


def _called(title: str, called: str, wordings: _Wordings) -> Iterator[str]:
    """Yield what may be names after the word for the kind in a title, whatever its letters."""
    for after in _spaced(title).split(f" {called} ")[1:]:
        yield from _beginnings(f" {after}", wordings)


def _beginnings(text: str, wordings: _Wordings) -> Iterator[str]:
    """Yield the first words of a text, as many as a name may have, if a name may begin so."""
    name = wordings.ends.split(text, maxsplit=1)[0].strip()
    if not wordings.never.match(f"{name} ") and not of_a_unit(fold(name)):
        given = fold(name).split()
        yield from (" ".join(given[:count]) for count in _WORDS if count <= len(given))


def _spaced(text: str) -> str:
    return f" {marked_words(text)} "
