"""One pass over the archive or a part of it that brings the catalogue up to date with the disk."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.model import OUTSIDE, Adoption, DossierFolder, FileEntry, FileRecord, KnownFile
from dossier.os_errors import in_words
from dossier.plain_file import place
from dossier.scanner import VERSION
from dossier.scanner.changes import Change, Changes, ReadBy, compare
from dossier.scanner.discover import walk
from dossier.scanner.pipeline import Processor, Same, Task
from dossier.scanner.sandbox import Died, Done, Outcome
from dossier.scanner.walk_result import Walk
from dossier.usecases.clock import clock_problem
from dossier.usecases.forget import forget
from dossier.usecases.former import Former
from dossier.usecases.learning import contradicted, relearn
from dossier.usecases.locking import Turns
from dossier.usecases.mounted import Presence
from dossier.usecases.numbering import doubt_misplaced
from dossier.usecases.reading import available, processor_for, unread_record
from dossier.usecases.renamed_folders import follow_renames
from dossier.usecases.suggesting import suggest
from dossier.usecases.weighing import weigh

_MOST_ALIKE = 50  # catalogued files of the same size that a file is compared with


@dataclass(slots=True)
class ScanCounts:
    """Counts of files in one scan. ``secrets``: sentences on copies of newly sealed documents."""

    files: int = 0
    unchanged: int = 0
    read: int = 0
    unread: int = 0
    placed_anew: int = 0
    gone: int = 0
    secrets: list[str] = field(default_factory=list)


class Update:
    """One pass over the archive, or over a part of it: :meth:`begin`, then :meth:`settle` with the
    outcome of every file to be read, then :meth:`forget` and :meth:`finish`.

    The caller must hold the archive's lock at every call but :meth:`look`; with ``turns`` the lock is handed
    to waiting processes between two consistent states.
    """

    def __init__(
        self,
        archive: Archive,
        catalogue: Catalogue,
        processor: Processor | None = None,
        turns: Turns | None = None,
    ) -> None:
        self.archive = archive
        self.catalogue = catalogue
        self._here_since = Presence(archive)
        self._turns = turns
        self._seen: tuple[tuple[Adoption, ...], Walk] | None = None
        self._walks = True
        self.counts = ScanCounts()
        self._former = Former(archive, catalogue)
        self.gone: list[KnownFile] = []
        self.kinds: dict[str, str] = {}
        self._called: dict[str, str] | None = None
        self.files: list[FileEntry] = []
        self._processor = processor or processor_for(archive)
        # To be classified again even if the content is unchanged: dossiers, hashes, ids of files.
        self._moved_kinds: frozenset[str] = frozenset()
        self._unsealed: frozenset[str] = frozenset()
        self._unsettled: frozenset[int] = frozenset()
        self._installed: frozenset[str] = frozenset()  # programs and packages installed now
        self._replaced: set[int] = set()  # ids of rows replaced by files read in this pass
        self._settled: set[bytes] = set()  # raw paths of files catalogued in this pass
        self._weighed: set[str] = set()  # dossiers that changed in this pass
        self.moved: set[int] = set()  # ids of rows whose content was found at another path

    def look(self) -> None:
        """Walk the whole archive before the lock is taken, since that may take minutes."""
        adopted = self.catalogue.adoptions.all()
        self._seen = adopted, walk(self.archive, None, adopted)

    def take_up(self, entries: Iterable[FileEntry]) -> None:
        """Continue a pass begun by another process, instead of :meth:`begin`: these files may be settled, and
        files not seen in this process are not treated as deleted."""
        self._walks = False
        relearn(self.archive, self.catalogue)
        folders = self.catalogue.folders({entry.dossier for entry in entries}).values()
        self.kinds = {folder.path: folder.kind for folder in folders}
        self._called = self._names(folders)
        self._unsealed = self.catalogue.secrecy.unsealed()

    def begin(
        self, touched: Collection[str] | None = None, *, full: bool = False, accept_missing: bool = False
    ) -> Changes:
        """Walk, compare with the catalogue, and apply all changes that need no reading; return the others.

        ``touched``: only these files and folders (readable paths), and the dossiers that contain them. The
        whole archive is walked nevertheless if checklists changed or a folder could not be listed before.
        """
        meta = self.catalogue.meta()
        self._unsealed = self.catalogue.secrecy.unsealed()
        everything = meta.get("checklists") != self.archive.checklists_digest
        lessons = relearn(self.archive, self.catalogue)
        taught = meta.get("learned", "") != lessons
        if everything or taught or json.loads(meta.get("problems", "[]")):
            touched = None
        found, touched = self._walked(touched)
        below = _scope(touched, found)
        if b"" in found.unreadable:
            self._here_since.check()
        within = None if below is None else lambda path: _covers(below, path)
        self._here_since.spare_absent(found, self.catalogue, within, accept=accept_missing)
        if wrong := clock_problem(meta.get("scanned_at", ""), datetime.now(UTC)):
            found.problems.append(wrong)
        known = self.catalogue.known_files(below)
        if not known and below is None:  # so that files placed by an interrupted first scan stay placed
            self.catalogue.placed_by(self.archive.checklists_digest)
        kinds_before = self.catalogue.kinds()
        self._note_moved(found, kinds_before, everything=everything)
        self._unsettled = frozenset()
        if taught:
            self._unsettled = self.catalogue.lessons.unsettled() | contradicted(self.archive, self.catalogue)
        changes = self._changes(found, known, below, full=full)
        if any(kinds_before.get(path, kind) != kind for path, kind in self.kinds.items()):
            # Once the new kinds are saved, the former ones are unknown: if this pass is interrupted, the
            # next one must classify everything again.
            self.catalogue.placed_by("")
        # Dossiers are saved first: a file must never be catalogued for an unknown dossier.
        self._save_walk(found, kinds_before, below)
        for change in changes.replace:
            assert change.twin is not None  # by construction of Changes
            self._place_anew(change, change.twin)
            if self._turns is not None:
                self._turns.give_way()
        if everything:
            self.catalogue.placed_by(self.archive.checklists_digest)
        if taught:
            self.catalogue.learned_by(lessons)
        return changes

    def _walked(self, touched: Collection[str] | None) -> tuple[Walk, Collection[str] | None]:
        """Walk the disk; return the result and the scope walked: everything if a folder could not be
        listed."""
        adopted = self.catalogue.adoptions.all()
        if self._seen is not None and self._seen[0] == adopted and touched is None:
            found = self._seen[1]
        else:
            found = walk(self.archive, touched, adopted)
        if adopted and follow_renames(self.archive, self.catalogue, found):
            adopted = self.catalogue.adoptions.all()
            found = walk(self.archive, touched, adopted)
        if touched is not None and found.problems:
            return walk(self.archive, None, adopted), None
        return found, touched

    def _note_moved(self, found: Walk, kinds_before: Mapping[str, str], *, everything: bool) -> None:
        """Note the dossiers found, and those whose kind or name changed: their documents are classified
        again."""
        called_before = self._names(self.catalogue.folders().values())
        self.kinds = {folder.path: folder.kind for folder in found.dossiers}
        self._called = self._names(found.dossiers)
        self._moved_kinds = frozenset(
            path
            for path, kind in self.kinds.items()
            if everything
            or kinds_before.get(path) != kind
            or called_before.get(path) != self._called.get(path)
        )

    def _changes(
        self, found: Walk, known: Mapping[bytes, KnownFile], below: Collection[str] | None, *, full: bool
    ) -> Changes:
        """Compare the disk with the catalogue; return the changes and count them."""
        self.files = found.files
        new = [entry for entry in found.files if entry.raw_path not in known]
        lacked = {name for file in known.values() for name in file.lacks}
        # Copies of the touched files may be anywhere in the archive and lack other programs than these.
        self._installed = frozenset(available(self.archive, lacked, thorough=below is not None))
        changes = compare(
            found.files,
            known,
            ReadBy(VERSION, self._installed, full),
            unreadable=found.unreadable,
            elsewhere=self.catalogue.lookalikes(new) if below is not None else (),
            moved_kinds=self._moved_kinds,
            unsettled=self._unsettled,
        )
        self.counts.files = len(found.files)
        self.counts.unchanged = changes.unchanged
        self.gone = changes.gone
        self._replaced = {change.replaces.id for change in changes.read if change.replaces}
        return changes

    def task(self, change: Change) -> Task:
        """Return the task for a worker to read the file."""
        return replace(self._task(change), expected=tuple(change.contents), unsealed=self._unsealed)

    def _task(self, change: Change) -> Task:
        if self._called is None:
            self._called = self._names(self.catalogue.folders().values())
        dossier = change.entry.dossier
        return Task(change.entry, self.kinds.get(dossier, ""), called=self._called.get(dossier, ""))

    @staticmethod
    def _names(folders: Iterable[DossierFolder]) -> dict[str, str]:
        return {folder.path: folder.called for folder in folders if folder.called}

    def compared(self, batch: Sequence[Change], *, full: bool = False) -> list[Change]:
        """Add to each change the catalogued files of the same size, which may have the same content.

        ``full``: only files read in this pass.
        """
        known: dict[int, list[KnownFile]] = defaultdict(list)
        for raw, file in self.catalogue.of_sizes({change.entry.size for change in batch}):
            current = file.reader == VERSION and self._installed.isdisjoint(file.lacks)
            current = current and file.sha256 not in self._unsealed
            if current and file.id not in self._replaced and (not full or raw in self._settled):
                known[file.size].append(file)
        return [
            replace(change, alike=tuple(known.get(change.entry.size, ())[:_MOST_ALIKE])) for change in batch
        ]

    def settle(self, change: Change, outcome: Outcome[FileRecord | Same]) -> None:
        """Catalogue the outcome of reading one file."""
        self.settle_all([(change, outcome)])

    def settle_all(self, found: Iterable[tuple[Change, Outcome[FileRecord | Same]]]) -> None:
        """Catalogue the outcomes of reading files, in one transaction if possible."""
        read: list[tuple[FileRecord, KnownFile | None]] = []
        for change, outcome in found:
            same = outcome.value if isinstance(outcome, Done) and isinstance(outcome.value, Same) else None
            if same is not None:
                self._store(read)
                self._same(change, same)
            elif (record := self._read(change, outcome)) is not None:
                if self._former.is_sealed(record):
                    self._store(read)
                    self._former.forget(record, change.replaces, self._vanished())
                read.append((record, change.replaces))
                if change.replaces and self._former.gives_way(record, change.replaces):
                    self._store(read)
                    self._former.forget_replaced()
            self._settled.add(change.entry.raw_path)
        self._store(read)

    def _store(self, read: list[tuple[FileRecord, KnownFile | None]]) -> None:
        if read:
            self.catalogue.store_all(read)
            read.clear()

    def _read(self, change: Change, outcome: Outcome[FileRecord | Same]) -> FileRecord | None:
        """Return the record read from a file; ``None`` if the file was deleted while the scan ran."""
        if isinstance(outcome, Died):
            record = unread_record(self._processor, self._task(change), outcome)
        else:
            assert isinstance(outcome.value, FileRecord)  # Same is handled by the caller
            record = outcome.value
        if record.unread is not None:
            if self._here_since.is_gone(change.entry, record.unread.reason):
                self.counts.files -= 1
                if change.replaces and self._walks:
                    self.catalogue.remove([change.replaces])
                return None
            self.counts.unread += 1
        self.counts.read += 1
        return record

    def _vanished(self) -> list[KnownFile]:
        """Catalogued files missing on the disk whose content has not been found at another path."""
        if self._walks:
            return [file for file in self.gone if file.id not in self.moved]
        root = os.fsencode(self.archive.root)
        known = self.catalogue.known_files().items()
        return [file for raw, file in known if not os.path.lexists(place(root, raw))]

    def forget(self, gone: Sequence[KnownFile]) -> None:
        """Remove deleted files from the catalogue."""
        if gone:
            self.catalogue.remove(gone)
            self.counts.gone += sum(file.id not in self.moved for file in gone)

    def weigh(self, dossiers: Collection[str] | None = None) -> None:
        """Weigh the doubtful documents of these dossiers, all of whose files are read; ``None``: of all."""
        weighed = weigh(self.archive, self.catalogue, self._processor, only=dossiers, turns=self._turns)
        self._weighed.update(weighed)

    def finish(self) -> None:
        """Finish the pass: weigh doubtful documents and record that the catalogue is up to date, and when."""
        self.weigh()
        doubt_misplaced(self.catalogue, self._processor, self._weighed)
        self.weigh()  # the dossiers whose numbers are doubted now, or no longer
        suggest(self.archive, self.catalogue, self._processor)
        self.catalogue.finish_scan(datetime.now(UTC), self.archive.checklists_digest)
        try:
            self.counts.secrets += forget(self.archive, self.catalogue)
        except (OSError, IndexUnusableError) as error:
            said = _("Chưa xóa hết nội dung tài liệu mật trong {path} ({why}); hãy quét lại.")
            why = error.message if isinstance(error, IndexUnusableError) else in_words(error)
            self.counts.secrets.append(said.format(path=self.archive.state, why=why))

    def _save_walk(self, found: Walk, known: Mapping[str, str], below: Collection[str] | None) -> None:
        hidden = [os.fsdecode(raw) for raw in found.unreadable]
        keep = [p for p in known if any(not h or p == h or p.startswith(h + "/") for h in hidden)]
        ignored = found.ignored
        if below is not None:
            keep += [path for path in known if not _covers(below, path)]
            before = self.catalogue.ignored_outside()
            others = [file for file in before if not _covers(below, file.path)]
            ignored = ignored | {OUTSIDE: sorted((*ignored[OUTSIDE], *others), key=attrgetter("path"))}
        self.catalogue.save_walk(found.dossiers, ignored, found.problems, keep)

    def _same(self, change: Change, same: Same) -> None:
        known, twin = change.replaces, change.contents[same.sha256]
        if (
            known is not None
            and known.id == twin.id
            and known.id not in self._unsettled
            and change.entry.dossier not in self._moved_kinds
            and known.dossier == change.entry.dossier
            and known.path == change.entry.path
        ):
            self.catalogue.touch(known, change.entry, doubtful=same.doubtful)
            self.counts.unchanged += 1
            self._replaced.discard(known.id)
        else:
            self._place_anew(change, twin, doubtful=same.doubtful)

    def _place_anew(self, change: Change, twin: KnownFile, *, doubtful: bool = False) -> None:
        """Classify a file from the stored text of ``twin``, which has the same content at another path."""
        task = self._task(change)
        content = self.catalogue.content(twin)
        if content is None:  # another process has replaced the twin's row: left to the next scan
            return
        format_, placed, unread, signatures, notes = content
        if unread is not None:
            unread = replace(unread, path=change.entry.path, candidates=self._processor.candidates(task))
        record = FileRecord(
            change.entry,
            twin.sha256,
            format_,
            tuple(old if old.security else self._processor.place(task, old.document) for old in placed),
            unread,
            notes,
            doubtful,
            twin.lacks,
            signatures,
        )
        self.catalogue.store(record, change.replaces)
        self.moved.add(twin.id)
        self.counts.placed_anew += 1


def _scope(touched: Collection[str] | None, found: Walk) -> frozenset[str] | None:
    """Return the paths at or below which the walk was complete; ``None``: the whole archive."""
    if touched is None or "." in touched:
        return None
    walked = {folder.path for folder in found.dossiers}
    if "." in walked:
        return None
    scope: set[str] = set()
    for path in sorted({*walked, *touched}, key=lambda path: path.count("/")):
        if not _covers(scope, path):
            scope.add(path)
    return frozenset(scope)


def _covers(scope: Collection[str], path: str) -> bool:
    """Whether ``path`` or a folder above it is in ``scope``."""
    while path not in scope:
        path = path.rpartition("/")[0]
        if not path:
            return False
    return True
