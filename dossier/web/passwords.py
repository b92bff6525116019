"""Passwords: which may be one, and their argon2id hashes."""

from __future__ import annotations

import secrets
import threading
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
    """The password, where it is one that nobody guesses at once. Raises :class:`UsageError`."""
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
    """What is kept of a password."""
    return _hasher().hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether the hash is of that password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return bool(_hasher().verify(kept, password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def of_nobody() -> str:
    """A hash that no password matches, to spend the same time on names that are none."""
    return hashed(secrets.token_hex(16))


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
