"""Read zip archives: each file inside, one level deep."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from io import BytesIO

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.listing import IGNORED_NAMES
from dossier.scanner.readers.inner import Gathering, Inner, nested
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause, is_bomb
from dossier.scanner.readers.marks import typed, with_marks
from dossier.scanner.readers.text import decode
from dossier.vietnamese import nfc

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ–’“”")


def name_of(member: zipfile.ZipInfo) -> str:
    """Return a member's name in NFC, with ``/`` between folders, in whatever encoding it was written.

    A name not flagged as UTF-8 may still be UTF-8 (macOS), or Windows-1258 (Vietnamese Windows), or the
    format's original code page 437.
    """
    name = member.orig_filename
    if not member.flag_bits & _UTF8 and not name.isascii():
        raw = name.encode("cp437", "replace")
        name = _unicode_path(member.extra, raw) or _decoded(raw)
    return nfc(name.replace("\\", "/"))


def counts(name: str) -> bool:
    """Whether a file name belongs to the dossier, not to the operating system (hidden, temporary …)."""
    *folders, last = name.split("/")
    if "__MACOSX" in folders or any(
        folder.startswith(".") and folder not in (".", "..") for folder in folders
    ):
        return False
    return bool(last) and not any(fnmatchcase(last.lower(), pattern) for pattern in IGNORED_NAMES)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    vietnamese = nfc(raw.decode("cp1258", "replace"))
    if all(char.isascii() or char.lower() in _VIETNAMESE for char in vietnamese):
        return vietnamese
    return raw.decode("cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the Unicode name in the extra field of Info-ZIP and WinRAR if it belongs to ``raw``, else
    ``""``."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if (
            kind == _UNICODE_PATH
            and len(field) > 5
            and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw)
        ):
            return field[5:].decode("utf-8", "replace")
    return ""


_LONGEST_REMARK = 2000  # bytes of the archive's comment
_ENCRYPTED = 0x1


class ZipReader(Reader):
    """Reader of zip files. A member that is too large, damaged or encrypted becomes a note."""

    format = "zip"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if not limits.containers:
            raise ReadError(nested(self.format))
        gathering = Gathering(self.format, limits)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            gathering.add_all(_files(archive, limits))
            remark = decode(archive.comment[:_LONGEST_REMARK])[0]
        return with_marks(gathering.content(), typed([remark]))


def _files(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Inner]:
    room = limits.max_unzipped_bytes
    members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members[: limits.max_entries]:
        name = name_of(member)
        if not counts(name):
            continue
        inner = Inner(name, _unpacked(archive, member, limits, room))
        if isinstance(inner.data, bytes):
            room -= len(inner.data)
        yield inner


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, room: int) -> bytes | Unread:
    """Unpack a member; ``room`` is how many bytes may still be unpacked."""
    if member.flag_bits & _ENCRYPTED:
        return Unread(UnreadReason.ENCRYPTED, _("Có mật khẩu; hãy giải nén bằng mật khẩu vào hồ sơ."))
    if is_bomb(member, limits) or member.file_size > min(limits.max_bytes, room):
        return too_large()
    try:
        return archive.read(member)  # never returns more than the declared size
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        return unpacking_failed(str(error))


def too_large() -> Unread:
    """The reason for a member that would unpack to more than the limit."""
    return Unread(
        UnreadReason.TOO_LARGE,
        _("Bung ra quá lớn nên không mở; hãy giải nén vào hồ sơ nếu biết chắc tệp an toàn."),
    )


def unpacking_failed(why: str) -> Unread:
    """The reason for a member that cannot be unpacked; ``why`` in technical words."""
    detail = _("Tệp nén bị hỏng chỗ này ({error}); hãy sao chép lại từ bản gốc.")
    return Unread(UnreadReason.CORRUPT, detail.format(error=cause(why)))
