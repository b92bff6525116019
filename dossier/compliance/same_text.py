"""Texts that are nearly the same: by how many runs of words they share. Pure.

A paper that was not issued yet has no number, and often neither a day nor an abstract that was recognised, so
its text has to tell which issued paper it became. Papers that recur (a report each year) share much of their
text too: they are told apart by their years and numbers before their texts are compared.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from dossier.vietnamese import words

# Of the runs of two texts, those that both have. In real papers a draft and what it became share 0.74 and
# more, permits and notices written by one pattern 0.68 and less.
ALIKE = 0.72
_RUN = 4  # words
_LONGEST = 3000  # words of a text that are looked at
_LEAST = 40  # runs; a shorter text tells nothing

Sketch = frozenset[int]
Sketches = Mapping[str, Sketch]  # by the id of the document


def sketch(text: str) -> Sketch:
    """The runs of words of a text, as numbers; nothing for a text too short to tell."""
    found = runs(text)
    return found if len(found) >= _LEAST else frozenset()


def runs(text: str) -> Sketch:
    """The same, of a text however short."""
    said = words(text).split()[:_LONGEST]
    return frozenset(
        zlib.crc32(" ".join(said[at : at + _RUN]).encode()) for at in range(len(said) - _RUN + 1)
    )


def share(one: Sketch, other: Sketch) -> float:
    """How much of two texts is the same, 0–1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def nearest(one: str, others: Iterable[str], sketches: Sketches) -> list[str]:
    """Which of the ``others`` have nearly the same text as ``one``; all are ids."""
    own = sketches.get(one, frozenset())
    return [each for each in others if share(own, sketches.get(each, frozenset())) >= ALIKE]
