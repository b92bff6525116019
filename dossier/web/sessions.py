"""Who is signed in. The browser holds a number of 256 bits; only its hash is kept here."""

from __future__ import annotations

import hmac
import secrets
import time
from hashlib import sha256

from dossier.usecases.person import person
from dossier.web.accounts import Accounts
from dossier.web.roles import NOBODY, Visitor
from dossier.web.storage import Storage

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
_OWNER_SECONDS = 30 * 86_400  # of who holds the machine: there is no password to ask again for
_TOUCHED_SECONDS = 60  # a session's last use is not written more often
OWNER = ""  # the account of the owner's session


class Sessions:
    """Begins, finds and ends them."""

    def __init__(self, storage: Storage, accounts: Accounts) -> None:
        self._storage = storage
        self._accounts = accounts
        self._key = storage.secret("csrf", lambda: secrets.token_hex(32)).encode()

    def begin(self, account: str, language: str) -> str:
        """A new session; what the browser is to keep."""
        number, now = secrets.token_urlsafe(32), time.time()
        self._storage.change("DELETE FROM sessions WHERE begun < ?", now - _OWNER_SECONDS)
        self._storage.change(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", _hash(number), account, now, now, language
        )
        return number

    def visitor(self, number: str) -> Visitor:
        """Who holds the session; nobody where it has ended."""
        row = self._storage.one("SELECT * FROM sessions WHERE hash = ?", _hash(number)) if number else None
        if row is None:
            return NOBODY
        now, owner = time.time(), row["account"] == OWNER
        if (
            owner is self._accounts.any()
        ):  # the owner's ends where there are accounts, and the other way round
            return NOBODY
        if not owner and (now - row["seen"] > IDLE_SECONDS or now - row["begun"] > LONGEST_SECONDS):
            self.end(number)
            return NOBODY
        if now - row["seen"] > _TOUCHED_SECONDS:
            self._storage.change("UPDATE sessions SET seen = ? WHERE hash = ?", now, row["hash"])
        csrf = hmac.new(self._key, row["hash"].encode(), sha256).hexdigest()
        if owner:
            return Visitor(person(), None, None, row["language"], row["hash"], csrf)
        return self._accounts.visitor(row["account"], row["language"], row["hash"], csrf)

    def speak(self, visitor: Visitor, language: str) -> None:
        """The visitor wants this language from now on."""
        self._storage.change("UPDATE sessions SET language = ? WHERE hash = ?", language, visitor.session)

    def end(self, number: str) -> None:
        """Sign out."""
        self._storage.change("DELETE FROM sessions WHERE hash = ?", _hash(number))

    def launch_key(self) -> str:
        """What opens the page for whoever started it, on a machine without accounts; used once."""
        key = secrets.token_urlsafe(24)
        self._storage.change("INSERT OR REPLACE INTO secrets VALUES ('launch', ?)", _hash(key))
        return key

    def open_by_key(self, key: str, language: str) -> str | None:
        """The owner's session for that key; ``None``: it is none, or was used, or there are accounts."""
        if self._accounts.any():
            return None
        used = self._storage.change("DELETE FROM secrets WHERE name = 'launch' AND value = ?", _hash(key))
        return self.begin(OWNER, language) if used else None


def _hash(number: str) -> str:
    return sha256(number.encode()).hexdigest()
