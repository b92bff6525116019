"""The archive as the server holds it: how everything stands, looked up once a revision, never for a request.

A thread looks once a second whether the catalogue has changed, and judges anew beside the state in force,
which requests go on reading: the dossiers that changed, and not more often than leaves the processor to the
requests, however often a scan stores what it read. An archive that was never scanned is scanned first.
"""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from dossier import libraries
from dossier.archive import CHECKLISTS_NAME, CONFIG_NAME, Archive, open_archive
from dossier.catalogue import is_made, nothing_pending, pulse_of
from dossier.errors import DossierError, LockedError
from dossier.i18n import _, language
from dossier.usecases.heap import settle, unsettle
from dossier.usecases.indexing import catch_up
from dossier.usecases.known import open_known
from dossier.usecases.locking import taking_turns
from dossier.usecases.standing import Standing, StandingFeed, id_of
from dossier.workspace import carried

_LOOK_SECONDS = 1.0
_RETRY_SECONDS = 10.0
_STOP_SECONDS = 5.0
_REST = 10  # times as long as judging took the processor, until changes by others are judged again …
_MOST_REST_SECONDS = 60.0  # … but not longer


@dataclass(frozen=True, slots=True)
class FirstScan:
    """What the first scan is at; ``total`` 0: it still looks what is there."""

    done: int = 0
    total: int = 0


class NotReadyError(Exception):
    """Nothing can be shown yet: the archive is being read or judged, or cannot be (``trouble``)."""

    def __init__(self, progress: FirstScan | None, trouble: str = "") -> None:
        super().__init__(trouble)
        self.progress = progress
        self.trouble = trouble


