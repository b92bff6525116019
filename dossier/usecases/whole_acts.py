"""Acts of people and their lines in the audit log: both or neither, also when the process is killed.

A line is written when everything but the last step of its act is done: the commit of a transaction, or the
renaming of a finished file or folder. A process that is killed between leaves a line without its act; the
next command that writes finds that out and appends a line that tells so.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from dossier import renaming
from dossier.archive import OWN_FILES, Archive
from dossier.catalogue import Catalogue
from dossier.errors import DossierError
from dossier.state import UNFINISHED_RESTORE
from dossier.usecases import audit
from dossier.usecases.inbox.journal import Journal, is_kept
from dossier.usecases.new_folder import lives
from dossier.workspace import current


class Saying(Protocol):
    """Takes a line for the audit log."""

    def __call__(self, act: str, about: str = "", **details: object) -> None:
        """See :func:`dossier.usecases.audit.note`."""


@contextmanager
def whole_act(archive: Archive, catalogue: Catalogue) -> Iterator[Saying]:
    """Everything that the body writes to the catalogue is one transaction, and the lines that it passes to
    the yielded function are in the log if it is committed. The caller holds the archive's lock."""
    settle(archive, catalogue)
    log = _log(archive)
    lines: list[tuple[str, str, dict[str, object]]] = []

    def say(act: str, about: str = "", **details: object) -> None:
        lines.append((act, about, details))

    with catalogue.together():
        yield say
        for act, about, details in lines:
            number = audit.append(archive, act, about, details, process=os.getpid())
            catalogue.last_acts.keep(log, number)
        if request := current().request:
            catalogue.last_acts.keep_request(log, request)


def is_carried_out(archive: Archive, catalogue: Catalogue, request: str) -> bool:
    """Whether the act that the page was asked for by ``request`` is in the catalogue, by a process that was
    killed before it could note that."""
    return request in catalogue.last_acts.requests(_log(archive))


def acted(archive: Archive, unfinished: Path, act: str, about: str = "", **details: object) -> None:
    """Log an act whose last step is to rename the file or folder ``unfinished``; the caller does it next."""
    audit.append(archive, act, about, details, process=os.getpid(), unfinished=str(unfinished.resolve()))


def put(archive: Archive, target: Path, made: bytes, act: str, about: str = "", **details: object) -> None:
    """Write a file of the program's own atomically, as an act. Raises :class:`OSError`."""
    unfinished = renaming.write_beside(target, made)
    try:
        acted(archive, unfinished, act, about, **details)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    renaming.move_into_place(unfinished, target, replace=True)


def settle(archive: Archive, catalogue: Catalogue) -> None:
    """Append to the log which of its acts were not done because their process was killed. The caller holds
    the archive's lock."""
    log = _log(archive)
    last = catalogue.last_acts.of(log)
    if last is None:  # a catalogue that does not know this log cannot tell what was done before
        last = audit.count(archive.state)
        catalogue.last_acts.keep(log, last)
    lines = audit.unsure(archive.state)
    planned = _planned(archive, {line.move for line in lines if line.move})
    for line in reversed(lines):
        if line.unfinished:
            undone = not lives(line.process) and os.path.lexists(line.unfinished)
        elif line.move:
            undone = line.move not in planned
        else:
            undone = line.number > last
        if undone:
            told = {"of": line.act, "line": line.number}
            audit.append(archive, audit.NOT_DONE, line.about, told, of_line=line.number)
    clear_unfinished(archive)


def _planned(archive: Archive, keys: set[str]) -> set[str]:
    """Return those of the keys of moves that are in the journal."""
    if not keys or not is_kept(archive):
        return set()
    with Journal(archive) as journal:
        return {key for key in keys if journal.by_key(key) is not None}


def clear_unfinished(archive: Archive) -> None:
    """Remove configuration files, and marks of a restore, that a killed process has not finished."""
    places = [archive.root / name for name in OWN_FILES] + [archive.state / UNFINISHED_RESTORE]
    for place in places:
        for file in place.parent.glob(f".{place.name}.*"):
            maker = renaming.maker_of(file.name)
            if maker is not None and not lives(maker):
                with suppress(OSError):
                    file.unlink()


def settle_at_rest(archive: Archive, catalogue: Catalogue) -> None:
    """Like :func:`settle`, for work that is no act; what cannot be written now is left to the next act."""
    with suppress(DossierError):
        settle(archive, catalogue)


def _log(archive: Archive) -> str:
    """Return what identifies the log of this machine and state folder."""
    return hashlib.sha256(f"{platform.node()}:{archive.state}".encode()).hexdigest()[:16]
