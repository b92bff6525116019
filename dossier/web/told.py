"""What is told to somebody on the next page they open, once: what became of what they sent."""

from __future__ import annotations

import threading
from collections.abc import Sequence

_MOST = 60  # sentences for one person


class Told:
    """In memory only; for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sentences: dict[str, list[str]] = {}

    def put(self, name: str, sentences: Sequence[str]) -> None:
        """Keep these for that person."""
        with self._lock:
            kept = [*self._sentences.get(name, ()), *sentences]
            self._sentences[name] = kept[-_MOST:]

    def take(self, name: str) -> list[str]:
        """What is to be told to them now."""
        with self._lock:
            return self._sentences.pop(name, [])
