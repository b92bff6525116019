"""Watches the archive while the server runs: new files are read and catalogued, unless another process
watches already."""

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
    """Runs the watcher in a thread. ``trouble``: why it is not working; empty if it is."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._stopped = threading.Event()
        self._watcher: Watcher | None = None
        self._thread = threading.Thread(target=carried(self._work), name="watch", daemon=True)
        self.trouble = ""
        self.elsewhere = False  # another process watches
        self._seen = False

    def start(self) -> None:
        """Start the thread; watching begins after the first scan."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the watcher; files already read are kept."""
        self._stopped.set()
        if self._watcher is not None:
            self._watcher.stop()
        if self._thread.is_alive():
            self._thread.join(10)

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
        while not self._stopped.wait(0.5):
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
                self.trouble = f"{error.message} {error.advice}".strip()
            except Exception as error:  # noqa: BLE001  pages work without, and show it
                self.trouble = libraries.fault_of(error) or f"{type(error).__name__}: {error}"
            self._watcher, self._seen = None, False
            self._stopped.wait(_RETRY_SECONDS)

    def _tell(self, news: News) -> None:
        self.elsewhere = False
        if news.what in ("trouble", "lost"):
            self.trouble = news.detail
        elif news.what in ("caught-up", "read", "watching"):
            self.trouble, self._seen = "", True
