"""What the views of the screen share. Symbols carry the meaning, colours only help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.text import Text

from dossier.model import Finding
from reports.looks import Look, printable

T = TypeVar("T")
MOST = 8  # sentences of one kind shown before the rest is only counted


def looked(look: Look) -> Text:
    """A state as its symbol and word, in its colour."""
    return Text(f"{look.symbol} {look.word}", style=look.colour)


def first(found: Sequence[T]) -> Sequence[T]:
    """As many as can be read at once."""
    return found[:MOST]


def alarms(findings: Iterable[Finding]) -> list[Text]:
    """Papers that bear a stamp of secrecy: whatever else is wrong can wait."""
    return [alarm(f.message) for f in findings if f.secret]


def alarm(said: str) -> Text:
    """The sentence on one of them."""
    return Text(f"✗ {printable(said)}", style="bold red")
