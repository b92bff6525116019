"""Bring the catalogue and the index up to date with the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dossier.archive import Archive, check_kinds
from dossier.catalogue import Catalogue, open_catalogue
from dossier.i18n import _, language
from dossier.model import FileRecord, UnreadFile, UnreadReason
from dossier.scanner.changes import Change, Changes, compare
from dossier.scanner.discover import Walk, walk
from dossier.scanner.pipeline import VERSION, Processor, Same, Task
from dossier.scanner.readers.interface import Limits
from dossier.scanner.sandbox import Bounds, Died, Outcome, Pool
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import writing

Progress = Callable[[int, int, str], None]  # done, total, path


@dataclass(slots=True)
class ScanCounts:
    """What one scan did, in files."""

    files: int = 0
    unchanged: int = 0
    read: int = 0
    unread: int = 0
    placed_anew: int = 0
    gone: int = 0


def scan(
    archive: Archive, *, full: bool = False, workers: int = 0, progress: Progress | None = None
) -> ScanCounts:
    """Walk, read what changed, catalogue and index it.

    ``full`` reads every file again; ``workers`` 0 takes the configured number. Raises
    :class:`~dossier.errors.LockedError` while another process writes, and other
    :class:`~dossier.errors.DossierError` when archive or state cannot be used.
    """
    check_kinds(archive)
    state = archive.ready_state()
    with writing(state, "scan"), open_catalogue(state, VERSION) as catalogue:
        return _Scan(archive, catalogue, workers or archive.config.scan.workers, progress).run(full)


class _Scan:
    def __init__(
        self, archive: Archive, catalogue: Catalogue, workers: int, progress: Progress | None
    ) -> None:
        self.archive = archive
        self.catalogue = catalogue
        self.workers = workers or os.cpu_count() or 1
        self.progress = progress
        self.counts = ScanCounts()
        self._moved: set[int] = set()  # ids of rows whose content was found under another name

    def run(self, full: bool) -> ScanCounts:
        found = walk(self.archive)
        digest = _digest(self.archive)
        known = self.catalogue.known_files()
        if not known:  # what a scan that is cut short has placed need not be placed anew
            self.catalogue.placed_by(digest)
        kinds_before = self.catalogue.kinds()
        everything = self.catalogue.meta().get("checklists") != digest
        self.kinds = {folder.path: folder.kind for folder in found.dossiers}
        changes = compare(
            found.files,
            known,
            reader=VERSION,
            unreadable=found.unreadable,
            available=_available(self.archive),
            moved_kinds=frozenset(
                path for path, kind in self.kinds.items() if everything or kinds_before.get(path) != kind
            ),
            full=full,
        )
        self.counts.files = len(found.files)
        self.counts.unchanged = changes.unchanged
        # Dossiers are saved first: a file must never be catalogued for a dossier nobody knows.
        self._save_walk(found, kinds_before)
        self._apply(changes)
        self.catalogue.finish_scan(datetime.now(UTC), digest)
        catch_up(self.archive, self.catalogue)
        return self.counts

    def _save_walk(self, found: Walk, known: Mapping[str, str]) -> None:
        hidden = [os.fsdecode(raw) for raw in found.unreadable]
        keep = [p for p in known if any(not h or p == h or p.startswith(h + "/") for h in hidden)]
        self.catalogue.save_walk(found.dossiers, found.ignored, found.outside, found.problems, keep)

    def _apply(self, changes: Changes) -> None:
        processor = self._processor()
        for change in changes.replace:
            self._place_anew(processor, change)
        total = len(changes.read)
        for done, (change, outcome) in enumerate(self._outcomes(processor, changes.read), start=1):
            self._settle(processor, change, outcome)
            if self.progress:
                self.progress(done, total, change.entry.path)
        self._forget(changes)

    def _processor(self) -> Processor:
        settings = self.archive.config.scan
        limits = Limits(max_bytes=settings.max_file_mb << 20, ocr=settings.ocr)
        return Processor(os.fsencode(self.archive.root), self.archive.checklists, limits, language())

    def _outcomes(
        self, processor: Processor, todo: list[Change]
    ) -> Iterator[tuple[Change, Outcome[FileRecord | Same]]]:
        if not todo:
            return
        settings = self.archive.config.scan
        by_path = {change.entry.raw_path: change for change in todo}
        tasks = (Task(c.entry, self.kinds[c.entry.dossier], c.twin.sha256 if c.twin else "") for c in todo)
        with Pool(
            processor,
            workers=min(self.workers, len(todo)),
            seconds=settings.timeout_seconds,
            bounds=Bounds(settings.memory_mb << 20, settings.cpu_seconds, settings.output_mb << 20),
        ) as pool:
            for task, outcome in pool.run(tasks):
                yield by_path[task.entry.raw_path], outcome

    def _settle(self, processor: Processor, change: Change, outcome: Outcome[FileRecord | Same]) -> None:
        if isinstance(outcome, Died):
            record = _died(processor, change, self.kinds[change.entry.dossier], outcome)
        elif isinstance(outcome.value, Same):
            self._same(processor, change, outcome.value)
            return
        else:
            record = outcome.value
        if record.unread is not None:
            path = os.path.join(os.fsencode(self.archive.root), change.entry.raw_path)
            if not os.path.lexists(path):
                # It vanished while the scan ran: it is not a file of the dossier any more.
                self.counts.files -= 1
                if change.replaces:
                    self.catalogue.remove([change.replaces])
                return
            self.counts.unread += 1
        self.counts.read += 1
        self.catalogue.store(record, change.replaces)

    def _same(self, processor: Processor, change: Change, same: Same) -> None:
        known = change.replaces
        if known is not None and known.dossier == change.entry.dossier and known.path == change.entry.path:
            self.catalogue.touch(
                known, mtime_ns=change.entry.mtime_ns, inode=change.entry.inode, doubtful=same.doubtful
            )
            self.counts.unchanged += 1
        else:
            self._place_anew(processor, change)

    def _place_anew(self, processor: Processor, change: Change) -> None:
        """Classify from the stored text: the content is known, its place or name is new."""
        twin = change.twin
        assert twin is not None  # by construction of Changes
        task = Task(change.entry, self.kinds[change.entry.dossier])
        format_, placed, unread, signatures = self.catalogue.content(twin)
        if unread is not None:
            unread = replace(unread, path=change.entry.path, candidates=processor.candidates(task))
        record = FileRecord(
            change.entry,
            twin.sha256,
            format_,
            tuple(old if old.security else processor.place(task, old.document) for old in placed),
            unread,
            lacks=twin.lacks,
            signatures=signatures,
        )
        self.catalogue.store(record, change.replaces)
        self._moved.add(twin.id)
        self.counts.placed_anew += 1

    def _forget(self, changes: Changes) -> None:
        if changes.gone:
            self.catalogue.remove(changes.gone)
            self.counts.gone = sum(file.id not in self._moved for file in changes.gone)


def _died(processor: Processor, change: Change, kind: str, outcome: Died) -> FileRecord:
    """A file whose reader was killed: say which limit it hit and what to do."""
    if outcome.cause == "timeout":
        reason = UnreadReason.TIMEOUT
        detail = _("Đọc quá lâu nên đã dừng; tăng [scan] timeout_seconds trong dossier.toml nếu tệp này cần.")
    elif outcome.cause == "cpu":
        reason = UnreadReason.TIMEOUT
        detail = _(
            "Tốn quá nhiều thời gian xử lý nên đã dừng; tăng [scan] cpu_seconds trong dossier.toml "
            "nếu tệp này cần."
        )
    elif outcome.cause == "output":
        reason = UnreadReason.TOO_LARGE
        detail = _(
            "Nội dung đọc được quá lớn nên đã dừng; tăng [scan] output_mb trong dossier.toml, "
            "hoặc tách nhỏ tệp."
        )
    elif outcome.cause == "memory":
        reason = UnreadReason.TOO_LARGE
        detail = _(
            "Cần quá nhiều bộ nhớ nên đã dừng; tăng [scan] memory_mb trong dossier.toml, hoặc tách nhỏ tệp."
        )
    else:
        reason = UnreadReason.CORRUPT
        detail = _(
            "Tệp làm chương trình đọc bị dừng đột ngột; tệp có thể đã hỏng: mở thử rồi lưu lại bản mới."
        )
    candidates = processor.candidates(Task(change.entry, kind))
    unread = UnreadFile(change.entry.path, reason, detail, candidates)
    return FileRecord(change.entry, "", "", unread=unread)


def _available(archive: Archive) -> tuple[str, ...]:
    """Programs and packages that are here now, by the names used in ``lacks``."""
    from importlib.util import find_spec

    from dossier.scanner._exec import antiword, bsdtar, catdoc, tesseract

    here = {
        tesseract.NAME: archive.config.scan.ocr and tesseract.reads_vietnamese(),
        antiword.NAME: antiword.available() or catdoc.available(),
        bsdtar.NAME: bsdtar.available(),
        "pillow-heif": find_spec("pillow_heif"),
    }
    return tuple(name for name, found in here.items() if found)


def _digest(archive: Archive) -> str:
    """Changes whenever a checklist does: then every document is placed anew."""
    in_force = [checklist for _kind, checklist in sorted(archive.checklists.items())]
    return hashlib.sha256(repr(in_force).encode()).hexdigest()
