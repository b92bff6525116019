"""What a scan has to do: the disk as walked against the catalogue as known. Pure."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dossier.model import FileEntry, KnownFile
from dossier.os_errors import is_missing
from dossier.plain_file import NotLocalError, open_beneath


@dataclass(frozen=True, slots=True)
class Change:
    """One file to look at. ``replaces`` is what is known of this very path; ``twin`` is a catalogued
    file whose content this one probably has (itself touched, renamed, moved or copied), ``alike`` are
    others of its size, whose content it may have."""

    entry: FileEntry
    replaces: KnownFile | None = None
    twin: KnownFile | None = None
    alike: tuple[KnownFile, ...] = ()

    @property
    def contents(self) -> dict[str, KnownFile]:
        """The catalogued files whose content this one may have, by its hash; the likeliest wins."""
        return {known.sha256: known for known in (*self.alike, *((self.twin,) if self.twin else ()))}


@dataclass(slots=True)
class Changes:
    """``read``: to be opened; ``replace``: unchanged but to be placed anew from its stored text;
    ``gone``: no longer there."""

    read: list[Change] = field(default_factory=list)
    replace: list[Change] = field(default_factory=list)
    gone: list[KnownFile] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ReadBy:
    """How files are read now: the ``version`` of the reading chain, and the ``programs`` that a file read
    without them may profit from. ``anew``: all of them are read once more."""

    version: int
    programs: frozenset[str] = frozenset()
    anew: bool = False

    def reads_better(self, known: KnownFile) -> bool:
        """Whether the file was read by another version, or without a program that is there now."""
        return known.reader != self.version or not self.programs.isdisjoint(known.lacks)


def compare(
    files: Sequence[FileEntry],
    known: Mapping[bytes, KnownFile],
    by: ReadBy,
    *,
    unreadable: Sequence[bytes] = (),
    elsewhere: Iterable[KnownFile] = (),
    moved_kinds: frozenset[str] = frozenset(),
    unsettled: frozenset[int] = frozenset(),
) -> Changes:
    """Decide for every file on disk and every file known.

    A file is unchanged when size, times and inode are; when only some are, its hash decides, so
    nothing is read twice. The time of change counts too: a program may set the other one back.
    ``moved_kinds`` are the dossiers whose kind or checklist changed, ``unsettled`` the ids of files
    about which what was learned has changed, ``unreadable`` the folders that could not be listed: what is
    known below them stays.
    ``elsewhere``, when ``files`` and ``known`` are of a part of the archive only: what is known
    outside of it, where a file may have come from.
    """
    changes = Changes()
    twins = {(f.size, f.mtime_ns): f for f in (*elsewhere, *known.values()) if f.sha256}
    if not known and not twins:
        changes.read = [Change(entry) for entry in files]
        return changes
    for entry in files:
        old = known.get(entry.raw_path)
        if old is None:
            twin = twins.get((entry.size, entry.mtime_ns))
            usable = (
                twin is not None and twin.reader == by.version and not by.programs.intersection(twin.lacks)
            )
            changes.read.append(Change(entry, None, twin if usable else None))
        elif (
            by.anew
            or old.reader != by.version
            or not by.programs.isdisjoint(old.lacks)
            or old.size != entry.size
        ):
            changes.read.append(Change(entry, old))
        elif _was_touched(entry, old):
            changes.read.append(Change(entry, old, old if old.sha256 else None))
        elif (
            old.dossier != entry.dossier
            or old.path != entry.path
            or entry.dossier in moved_kinds
            or old.id in unsettled
        ):
            changes.replace.append(Change(entry, old, old))
        else:
            changes.unchanged += 1
    seen = {entry.raw_path for entry in files}
    for raw, file in known.items():
        if raw not in seen and not any(_below(raw, folder) for folder in unreadable):
            changes.gone.append(file)
    return changes


def _was_touched(entry: FileEntry, old: KnownFile) -> bool:
    changed = bool(old.ctime_ns and entry.ctime_ns) and old.ctime_ns != entry.ctime_ns
    return changed or old.mtime_ns != entry.mtime_ns or old.inode != entry.inode or old.doubtful


class ReadingOrder:
    """The order in which files are read: of each size first one, and once that is catalogued two, then four …

    So a content that lies there many times is read once or twice: the others of its size are compared with
    it.
    """

    def __init__(self, todo: Iterable[Change]) -> None:
        self.first: list[Change] = []
        self._waiting: dict[int, deque[Change]] = {}
        self._done: Counter[int] = Counter()  # files of each size that were read
        self._at_work: Counter[int] = Counter()
        for change in todo:
            waiting = self._waiting.get(change.entry.size)
            if waiting is None:
                self._waiting[change.entry.size] = deque()
                self.first.append(change)
            else:
                waiting.append(change)
        self._at_work.update(self._waiting.keys())

    def behind(self, catalogued: Iterable[Change]) -> list[Change]:
        """What may be read now that these are catalogued."""
        sizes = Counter(change.entry.size for change in catalogued)
        self._done += sizes
        self._at_work -= sizes
        ready: list[Change] = []
        for size in sizes:
            waiting = self._waiting[size]
            many = min(self._done[size] + 1 - self._at_work[size], len(waiting))
            ready += [waiting.popleft() for _turn in range(many)]
            self._at_work[size] += many
        return ready


def _below(raw: bytes, folder: bytes) -> bool:
    return not folder or raw.startswith(folder + b"/")


_BLOCK = 1 << 20  # bytes


class Bytes(StrEnum):
    """What a look at a file's bytes found."""

    INTACT = "intact"
    ALTERED = "altered"  # other bytes behind the same size and time
    CHANGED = "changed"  # size or time differ, or it is not here: the next scan's business
    UNREADABLE = "unreadable"


def compare_bytes(root: str, file: KnownFile, raw_path: bytes) -> Bytes:
    """Hash the file at ``raw_path`` below ``root`` and compare it with ``file.sha256``."""
    try:
        with open(open_beneath(os.fsencode(root), raw_path), "rb", buffering=0) as opened:
            before = os.fstat(opened.fileno())
            if not _same(before, file):
                return Bytes.CHANGED
            digest = hashlib.sha256()
            while block := opened.read(_BLOCK):
                digest.update(block)
            after = os.fstat(opened.fileno())
    except OSError as error:
        elsewhere = is_missing(error) or isinstance(error, NotLocalError)
        return Bytes.CHANGED if elsewhere else Bytes.UNREADABLE
    if not _same(after, file):  # it was written while it was read
        return Bytes.CHANGED
    return Bytes.INTACT if digest.hexdigest() == file.sha256 else Bytes.ALTERED


def _same(found: os.stat_result, file: KnownFile) -> bool:
    return (found.st_size, found.st_mtime_ns) == (file.size, file.mtime_ns)
