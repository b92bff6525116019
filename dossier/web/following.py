"""Whoever opens the page need not start anything else: new files are seen, read and catalogued while it is
open, unless another process watches the archive already.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from dossier import libraries
from dossier.errors import DossierError, LockedError
from dossier.web.cache import Cache
from dossier.workspace import carried

if TYPE_CHECKING:
    from dossier.usecases.watch import News, Watcher

_RETRY_SECONDS = 30.0


class Following:
    """See the module. ``queue``: files that are seen and not catalogued yet; ``trouble``: what keeps it."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._stopped = threading.Event()
        self._watcher: Watcher | None = None
        self._thread = threading.Thread(target=carried(self._work), name="watch", daemon=True)
        self.trouble = ""
        self.elsewhere = False  # another process watches
        self._seen = False

    def start(self) -> None:
        """Begin once the archive has been read for the first time."""
        self._thread.start()

    def stop(self) -> None:
        """Come to an end soon; what was read is kept."""
        self._stopped.set()
        if self._watcher is not None:
            self._watcher.stop()
        if self._thread.is_alive():
            self._thread.join(10)

    @property
    def watching(self) -> bool:
        """Whether every new file is seen from now on."""
        watcher = self._watcher
        return watcher is not None and self._seen

    @property
    def queue(self) -> int:
        """How many files wait or are being read."""
        watcher = self._watcher
        return watcher.totals.queue if watcher is not None else 0

    def _work(self) -> None:
        while not self._stopped.wait(0.5):
            if not self._cache.judged:
                continue
            try:
                from dossier.usecases.watch import Watcher  # by a library that may not load: a page without

                with self._cache.archive.within(language="vi"):
                    self._watcher = Watcher(self._cache.archive, self._tell)
                    if not self._stopped.is_set():
                        self._watcher.run()
            except LockedError:
                self.elsewhere = True
            except DossierError as error:
                self.trouble = f"{error.message} {error.advice}".strip()
            except Exception as error:  # noqa: BLE001  the page goes on without, and says so
                self.trouble = libraries.fault_of(error) or f"{type(error).__name__}: {error}"
            self._watcher, self._seen = None, False
            self._stopped.wait(_RETRY_SECONDS)

    def _tell(self, news: News) -> None:
        self.elsewhere = False
        if news.what in ("trouble", "lost"):
            self.trouble = news.detail
        elif news.what in ("caught-up", "read", "watching"):
            self.trouble, self._seen = "", True
