"""Read files: from a path to the text of each page, or to the reason why a file cannot be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

from dossier import libraries
from dossier.i18n import _, joined
from dossier.model import Content, Unread, UnreadReason
from dossier.plain_file import NotLocalError, is_locked, open_beneath, open_plain
from dossier.scanner.formats import FORMATS
from dossier.scanner.readers.detect import detect, unsupported
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause
from dossier.scanner.sandbox_worker import still_alive

__all__ = ["FileReading", "Limits", "ReadError", "Reader", "read_file"]

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileReading:
    """The result of reading a file once.

    ``sha256`` (hex) and ``size`` (bytes) describe exactly the bytes that were parsed; they are
    ``""`` and 0 when the file could not be opened. ``result`` is ``None`` when the content was
    already known and was not parsed again.
    """

    sha256: str
    size: int
    result: Content | Unread | None


def read_file(
    path: str | bytes, limits: Limits, *, expected: Collection[str] = (), below: bytes = b""
) -> FileReading:
    """Read a file once: hash it, detect its format from its content, extract its text.

    ``below``: the folder that ``path`` is relative to and that no symbolic link may lead out of.
    ``expected``: hex sha256 of contents that are already known. Damaged files and disk errors become an
    ``Unread``; only ``MemoryError`` and exceptions outside ``Exception`` are raised.
    """
    try:
        with os.fdopen(open_beneath(below, os.fsencode(path)) if below else open_plain(path), "rb") as file:
            sha256, size, data = _load(file, limits)
    except (OSError, ValueError) as error:  # ValueError: a path with NUL
        return FileReading("", 0, Unread(_reason(error), _explain(error)))
    if sha256 in expected:
        return FileReading(sha256, size, None)
    if data is None:
        return FileReading(sha256, size, _too_large(limits))
    return FileReading(sha256, size, read_bytes(data, limits))


def read_bytes(data: bytes, limits: Limits) -> Content | Unread:
    """Return the text of a file from its bytes, or the reason why there is none.

    Raises only what :func:`read_file` raises.
    """
    if not data:
        return Unread(UnreadReason.EMPTY, _("Tệp rỗng (0 byte); hãy sao chép lại từ bản gốc."))
    format_ = ""
    try:
        format_ = detect(data)
        if format_ not in FORMATS:
            return unsupported(format_)
        known = FORMATS[format_]
        content = known.made().read(data, limits)
        return _unicode(content, fonts=known.fonts)
    except ReadError as error:
        return error.unread
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a damaged file may make a parser raise anything
        if isinstance(error, ImportError) or libraries.package_of(error):  # the file itself may be intact
            return _without_library(error, format_)
        detail = _("Tệp bị hỏng, không đọc được nội dung ({error}); hãy sao chép lại từ bản gốc.")
        return Unread(UnreadReason.CORRUPT, detail.format(error=cause(error)), format_)


def _without_library(error: Exception, format_: str) -> Unread:
    """The reason for a file that cannot be read because a Python library is missing or fails to load."""
    name = libraries.package_of(error)
    missing = isinstance(error, ModuleNotFoundError) and not libraries.installed(name)
    why = libraries.why_not(name or "?", "" if missing else libraries.short(error))
    then = _("Tệp sẽ được đọc khi thư viện dùng được; xem cách khắc phục bằng: dossier doctor")
    return Unread(UnreadReason.UNSUPPORTED, joined((why, then)), format_, (name,) if name else ())


def _unicode(content: Content, *, fonts: bool) -> Content:
    """Return the content in Vietnamese letters; ``fonts`` as in :class:`Format`."""
    from dossier.scanner.readers.text import by_statistics, in_vietnamese_letters

    return in_vietnamese_letters(content if fonts else by_statistics(content))


def _load(file: BinaryIO, limits: Limits) -> tuple[str, int, bytes | None]:
    """Return the sha256, size and content of a file; content is ``None`` above the size limit."""
    reported_size = os.fstat(file.fileno()).st_size  # read() allocates its whole argument: ask for no more
    data = file.read(min(reported_size, limits.max_bytes) + 1)
    if reported_size < len(data) <= limits.max_bytes:  # the file is growing, or its size is unknown
        data += file.read(limits.max_bytes + 1 - len(data))
    digest = hashlib.sha256(data)
    size = len(data)
    if size <= limits.max_bytes:
        return digest.hexdigest(), size, data
    del data
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size % (64 * _CHUNK) < _CHUNK:
            still_alive()
    return digest.hexdigest(), size, None


def _too_large(limits: Limits) -> Unread:
    detail = _("Tệp lớn hơn giới hạn {limit} MB nên không đọc; hãy tách thành các tệp nhỏ hơn.")
    return Unread(UnreadReason.TOO_LARGE, detail.format(limit=limits.max_bytes // _CHUNK))


def _reason(error: OSError | ValueError) -> UnreadReason:
    if isinstance(error, NotLocalError):
        return UnreadReason.NOT_LOCAL
    locked = isinstance(error, OSError) and is_locked(error)
    return UnreadReason.IN_USE if locked else UnreadReason.CORRUPT


def _explain(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("Tệp không còn ở đó lúc đọc (đã bị xóa, đổi tên hoặc chuyển đi); hãy quét lại.")
    if isinstance(error, NotLocalError):
        return _(
            "Tệp mới có tên trên máy này, nội dung còn ở OneDrive hoặc nơi lưu khác; đọc là phải tải về qua "
            "mạng nên để lại. Bấm chuột phải vào tệp, chọn “Always keep on this device” (“Luôn giữ trên "
            "thiết bị này”), rồi quét lại."
        )
    if isinstance(error, OSError) and is_locked(error):
        return _(
            "Tệp đang mở trong chương trình khác (Word, Excel …), chương trình đó không cho đọc; "
            "để lại, lần quét sau tự đọc khi tệp đã đóng."
        )
    if isinstance(error, PermissionError):
        return _(
            "Không có quyền đọc tệp, hoặc tệp đang bị chương trình khác khóa; "
            "hãy cấp quyền đọc cho tài khoản đang chạy, hoặc đóng chương trình đó, rồi quét lại."
        )
    detail = _("Không mở hoặc đọc được tệp ({error}); hãy kiểm tra ổ đĩa, kết nối mạng rồi quét lại.")
    return detail.format(error=cause(error))
