"""Where a document stands in its dossier's order of days, for the model of words.

Papers of a model come in an order: survey, proposal, agreement, decision, regulations, launch, then years of
plans and reports. Titles that say little ("Năm 2023", "Về nhân sự") are told apart by it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

_FEWEST = 5  # dated documents, for an order among them to mean something
_SIXTHS = 6
_FIRST = 20  # the first of so many documents may be of older work
_SINCE_FIRST = (-1, 15, 45, 90, 180, 365, 800)  # days
_SINCE_FOUNDING = (-365, -120, -30, -1, 0, 30, 120, 365, 800)


class DayOrder:
    """The days of a dossier's documents; ``founded``: the founding decision's, if it is known."""

    def __init__(self, days: Iterable[date | None], founded: date | None) -> None:
        self._days = sorted(day for day in days if day is not None)
        self._founded = founded

    def of(self, signed: date | None) -> tuple[str, ...]:
        """Return the sixth of the documents in which one of this day stands, and how long it came after the
        first ones and after the founding; nothing where no order is known."""
        if signed is None:
            return ()
        days, found = self._days, []
        if len(days) >= _FEWEST and days[0] < days[-1]:
            sixth = min(bisect_left(days, signed) * _SIXTHS // len(days), _SIXTHS - 1)
            found = [f"q {sixth}", f"e {_within(_SINCE_FIRST, (signed - days[len(days) // _FIRST]).days)}"]
        if self._founded is not None:
            found.append(f"d {_within(_SINCE_FOUNDING, (signed - self._founded).days)}")
        return tuple(found)


def turn(at: int) -> tuple[str, ...]:
    """Return one after another of the orders, for papers that lie in no dossier: so that order tells nothing
    about them."""
    sixth = at % _SIXTHS
    return f"q {sixth}", f"e {min(sixth + at // _SIXTHS % 3, len(_SINCE_FIRST))}"


def _within(bounds: tuple[int, ...], days: int) -> int:
    return bisect_left(bounds, days)
