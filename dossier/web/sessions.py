"""Sessions. The browser holds a random 256-bit number; only its hash is stored."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from dossier.web.accounts import Accounts
from dossier.web.roles import NOBODY, Visitor
from dossier.web.storage import Storage
from dossier.workspace import person

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
_OWNER_SECONDS = 30 * 86_400  # the owner has no password to sign in with again
_MOST = 50  # sessions of one account; the least recently used end first
_TOUCHED_SECONDS = 60  # minimum interval for storing a session's last use
OWNER = ""  # the account of the owner's session
PROVED_SECONDS = 5 * 60.0  # after which grave actions require the password again
_HALFWAY_SECONDS = 5 * 60.0  # between the password and the code
_MOST_HALFWAY = 1000


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as shown to its owner; times in UTC. ``here``: the session of this request."""

    begun: datetime
    seen: datetime
    here: bool


class Sessions:
    """Creates, finds and ends sessions."""

    def __init__(self, storage: Storage, accounts: Accounts) -> None:
        self._owner = person()  # the person who starts the server; the visitor if there are no accounts
        self._storage = storage
        self._accounts = accounts
        self._proved: dict[str, float] = {}  # session → when its password was typed
        self._halfway: dict[str, tuple[str, float]] = {}  # ticket → account, time of the right password
        self._lock = threading.Lock()
        self._key = storage.secret("csrf", lambda: secrets.token_hex(32)).encode()

    def begin(self, account: str, language: str) -> str:
        """Create a session; return the number for the cookie."""
        number, now = secrets.token_urlsafe(32), time.time()
        self._storage.change("DELETE FROM sessions WHERE begun < ?", now - _OWNER_SECONDS)
        self._storage.change(
            "DELETE FROM sessions WHERE account = ? AND hash NOT IN "
            "(SELECT hash FROM sessions WHERE account = ? ORDER BY seen DESC LIMIT ?)",
            account, account, _MOST - 1,
        )  # fmt: skip
        self._storage.change(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", session_of(number), account, now, now, language
        )
        return number

    def visitor(self, number: str, *, uses: bool = True) -> Visitor:
        """The visitor of a session; ``NOBODY`` if it has ended. ``uses``: whether a person acts, which
        prolongs the session, or an open page only polls."""
        row = (
            self._storage.one("SELECT * FROM sessions WHERE hash = ?", session_of(number)) if number else None
        )
        if row is None:
            return NOBODY
        now, owner = time.time(), row["account"] == OWNER
        if owner is self._accounts.any():  # the owner's is valid only without accounts, others only with
            return NOBODY
        if not owner and (now - row["seen"] > IDLE_SECONDS or now - row["begun"] > LONGEST_SECONDS):
            self.end(number)
            return NOBODY
        if uses and now - row["seen"] > _TOUCHED_SECONDS:
            self._storage.change("UPDATE sessions SET seen = ? WHERE hash = ?", now, row["hash"])
        csrf = self.csrf(row["hash"])
        if owner:
            return Visitor(self._owner, None, None, row["language"], row["hash"], csrf)
        return self._accounts.visitor(row["account"], row["language"], row["hash"], csrf)

    def csrf(self, session: str) -> str:
        """The CSRF token of a session."""
        return hmac.new(self._key, session.encode(), sha256).hexdigest()

    def of(self, account: str, here: str = "") -> list[OwnSession]:
        """The sessions of an account, latest first; ``here``: the session of this request."""
        now = time.time()
        rows = self._storage.all(
            "SELECT * FROM sessions WHERE account = ? AND seen > ? AND begun > ? ORDER BY seen DESC",
            account, now - IDLE_SECONDS, now - LONGEST_SECONDS,
        )  # fmt: skip
        return [
            OwnSession(
                datetime.fromtimestamp(row["begun"], UTC), datetime.fromtimestamp(row["seen"], UTC),
                row["hash"] == here,
            )
            for row in rows
        ]  # fmt: skip

    def end_others(self, account: str, here: str) -> int:
        """End the account's sessions except ``here``; return how many."""
        return self._storage.change("DELETE FROM sessions WHERE account = ? AND hash != ?", account, here)

    def prove(self, session: str) -> None:
        """Record that the password was typed in this session now."""
        now = time.monotonic()
        with self._lock:
            self._proved = {of: at for of, at in self._proved.items() if now - at < PROVED_SECONDS}
            self._proved[session] = now

    def proved(self, session: str) -> bool:
        """Whether the password was typed in this session within the last minutes."""
        with self._lock:
            at = self._proved.get(session)
        return at is not None and time.monotonic() - at < PROVED_SECONDS

    def half_open(self, account: str) -> str:
        """A ticket, valid for some minutes, that the password was right and a code is still required."""
        ticket, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._halfway = {
                t: (of, at) for t, (of, at) in self._halfway.items() if now - at < _HALFWAY_SECONDS
            }
            while len(self._halfway) >= _MOST_HALFWAY:
                self._halfway.pop(next(iter(self._halfway)))
            self._halfway[ticket] = (account, now)
        return ticket

    def halfway(self, ticket: str) -> str:
        """The account of a ticket; empty if the ticket is unknown or expired."""
        with self._lock:
            account, at = self._halfway.get(ticket, ("", 0.0))
        return account if account and time.monotonic() - at < _HALFWAY_SECONDS else ""

    def through(self, ticket: str) -> None:
        """Discard a used ticket."""
        with self._lock:
            self._halfway.pop(ticket, None)

    def speak(self, visitor: Visitor, language: str) -> None:
        """Set the language of the visitor's session."""
        self._storage.change("UPDATE sessions SET language = ? WHERE hash = ?", language, visitor.session)

    def end(self, number: str) -> None:
        """End a session."""
        self._storage.change("DELETE FROM sessions WHERE hash = ?", session_of(number))

    def launch_key(self) -> str:
        """A key that signs in the person who started the server, on a machine without accounts; valid
        once."""
        key = secrets.token_urlsafe(24)
        self._storage.change("INSERT OR REPLACE INTO secrets VALUES ('launch', ?)", session_of(key))
        return key

    def open_by_key(self, key: str, language: str) -> str | None:
        """Create the owner's session by a launch key; ``None`` if the key is invalid or used, or there are
        accounts."""
        if self._accounts.any():
            return None
        used = self._storage.change(
            "DELETE FROM secrets WHERE name = 'launch' AND value = ?", session_of(key)
        )
        return self.begin(OWNER, language) if used else None


def session_of(number: str) -> str:
    """The stored hash of a session number."""
    return sha256(number.encode()).hexdigest()
