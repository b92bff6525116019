"""Who is signed in. The browser holds a number of 256 bits; only its hash is kept here."""

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
_OWNER_SECONDS = 30 * 86_400  # of who holds the machine: there is no password to ask again for
_MOST = 50  # of one account; those used least lately end
_TOUCHED_SECONDS = 60  # a session's last use is not written more often
OWNER = ""  # the account of the owner's session
PROVED_SECONDS = 5 * 60.0  # after which a password is asked for again before what is grave
_HALFWAY_SECONDS = 5 * 60.0  # between the password and the code
_MOST_HALFWAY = 1000


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its owner sees it; times in UTC."""

    begun: datetime
    seen: datetime
    here: bool


class Sessions:
    """Begins, finds and ends them."""

    def __init__(self, storage: Storage, accounts: Accounts) -> None:
        self._owner = person()  # who starts the page, and is its visitor where there are no accounts
        self._storage = storage
        self._accounts = accounts
        self._proved: dict[str, float] = {}  # session → when its password was typed
        self._halfway: dict[str, tuple[str, float]] = {}  # ticket → account whose password was right, when
        self._lock = threading.Lock()
        self._key = storage.secret("csrf", lambda: secrets.token_hex(32)).encode()

    def begin(self, account: str, language: str) -> str:
        """A new session; what the browser is to keep."""
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
        """Who holds the session; nobody where it has ended. ``uses``: a person asks, not an open page."""
        row = (
            self._storage.one("SELECT * FROM sessions WHERE hash = ?", session_of(number)) if number else None
        )
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
        if uses and now - row["seen"] > _TOUCHED_SECONDS:
            self._storage.change("UPDATE sessions SET seen = ? WHERE hash = ?", now, row["hash"])
        csrf = self.csrf(row["hash"])
        if owner:
            return Visitor(self._owner, None, None, row["language"], row["hash"], csrf)
        return self._accounts.visitor(row["account"], row["language"], row["hash"], csrf)

    def csrf(self, session: str) -> str:
        """What proves that a form came from a page of that session."""
        return hmac.new(self._key, session.encode(), sha256).hexdigest()

    def of(self, account: str, here: str = "") -> list[OwnSession]:
        """Where somebody is signed in to an account, the latest first; ``here``: by which session this is
        asked."""
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
        """End the account's sessions but one; how many."""
        return self._storage.change("DELETE FROM sessions WHERE account = ? AND hash != ?", account, here)

    def prove(self, session: str) -> None:
        """The password was typed in this session just now."""
        now = time.monotonic()
        with self._lock:
            self._proved = {of: at for of, at in self._proved.items() if now - at < PROVED_SECONDS}
            self._proved[session] = now

    def proved(self, session: str) -> bool:
        """Whether the password was typed in this session so lately that it need not be asked for again."""
        with self._lock:
            at = self._proved.get(session)
        return at is not None and time.monotonic() - at < PROVED_SECONDS

    def half_open(self, account: str) -> str:
        """The password was right, a code is still asked for: a ticket that says so, for a few minutes."""
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
        """The account whose password was right; empty where the ticket is none or too old."""
        with self._lock:
            account, at = self._halfway.get(ticket, ("", 0.0))
        return account if account and time.monotonic() - at < _HALFWAY_SECONDS else ""

    def through(self, ticket: str) -> None:
        """The ticket was used."""
        with self._lock:
            self._halfway.pop(ticket, None)

    def speak(self, visitor: Visitor, language: str) -> None:
        """The visitor wants this language from now on."""
        self._storage.change("UPDATE sessions SET language = ? WHERE hash = ?", language, visitor.session)

    def end(self, number: str) -> None:
        """Sign out."""
        self._storage.change("DELETE FROM sessions WHERE hash = ?", session_of(number))

    def launch_key(self) -> str:
        """What opens the page for whoever started it, on a machine without accounts; used once."""
        key = secrets.token_urlsafe(24)
        self._storage.change("INSERT OR REPLACE INTO secrets VALUES ('launch', ?)", session_of(key))
        return key

    def open_by_key(self, key: str, language: str) -> str | None:
        """The owner's session for that key; ``None``: it is none, or was used, or there are accounts."""
        if self._accounts.any():
            return None
        used = self._storage.change(
            "DELETE FROM secrets WHERE name = 'launch' AND value = ?", session_of(key)
        )
        return self.begin(OWNER, language) if used else None


def session_of(number: str) -> str:
    """By what the session is known here whose number the browser holds."""
    return sha256(number.encode()).hexdigest()
