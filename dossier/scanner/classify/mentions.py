"""What the checklists ask about a text, and it speaks of: for the rules on contents, and for facts.

Looked for once, when a text is read: rules never see a text, so that thousands of dossiers are judged in
seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dossier.checklists.schema import Checklist
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
    found = set()
    for checklist in checklists:
        for name, phrases, never in _phrases(checklist, marked):
            if phrases.search(body) and not (never and never.search(body)):
                found.add(name)
    return tuple(sorted(found))


_Phrases = tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]


@lru_cache(maxsize=16)
def _phrases(checklist: Checklist, marked: bool) -> _Phrases:
    asks = [
        (f"{contents.rule}.{ask.id}", ask.words, "")
        for contents in checklist.contents
        for ask in contents.asks
    ]
    asks += [(tell.id, tell.words, tell.but) for tell in checklist.tells]
    return tuple(
        (name, _any(wanted, marked), _any(never, marked) if never else None) for name, wanted, never in asks
    )


def _any(alternatives: str, marked: bool) -> re.Pattern[str]:
    form = marked_words if marked else words
    phrases = [form(phrase) for phrase in alternatives.split("|") if phrase.strip()]
    return re.compile(f" (?:{'|'.join(map(re.escape, phrases))}) ")
