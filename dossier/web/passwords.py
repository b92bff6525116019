"""Passwords: rules for new ones, argon2id hashes, and limits on attempts."""

from __future__ import annotations

import secrets
import threading
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from dossier.errors import UsageError
from dossier.i18n import _

if TYPE_CHECKING:
    from argon2 import PasswordHasher


LEAST_LENGTH = 12
LONGEST = 200
_AT_ONCE = threading.Semaphore(2)  # each verification takes 19 MiB and 50 ms of a core
_COMMON = ("matkhau", "password", "123456", "qwerty", "abcdef", "congan", "vietnam", "111111", "dossier")


def checked(password: str, name: str) -> str:
    """Return the password if it is not easily guessed. Raises :class:`UsageError`."""
    folded = password.casefold()
    if not LEAST_LENGTH <= len(password) <= LONGEST:
        raise UsageError(_("Mật khẩu phải có ít nhất {count} ký tự.").format(count=LEAST_LENGTH))
    bare = "".join(dict.fromkeys(folded))
    if len(bare) < 5 or name.casefold() in folded or any(_mostly(common, folded) for common in _COMMON):
        raise UsageError(_("Mật khẩu quá dễ đoán; hãy dùng vài từ không liên quan nối nhau."))
    return password


def _mostly(common: str, folded: str) -> bool:
    return len(folded.replace(common, "")) < LEAST_LENGTH * 2 // 3


def hashed(password: str) -> str:
    """The hash of a password, for storing."""
    return _hasher().hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether the hash is that of the password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return bool(_hasher().verify(kept, password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def of_nobody() -> str:
    """A hash that no password matches, so that unknown names take the same time."""
    return hashed(secrets.token_hex(16))


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


_FREE_TRIES = 5  # per account; then 2, 4, 8 … seconds
_LONGEST_WAIT = 900.0
_PER_ADDRESS = 30  # tries a minute
_MOST_KEPT = 10_000  # since attackers can invent names and addresses


class TooManyTriesError(Exception):
    """Too many attempts: wait ``seconds``. ``first``: the first refusal of its address within a minute; only
    that one is logged, so that nobody can flood the log."""

    def __init__(self, seconds: float, *, first: bool = True) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.first = first


class Throttle:
    """Limits attempts by account and by address. In memory only: waiting for a restart of the server takes
    longer than the delay."""

    def __init__(self) -> None:
        self._failed: dict[str, tuple[int, float]] = {}  # account → number of failures, time of the last
        self._tries: dict[str, list[float]] = {}  # address → when
        self._refused: dict[str, float] = {}  # address → when a refusal was logged
        self._lock = threading.Lock()

    def admit(self, name: str, address: str) -> None:
        """Count an attempt. Raises :class:`TooManyTriesError`."""
        now = time.monotonic()
        with self._lock:
            tries = [at for at in self._tries.get(address, []) if now - at < 60]
            if len(tries) >= _PER_ADDRESS:
                raise self._too_many(address, 60 - (now - tries[0]))
            if len(self._tries) > _MOST_KEPT:
                self._tries = {of: at for of, at in self._tries.items() if now - at[-1] < 60}
            self._tries[address] = [*tries, now]
            count, last = self._failed.get(name, (0, 0.0))
            wait = min(2.0 ** max(count - _FREE_TRIES + 1, 0), _LONGEST_WAIT) if count >= _FREE_TRIES else 0.0
            if now - last < wait:
                raise self._too_many(address, wait - (now - last))

    def _too_many(self, address: str, seconds: float) -> TooManyTriesError:
        now = time.monotonic()
        self._refused = {of: at for of, at in self._refused.items() if now - at < 60}
        first = address not in self._refused
        self._refused.setdefault(address, now)
        return TooManyTriesError(seconds, first=first)

    def failed(self, name: str) -> None:
        """Record a failed attempt."""
        with self._lock:
            if len(self._failed) > _MOST_KEPT:
                self._failed = {of: seen for of, seen in self._failed.items() if seen[0] >= _FREE_TRIES}
            if len(self._failed) > _MOST_KEPT:
                self._failed.clear()
            self._failed[name] = (self._failed.get(name, (0, 0.0))[0] + 1, time.monotonic())

    def right(self, name: str) -> None:
        """Record a successful attempt; the account's failures are cleared."""
        with self._lock:
            self._failed.pop(name, None)
