"""The second factor: a code from an authenticator app (TOTP, RFC 6238), or one of ten recovery codes."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct
import time
from hashlib import sha1, sha256
from urllib.parse import quote, urlencode

from dossier.web.storage import Storage

STEP_SECONDS = 30
DIGITS = 6
_KEY_BYTES = 20  # as RFC 4226 4 R6 recommends
_DRIFT = 1  # steps by which the phone's clock may differ


def new_key() -> str:
    """A random key for an authenticator app, in base32."""
    return base64.b32encode(secrets.token_bytes(_KEY_BYTES)).decode()


def code_at(key: str, step: int) -> str:
    """The code of one time step (RFC 4226 5.3). Raises :class:`ValueError` for an invalid key."""
    try:
        raw = base64.b32decode(key, casefold=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    digest = hmac.new(raw, struct.pack(">Q", step), sha1).digest()
    at = digest[-1] & 0xF
    number = int.from_bytes(digest[at : at + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(key: str, code: str, now: float, after: int = -1) -> int | None:
    """The time step of a code entered at ``now`` (seconds since 1970), which must be later than ``after``, so
    that a code works once. ``None``: wrong, too old, or already used."""
    current, found = int(now) // STEP_SECONDS, None
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if hmac.compare_digest(code_at(key, max(step, 0)).encode(), code.encode()) and step > after:
            found = step
    return found


def address(key: str, account: str, issuer: str) -> str:
    """The ``otpauth`` URI shown as a QR code."""
    label = quote(f"{issuer.replace(':', ' ')}:{account.replace(':', ' ')}", safe=":")
    return f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': issuer})}"


_CODES = 10
_CODE_BYTES = 10  # 80 bits: cannot be guessed even from the stored hashes
_GROUP = 4


class SecondFactors:
    """Stores the second factors of all accounts, and which codes were used."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def on(self, account: str) -> bool:
        """Whether the account has a second factor in force."""
        row = self._storage.one(
            "SELECT 1 FROM second_factors WHERE account = ? AND confirmed IS NOT NULL", account
        )
        return row is not None

    def begin(self, account: str) -> str:
        """The key for the authenticator app; it takes effect with :meth:`confirm`, and is unchanged until
        then."""
        with self._storage.whole():
            row = self._storage.one("SELECT * FROM second_factors WHERE account = ?", account)
            if row is not None and row["confirmed"] is None:
                return str(row["key"])
            key = new_key()
            self._storage.change("INSERT OR IGNORE INTO second_factors VALUES (?, ?, NULL, -1)", account, key)
        return key

    def confirm(self, account: str, code: str) -> list[str]:
        """Activate the second factor by a first code; return the recovery codes, which are shown only once.
        Empty: the code was wrong."""
        with self._storage.whole():
            row = self._storage.one(
                "SELECT * FROM second_factors WHERE account = ? AND confirmed IS NULL", account
            )
            step = step_of(row["key"], _bare(code), time.time()) if row else None
            if step is None:
                return []
            self._storage.change(
                "UPDATE second_factors SET confirmed = ?, used = ? WHERE account = ?",
                time.time(), step, account,
            )  # fmt: skip
            return self._fresh_codes(account)

    def _fresh_codes(self, account: str) -> list[str]:
        codes = [base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode() for _ in range(_CODES)]
        self._storage.change("DELETE FROM recovery_codes WHERE account = ?", account)
        for code in codes:
            self._storage.change("INSERT INTO recovery_codes VALUES (?, ?)", _hash(account, code), account)
        return ["-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in codes]

    def check(self, account: str, code: str) -> bool:
        """Whether the code is valid now; a code works once."""
        entered = _bare(code)
        with self._storage.whole():
            row = self._storage.one(
                "SELECT * FROM second_factors WHERE account = ? AND confirmed IS NOT NULL", account
            )
            if row is None:
                return False
            step = step_of(row["key"], entered, time.time(), row["used"])
            if step is not None:
                self._storage.change("UPDATE second_factors SET used = ? WHERE account = ?", step, account)
                return True
            return bool(
                self._storage.change("DELETE FROM recovery_codes WHERE hash = ?", _hash(account, entered))
            )

    def left(self, account: str) -> int:
        """Number of unused recovery codes."""
        row = self._storage.one("SELECT count(*) AS n FROM recovery_codes WHERE account = ?", account)
        return int(row["n"]) if row else 0

    def drop(self, account: str) -> bool:
        """Turn the second factor off; false if it was off."""
        with self._storage.whole():
            was = self.on(account)
            self._storage.change("DELETE FROM second_factors WHERE account = ?", account)
            self._storage.change("DELETE FROM recovery_codes WHERE account = ?", account)
        return was


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())[:32]


def _hash(account: str, code: str) -> str:
    return sha256(f"{account}\0{code}".encode()).hexdigest()
