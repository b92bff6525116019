"""The archive is watched by one process; see :mod:`dossier.usecases.watch.watcher`."""

from dossier.usecases.watch.news import News, WatchTotals
from dossier.usecases.watch.watcher import Watcher

__all__ = ["News", "WatchTotals", "Watcher"]
