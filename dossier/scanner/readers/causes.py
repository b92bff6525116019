"""Why a file could not be read, in a few words for people; what a library or program said is logged."""

from __future__ import annotations

import logging
import re
import zipfile
import zlib

from dossier.i18n import N_, _
from dossier.os_errors import known_words

log = logging.getLogger(__name__)

# What libraries and programs say, by the words they use for it; the first that fits counts.
_SAID = (
    (re.compile(r"^> \d+ s$|timed? ?out", re.IGNORECASE), N_("đọc quá lâu")),
    (re.compile(r"password|encrypt|passphrase", re.IGNORECASE), N_("có mật khẩu")),
    (
        re.compile(r"truncat|unexpected end|end of (?:file|data|stream)|\beof\b|premature", re.IGNORECASE),
        N_("thiếu phần cuối"),
    ),
    (re.compile(r"crc|checksum|invalid distance|incorrect data check", re.IGNORECASE), N_("sai mã kiểm")),
    (re.compile(r"memory|too (?:large|big)|bomb", re.IGNORECASE), N_("quá lớn")),
)
_BROKEN = N_("sai cấu trúc")


def cause(error: BaseException | str) -> str:
    """The phrase for brackets in a sentence about a damaged file; the technical text goes to the log."""
    said = " ".join(str(error).split())
    log.info("not read: %s: %s", type(error).__name__, said)
    if not isinstance(error, str):
        if words := known_words(error):
            return words
        if isinstance(error, EOFError):
            return _("thiếu phần cuối")
        if isinstance(error, zlib.error | zipfile.BadZipFile) and not said:
            return _(_BROKEN)
    return next((_(words) for pattern, words in _SAID if pattern.search(said)), _(_BROKEN))
