"""What the views of the screen share. Symbols carry the meaning, colours only help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rich.text import Text

from reports.looks import Look

T = TypeVar("T")
MOST = 8  # sentences of one kind shown before the rest is only counted


def looked(look: Look) -> Text:
    """A state as its symbol and word, in its colour."""
    return Text(f"{look.symbol} {look.word}", style=look.colour)


def first(found: Sequence[T]) -> Sequence[T]:
    """As many as can be read at once."""
    return found[:MOST]
