"""What crosses the seam between the observers and whoever acts on what they see."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class What(Enum):
    """``CHANGED``: made, written, renamed or gone. ``CLOSED``: a program that wrote let go of the file.
    ``LOST``: events were lost, everything below the path may have changed. ``LIMIT``: the system does
    not let us watch all folders; the observer is of no use any more."""

    CHANGED = "changed"
    CLOSED = "closed"
    LOST = "lost"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Event:
    """Something seen at ``path``, absolute, in the bytes of the file system. ``writing``: a program was
    seen writing to it."""

    what: What
    path: bytes
    writing: bool = False


Sink = Callable[[Event], None]  # called from threads of the observer


class Observer(ABC):
    """Watches one folder with all that is below it.

    ``name`` is what people call the way of watching, ``why`` a sentence why it was chosen; ``remote``
    when the files lie on another machine.
    """

    name: str
    remote: bool

    def __init__(self, folder: bytes, why: str) -> None:
        self.folder = folder
        self.why = why

    @abstractmethod
    def start(self, sink: Sink) -> None:
        """Begin. Raises ``OSError`` when the system does not let us."""

    @abstractmethod
    def stop(self) -> None:
        """End; no event comes afterwards."""
