"""The threads that live as long as the server, and two of them that keep the catalogue up to date: one scans
after changes that take effect only with a scan, one watches the archive."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from dossier import libraries
from dossier.errors import DossierError, LockedError
from dossier.workspace import with_context

if TYPE_CHECKING:
    from dossier.usecases.watch import News, Watcher
    from dossier.web.cache import Cache

_RESCAN_RETRY_SECONDS = 3.0  # while another scan is running, which may have missed the change
_WATCH_RETRY_SECONDS = 30.0
log = logging.getLogger(__name__)


class BackgroundThread(ABC):
    """A daemon thread of the server. ``_work`` returns soon after ``_stopped`` is set."""

    _name: ClassVar[str]
    _stop_seconds: ClassVar[float] = 10.0  # waited for its end; 0: the end of the process ends it

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=with_context(self._work), name=self._name, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread."""
        self._stopped.set()
        self._wake()
        if self._stop_seconds and self._thread.is_alive():
            self._thread.join(self._stop_seconds)

    @abstractmethod
    def _work(self) -> None:
        """What the thread does."""

    def _wake(self) -> None:  # noqa: B027  most threads wait for nothing but ``_stopped``
        """End what the thread waits for."""


class Rescan(BackgroundThread):
    """Scans the whole archive on request; requests during a scan lead to one further scan."""

    _name = "rescan"
    _stop_seconds = 0.0

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache
        self._news = threading.Condition()
        self._wanted = self._done = 0

    def _wake(self) -> None:
        with self._news:
            self._news.notify_all()

    def want(self) -> None:
        """Request a scan."""
        with self._news:
            self._wanted += 1
            self._news.notify_all()

    def settled(self, seconds: float) -> bool:
        """Wait until all requested scans are done; false if that takes longer than ``seconds``."""
        with self._news:
            return self._news.wait_for(lambda: self._done == self._wanted, seconds)

    def _work(self) -> None:
        from dossier.usecases.scan import scan

        while not self._stopped.is_set():
            with self._news:
                self._news.wait_for(lambda: self._stopped.is_set() or self._done != self._wanted)
                wanted = self._wanted
            if self._stopped.is_set():
                return
            try:
                archive = self._cache.archive
                with archive.within(language="vi"):
                    scan(archive)
            except LockedError:
                self._stopped.wait(_RESCAN_RETRY_SECONDS)
                continue
            except DossierError:  # shown on pages after the next evaluation
                log.warning("the scan after a click failed", exc_info=True)
            with self._news:
                self._done = wanted
                self._news.notify_all()


class Following(BackgroundThread):
    """Reads and catalogues new files, unless another process watches already. ``trouble``: why it is not
    working; empty if it is."""

    _name = "watch"

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache
        self._watcher: Watcher | None = None
        self.trouble = ""
        self.elsewhere = False  # another process watches
        self._seen = False

    def _wake(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()  # files already read are kept

    @property
    def watching(self) -> bool:
        """Whether new files are being noticed."""
        watcher = self._watcher
        return watcher is not None and self._seen

    @property
    def queue(self) -> int:
        """Number of files waiting or being read."""
        watcher = self._watcher
        return watcher.totals.queue if watcher is not None else 0

    def _work(self) -> None:
        while not self._stopped.wait(0.5):  # until the first scan has been judged
            if not self._cache.judged:
                continue
            try:
                from dossier.usecases.watch import Watcher  # late: pages work without its library

                with self._cache.archive.within(language="vi"):
                    self._watcher = Watcher(self._cache.archive, self._tell)
                    if not self._stopped.is_set():
                        self._watcher.run()
            except LockedError:
                self.elsewhere = True
            except DossierError as error:
                self.trouble = error.in_full
            except Exception as error:  # noqa: BLE001  pages work without, and show it
                self.trouble = libraries.fault_of(error) or f"{type(error).__name__}: {error}"
            self._watcher, self._seen = None, False
            self._stopped.wait(_WATCH_RETRY_SECONDS)

    def _tell(self, news: News) -> None:
        self.elsewhere = False
        if news.what in ("trouble", "lost"):
            self.trouble = news.detail
        elif news.what in ("caught-up", "read", "watching"):
            self.trouble, self._seen = "", True
