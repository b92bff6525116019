"""Keep catalogue and index current while people work in the archive.

One loop: events make paths restless, rest makes them due, due paths are compared with the catalogue,
what changed is read in the background, and what was read is catalogued and indexed. Files are read
without holding the archive's lock; it is taken only for the moments in which something is written, so
that a scan, a night's work or a person's decision gets its turn.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from dossier.archive import CONFIG_NAME, MANIFEST_NAME, Archive, check_kinds, open_archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.errors import ArchiveError, DossierError, LockedError
from dossier.i18n import _
from dossier.model import FileRecord, KnownFile
from dossier.scanner.background import Background
from dossier.scanner.changes import Change
from dossier.scanner.discover import readable
from dossier.scanner.pipeline import VERSION, Same, Task
from dossier.scanner.sandbox import Done, Outcome
from dossier.scanner.watch import Event, Observer, Settling, What, start_observers
from dossier.scanner.watch.choose import instead
from dossier.scanner.watch.disk import open_for_writing, stamp_of
from dossier.usecases.assess import assess
from dossier.usecases.heap import give_back, stay_small
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import watching, writing
from dossier.usecases.reading import pool_for, processor_for
from dossier.usecases.updating import Update

_TICK = 0.1  # seconds between two looks at what is due
_TURN = 0.2  # seconds to wait for the lock before looking after other things again
_BATCH = 200  # files catalogued while the lock is held
_BREATH = 0.05  # seconds between two batches: longer than others need to see that the lock is free
_REST = 5.0  # seconds after something went wrong before it is tried again
_GAPS = 5  # dossiers whose gaps are told after a change

Result = tuple[Task, Outcome[FileRecord | Same]]


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell. ``what``: ``watching``, ``read``, ``unread``, ``moved``, ``gone``, ``dossier``,
    ``waiting``, ``trouble``, ``lost``, ``polling``, ``settings``, ``caught-up`` or ``stopped``."""

    what: str
    path: str = ""
    detail: str = ""
    parts: tuple[str, ...] = ()
    count: int = 0
    dossier: str = ""  # in which a file lies
    review: bool = False  # the parts are guesses that a person must look at


@dataclass(slots=True)
class Totals:
    """What was done since the start, in files; ``queue``: what is waiting now."""

    read: int = 0
    unread: int = 0
    placed_anew: int = 0
    gone: int = 0
    unchanged: int = 0
    queue: int = 0


@dataclass(slots=True)
class _Due:
    """What is to be compared with the catalogue next."""

    everything: bool = True
    raw: set[bytes] = field(default_factory=set)
    owed: set[str] = field(default_factory=set)  # gone, but kept until what they became is read
    pay_at: float = 0.0


