"""Which communes a dossier's papers come from, and which paper comes from another one.

Models of one name stand in many communes: there the issuer's place tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from dossier.model import Header
from dossier.vietnamese import fold, words

_UNIT = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu)\s+(?=\S)", re.IGNORECASE)
_LONGEST = 4  # words of a place's name
_FEWEST = 3  # papers of one commune before another is another's
_SHARE = 0.15  # of the papers that name a commune: fewer are chance comers


def named_in(text: str) -> frozenset[str]:
    """Communes that a text names by their kind and capitalised words, folded without the kind."""
    return frozenset(filter(None, (_name(text[unit.end() :]) for unit in _UNIT.finditer(text))))


def _name(after: str) -> str:
    return " ".join(fold(word.strip(".,;:()“”\"'")) for word in _capitalised(after))


def _capitalised(after: str) -> Iterator[str]:
    for word in after.split()[:_LONGEST]:
        if not (word[:1].isupper() or word[:1].isdigit()):
            return
        yield word
        if word[-1:] in ".,;:()”\"'":
            return


def issuers(header: Header) -> frozenset[str]:
    """Communes that the names of the issuing and its superior body give."""
    return named_in(header.issuing_body) | named_in(header.superior_body)


class Communes:
    """The communes of a dossier: those that issued its papers again and again."""

    def __init__(self, papers: Iterable[tuple[Header, date | None]]) -> None:
        told = [(places, day) for header, day in papers if (places := issuers(header))]
        counted = Counter(place for places, _day in told for place in places)
        most = max(counted.values(), default=0)
        least = max(2, _SHARE * len(told))
        self._own = (
            {place for place, count in counted.items() if count >= least} if most >= _FEWEST else set()
        )
        own_days = [day for places, day in told if day and places & self._own]
        self._last = max(own_days, default=None)

    def elsewhere(self, header: Header, signed: date | None, called: str) -> bool:
        """Whether another commune issued the paper, or one from above speaks of a model (``called``, folded
        between spaces) of another commune.

        One after all the others may be the commune's successor's.
        """
        if not self._own or (signed and self._last and signed > self._last):
            return False
        places = issuers(header)
        if not places and called in f" {words(header.abstract)} ":
            places = named_in(header.abstract)
        return bool(places) and not any(_same(place, own) for place in places for own in self._own)


def _same(place: str, other: str) -> bool:
    """Whether one begins with the other: in capitals the next body's name follows without a sign."""
    return f"{place} ".startswith(f"{other} ") or f"{other} ".startswith(f"{place} ")
