"""Long series in pieces, for what takes only so many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Each = TypeVar("Each")


def batched(values: Iterable[Each], most: int) -> Iterator[list[Each]]:
    """Yield the values in order, in lists of at most ``most``; what comes after a list is drawn only when the
    next one is asked for. (From Python 3.12 on, :mod:`itertools` has the like.)"""
    remaining = iter(values)
    while some := list(islice(remaining, most)):
        yield some
