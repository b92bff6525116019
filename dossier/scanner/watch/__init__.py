"""Watching an archive for changes, and detecting when a changed file is complete."""

from dossier.scanner.watch.choose import start_observers
from dossier.scanner.watch.interface import Event, Observer, Settling, Stamp, What

__all__ = ["Event", "Observer", "Settling", "Stamp", "What", "start_observers"]
