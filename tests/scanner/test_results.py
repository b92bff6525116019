"""What a worker sends is data of known kinds or nothing."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from dossier.model import (
    FileEntry,
    FileRecord,
    Header,
    LogicalDocument,
    PlacedDocument,
    Reading,
    UnreadFile,
    UnreadReason,
)
from dossier.scanner import sandbox_worker
from dossier.scanner.pipeline import Same


class _Evil:
    def __reduce__(self) -> object:
        return (os.system, ("true",))


class _Attribute:
    """Pickled as Python before 3.11.4 pickles a member of an enumeration."""

    def __init__(self, owner: object, name: object) -> None:
        self.told = owner, name

    def __reduce__(self) -> object:
        return (getattr, self.told)


def _classes(hint: Any, seen: set[type]) -> Iterator[type]:
    """The project's own classes in a type, and in the types of their fields, however deep."""
    for inner in get_args(hint):
        yield from _classes(inner, seen)
    if isinstance(hint, type) and hint.__module__.startswith("dossier.") and hint not in seen:
        seen.add(hint)
        yield hint
        for field in get_type_hints(hint).values():
            yield from _classes(field, seen)


@pytest.mark.parametrize("kind", sorted(_classes(FileRecord | Same, set()), key=lambda kind: kind.__name__))
def test_whatever_a_record_may_hold_comes_through(kind: type) -> None:
    assert sandbox_worker.read(pickle.dumps(kind)) is kind


def test_records_of_files_come_through() -> None:
    header = Header(date=date(2023, 3, 5))
    document = PlacedDocument(LogicalDocument(1, (1, 1), header, "chữ", Reading.TEXT))
    entry = FileEntry("a", b"a", 1, 1, 1, "d")
    unread = UnreadFile("a", UnreadReason.CORRUPT, "hỏng")
    for value in (
        FileRecord(entry, "s", "pdf", (document,)),
        FileRecord(entry, "", "", unread=unread),
        Same("s", True),
    ):
        assert sandbox_worker.read(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) == value
    assert sandbox_worker.read(pickle.dumps([1, "x", {2.5: (None, b"y")}])) == [1, "x", {2.5: (None, b"y")}]


def test_members_of_enumerations_come_through_from_older_pythons() -> None:
    assert sandbox_worker.read(pickle.dumps(_Attribute(UnreadReason, "CORRUPT"))) is UnreadReason.CORRUPT


FOREIGN = [
    pickle.dumps(_Evil()),
    # No attribute but a member, of no class but an enumeration.
    pickle.dumps(_Attribute(UnreadReason, "__class__")),
    pickle.dumps(_Attribute(UnreadReason, "NEVER")),
    pickle.dumps(_Attribute(Header, "__init__")),
    pickle.dumps(_Attribute("text", "join")),
    # Fails while its value is made.
    b"cdossier.model.files\nFileEntry\n(tR.",
    b"cos\nsystem\n(S'true'\ntR.",
    b"cbuiltins\neval\n(S'1'\ntR.",
    b"cdossier.model.files\nfield\n(tR.",
    b"cdossier.scanner.sandbox_worker\nos\n.",
    b"cdossier.scanner.sandbox\nPool\n(tR.",
    b"\x80\x04\x8c\x13dossier.model.files\x94\x8c\x0fReading.__class__\x94\x93.",
    b"",
    b"\x80",
]


@pytest.mark.parametrize("message", FOREIGN)
def test_anything_else_is_refused(message: bytes) -> None:
    with pytest.raises((pickle.UnpicklingError, EOFError)):
        sandbox_worker.read(message)
