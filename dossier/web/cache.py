"""The current status of the archive, held in memory and updated once per revision, never by a request.

A thread checks every second whether the catalogue has changed and evaluates the changed dossiers again, while
requests use the previous status. It pauses in proportion to the processor time used, so that a scan which
stores continually does not slow requests down. An archive that was never scanned is scanned first.
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
from dossier.progress import heard_by
from dossier.usecases.heap import freeze_objects, unfreeze_objects
from dossier.usecases.indexing import catch_up
from dossier.usecases.known import open_known
from dossier.usecases.locking import taking_turns
from dossier.usecases.scan import scan
from dossier.usecases.standing import Standing, StandingFeed, id_of
from dossier.web.background import BackgroundThread

_CHECK_SECONDS = 1.0
_RETRY_SECONDS = 10.0
_REST = 10  # pause before the next evaluation, in multiples of the processor time of the last …
_MOST_REST_SECONDS = 60.0  # … but not longer


@dataclass(frozen=True, slots=True)
class FirstScan:
    """Progress of the first scan; ``total`` 0: files are still being listed."""

    done: int = 0
    total: int = 0


class NotReadyError(Exception):
    """The status is not available yet: the archive is being read or evaluated, or cannot be (``trouble``)."""

    def __init__(self, progress: FirstScan | None, trouble: str = "") -> None:
        super().__init__(trouble)
        self.progress = progress
        self.trouble = trouble


class Cache(BackgroundThread):
    """Holds the archive's status by language. ``today``: a fixed day for reproducible results."""

    _name = "office"
    _stop_seconds = 5.0

    def __init__(self, archive: Archive, today: datetime.date | None = None) -> None:
        super().__init__()
        self.archive = archive
        self._fixed = today
        self._pulse = pulse_of(archive)
        self._standings: dict[str, Standing] = {}  # by language
        self._observers: dict[str, StandingFeed] = {}
        self._resting: dict[str, float] = {}  # by language, until when no evaluation is due
        self._index_rests = 0.0
        self._files: tuple[object, Mapping[str, str]] = (None, {})
        self._wanted = {"vi"}
        self._settings_mark = _settings_of(archive)
        self._news = threading.Condition()
        self._judging = threading.Lock()
        self._listing = threading.Lock()
        self._progress: FirstScan | None = None
        self._trouble = ""
        self._version = 0

    def stop(self) -> None:
        """Stop the thread; a first scan under way is ended by the end of the process."""
        super().stop()
        if not self._thread.is_alive():  # closing a connection in use crashes the process
            self._pulse.close()

    @property
    def today(self) -> datetime.date:
        """The day used in evaluation."""
        return self._fixed or datetime.date.today()

    def standing(self, wait: float = 20.0) -> Standing:
        """The status in the current language. Raises :class:`NotReadyError` if it is not available within
        ``wait`` seconds."""
        lang = language()
        end = time.monotonic() + wait
        with self._news:
            self._wanted.add(lang)
            while (found := self._standings.get(lang)) is None:
                left = end - time.monotonic()
                if self._progress is not None or self._trouble or left <= 0:
                    raise self.not_ready()
                self._news.wait(min(left, _CHECK_SECONDS))
        return found

    @property
    def judged(self) -> bool:
        """Whether a status is available in any language."""
        return bool(self._standings)

    @property
    def version(self) -> int:
        """A counter that rises with every change visible on pages."""
        return self._version

    @property
    def progress(self) -> FirstScan | None:
        """Progress of a first scan; ``None``: none is running."""
        return self._progress

    def not_ready(self) -> NotReadyError:
        """Why nothing can be shown yet."""
        return NotReadyError(self._progress, self._trouble)

    def revision(self) -> object:
        """A value that differs after every change of the catalogue."""
        return self._pulse.revision()

    def path_of(self, file: str) -> str | None:
        """The path of the catalogued file with the id ``file`` (used in addresses), or ``None``. A file
        removed since may still be returned, since the id depends on the path alone."""
        if file not in self._files[1]:
            with self._listing:  # of concurrent requests only one reads the list
                revision = self._pulse.revision()
                if file not in self._files[1] and self._files[0] != revision:
                    self._list(revision)
        return self._files[1].get(file)

    def _list(self, revision: object) -> None:
        with open_known(self.archive) as catalogue:
            self._files = (revision, {id_of(path): path for path in catalogue.paths()})

    def changed(self) -> None:
        """Update the status after a change by this process, so that the next page shows it."""
        with self._judging:
            revision = self._pulse.revision()
            for lang in list(self._standings):
                with self.archive.within(language=lang):
                    self._keep(lang, self._observer(lang).stand(revision, self.today))

    def reopen(self) -> None:
        """Reload the archive's settings and evaluate by them. Raises :class:`~dossier.errors.DossierError` if
        they are invalid; then the previous ones stay in force."""
        with self._judging:
            self._settings_mark = _settings_of(self.archive)
            opened = open_archive(self.archive.root, self.archive.state)
            opened.checklists  # noqa: B018  raises for invalid checklists now
            self.archive = opened
            self._observers.clear()
            with self._news:
                self._standings = {
                    lang: replace(each, revision=None) for lang, each in self._standings.items()
                }
                self._resting.clear()

    def _observer(self, lang: str) -> StandingFeed:
        return self._observers.setdefault(lang, StandingFeed(self.archive))

    def _keep(self, lang: str, standing: Standing) -> None:
        with self._news:
            self._standings[lang] = standing
            self._version += 1
            self._trouble = ""
            self._news.notify_all()

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                if not is_made(self.archive) or not self._scanned():
                    self._scan()
                if self._settings_mark != _settings_of(self.archive):  # changed by hand, or by a command
                    self.reopen()
                self._judge()
                if self._files[0] is None:  # in advance, so that no request waits for it
                    self.path_of("")
                self._take_in()
                pause = _CHECK_SECONDS
            except DossierError as error:
                self._fail(error.in_full)
                pause = _RETRY_SECONDS
            except Exception as error:  # noqa: BLE001  pages must show what is wrong, whatever it is
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
        self._progress = FirstScan()

        def advance(done: int, total: int, _what: str) -> None:
            self._progress = FirstScan(done, total)

        try:
            with self.archive.within(), heard_by(advance):
                scan(self.archive)
        finally:
            self._progress = None

    def _judge(self) -> None:
        revision, today = self._pulse.revision(), self.today
        for lang in sorted(self._wanted, reverse=True):
            known = self._standings.get(lang)
            resting = time.monotonic() < self._resting.get(lang, 0.0)
            if known is not None and known.today == today and (known.revision == revision or resting):
                continue
            with self._judging, self.archive.within(language=lang):
                began = time.thread_time()
                if known is not None and known.today != today:
                    unfreeze_objects()
                self._keep(lang, self._observer(lang).stand(self._pulse.revision(), today))
                freeze_objects()
            if known is not None:  # the first evaluation takes far longer than all later ones
                rest = min(_REST * (time.thread_time() - began), _MOST_REST_SECONDS)
                self._resting[lang] = time.monotonic() + rest

    def _take_in(self) -> None:
        """Index what a running scan has catalogued so far, as rarely as dossiers are evaluated again, so that
        searches find it without waiting."""
        if time.monotonic() < self._index_rests or nothing_pending(self.archive):
            return
        began = time.thread_time()
        with (
            suppress(LockedError),
            self.archive.within(),
            taking_turns(self.archive, "index", wait=_CHECK_SECONDS) as turns,
            open_known(self.archive) as catalogue,
        ):
            catch_up(self.archive, catalogue, only=lambda _path: True, turns=turns)
        rest = min(_REST * (time.thread_time() - began), _MOST_REST_SECONDS)
        self._index_rests = time.monotonic() + max(rest, _CHECK_SECONDS)

    def notes(self) -> list[str]:
        """Warnings to show on every page."""
        return [_("Kết quả có thể đã cũ: {why}").format(why=self._trouble)] if self._trouble else []


def _settings_of(archive: Archive) -> object:
    """A value that differs after every change of the settings or of the archive's own checklists."""
    known = []
    for path in (archive.root / CONFIG_NAME, *sorted((archive.root / CHECKLISTS_NAME).glob("*.toml"))):
        with suppress(OSError):
            about = path.stat()
            known.append((path.name, about.st_mtime_ns, about.st_size))
    return known
