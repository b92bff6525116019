"""The communes that issued a dossier's documents, and documents that come from another commune.

Models in many communes have the same name; the issuer's place distinguishes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from dossier.model import Header, Level
from dossier.vietnamese import fold, words

_UNIT = re.compile(r"(?<!\w)(?<!hợp tác )(?:xã|phường|thị trấn|đặc khu)\s+(?=\S)", re.IGNORECASE)
_AREA = re.compile(
    r"(?<!\w)(?:(?:trên|trong) (?:địa bàn )?(?:toàn )?|toàn )"
    r"(?P<area>tỉnh|thành phố|huyện|quận|thị xã)(?!\w)",
    re.IGNORECASE,
)
_WIDE = (Level.DISTRICT, Level.PROVINCE, Level.MINISTRY)
_LONGEST = 4  # words of a place's name
_FEWEST = 3  # documents of the commonest commune before any other counts as foreign
_SHARE = 0.15  # least share of the documents that name a commune, for the dossier's own communes


def named_in(text: str) -> frozenset[str]:
    """Return the communes named in a text (“xã”, “phường” … and capitalised words), folded, without the kind
    of unit."""
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
    """Return the communes in the names of the issuing body and its superior body."""
    return named_in(header.issuing_body) | named_in(header.superior_body)


def _is_above(header: Header, places: frozenset[str]) -> bool:
    """Whether a body of no commune, and of a wider area as far as is known, issued a document; ``places``:
    the communes among its issuers."""
    return header.issuer_level in (None, *_WIDE) and not places


class Communes:
    """The communes of a dossier: those that issued a fair share of its documents."""

    def __init__(self, papers: Iterable[tuple[Header, date | None]]) -> None:
        given = [(header, issuers(header), day) for header, day in papers]
        issued = [(places, day) for _header, places, day in given if places]
        counted = Counter(place for places, _day in issued for place in places)
        most = max(counted.values(), default=0)
        least = max(2, _SHARE * len(issued))
        self._own = (
            {place for place, count in counted.items() if count >= least} if most >= _FEWEST else set()
        )
        above = Counter(
            fold(header.issuing_body) for header, places, _day in given if _is_above(header, places)
        )
        self._narrow = most >= _FEWEST and most > max(above.values(), default=0)
        own_days = [day for places, day in issued if day and places & self._own]
        self._last = max(own_days, default=None)

    def area(self, header: Header) -> str:
        """Return the kind of area, "tỉnh" or "huyện", on all of whose models a body above writes, where a
        commune issued more of the dossier's documents than any such body; otherwise an empty string."""
        if not self._narrow or not _is_above(header, issuers(header)):
            return ""
        found = _AREA.search(header.abstract)
        return found["area"].lower() if found and not named_in(header.abstract) else ""

    def elsewhere(self, header: Header, signed: date | None, called: str) -> bool:
        """Whether another commune issued the document, or an issuer without a commune writes about a model
        (``called``: the word for it, folded, between spaces) of another commune.

        False for a document signed later than all of the dossier's own: it may be from the commune's
        successor.
        """
        if not self._own or (signed and self._last and signed > self._last):
            return False
        places = issuers(header)
        if not places and called in f" {words(header.abstract)} ":
            places = named_in(header.abstract)
        return bool(places) and not any(_same(place, own) for place in places for own in self._own)


def _same(place: str, other: str) -> bool:
    """Whether one name begins with the other: in capitals, the next body's name follows unseparated."""
    return f"{place} ".startswith(f"{other} ") or f"{other} ".startswith(f"{place} ")
