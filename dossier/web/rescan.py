"""Scans the whole archive after changes that take effect only with a scan (which folders are dossiers, which
documents bear no stamp), in a thread of its own, so that the request queue does not wait."""

from __future__ import annotations

import logging
import threading

from dossier.errors import DossierError, LockedError
from dossier.usecases.scan import scan
from dossier.web.cache import Cache
from dossier.workspace import carried

_RETRY_SECONDS = 3.0  # while another scan is running, which may have missed the change
log = logging.getLogger(__name__)


class Rescan:
    """Runs scans on request; requests during a scan lead to one further scan."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._news = threading.Condition()
        self._wanted = self._done = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=carried(self._work), name="rescan", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread; a scan under way is ended by the end of the process."""
        self._stopped.set()
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
                self._stopped.wait(_RETRY_SECONDS)
                continue
            except DossierError:  # shown on pages after the next evaluation
                log.warning("the scan after a click failed", exc_info=True)
            with self._news:
                self._done = wanted
                self._news.notify_all()
