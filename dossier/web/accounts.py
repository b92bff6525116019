"""User accounts: name, role, units, and the argon2id hash of a password, or a mark that the office's
directory or proxy checks the password."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.passwords import Throttle, checked, hashed, matches, of_nobody
from dossier.web.roles import NOBODY, Role, Visitor
from dossier.web.second_factor import SecondFactors
from dossier.web.storage import Row, Storage
from dossier.web.tokens import Tokens

if TYPE_CHECKING:
    from dossier.web.identity import Directory

_ELSEWHERE = ""  # stored as the password of accounts authenticated elsewhere
_KNOWN = (
    "SELECT accounts.*, locked.account IS NOT NULL AS locked, fresh_passwords.account IS NOT NULL AS fresh "
    "FROM accounts LEFT JOIN locked ON locked.account = name "
    "LEFT JOIN fresh_passwords ON fresh_passwords.account = name"
)


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``units`` ``None``: all units. ``fresh``: the password was chosen by somebody else, so it
    must be changed. ``elsewhere``: the office's directory or proxy authenticates the person; no password is
    stored."""

    name: str
    role: Role
    units: tuple[str, ...] | None
    language: str
    locked: bool
    fresh: bool
    elsewhere: bool


class Accounts:
    """Stores accounts. ``directory``: checks the passwords of accounts without a stored password."""

    def __init__(self, storage: Storage, directory: Directory | None = None) -> None:
        self._storage = storage
        self._directory = directory
        self.throttle = Throttle()
        self.second = SecondFactors(storage)
        self.tokens = Tokens(storage, self.visitor)

    def whole(self) -> AbstractContextManager[None]:
        """What the body changes is one transaction."""
        return self._storage.whole()

    def any(self) -> bool:
        """Whether there is at least one account."""
        return self._storage.one("SELECT 1 FROM accounts LIMIT 1") is not None

    @property
    def asks_elsewhere(self) -> bool:
        """Whether a directory is configured."""
        return self._directory is not None

    def all(self) -> list[Account]:
        """All accounts, sorted by name."""
        return [_account(row) for row in self._storage.all(f"{_KNOWN} ORDER BY name")]

    def of(self, name: str) -> Account | None:
        """The account named ``name``, if there is one."""
        row = self._storage.one(f"{_KNOWN} WHERE name = ?", name)
        return _account(row) if row else None

    def put(
        self, name: str, role: Role, units: Iterable[str] | None, password: str | None, language: str = "vi",
        *, fresh: bool = False, elsewhere: bool = False,
    ) -> None:  # fmt: skip
        """Create an account, or change it and end its sessions. Without a password the account keeps its
        present one, or has none (``elsewhere``). Raises :class:`UsageError` for an unacceptable name or
        password, and if no administrator would be left."""
        name = self.check_name(name)
        known = self._storage.one("SELECT * FROM accounts WHERE name = ?", name)
        if elsewhere:
            kept = _ELSEWHERE
        elif password is not None:
            kept = hashed(checked(password, name))
        elif known is not None:
            kept = str(known["password"])
        else:
            raise UsageError(_("Tài khoản mới phải có mật khẩu."))
        units_text = None if units is None else json.dumps(sorted(set(units)), ensure_ascii=False)
        with self._storage.whole():
            self._storage.change("DELETE FROM accounts WHERE name = ?", name)
            self._storage.change(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)",
                name, role.value, units_text, kept, language, time.time(),
            )  # fmt: skip
            if password is not None or elsewhere:
                self._storage.change("DELETE FROM fresh_passwords WHERE account = ?", name)
            if fresh:
                self._storage.change("INSERT OR IGNORE INTO fresh_passwords VALUES (?)", name)
            self._check_administrator()
            self.end_sessions(name)

    @staticmethod
    def check_name(name: str) -> str:
        """Return the name stripped of surrounding blanks. Raises :class:`UsageError` for an unacceptable
        name."""
        name = name.strip()
        if not name or len(name) > 60 or not name.isprintable():
            raise UsageError(_("Tên tài khoản phải có từ 1 đến 60 ký tự."))
        return name

    def choose_password(self, name: str, password: str, keep: str = "") -> None:
        """Set a password chosen by the account's owner; end all its sessions except ``keep``. Raises
        :class:`UsageError` for an unacceptable password."""
        kept = hashed(checked(password, name))
        with self._storage.whole():
            self._storage.change("UPDATE accounts SET password = ? WHERE name = ?", kept, name)
            self._storage.change("DELETE FROM fresh_passwords WHERE account = ?", name)
            self._storage.change("DELETE FROM sessions WHERE account = ? AND hash != ?", name, keep)

    def lock(self, name: str, *, locked: bool = True) -> None:
        """Disable or re-enable the account and its tokens. Raises :class:`UsageError` if no administrator
        would be left."""
        with self._storage.whole():
            if locked:
                self._storage.change("INSERT OR IGNORE INTO locked VALUES (?, ?)", name, time.time())
                self._check_administrator()
                self.end_sessions(name)
            else:
                self._storage.change("DELETE FROM locked WHERE account = ?", name)
        if not locked:
            self.throttle.right(name)

    def end_sessions(self, name: str) -> int:
        """End all sessions of an account; return how many there were."""
        return self._storage.change("DELETE FROM sessions WHERE account = ?", name)

    def remove(self, name: str) -> bool:
        """Delete an account with its sessions and tokens; false if it does not exist. Raises
        :class:`UsageError` for the last administrator while other accounts exist."""
        with self._storage.whole():
            removed = self._storage.change("DELETE FROM accounts WHERE name = ?", name)
            if self.any():
                self._check_administrator()
            self.end_sessions(name)
            self.tokens.drop(name)
            self.second.drop(name)
            for table in ("locked", "fresh_passwords"):
                self._storage.change(f"DELETE FROM {table} WHERE account = ?", name)  # noqa: S608
        return bool(removed)

    def _check_administrator(self) -> None:
        left = self._storage.one(
            "SELECT 1 FROM accounts WHERE role = ? AND name NOT IN (SELECT account FROM locked)",
            Role.ADMIN.value,
        )
        if left is None:
            raise UsageError(
                _("Phải luôn có ít nhất một tài khoản quản trị máy."),
                _("Tạo một tài khoản quản trị máy trước."),
            )

    def verify(self, name: str, password: str, address: str) -> bool:
        """Whether the password is the account's. Takes the same time if the account does not exist. Raises
        :class:`TooManyTriesError`, and :class:`~dossier.web.identity.DirectoryError` if the directory does
        not answer."""
        self.throttle.admit(name, address)
        row = self._storage.one(f"{_KNOWN} WHERE name = ?", name)
        kept = None if row is None or row["locked"] else str(row["password"])
        if self._directory is not None and not kept:
            right = self._directory.knows("" if kept is None else name, password)
        else:
            right = matches(kept or of_nobody(), password)
        if right:
            self.throttle.right(name)
        else:
            self.throttle.failed(name)
        return right

    def visitor(self, name: str, language: str = "", session: str = "", csrf: str = "") -> Visitor:
        """The visitor acting as account ``name``; ``NOBODY`` if the account does not exist or is locked."""
        account = self.of(name)
        if account is None or account.locked:
            return NOBODY
        units = None if account.units is None else frozenset(account.units)
        return Visitor(
            account.name, account.role, units, language or account.language, session, csrf,
            must_choose=account.fresh and bool(session),
        )  # fmt: skip


def _account(row: Row) -> Account:
    units = None if row["units"] is None else tuple(json.loads(row["units"]))
    return Account(
        row["name"], Role(row["role"]), units, row["language"], bool(row["locked"]), bool(row["fresh"]),
        row["password"] == _ELSEWHERE,
    )  # fmt: skip
