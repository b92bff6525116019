"""Noticing changes in an archive as they happen, and when a file has come to rest."""

from dossier.scanner.watch.choose import start_observers
from dossier.scanner.watch.interface import Event, Observer, Settling, Stamp, What

__all__ = ["Event", "Observer", "Settling", "Stamp", "What", "start_observers"]
