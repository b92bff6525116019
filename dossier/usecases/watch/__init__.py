"""Watching an archive for changes, by one process at a time; see :mod:`dossier.usecases.watch.watcher`."""

from dossier.usecases.watch.news import News, WatchTotals
from dossier.usecases.watch.watcher import Watcher

__all__ = ["News", "WatchTotals", "Watcher"]
