"""How often somebody may try: each address, and each account after it was guessed wrong."""

from __future__ import annotations

import threading
import time

_FREE_TRIES = 5  # per account; then 2, 4, 8 … seconds
_LONGEST_WAIT = 900.0
_PER_ADDRESS = 30  # tries a minute
_MOST_KEPT = 10_000  # names and addresses made up by whoever tries


class TooManyTriesError(Exception):
    """Wait ``seconds`` before the next try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Throttle:
    """See the module. It forgets with the process: who waits for that waits longer than for the answer."""

    def __init__(self) -> None:
        self._failed: dict[str, tuple[int, float]] = {}  # account → failures, when the last was
        self._tries: dict[str, list[float]] = {}  # address → when
        self._lock = threading.Lock()

    def admit(self, name: str, address: str) -> None:
        """Count a try. Raises :class:`TooManyTriesError`."""
        now = time.monotonic()
        with self._lock:
            tries = [at for at in self._tries.get(address, []) if now - at < 60]
            if len(tries) >= _PER_ADDRESS:
                raise TooManyTriesError(60 - (now - tries[0]))
            if len(self._tries) > _MOST_KEPT:
                self._tries = {of: at for of, at in self._tries.items() if now - at[-1] < 60}
            self._tries[address] = [*tries, now]
            count, last = self._failed.get(name, (0, 0.0))
            wait = min(2.0 ** max(count - _FREE_TRIES + 1, 0), _LONGEST_WAIT) if count >= _FREE_TRIES else 0.0
            if now - last < wait:
                raise TooManyTriesError(wait - (now - last))

    def failed(self, name: str) -> None:
        """That try was wrong."""
        with self._lock:
            if len(self._failed) > _MOST_KEPT:
                self._failed = {of: seen for of, seen in self._failed.items() if seen[0] >= _FREE_TRIES}
            if len(self._failed) > _MOST_KEPT:
                self._failed.clear()
            self._failed[name] = (self._failed.get(name, (0, 0.0))[0] + 1, time.monotonic())

    def right(self, name: str) -> None:
        """That try was right: the account starts anew."""
        with self._lock:
            self._failed.pop(name, None)
