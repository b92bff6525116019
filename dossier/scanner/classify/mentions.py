"""What the checklists ask about a text, and it speaks of: for the rules on contents, and for facts.

Looked for once, when a text is read: rules never see a text, so that thousands of dossiers are judged in
seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.schema import Checklist
from dossier.scanner.classify.phrases import Keys
from dossier.vietnamese import is_marked, marked_words, words

_MOST = 400_000  # characters; more is a book, and was cut before
_SAMPLE = 2_000  # characters by which one sees whether a text has its diacritics


def mentions(text: str, checklists: Iterable[Checklist]) -> tuple[str, ...]:
    """Ids of what the text speaks of, sorted: ``ND-03.duties``, ``fund``.

    Phrases are compared with their diacritics where the text has some.
    """
    marked = is_marked(text[:_SAMPLE])
    form = marked_words if marked else words
    body = f" {form(text[:_MOST])} "
    asked, known = _asked(tuple(checklists), marked)
    said = known.said(body)
    found = {ask.id for ask in asked if not ask.keys.isdisjoint(said) and ask.found(body)}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is looked for: any of the phrases and none of the others; ``keys`` as of :class:`Keys`."""

    id: str
    phrases: re.Pattern[str]
    never: re.Pattern[str] | None
    keys: frozenset[str]

    def found(self, body: str) -> bool:
        """Whether a text of words speaks of it."""
        return bool(self.phrases.search(body)) and not (self.never and self.never.search(body))


@lru_cache(maxsize=16)
def _asked(checklists: Sequence[Checklist], marked: bool) -> tuple[tuple[_Ask, ...], Keys]:
    asks = [
        (f"{contents.rule}.{ask.id}", ask.words, "")
        for checklist in checklists
        for contents in checklist.contents
        for ask in contents.asks
    ]
    asks += [(tell.id, tell.words, tell.but) for checklist in checklists for tell in checklist.tells]
    asked = tuple(
        _Ask(name, _any(wanted, marked), _any(never, marked) if never else None, _keys(wanted, marked))
        for name, wanted, never in asks
    )
    return asked, Keys.of(key for ask in asked for key in ask.keys)


def _any(alternatives: str, marked: bool) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(map(re.escape, _spelt(alternatives, marked)))}) ")


def _keys(alternatives: str, marked: bool) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()[:2]) for phrase in _spelt(alternatives, marked))


def _spelt(alternatives: str, marked: bool) -> list[str]:
    form = marked_words if marked else words
    return [form(phrase) for phrase in alternatives.split("|") if phrase.strip()]
