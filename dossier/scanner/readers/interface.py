"""The interface of readers: bytes in, text by page out; each failure has a reason users can act on."""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from dossier.i18n import N_, _
from dossier.model import CENTRED, Content, Page, Unread, UnreadReason
from dossier.os_errors import known_words
from dossier.vietnamese import nfc

_MIB = 1024 * 1024


DEEPER = 2  # levels of nested containers that are searched for secrecy stamps


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits beyond which a file is refused or truncated; sizes in bytes, text in characters.

    ``max_ratio`` (unpacked to packed size) applies only to zip members that unpack to more than 8 MiB,
    since small harmless ones may exceed it. ``ocr_page_seconds`` is wall-clock time for one page.
    ``containers``: whether files inside an archive, a mail or a PDF are read; false inside a container, so
    that they are read one level deep. ``deeper`` further levels are only searched for secrecy stamps.
    ``max_inner_files`` applies to each container. ``apart``: this file has crashed its reading process
    before, so recognition runs in a separate program instead of the library in this process.
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


_SMALL = 8 * _MIB  # bytes; members that unpack to less are never bombs


def is_bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether a zip member unpacks to suspiciously more than it is packed."""
    return member.file_size > _SMALL and member.file_size > limits.max_ratio * max(member.compress_size, 1)


class ReadError(Exception):
    """A file cannot be read; ``unread`` gives the reason and advice to the user."""

    def __init__(self, unread: Unread) -> None:
        super().__init__(unread.detail)
        self.unread = unread

    @classmethod
    def because(cls, reason: UnreadReason, detail: str, format_: str = "") -> ReadError:
        """Make the error from a reason, a sentence for users and a format name."""
        return cls(Unread(reason, detail, format_))


class Reader(ABC):
    """A stateless reader of one format, or of similar ones, of which ``format`` names the current one."""

    format: str

    def __init__(self, format_: str = "") -> None:
        if format_:
            self.format = format_

    @abstractmethod
    def read(self, data: bytes, limits: Limits) -> Content:
        """Return the content of a file, page by page.

        Raises :class:`ReadError` for expected failures. The caller treats any other exception as damage
        to the file.
        """


def centred_lines(text: str) -> str:
    """Return the text of a centred paragraph, each line marked as :class:`Page` has it."""
    return "\n".join(CENTRED + line if line.strip() else line for line in text.split("\n"))


def pages_of(text: str, limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """Split a text at form feeds into pages, in NFC; return them and notes on truncation.

    Empty pages at the end are dropped; there is always at least one page.
    """
    return numbered(text.split("\f"), limits)


def numbered(texts: Iterable[str], limits: Limits) -> tuple[tuple[Page, ...], list[str]]:
    """Like :func:`pages_of`, for a text given page by page."""
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

# Phrases for users by patterns in the error messages of libraries and programs; the first match counts.
_PHRASES = (
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
    """Return a phrase for users that names the cause of a reading error; log the technical message."""
    message = " ".join(str(error).split())
    log.info("not read: %s: %s", type(error).__name__, message)
    if not isinstance(error, str):
        if words := known_words(error):
            return words
        if isinstance(error, EOFError):
            return _("thiếu phần cuối")
        if isinstance(error, zlib.error | zipfile.BadZipFile) and not message:
            return _(_BROKEN)
    return next((_(words) for pattern, words in _PHRASES if pattern.search(message)), _(_BROKEN))