class Watcher:
    """``run`` until ``stop`` is called, from a signal handler or another thread."""

    def __init__(self, archive: Archive, tell: Callable[[News], None], *, workers: int = 0) -> None:
        self.archive = archive
        self.totals = Totals()
        self._tell = tell
        self._workers = workers
        self._stop = False
        self._events: deque[Event] = deque()
        self._settling = Settling(archive.config.watch.patience_seconds)
        self._due = _Due()
        self._reading: dict[bytes, tuple[Change, Task]] = {}
        self._unstored: list[Result] = []
        self._observers: list[Observer] = []
        self._shown: dict[str, None] = {}  # dossiers that changed, in their order
        self._moved: set[int] = set()  # rows whose content was found elsewhere: they are not gone
        self._finished = False  # the catalogue says that it is up to date
        self._waiting_for = ""
        self._once = False
        self._rest_until = 0.0
        self._observe_anew = False  # the archive was away: whoever watched it watches nothing now

    def stop(self) -> None:
        """Come to an end soon."""
        self._stop = True

    def run(self, *, once: bool = False) -> Totals:
        """Watch. ``once``: until everything that is there now is catalogued.

        Raises :class:`~dossier.errors.LockedError` when the archive is watched already.
        """
        check_kinds(self.archive)
        state = self.archive.ready_state()
        stay_small()
        self._once = once
        with watching(state):
            self._open_reader()
            try:
                self._observe()
                while not self._stop and not (once and self._idle()):
                    if not self._step():
                        time.sleep(_TICK)
                self._flush()
            finally:
                for observer in self._observers:
                    observer.stop()
                self._background.close()
        self._tell(News("stopped"))
        return self.totals

    # ------------------------------------------------------------------ noticing

    def _open_reader(self) -> None:
        self._processor = processor_for(self.archive)
        workers = self._workers or self.archive.config.scan.workers
        self._background: Background[Task, FileRecord | Same] = Background(pool_for(self.archive, workers))

    def _observe(self) -> None:
        root = os.fsencode(self.archive.root)
        poll = self.archive.config.watch.poll_seconds
        self._observers = start_observers(root, poll, self._events.append)
        for observer in self._observers:
            self._tell(News("watching", os.fsdecode(observer.folder), observer.why, (observer.name,)))

    def _take_events(self) -> None:
        now = time.monotonic()
        while self._events:
            event = self._events.popleft()
            if event.what is What.LIMIT:
                self._poll_instead(event.path)
            elif event.what is What.LOST:
                self._tell(News("lost", os.fsdecode(event.path)))
                self._due.everything = True
            elif self._ours(event.path):
                continue
            elif event.what is What.CLOSED:
                self._settling.closed(event.path)
            else:
                stamp = stamp_of(event.path)
                self._settling.touched(event.path, now, self._quiet(event.path), stamp, writing=event.writing)

    def _ours(self, path: bytes) -> bool:
        """Whether it is our own state that changed, or a version store we do not look into."""
        state, root = os.fsencode(self.archive.state), os.fsencode(self.archive.root)
        return any(path == own or path.startswith(own + b"/") for own in (state, root + b"/.git"))

    def _poll_instead(self, folder: bytes) -> None:
        """The kernel has no watches left: list the folder again and again."""
        for place, observer in enumerate(self._observers):
            if observer.folder == folder and observer.name != "polling":
                observer.stop()
                self._observers[place] = instead(folder, self.archive.config.watch.poll_seconds)
                self._observers[place].start(self._events.append)
                self._tell(News("polling", os.fsdecode(folder), self._observers[place].why))
                self._due.everything = True

    def _quiet(self, path: bytes) -> float:
        """How long the path must lie still; longer where others write unseen."""
        settings = self.archive.config.watch
        remote = any(o.remote and path.startswith(o.folder) for o in self._observers)
        return settings.network_quiet_seconds if remote else settings.quiet_seconds

    def _look(self) -> None:
        now = time.monotonic()
        for path in self._settling.due(now):
            stamp = stamp_of(path)
            opened = open_for_writing(path) if stamp is not None else False
            if self._settling.looked(path, now, self._quiet(path), stamp, opened):
                self._due.raw.add(path)

    # ------------------------------------------------------------------ doing

    def _step(self) -> bool:
        """One round; whether there was something to do."""
        self._take_events()
        self._look()
        if self._due.owed and not self._reading and time.monotonic() >= self._due.pay_at:
            self._due.raw.update(os.fsencode(self.archive.root / path) for path in self._due.owed)
            self._due.owed.clear()
        self.totals.queue = len(self._settling) + len(self._due.raw) + len(self._reading)
        busy = False
        if time.monotonic() < self._rest_until:
            return False
        if self._due.everything or self._due.raw:
            busy = self._turn(self._compare)
        self._unstored += self._background.take(_BATCH - len(self._unstored))
        if self._unstored:
            busy = self._turn(self._store) or busy
        due = self._due
        if not (self._finished or self._reading or due.everything or due.raw or due.owed):
            busy = self._turn(self._finish) or busy
        return busy

    def _idle(self) -> bool:
        return self._finished and not (
            self._events or len(self._settling) or self._due.raw or self._due.owed or self._due.everything
        )

    def _turn(self, work: Callable[[Catalogue], None], wait: float = _TURN) -> bool:
        """Do ``work`` while holding the lock; false when another process holds it."""
        try:
            with writing(self.archive.state, "watch", wait=wait):
                with open_catalogue(self.archive.state, VERSION) as catalogue:
                    work(catalogue)
                self._waiting_for = ""
        except LockedError as error:
            self._tell_once("waiting", error.message)
            return False
        except (DossierError, OSError) as error:
            if self._once:
                raise
            # Years are long: a full disk or a share that is away is told, and tried again.
            self._rest_until = time.monotonic() + _REST
            said = f"{error.message} {error.advice}" if isinstance(error, DossierError) else str(error)
            self._tell_once("trouble", said)
            return False
        time.sleep(_BREATH)
        return True

    def _tell_once(self, what: str, detail: str) -> None:
        if self._waiting_for != detail:
            self._waiting_for = detail
            self._tell(News(what, detail=detail))

    def _check_there(self, catalogue: Catalogue) -> None:
        """Refuse to take an archive for emptied whose disk or share is only away."""
        root = self.archive.root
        try:
            there = any(
                p.is_dir() and p != self.archive.state and p.name != "checklists" for p in root.iterdir()
            )
        except OSError:
            there = False
        if not there and catalogue.kinds():
            self._observe_anew = True
            raise ArchiveError(
                _("Thư mục kho {path} trống hoặc không mở được; có thể ổ đĩa chưa được kết nối.").format(
                    path=root
                ),
                _("Những gì đã biết được giữ nguyên; việc theo dõi tự tiếp tục khi kho trở lại."),
            )
        if self._observe_anew:
            for observer in self._observers:
                observer.stop()
            self._observe()
            self._due.everything, self._observe_anew = True, False

    def _compare(self, catalogue: Catalogue) -> None:
        """What is due, against the catalogue: forget, place anew, and have the rest read."""
        self._check_there(catalogue)
        raw, everything = self._due.raw, self._due.everything
        self._due.raw, self._due.everything = set(), False
        try:
            if self._settings_changed(raw):
                everything = True
            update = self._update(catalogue)
            changes = update.begin(None if everything else self._scope(raw))
        except BaseException:
            self._due.raw |= raw
            self._due.everything |= everything
            raise
        self._finished = False
        self._supersede(update, everything)
        todo, twins = [], set()
        for change in changes.read:
            if change.twin is not None:
                twins.add(change.twin.id)
            path = change.entry.raw_path
            if os.path.join(os.fsencode(self.archive.root), path) in self._settling:
                continue  # it is not at rest yet; its turn comes
            if path not in self._reading:
                self._reading[path] = (change, update.task(change))
                todo.append(self._reading[path][1])
        self._background.submit(todo)
        self._forget(update, twins)
        self._count(update)
        catch_up(self.archive, catalogue)
        self._show_places(update)

    def _update(self, catalogue: Catalogue) -> Update:
        update = Update(self.archive, catalogue, self._processor)
        update.moved = self._moved
        return update

    def _settings_changed(self, raw: set[bytes]) -> bool:
        """Take over new settings or checklists; those that are wrong are told and not taken."""
        root = os.fsencode(self.archive.root)
        own = (root + b"/" + CONFIG_NAME.encode(), root + b"/checklists")
        if not any(path in own or path.startswith(own[1] + b"/") for path in raw):
            return False
        try:
            changed = open_archive(self.archive.root, self.archive.state)
            check_kinds(changed)
        except DossierError as error:
            self._tell(News("settings", detail=f"{error.message} {error.advice}"))
            return False
        self.archive = changed
        self._background.close()
        self._reading.clear()
        self._unstored.clear()
        self._open_reader()
        self._tell(News("settings"))
        return True

    def _scope(self, raw: set[bytes]) -> set[str]:
        """Readable paths to look at; of what vanished with its folder, the topmost folder gone."""
        root = os.fsencode(self.archive.root)
        found = set()
        for path in raw:
            if os.path.basename(path) == MANIFEST_NAME.encode():
                path = os.path.dirname(path)  # it makes its folder a dossier, or no longer
            while len(path) > len(root) and not os.path.lexists(os.path.dirname(path)):
                path = os.path.dirname(path)
            found.add(readable(path[len(root) + 1 :]) if len(path) > len(root) else ".")
        return found

    def _supersede(self, update: Update, everything: bool) -> None:
        """Files being read that changed again or went meanwhile: what comes of it is not wanted."""
        there = {entry.raw_path: entry for entry in update.files}
        for path, (change, _task) in list(self._reading.items()):
            now = there.get(path)
            seen = now is not None or everything or change.entry.dossier in update.kinds
            gone = not os.path.lexists(os.path.join(os.fsencode(self.archive.root), path))
            if gone or (seen and now != change.entry):
                del self._reading[path]

    def _forget(self, update: Update, twins: set[int]) -> None:
        """Files that went leave the catalogue, but not before what they may have become is read."""
        twins |= {change.twin.id for change, _task in self._reading.values() if change.twin is not None}
        update.forget([file for file in update.gone if file.id not in twins])
        for file in update.gone:
            if file.id in twins:
                self._due.owed.add(file.path)
                self._due.pay_at = time.monotonic() + self.archive.config.watch.quiet_seconds

    def _store(self, catalogue: Catalogue) -> None:
        """Catalogue what was read, unless somebody else did or it changed meanwhile."""
        results, self._unstored = self._unstored, []
        try:
            self._settle(catalogue, results)
        except BaseException:
            for task, _outcome in results:  # what was not kept is looked at again
                self._reading.pop(task.entry.raw_path, None)
                self._due.raw.add(os.path.join(os.fsencode(self.archive.root), task.entry.raw_path))
            raise

    def _settle(self, catalogue: Catalogue, results: list[Result]) -> None:
        update = self._update(catalogue)
        update.kinds = catalogue.kinds()
        for task, outcome in results:
            path = task.entry.raw_path
            change, wanted = self._reading.get(path, (None, None))
            if change is None or wanted is not task:
                continue
            del self._reading[path]
            if self._stale(catalogue, update, change):
                self._due.raw.add(os.path.join(os.fsencode(self.archive.root), path))
                continue
            update.settle(change, outcome)
            self._tell_read(change, outcome)
            self._shown[change.entry.dossier] = None
        self._count(update)
        catch_up(self.archive, catalogue)

    def _stale(self, catalogue: Catalogue, update: Update, change: Change) -> bool:
        def same(one: KnownFile | None, other: KnownFile | None) -> bool:
            return (one.id if one else None) == (other.id if other else None)

        return (
            change.entry.dossier not in update.kinds
            or not same(catalogue.current(change.entry.raw_path), change.replaces)
            or (change.twin is not None and not catalogue.holds(change.twin))
        )

    def _finish(self, catalogue: Catalogue) -> None:
        self._update(catalogue).finish()
        catch_up(self.archive, catalogue)  # with what the dossiers as a whole say of doubtful documents
        self._finished = True
        self._moved.clear()
        self._tell_gaps()
        give_back()
        self._tell(News("caught-up"))

    def _flush(self) -> None:
        """Before the end: what was read already is kept, if nobody else is writing."""
        self._unstored += self._background.take(_BATCH)
        if self._unstored:
            self._turn(self._store, wait=1.0)

    # ------------------------------------------------------------------ telling

    def _count(self, update: Update) -> None:
        counts, totals = update.counts, self.totals
        totals.read += counts.read
        totals.unread += counts.unread
        totals.placed_anew += counts.placed_anew
        totals.gone += counts.gone
        totals.unchanged = counts.unchanged or totals.unchanged
        for what, count in (("moved", counts.placed_anew), ("gone", counts.gone)):
            if count:
                self._tell(News(what, count=count))

    def _show_places(self, update: Update) -> None:
        changed = update.counts.placed_anew or update.counts.gone
        if changed and len(update.kinds) <= _GAPS:
            self._shown.update(dict.fromkeys(update.kinds))

    def _tell_read(self, change: Change, outcome: Outcome[FileRecord | Same]) -> None:
        if not isinstance(outcome, Done) or isinstance(outcome.value, Same):
            return
        record = outcome.value
        if record.unread is not None:
            self._tell(News("unread", change.entry.path, record.unread.detail, dossier=change.entry.dossier))
            return
        places = dict.fromkeys(place.part for placed in record.documents for place in placed.placements)
        review = any(placed.review for placed in record.documents)
        self._tell(
            News("read", change.entry.path, parts=tuple(places), dossier=change.entry.dossier, review=review)
        )

    def _tell_gaps(self) -> None:
        """What the dossiers that just changed still lack."""
        shown, self._shown = list(self._shown), {}
        for path in shown[-_GAPS:]:
            try:
                (report,) = assess(self.archive, dossier=path).dossiers
            except (DossierError, ValueError):
                continue  # it went again
            missing = tuple(part for item in report.items for part in item.missing)
            self._tell(News("dossier", path, report.name, missing, int(report.complete)))
