"""A day that notes what it is asked, so that a verdict knows for how long it stays the same. Pure.

Rules compare the day of judging with other days. As long as every one of these comparisons would come
out as it did, the verdict cannot change. Whatever asks the day for more than that – writes it, counts
the days to another, takes it as a key – is about this one day only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, SupportsIndex

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Window:
    """The days, both ends included, on which everything that was asked has the same answer."""

    __slots__ = ("_first", "_last")

    def __init__(self) -> None:
        self._first, self._last = _FIRST, _LAST

    @property
    def first(self) -> date:
        """The first of these days."""
        return date.fromordinal(self._first)

    @property
    def last(self) -> date:
        """The last of them; ``date.max`` where no end is known."""
        return date.fromordinal(self._last)

    def narrow(self, first: int, last: int) -> None:
        """Leave out the days before ``first`` and after ``last`` (proleptic ordinals)."""
        self._first = max(self._first, first)
        self._last = min(self._last, last)


class AskedDay(date):
    """``day``, telling ``window`` what it is asked. ``shift``: so many days after the day of judging."""

    __slots__ = ("_shift", "_window")
    _window: Window
    _shift: int

    def __new__(cls, day: date, window: Window, shift: int = 0) -> AskedDay:
        """See the class."""
        made = super().__new__(cls, day.year, day.month, day.day)
        made._window, made._shift = window, shift
        return made

    def _same(self, first: date, last: date) -> None:
        """The answer holds while this day lies between the two."""
        self._window.narrow(first.toordinal() - self._shift, last.toordinal() - self._shift)

    def _alone(self) -> None:
        at = date.toordinal(self) - self._shift
        self._window.narrow(at, at)

    def _before(self, other: object, *, at: bool) -> bool:
        """Whether it comes before ``other``, or with ``at`` not after it."""
        assert isinstance(other, date)
        mine, threshold = date.toordinal(self), date.toordinal(other) + at
        if isinstance(other, AskedDay):
            if other._window is self._window:  # they move together
                return mine < threshold
            other._alone()
        if mine < threshold:
            self._window.narrow(_FIRST, threshold - 1 - self._shift)
        else:
            self._window.narrow(threshold - self._shift, _LAST)
        return mine < threshold

    def __lt__(self, other: date) -> bool:
        return self._before(other, at=False)

    def __le__(self, other: date) -> bool:
        return self._before(other, at=True)

    def __gt__(self, other: date) -> bool:
        return not self._before(other, at=True)

    def __ge__(self, other: date) -> bool:
        return not self._before(other, at=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, date):
            return False
        return not self._before(other, at=False) and self._before(other, at=True)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self._alone()
        return date.__hash__(self)

    def __add__(self, other: timedelta) -> AskedDay:
        moved = date.fromordinal(date.toordinal(self)) + other
        return AskedDay(moved, self._window, self._shift + other.days)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + timedelta(days=-other.days)
        self._alone()
        return date.__sub__(self, other)

    def __rsub__(self, other: date) -> timedelta:
        self._alone()
        return date.fromordinal(date.toordinal(other)) - date.fromordinal(date.toordinal(self))

    @property
    def year(self) -> int:
        """As in :class:`date`."""
        year: int = date.year.__get__(self)
        self._same(date(year, 1, 1), date(year, 12, 31))
        return year

    @property
    def month(self) -> int:
        """As in :class:`date`."""
        self._alone()
        return int(date.month.__get__(self))

    @property
    def day(self) -> int:
        """As in :class:`date`."""
        self._alone()
        return int(date.day.__get__(self))

    def __reduce__(self) -> tuple[Any, ...]:
        self._alone()
        return date, (self.year, self.month, self.day)

    def __reduce_ex__(self, _protocol: SupportsIndex) -> tuple[Any, ...]:
        return self.__reduce__()


def _telling(name: str) -> Callable[..., Any]:
    """What tells the day itself, as in :class:`date`."""
    plain = getattr(date, name)

    def told(self: AskedDay, *args: Any, **named: Any) -> Any:
        self._alone()
        return plain(date.fromordinal(date.toordinal(self)), *args, **named)

    told.__name__, told.__doc__ = name, plain.__doc__
    return told


TELLING = (
    "__format__", "__repr__", "__str__", "ctime", "isocalendar", "isoformat", "isoweekday", "replace",
    "strftime", "timetuple", "toordinal", "weekday",
)  # fmt: skip
for _name in TELLING:
    setattr(AskedDay, _name, _telling(_name))
if hasattr(date, "__replace__"):  # Python 3.13
    setattr(AskedDay, "__replace__", _telling("__replace__"))  # noqa: B010
