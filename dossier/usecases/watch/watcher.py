"""Keep catalogue and index up to date while people work in the archive.

One loop: paths with events are observed until they no longer change; then they are compared with the
catalogue, changed files are read in the background, and the results are catalogued and indexed. Files are
read without holding the archive's lock; it is taken only for writing, so that a scan, a nightly run or a
person's decision is not blocked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from dossier.archive import CONFIG_NAME, MANIFEST_NAME, Archive, check_kinds, open_archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.errors import ArchiveError, DossierError, LockedError
from dossier.i18n import _
from dossier.model import OUTSIDE, KnownFile
from dossier.os_errors import in_words
from dossier.scanner import VERSION
from dossier.scanner.changes import Change
from dossier.scanner.walk_result import readable
from dossier.usecases.heap import give_back, stay_small
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import watching, writing
from dossier.usecases.updating import Update
from dossier.usecases.watch.attention import Attention
from dossier.usecases.watch.news import News, Teller, WatchTotals
from dossier.usecases.watch.reading import BackgroundReading, Result

_TICK = 0.1  # seconds between two rounds without work
_TURN = 0.2  # seconds to wait for the lock before going on with other work
_BATCH = 200  # files catalogued while the lock is held
_BREATH = 0.05  # pause in seconds between two batches, long enough for others to notice the free lock
_REST = 5.0  # seconds after an error before the next attempt


class Watcher:
    """Watches an archive: :meth:`run` returns after :meth:`stop` is called by a signal handler or another
    thread."""

    def __init__(self, archive: Archive, tell: Callable[[News], None], *, workers: int = 0) -> None:
        self.archive = archive
        self._workers = workers
        self._teller = Teller(tell)
        self._attention = Attention(archive, tell)
        self._unstored: list[Result] = []
        self._moved: set[int] = set()  # ids of rows whose content was found at another path: not deleted
        self._finished = False  # the catalogue is marked as up to date
        self._once = False
        self._stop = False
        self._rest_until = 0.0
        self._away = False  # the archive was missing, so its observers must be restarted

    @property
    def totals(self) -> WatchTotals:
        """Totals since the start."""
        return self._teller.totals

    def stop(self) -> None:
        """Ask the watcher to stop soon."""
        self._stop = True

    def run(self, *, once: bool = False) -> WatchTotals:
        """Watch until stopped. ``once``: only until the present files are catalogued.

        Raises :class:`~dossier.errors.LockedError` if the archive is watched already.
        """
        check_kinds(self.archive)
        self.archive.ready_state()
        stay_small()
        self._once = once
        with watching(self.archive):
            self._open_reader()
            try:
                self._attention.start()
                while not self._stop and not (once and self._idle()):
                    if not self._step():
                        time.sleep(_TICK)
                self._flush()
            finally:
                self._attention.stop()
                self._reading.close()
        self._teller.tell(News("stopped"))
        return self.totals

    def _open_reader(self) -> None:
        self._reading = BackgroundReading(self.archive, self._workers or self.archive.config.scan.workers)

    def _step(self) -> bool:
        """Do one round; return whether there was work."""
        due = self._attention.due
        self._attention.look()
        if due.deferred and not self._reading and time.monotonic() >= due.deferred_until:
            due.raw.update(self._raw(path) for path in due.deferred)
            due.deferred.clear()
        self.totals.queue = len(self._attention.settling) + len(due.raw) + len(self._reading)
        busy = False
        if time.monotonic() < self._rest_until:
            return False
        if due.everything or due.raw:
            busy = self._turn(self._compare)
        self._unstored += self._reading.take(_BATCH - len(self._unstored))
        if self._unstored:
            busy = self._turn(self._store) or busy
        if not (self._finished or self._reading or due.any()):
            busy = self._turn(self._finish) or busy
        return busy

    def _idle(self) -> bool:
        return self._finished and not (self._attention.restless() or self._attention.due.any())

    def _raw(self, path: str | bytes) -> bytes:
        """Return the absolute raw path of a path in the archive."""
        return self.archive.raw_root + b"/" + os.fsencode(path)

    def _turn(self, work: Callable[[Catalogue], None], wait: float = _TURN) -> bool:
        """Do ``work`` while holding the lock; return ``False`` if the lock is taken or the work failed."""
        try:
            with writing(self.archive, "watch", wait=wait):
                with open_catalogue(self.archive, VERSION) as catalogue:
                    work(catalogue)
                self._teller.went_on()
        except LockedError as error:
            self._teller.held_up("waiting", error.message)
            return False
        except (DossierError, OSError) as error:
            if self._once:
                raise
            # The watcher runs for years: a full disk or a missing share is reported, and tried again later.
            self._rest_until = time.monotonic() + _REST
            message = error.in_full if isinstance(error, DossierError) else in_words(error)
            self._teller.held_up("trouble", message)
            return False
        time.sleep(_BREATH)
        return True

    def _check_there(self, catalogue: Catalogue) -> None:
        """Raise :class:`ArchiveError` if the archive seems empty because its disk or share is not mounted."""
        root = self.archive.root
        try:
            present = any(
                p.is_dir() and p != self.archive.state and p.name != "checklists" for p in root.iterdir()
            )
        except OSError:
            present = False
        if not present and catalogue.kinds():
            self._away = True
            raise ArchiveError(
                _("Thư mục kho {path} trống hoặc không mở được; có thể ổ đĩa chưa được kết nối.").format(
                    path=root
                ),
                _("Những gì đã biết được giữ nguyên; việc theo dõi tự tiếp tục khi kho trở lại."),
            )
        if self._away:
            self._attention.start()
            self._attention.due.everything, self._away = True, False

    def _compare(self, catalogue: Catalogue) -> None:
        """Compare due paths with the catalogue: remove, reclassify, and queue the other changes for
        reading."""
        self._check_there(catalogue)
        due = self._attention.due
        raw, everything = due.raw, due.everything
        due.raw, due.everything = set(), False
        try:
            if self._settings_changed(raw):
                everything = True
            update = self._update(catalogue)
            changes = update.begin(None if everything else self._scope(raw))
        except BaseException:
            due.raw |= raw
            due.everything |= everything
            raise
        self._finished = False
        self._reading.supersede(update, everything)
        settling = self._attention.settling  # files still changing are read later
        self._reading.begin(update, [c for c in changes.read if self._raw(c.entry.raw_path) not in settling])
        twins = {change.twin.id for change in changes.read if change.twin is not None}
        self._forget(update, twins)
        self._teller.counted(update)
        catch_up(self.archive, catalogue)
        self._teller.placed(update)

    def _update(self, catalogue: Catalogue) -> Update:
        update = Update(self.archive, catalogue, self._reading.processor)
        update.moved = self._moved
        return update

    def _settings_changed(self, raw: set[bytes]) -> bool:
        """Load changed settings or checklists; invalid ones are reported and ignored. Returns whether new
        ones were loaded."""
        root = self.archive.raw_root
        own = (root + b"/" + CONFIG_NAME.encode(), root + b"/checklists")
        if not any(path in own or path.startswith(own[1] + b"/") for path in raw):
            return False
        try:
            changed = open_archive(self.archive.root, self.archive.state)
            check_kinds(changed)
        except DossierError as error:
            self._teller.tell(News("settings", detail=error.in_full))
            return False
        self.archive = self._attention.archive = changed
        self._reading.close()
        self._unstored.clear()
        self._open_reader()
        self._teller.tell(News("settings"))
        return True

    def _scope(self, raw: set[bytes]) -> set[str]:
        """Return the readable paths to compare; for a path in a deleted folder the topmost deleted folder."""
        root = self.archive.raw_root
        found = set()
        for path in raw:
            if os.path.basename(path) == MANIFEST_NAME.encode():
                path = os.path.dirname(path)  # the manifest decides whether its folder is a dossier
            while len(path) > len(root) and not os.path.lexists(os.path.dirname(path)):
                path = os.path.dirname(path)
            found.add(readable(path[len(root) + 1 :]) if len(path) > len(root) else ".")
        return found

    def _forget(self, update: Update, twins: set[int]) -> None:
        """Remove deleted files from the catalogue, but defer those that may have been moved until the files
        being read show whether they were."""
        twins |= self._reading.twins()
        update.forget([file for file in update.gone if file.id not in twins])
        for file in update.gone:
            if file.id in twins:
                self._attention.due.deferred.add(file.path)
                self._attention.due.deferred_until = (
                    time.monotonic() + self.archive.config.watch.quiet_seconds
                )

    def _store(self, catalogue: Catalogue) -> None:
        """Catalogue the files read, except those catalogued by another process or changed meanwhile."""
        results, self._unstored = self._unstored, []
        try:
            self._settle(catalogue, results)
        except BaseException:
            for task, _outcome in results:  # files not stored are compared again
                self._reading.drop(task)
                self._attention.due.raw.add(self._raw(task.entry.raw_path))
            raise

    def _settle(self, catalogue: Catalogue, results: list[Result]) -> None:
        update = self._update(catalogue)
        update.kinds = catalogue.kinds()
        for task, outcome in results:
            change = self._reading.claim(task)
            if change is None:
                continue
            if self._stale(catalogue, update, change):
                self._attention.due.raw.add(self._raw(task.entry.raw_path))
                continue
            update.settle(change, outcome)
            self._teller.read(change, outcome)
        self._teller.counted(update)
        catch_up(self.archive, catalogue)

    def _stale(self, catalogue: Catalogue, update: Update, change: Change) -> bool:
        def same(one: KnownFile | None, other: KnownFile | None) -> bool:
            return (one.id if one else None) == (other.id if other else None)

        return (
            change.entry.dossier not in (OUTSIDE, *update.kinds)
            or not same(catalogue.current(change.entry.raw_path), change.replaces)
            or (change.twin is not None and not catalogue.holds(change.twin))
        )

    def _finish(self, catalogue: Catalogue) -> None:
        self._update(catalogue).finish()
        catch_up(self.archive, catalogue)  # includes the results of weighing doubtful documents
        self._finished = True
        self._moved.clear()
        self._teller.gaps(self.archive)
        give_back()
        self._teller.tell(News("caught-up"))

    def _flush(self) -> None:
        """Before stopping, store the files read so far, if no other process is writing."""
        self._unstored += self._reading.take(_BATCH)
        if self._unstored:
            self._turn(self._store, wait=1.0)
