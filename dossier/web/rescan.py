"""A look at the whole archive after something was said that counts only once it was seen: which folders are
dossiers, which papers bear no stamp. Beside the writer, so that nobody's click waits for it.
"""

from __future__ import annotations

import logging
import threading

from dossier.errors import DossierError, LockedError
from dossier.usecases.scan import scan
from dossier.web.cache import Cache
from dossier.workspace import carried

_RETRY_SECONDS = 3.0  # while another scan is at work, which may have looked before it was said
log = logging.getLogger(__name__)


class Rescan:
    """One thread that scans when that is wanted; what is wanted meanwhile is one more scan."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._news = threading.Condition()
        self._wanted = self._done = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=carried(self._work), name="rescan", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Come to an end; a scan under way is left to the end of the process."""
        self._stopped.set()
        with self._news:
            self._news.notify_all()

    def want(self) -> None:
        """Look once more, from now on."""
        with self._news:
            self._wanted += 1
            self._news.notify_all()

    def settled(self, seconds: float) -> bool:
        """Wait until everything that was wanted is done; false when it takes longer."""
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
            except DossierError:  # the page tells of it as soon as it looks itself
                log.warning("the scan after a click failed", exc_info=True)
            with self._news:
                self._done = wanted
                self._news.notify_all()
