"""Segments of a page created on access: of most of a page only the text is used."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import overload

from dossier.model import Box, Segment, Word
from dossier.model.places import Flat, drawn, steps
from dossier.scanner.layout.glyphs import Run

_new = tuple.__new__  # twice as fast as Box(…), Word(…)


class DrawnSegment(Segment):
    """A segment whose words and box are computed from its runs on access.

    ``width``, ``height``: those of the page, in the unit of the runs. ``stamped``: index of the first
    character that comes from an annotation.
    """

    __slots__ = ("_box", "_height", "_runs", "_stamped", "_width", "_words")
    _runs: Sequence[Run]
    _width: float
    _height: float
    _stamped: int
    _words: tuple[Word, ...] | None
    _box: Box | None

    def __init__(self, runs: Sequence[Run], start: int, width: float, height: float, stamped: int) -> None:
        put = object.__setattr__  # the base class is frozen
        put(self, "start", start)
        put(self, "_runs", runs)
        put(self, "_width", width)
        put(self, "_height", height)
        put(self, "_stamped", stamped)
        put(self, "_words", None)
        put(self, "_box", None)

    @property
    def words(self) -> tuple[Word, ...]:
        """See :class:`Segment`."""
        words = self._words
        if words is None:
            width, height, stamped = self._width, self._height, self._stamped
            made = [
                _new(
                    Word,
                    (
                        text,
                        _new(Box, (left / width, top / height, right / width, bottom / height)),
                        None,
                        first >= stamped,
                    ),
                )
                for left, top, right, bottom, text, _parted, first in self._runs
            ]
            words = tuple(made)
            object.__setattr__(self, "_words", words)
        return words

    @property
    def text(self) -> str:
        """See :class:`Segment`."""
        return " ".join([run[4] for run in self._runs])

    @property
    def end(self) -> int:
        """See :class:`Segment`."""
        return self.start + len(self.text)

    @property
    def box(self) -> Box:
        """See :class:`Segment`."""
        box = self._box
        if box is None:
            lefts, tops, rights, bottoms, *_rest = zip(*self._runs, strict=True)
            width, height = self._width, self._height
            box = Box(min(lefts) / width, min(tops) / height, max(rights) / width, max(bottoms) / height)
            object.__setattr__(self, "_box", box)
        return box

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and (self.start, self.words) == (other.start, other.words)

    def __hash__(self) -> int:
        return hash((self.words, self.start))

    def __reduce__(self) -> tuple[type[Segment], tuple[tuple[Word, ...], int]]:
        return Segment, (self.words, self.start)


class Segments(Sequence[Segment]):
    """The segments of a page, created on access from their runs and their offsets in the page's text."""

    __slots__ = ("_columns", "_height", "_made", "_stamped", "_width")

    def __init__(
        self, columns: Sequence[tuple[Sequence[Run], int]], width: float, height: float, stamped: int
    ) -> None:
        self._columns = columns
        self._width = width
        self._height = height
        self._stamped = stamped
        self._made: list[Segment | None] = [None] * len(columns)

    def flat(self) -> Flat:
        """Return the result of :func:`~dossier.model.places.flattened` without creating segments."""
        columns, starts = zip(*self._columns, strict=True)
        lefts, tops, rights, bottoms, texts, _parted, firsts = zip(*chain.from_iterable(columns), strict=True)
        own = sum(map(self._stamped.__gt__, firsts))
        sure = drawn(len(firsts), 0)
        if own < len(firsts):
            sure = b"".join([drawn(first < self._stamped, first >= self._stamped) for first in firsts])
        return Flat(
            starts,
            list(map(len, columns)),
            list(map(len, texts)),
            steps(lefts, self._width),
            steps(tops, self._height),
            steps(rights, self._width),
            steps(bottoms, self._height),
            sure,
        )

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, at: int) -> Segment: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Segment, ...]: ...
    def __getitem__(self, at: int | slice) -> Segment | tuple[Segment, ...]:
        if isinstance(at, slice):
            return tuple([self[index] for index in range(*at.indices(len(self)))])
        made = self._made[at]
        if made is None:
            column, start = self._columns[at]
            made = self._made[at] = DrawnSegment(column, start, self._width, self._height, self._stamped)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[tuple[Segment, ...]], tuple[list[Segment]]]:
        return tuple, (list(self),)
