"""Accounts: name, role, units, and a password that only its argon2id hash tells of."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.roles import NOBODY, Role, Visitor
from dossier.web.storage import Row, Storage

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_LENGTH = 12
_LONGEST = 200
_FREE_TRIES = 5  # per account; then 2, 4, 8 … seconds
_LONGEST_WAIT = 900.0
_PER_ADDRESS = 30  # tries a minute
_AT_ONCE = threading.Semaphore(2)  # each verification takes 19 MiB and 50 ms of a core
_COMMON = ("matkhau", "password", "123456", "qwerty", "abcdef", "congan", "vietnam", "111111", "dossier")


@dataclass(frozen=True, slots=True)
class Account:
    """One account; ``units`` ``None``: all."""

    name: str
    role: Role
    units: tuple[str, ...] | None
    language: str


class TooManyTriesError(Exception):
    """Wait ``seconds`` before the next try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Accounts:
    """See the module."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._failed: dict[str, tuple[int, float]] = {}  # account → failures, when the last was
        self._tries: dict[str, list[float]] = {}  # address → when
        self._lock = threading.Lock()
        self._nobody = ""

    def any(self) -> bool:
        """Whether there are accounts at all."""
        return self._storage.one("SELECT 1 FROM accounts LIMIT 1") is not None

    def all(self) -> list[Account]:
        """Every account by its name."""
        return [_account(row) for row in self._storage.all("SELECT * FROM accounts ORDER BY name")]

    def put(
        self, name: str, role: Role, units: Iterable[str] | None, password: str | None, language: str = "vi"
    ) -> None:
        """Make an account or change it; without a password it keeps the one it has. Its sessions end.
        Raises :class:`UsageError` for a name or password that cannot be one, and where no administrator
        would be left."""
        name = name.strip()
        if not name or len(name) > 60 or not name.isprintable():
            raise UsageError(_("Tên tài khoản phải có từ 1 đến 60 ký tự."))
        known = self._storage.one("SELECT * FROM accounts WHERE name = ?", name)
        if password is None and known is None:
            raise UsageError(_("Tài khoản mới phải có mật khẩu."))
        kept = str(known["password"]) if known else ""
        hashed = _hasher().hash(checked(password, name)) if password is not None else kept
        told = None if units is None else json.dumps(sorted(set(units)), ensure_ascii=False)
        with self._storage.whole():
            self._storage.change("DELETE FROM accounts WHERE name = ?", name)
            self._storage.change(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)",
                name, role.value, told, hashed, language, time.time(),
            )  # fmt: skip
            self._check_administrator()
            self._storage.change("DELETE FROM sessions WHERE account = ?", name)

    def remove(self, name: str) -> bool:
        """Delete an account with its sessions and tokens; false where there is none. Raises
        :class:`UsageError` for the last administrator while others are left."""
        with self._storage.whole():
            gone = self._storage.change("DELETE FROM accounts WHERE name = ?", name)
            if self.any():
                self._check_administrator()
            self._storage.change("DELETE FROM sessions WHERE account = ?", name)
            self._storage.change("DELETE FROM tokens WHERE account = ?", name)
        return bool(gone)

    def _check_administrator(self) -> None:
        if self._storage.one("SELECT 1 FROM accounts WHERE role = ?", Role.ADMIN.value) is None:
            raise UsageError(
                _("Phải luôn có ít nhất một tài khoản quản trị máy."),
                _("Tạo trước: dossier account add TÊN --role admin"),
            )

    def verify(self, name: str, password: str, address: str) -> bool:
        """Whether the password is the account's: in the same time where there is no such account. Raises
        :class:`TooManyTriesError`."""
        self._throttle(name, address)
        row = self._storage.one("SELECT password FROM accounts WHERE name = ?", name)
        with _AT_ONCE:
            right = _matches(str(row["password"]) if row else self._of_nobody(), password[:_LONGEST])
        with self._lock:
            if row is not None and right:
                self._failed.pop(name, None)
                return True
            count = self._failed.get(name, (0, 0.0))[0] + 1
            self._failed[name] = (count, time.monotonic())
            if len(self._failed) > 10_000:  # names made up by whoever tries
                self._failed.clear()
        return False

    def _throttle(self, name: str, address: str) -> None:
        now = time.monotonic()
        with self._lock:
            tries = [at for at in self._tries.get(address, []) if now - at < 60]
            if len(tries) >= _PER_ADDRESS:
                raise TooManyTriesError(60 - (now - tries[0]))
            self._tries[address] = [*tries, now]
            count, last = self._failed.get(name, (0, 0.0))
            wait = min(2.0 ** max(count - _FREE_TRIES + 1, 0), _LONGEST_WAIT) if count >= _FREE_TRIES else 0.0
            if now - last < wait:
                raise TooManyTriesError(wait - (now - last))

    def _of_nobody(self) -> str:
        self._nobody = self._nobody or _hasher().hash(secrets.token_hex(16))
        return self._nobody

    def visitor(self, name: str, language: str = "", session: str = "", csrf: str = "") -> Visitor:
        """Who the account is; nobody where there is none any more."""
        row = self._storage.one("SELECT * FROM accounts WHERE name = ?", name)
        if row is None:
            return NOBODY
        account = _account(row)
        units = None if account.units is None else frozenset(account.units)
        return Visitor(account.name, account.role, units, language or account.language, session, csrf)

    def new_token(self, name: str, label: str) -> str:
        """A token by which a machine acts as that account; shown once, kept as a hash."""
        if not self.visitor(name).name:
            raise UsageError(_("Không có tài khoản “{name}”.").format(name=name))
        token = f"dsr_{secrets.token_urlsafe(32)}"
        hashed = sha256(token.encode()).hexdigest()
        self._storage.change("INSERT INTO tokens VALUES (?, ?, ?, ?)", hashed, name, label[:60], time.time())
        return token

    def by_token(self, token: str) -> Visitor:
        """Whom a machine acts as; nobody for another token."""
        hashed = sha256(token.encode()).hexdigest()
        row = self._storage.one("SELECT account FROM tokens WHERE hash = ?", hashed)
        return self.visitor(row["account"]) if row else NOBODY

    def drop_tokens(self, name: str) -> int:
        """Make all tokens of an account worthless; how many there were."""
        return self._storage.change("DELETE FROM tokens WHERE account = ?", name)


def checked(password: str, name: str) -> str:
    """The password, where it is one that nobody guesses at once. Raises :class:`UsageError`."""
    folded = password.casefold()
    if not LEAST_LENGTH <= len(password) <= _LONGEST:
        raise UsageError(_("Mật khẩu phải có ít nhất {count} ký tự.").format(count=LEAST_LENGTH))
    bare = "".join(dict.fromkeys(folded))
    if len(bare) < 5 or name.casefold() in folded or any(_mostly(common, folded) for common in _COMMON):
        raise UsageError(_("Mật khẩu quá dễ đoán; hãy dùng vài từ không liên quan nối nhau."))
    return password


def _mostly(common: str, folded: str) -> bool:
    return len(folded.replace(common, "")) < LEAST_LENGTH * 2 // 3


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _matches(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(_hasher().verify(hashed, password))
    except (VerificationError, InvalidHashError):
        return False


def _account(row: Row) -> Account:
    units = None if row["units"] is None else tuple(json.loads(row["units"]))
    return Account(row["name"], Role(row["role"]), units, row["language"])
