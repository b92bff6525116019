"""API tokens, with which a machine acts as an account. Shown once; only their hashes are stored."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.web.roles import NOBODY, Visitor
from dossier.web.storage import Storage

_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A token's data. ``id``: shown on pages; it does not reveal the token."""

    id: str
    account: str
    label: str
    made: datetime
    reads_only: bool


class Tokens:
    """Stores tokens. ``visitor_of``: returns the visitor for an account."""

    def __init__(self, storage: Storage, visitor_of: Callable[[str], Visitor]) -> None:
        self._storage = storage
        self._visitor_of = visitor_of

    def make(self, account: str, label: str, *, reads_only: bool = False) -> str:
        """Create a token for an account; it cannot be shown again. Raises :class:`UsageError` if the account
        does not exist or is locked."""
        if not self._visitor_of(account).name:
            raise UsageError(
                _("Không có tài khoản “{name}”.").format(name=account),
                _("Xem các tài khoản: dossier account list"),
            )
        token = f"dsr_{secrets.token_urlsafe(32)}"
        kept = _hash(token)
        with self._storage.whole():
            self._storage.change(
                "INSERT INTO tokens VALUES (?, ?, ?, ?)", kept, account, label[:_LONGEST_LABEL], time.time()
            )
            if reads_only:
                self._storage.change("INSERT INTO reading_tokens VALUES (?)", kept)
        return token

    def visitor(self, token: str) -> Visitor:
        """The visitor for a token; ``NOBODY`` if it is unknown."""
        row = self._storage.one(
            "SELECT account, reading_tokens.hash AS reads FROM tokens LEFT JOIN reading_tokens USING (hash) "
            "WHERE tokens.hash = ?", _hash(token),
        )  # fmt: skip
        if row is None:
            return NOBODY
        return replace(self._visitor_of(row["account"]), reads_only=row["reads"] is not None)

    def of(self, account: str) -> list[Token]:
        """The tokens of an account, newest first."""
        rows = self._storage.all(
            "SELECT tokens.*, reading_tokens.hash AS reads FROM tokens LEFT JOIN reading_tokens USING (hash) "
            "WHERE account = ? ORDER BY made DESC", account,
        )  # fmt: skip
        return [
            Token(
                row["hash"][:16], account, row["label"], datetime.fromtimestamp(row["made"], UTC),
                row["reads"] is not None,
            )
            for row in rows
        ]  # fmt: skip

    def drop(self, account: str, id_: str = "") -> int:
        """Revoke one token of an account, or all; return how many."""
        with self._storage.whole():
            gone = self._storage.change(
                "DELETE FROM tokens WHERE account = ? AND substr(hash, 1, length(?)) = ?", account, id_, id_
            )
            self._storage.change("DELETE FROM reading_tokens WHERE hash NOT IN (SELECT hash FROM tokens)")
        return gone


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
