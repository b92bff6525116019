"""The differences between the files on disk and the catalogue, the order of reading, and comparing bytes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dossier.model import FileEntry, KnownFile
from dossier.os_errors import is_missing
from dossier.plain_file import NotLocalError, open_beneath
from dossier.scanner.listing import as_kept


@dataclass(frozen=True, slots=True)
class Change:
    """One file to process. ``replaces`` is the catalogued file at the same path; ``twin`` a catalogued file
    that probably has the same content (the file touched, renamed, moved or copied); ``alike`` are other
    catalogued files of the same size, which may have the same content."""

    entry: FileEntry
    replaces: KnownFile | None = None
    twin: KnownFile | None = None
    alike: tuple[KnownFile, ...] = ()

    @property
    def contents(self) -> dict[str, KnownFile]:
        """The catalogued files that may have the same content, by hash; of equal ones the likeliest."""
        return {known.sha256: known for known in (*self.alike, *((self.twin,) if self.twin else ()))}


@dataclass(slots=True)
class Changes:
    """The result of a comparison. ``read``: files to open; ``replace``: unchanged files to classify again
    from their stored text; ``gone``: files that no longer exist; ``unchanged``: number of the others."""

    read: list[Change] = field(default_factory=list)
    replace: list[Change] = field(default_factory=list)
    gone: list[KnownFile] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ReadBy:
    """How files are read now: the ``version`` of the readers, and the installed ``programs`` that files read
    without them may need. ``anew``: read all files again."""

    version: int
    programs: frozenset[str] = frozenset()
    anew: bool = False

    def reads_better(self, known: KnownFile) -> bool:
        """Whether the file was read by another version, or without a program that is installed now."""
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
    """Return what to do with every file on disk and in the catalogue.

    A file is unchanged if size, times and inode are; if only the size is, its hash decides, so that no
    content is read twice. The time of change (ctime) counts too, because programs can set mtime back.
    ``moved_kinds`` are the dossiers whose kind or checklist changed, ``unsettled`` the ids of files
    to which a new learned model may apply, ``unreadable`` the folders that could not be listed: files known
    below them are kept.
    ``elsewhere``: if ``files`` and ``known`` are of a part of the archive only, the files known outside
    it, from where a file may have been moved.
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
            usable = twin is not None and not by.reads_better(twin)
            changes.read.append(Change(entry, None, twin if usable else None))
        elif by.anew or by.reads_better(old) or old.size != entry.size:
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
    # A row that this pass replaces holds another content, or has another id, once its file is settled.
    replaced = {change.replaces.id for change in (*changes.read, *changes.replace) if change.replaces}
    changes.read = [
        replace(change, twin=None)
        if change.replaces is None and change.twin is not None and change.twin.id in replaced
        else change
        for change in changes.read
    ]
    seen = {entry.raw_path for entry in files}
    for raw, file in known.items():
        if raw not in seen and not any(_below(raw, folder) for folder in unreadable):
            changes.gone.append(file)
    return changes


def _was_touched(entry: FileEntry, old: KnownFile) -> bool:
    changed = bool(old.ctime_ns and entry.ctime_ns) and old.ctime_ns != entry.ctime_ns
    return changed or old.mtime_ns != entry.mtime_ns or old.inode != entry.inode or old.doubtful


class ReadingOrder:
    """The order of reading: of each size first one file, once that is catalogued two more, then four …

    So content that exists many times is read once or twice: later files of its size are compared with the
    catalogued ones by their hashes.
    """

    def __init__(self, todo: Iterable[Change]) -> None:
        self.first: list[Change] = []
        self._waiting: dict[int, deque[Change]] = {}
        self._done: Counter[int] = Counter()  # files of each size that were read
        self._at_work: Counter[int] = Counter()  # files of each size that are being read
        for change in todo:
            waiting = self._waiting.get(change.entry.size)
            if waiting is None:
                self._waiting[change.entry.size] = deque()
                self.first.append(change)
            else:
                waiting.append(change)
        self._at_work.update(self._waiting.keys())

    def released_by(self, catalogued: Iterable[Change]) -> list[Change]:
        """Return the changes that may be read after ``catalogued`` have been stored."""
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
    """The result of comparing a file's bytes with the catalogue."""

    INTACT = "intact"
    ALTERED = "altered"  # other bytes with the same size and time
    CHANGED = "changed"  # size or time differ, or the file is missing or not local: left to the next scan
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
    if not _same(after, file):  # written while being read
        return Bytes.CHANGED
    return Bytes.INTACT if digest.hexdigest() == file.sha256 else Bytes.ALTERED


def _same(found: os.stat_result, file: KnownFile) -> bool:
    return (found.st_size, as_kept(found.st_mtime_ns)) == (file.size, file.mtime_ns)
