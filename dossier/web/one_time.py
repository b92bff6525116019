"""Codes that a telephone shows and that hold for half a minute (TOTP, RFC 6238, with HMAC-SHA-1 and six
digits: what every such program on a telephone knows)."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct
from hashlib import sha1
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
_KEY_BYTES = 20  # as RFC 4226 4 R6 recommends
_DRIFT = 1  # steps by which the telephone's clock may differ


def new_key() -> str:
    """A key for a telephone, as people type it: base32."""
    return base64.b32encode(secrets.token_bytes(_KEY_BYTES)).decode()


def code_at(key: str, step: int) -> str:
    """The code of one step (RFC 4226 5.3). Raises :class:`ValueError` for what is no key."""
    try:
        raw = base64.b32decode(key, casefold=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    digest = hmac.new(raw, struct.pack(">Q", step), sha1).digest()
    at = digest[-1] & 0xF
    number = int.from_bytes(digest[at : at + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(key: str, code: str, now: float, after: int = -1) -> int | None:
    """The step whose code that is, at the time ``now`` (seconds since 1970), later than step ``after``:
    a code holds once. ``None``: it is wrong, too old, or was used."""
    current, found = int(now) // STEP_SECONDS, None
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if hmac.compare_digest(code_at(key, max(step, 0)).encode(), code.encode()) and step > after:
            found = step
    return found


def address(key: str, account: str, issuer: str) -> str:
    """What a telephone reads from a square code."""
    label = quote(f"{issuer.replace(':', ' ')}:{account.replace(':', ' ')}", safe=":")
    return f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': issuer})}"
