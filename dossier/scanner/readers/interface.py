"""What every reader is: bytes in, text by page out, every failure a reason a person can act on."""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from dossier.i18n import N_, _
from dossier.model import Content, Page, Unread, UnreadReason
from dossier.os_errors import known_words
from dossier.vietnamese import nfc

_MIB = 1024 * 1024


DEEPER = 2  # levels of containers in containers that are looked through for stamps of secrecy


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused or cut; sizes in bytes, text in characters.

    ``max_ratio`` (unpacked to packed) counts only for zip members that unpack to more than 8 MiB:
    honest small ones compress even better. ``ocr_page_seconds`` is wall clock for one page.
    ``containers``: whether the files inside an archive, a mail or a PDF are opened; they are opened
    one level deep, so inside them it is false; ``deeper`` levels more are only looked at for stamps.
    ``max_inner_files`` counts those of one container. ``apart``: what can break the process that reads, and
    did so at this file, is left to programs of their own.
    """

    max_bytes: int = 200 * _MIB
    max_pages: int = 2000
    max_text_chars: int = 20_000_000
    max_unzipped_bytes: int = 300 * _MIB
    max_ratio: int = 200
    max_entries: int = 10_000
    max_inner_files: int = 1000
    containers: bool = True
    deeper: int = DEEPER
    ocr: bool = True
    ocr_engine: str = "auto"  # see :func:`dossier.scanner.ocr.engine`
    ocr_max_pages: int = 200
    ocr_dpi: int = 300
    ocr_page_seconds: float = 60.0
    apart: bool = False


class ReadError(Exception):
    """A file could not be read; ``unread`` says why and what to do."""

    def __init__(self, unread: Unread) -> None:
        super().__init__(unread.detail)
        self.unread = unread

    @classmethod
    def because(cls, reason: UnreadReason, detail: str, format_: str = "") -> ReadError:
        """The error for a reason, a sentence and a format name."""
        return cls(Unread(reason, detail, format_))


class Reader(ABC):
    """Reads one format, or several that are alike: ``format`` is the one at hand. Keeps nothing of a file."""

    format: str

    def __init__(self, format_: str = "") -> None:
        if format_:
            self.format = format_

    @abstractmethod
    def read(self, data: bytes, limits: Limits) -> Content:
        """The text of the file, by page.

        Raises :class:`ReadError` for every failure that was foreseen. Whatever else escapes is
        taken for damage to the file by the caller.
        """


def pages_of(text: str, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """Pages of a text with form feeds between them, in NFC, and notes on what was cut.

    Empty pages at the end are dropped; there is always at least one page.
    """
    return numbered(text.split("\f"), limits)


def numbered(texts: Iterable[str], limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """As :func:`pages_of`, from the text of each page."""
    notes: list[str] = []
    parts, room = [], limits.max_text_chars
    for part in texts:
        if len(part) > room:
            part = part[:room]
            notes.append(
                _("Văn bản quá dài nên chỉ đọc {count} ký tự đầu.").format(count=limits.max_text_chars)
            )
        room -= len(part)
        parts.append(nfc(part).strip("\n"))
        if notes:
            break
    while len(parts) > 1 and not parts[-1].strip():
        del parts[-1]
    if len(parts) > limits.max_pages:
        notes.append(_("Chỉ đọc {read} trên {all} trang.").format(read=limits.max_pages, all=len(parts)))
    kept = parts[: limits.max_pages] or [""]
    return tuple(Page(number, part) for number, part in enumerate(kept, 1)), notes


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
