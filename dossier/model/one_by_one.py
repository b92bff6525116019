"""Arrangements of a sequence whose entries are too large to be held together: sorted, chosen or changed, each
entry is looked up, and made, only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

Entry = TypeVar("Entry")


class OneByOne(Sequence[Entry]):
    """The entries of ``entries`` at ``places``, each passed through ``change``."""

    def __init__(
        self,
        entries: Sequence[Entry],
        places: Sequence[int],
        change: Callable[[Entry], Entry] = lambda entry: entry,
    ) -> None:
        self._entries, self._places, self._change = entries, places, change

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> OneByOne[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | OneByOne[Entry]:
        if isinstance(at, slice):
            return OneByOne(self._entries, self._places[at], self._change)
        return self._change(self._entries[self._places[at]])


def sorted_by(entries: Sequence[Entry], key: Callable[[Entry], Any]) -> OneByOne[Entry]:
    """The entries in the order of ``key``; equal ones in their own. Only the keys are held."""
    keys = [key(entry) for entry in entries]
    return OneByOne(entries, sorted(range(len(keys)), key=keys.__getitem__))


def only(entries: Sequence[Entry], wanted: Callable[[Entry], bool]) -> OneByOne[Entry]:
    """The entries that are ``wanted``."""
    return OneByOne(entries, [at for at, entry in enumerate(entries) if wanted(entry)])


def changed(entries: Sequence[Entry], change: Callable[[Entry], Entry]) -> OneByOne[Entry]:
    """All entries, changed."""
    return OneByOne(entries, range(len(entries)), change)