class Cache:
    """See the module. ``today`` is fixed where that is asked for, to repeat a result."""

    def __init__(self, archive: Archive, today: datetime.date | None = None) -> None:
        self.archive = archive
        self._fixed = today
        self._pulse = pulse_of(archive)
        self._standings: dict[str, Standing] = {}  # by language
        self._observers: dict[str, StandingFeed] = {}
        self._resting: dict[str, float] = {}  # by language, until when
        self._index_rests = 0.0
        self._files: tuple[object, Mapping[str, str]] = (None, {})
        self._wanted = {"vi"}
        self._settled = _settings_of(archive)
        self._news = threading.Condition()
        self._stopped = threading.Event()
        self._judging = threading.Lock()
        self._listing = threading.Lock()
        self._progress: FirstScan | None = None
        self._trouble = ""
        self._version = 0
        self._thread = threading.Thread(target=carried(self._watch), name="office", daemon=True)

    def start(self) -> None:
        """Begin to look after the archive."""
        self._thread.start()

    def stop(self) -> None:
        """Come to an end; a first scan under way is left to the end of the process."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)
        if not self._thread.is_alive():  # a connection that is closed while it is asked ends the process
            self._pulse.close()

    @property
    def today(self) -> datetime.date:
        """The day by which everything is judged."""
        return self._fixed or datetime.date.today()

    def standing(self, wait: float = 20.0) -> Standing:
        """How everything stands, in the language in use. Raises :class:`NotReadyError` when it is not known
        within ``wait`` seconds."""
        spoken = language()
        end = time.monotonic() + wait
        with self._news:
            self._wanted.add(spoken)
            while (found := self._standings.get(spoken)) is None:
                left = end - time.monotonic()
                if self._progress is not None or self._trouble or left <= 0:
                    raise NotReadyError(self._progress, self._trouble)
                self._news.wait(min(left, _LOOK_SECONDS))
        return found

    @property
    def judged(self) -> bool:
        """Whether anything can be shown yet."""
        return bool(self._standings)

    @property
    def version(self) -> int:
        """One more after everything that a page might show otherwise now."""
        return self._version

    @property
    def progress(self) -> FirstScan | None:
        """What a first scan is at; ``None``: there is none."""
        return self._progress

    def revision(self) -> object:
        """Another one after every change of the catalogue."""
        return self._pulse.revision()

    def path_of(self, file: str) -> str | None:
        """The path of the catalogued file that is called so in addresses; ``None``: there is none. One that
        is gone by now may be given still: what it is called follows from its path alone."""
        if file not in self._files[1]:
            with self._listing:  # of many who ask at once one looks
                revision = self._pulse.revision()
                if file not in self._files[1] and self._files[0] != revision:
                    self._list(revision)
        return self._files[1].get(file)

    def _list(self, revision: object) -> None:
        with open_known(self.archive) as catalogue:
            self._files = (revision, {id_of(path): path for path in catalogue.paths()})

    def changed(self) -> None:
        """Something was changed by us just now, and the next page is to show it."""
        with self._judging:
            revision = self._pulse.revision()
            for spoken in list(self._standings):
                with self.archive.within(language=spoken):
                    self._keep(spoken, self._observer(spoken).stand(revision, self.today))

    def reopen(self) -> None:
        """Take over what the archive's settings say now, and judge by it. Raises
        :class:`~dossier.errors.DossierError` where they are wrong: then those of before stay in force."""
        with self._judging:
            self._settled = _settings_of(self.archive)
            opened = open_archive(self.archive.root, self.archive.state)
            opened.checklists  # noqa: B018  what is wrong with them is told now
            self.archive = opened
            self._observers.clear()
            with self._news:
                self._standings = {
                    spoken: replace(each, revision=None) for spoken, each in self._standings.items()
                }
                self._resting.clear()

    def _observer(self, spoken: str) -> StandingFeed:
        return self._observers.setdefault(spoken, StandingFeed(self.archive))

    def _keep(self, spoken: str, standing: Standing) -> None:
        with self._news:
            self._standings[spoken] = standing
            self._version += 1
            self._trouble = ""
            self._news.notify_all()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            try:
                if not is_made(self.archive) or not self._scanned():
                    self._scan()
                if self._settled != _settings_of(self.archive):  # changed by hand, or by a command
                    self.reopen()
                self._judge()
                if self._files[0] is None:  # before somebody waits for it
                    self.path_of("")
                self._take_in()
                pause = _LOOK_SECONDS
            except DossierError as error:
                self._fail(f"{error.message} {error.advice}".strip())
                pause = _RETRY_SECONDS
            except Exception as error:  # noqa: BLE001  the page must say what is wrong, whatever it is
                self._fail(libraries.fault_of(error) or f"{type(error).__name__}: {error}")
                pause = _RETRY_SECONDS
            self._stopped.wait(pause)

    def _fail(self, why: str) -> None:
        with self._news:
            self._trouble = why
            self._news.notify_all()

    def _scanned(self) -> bool:
        if self._standings:
            return True
        with open_known(self.archive) as catalogue:
            return "scanned_at" in catalogue.meta()

    def _scan(self) -> None:
        from dossier.usecases.scan import scan

        self._progress = FirstScan()

        def advance(done: int, total: int, _path: str) -> None:
            self._progress = FirstScan(done, total)

        try:
            with self.archive.within():
                scan(self.archive, progress=advance)
        finally:
            self._progress = None

    def _judge(self) -> None:
        revision, today = self._pulse.revision(), self.today
        for spoken in sorted(self._wanted, reverse=True):
            known = self._standings.get(spoken)
            resting = time.monotonic() < self._resting.get(spoken, 0.0)
            if known is not None and known.today == today and (known.revision == revision or resting):
                continue
            with self._judging, self.archive.within(language=spoken):
                began = time.thread_time()
                if known is not None and known.today != today:
                    unsettle()
                self._keep(spoken, self._observer(spoken).stand(self._pulse.revision(), today))
                settle()
            if known is not None:  # from nothing it takes far longer than ever again
                rest = min(_REST * (time.thread_time() - began), _MOST_REST_SECONDS)
                self._resting[spoken] = time.monotonic() + rest

    def _take_in(self) -> None:
        """While a scan is at work the index takes in what it has read so far, as seldom as verdicts are made
        again: who searches finds it, and waits for none of it."""
        if time.monotonic() < self._index_rests or nothing_pending(self.archive):
            return
        began = time.thread_time()
        with (
            suppress(LockedError),
            self.archive.within(),
            taking_turns(self.archive, "index", wait=_LOOK_SECONDS) as turns,
            open_known(self.archive) as catalogue,
        ):
            catch_up(self.archive, catalogue, only=lambda _path: True, turns=turns)
        rest = min(_REST * (time.thread_time() - began), _MOST_REST_SECONDS)
        self._index_rests = time.monotonic() + max(rest, _LOOK_SECONDS)

    def notes(self) -> list[str]:
        """What everybody should know who looks at the page."""
        return [_("Kết quả có thể đã cũ: {why}").format(why=self._trouble)] if self._trouble else []


def _settings_of(archive: Archive) -> object:
    """Another one after every change of the settings or of the archive's own checklists."""
    known = []
    for path in (archive.root / CONFIG_NAME, *sorted((archive.root / CHECKLISTS_NAME).glob("*.toml"))):
        with suppress(OSError):
            about = path.stat()
            known.append((path.name, about.st_mtime_ns, about.st_size))
    return known
