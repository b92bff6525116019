"""Open the zip packages of Office files safely (no zip bombs) and decrypt Excel's default password.

Source: ECMA-376 part 2 (Open Packaging Conventions): parts and relationships.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause, is_bomb
from dossier.scanner.readers.ole import MAGIC
from dossier.vietnamese import nfc

_KEPT, _MOST_KEPT = 1 << 20, 16  # cache of unpacked parts: most bytes of a part, most parts
_MAX_PART = 64 * 1024 * 1024  # bytes of one XML part; its tree takes about ten times as much memory
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An Office package, a context manager that reads parts by name.

    Raises :class:`ReadError` for a damaged package, and for one that would unpack to too much.
    """

    def __init__(self, data: bytes, limits: Limits, format_: str) -> None:
        self._format = format_
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self.damaged(cause(error)) from error
        self._members = self._zip.NameToInfo
        self._unpacked: dict[str, bytes] = {}  # cache of small parts, since most are read twice
        self._check(limits)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        """Return the names of all members."""
        return list(self._members)

    def xml(self, name: str) -> Any:
        """Return the root element of a part. Raises :class:`ReadError` if it is damaged or has a DTD."""
        data = self.read(name)
        # One parser per part: a parser keeps the errors it met, and making one is cheap.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        if b"<!DOCTYPE" in data[:4096]:
            raise self._has_dtd()
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(cause(error)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._has_dtd()
        return root

    def mentions(self, name: str, *marks: bytes) -> bool:
        """Whether the raw bytes of a part contain one of the marks; much cheaper than parsing."""
        data = self.read(name)
        return any(mark in data for mark in marks)

    def properties(self, name: str, known: Mapping[str, str]) -> dict[str, str]:
        """Return properties (title, creator …) from the part ``name``; empty if it is missing or damaged.

        ``known``: the part's element names → property names.
        """
        if name not in self:
            return {}
        try:
            root = self.xml(name)
        except ReadError:
            return {}
        properties: dict[str, str] = {}
        for element in root.iter("{*}*"):
            key = known.get(local_name(element))
            if key and element.text and element.text.strip():
                properties[key] = nfc(element.text.strip())
        return properties

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the internal relationships of a part (``""``: the package): id → (kind, target part)."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if rels not in self:
            return {}
        relationships: dict[str, tuple[str, str]] = {}
        for item in self.xml(rels).iter(_RELATIONSHIP):
            if item.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
            relationships[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], target)
        return relationships

    def main(self, usual: str) -> str:
        """Return the name of the main part, usually ``usual``. Raises :class:`ReadError` if it is missing."""
        if usual in self:
            return usual
        for kind, name in self.relationships("").values():
            if kind == "officeDocument" and name in self:
                return name
        raise self.without_main()

    def without_main(self) -> ReadError:
        """The error for a package without the part that holds its text."""
        return self.damaged(_("thiếu phần nội dung chính"))

    def damaged(self, why: str) -> ReadError:
        """The error for a package that cannot be parsed; ``why`` in words for people."""
        detail = _(
            "Tệp bị hỏng hoặc bị cắt cụt ({why}); hãy sao chép lại từ bản gốc, hoặc mở bằng Word "
            "(Excel, PowerPoint), chọn “Mở và sửa” (Open and Repair) rồi lưu lại."
        )
        return ReadError.because(UnreadReason.CORRUPT, detail.format(why=why), self._format)

    def read(self, name: str) -> bytes:
        """Return a member's bytes. Raises :class:`ReadError` if it is too large, damaged or encrypted."""
        if (known := self._unpacked.get(name)) is not None:
            return known
        member = self._members[name]
        if member.flag_bits & 0x1:
            raise ReadError.because(
                UnreadReason.ENCRYPTED, _("Tệp nén có mật khẩu; hãy bỏ mật khẩu rồi lưu lại."), self._format
            )
        if member.file_size > _MAX_PART:
            raise self._bomb()
        try:
            data = self._zip.read(member)  # never returns more than the declared size
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise self.damaged(cause(error)) from error
        if len(data) <= _KEPT and len(self._unpacked) < _MOST_KEPT:
            self._unpacked[name] = data
        return data

    def _check(self, limits: Limits) -> None:
        members = self._members.values()
        total = sum(member.file_size for member in members)
        too_many = total > limits.max_unzipped_bytes or len(members) > limits.max_entries
        if too_many or any(is_bomb(member, limits) for member in members):
            raise self._bomb()

    def _bomb(self) -> ReadError:
        detail = _(
            "Nội dung nén trong tệp bung ra quá lớn, có thể là tệp phá hoại nên không mở; "
            "hãy hỏi lại người gửi, hoặc mở rồi lưu lại nếu biết chắc tệp an toàn."
        )
        return ReadError.because(UnreadReason.TOO_LARGE, detail, self._format)

    def _has_dtd(self) -> ReadError:
        detail = _("Tệp chứa khai báo XML không an toàn nên không mở; hãy mở rồi lưu lại.")
        return ReadError.because(UnreadReason.CORRUPT, detail, self._format)


def local_name(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


_EXCELS_OWN = "VelvetSweatshop"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_ROUNDS = 1_000_000  # hashing rounds; Excel uses a tenth of it, a hostile file may demand any number


class ProtectedReader(Reader):
    """Reader of encrypted Office files: opens those with Excel's default password, refuses the others."""

    format = "ole"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        from dossier.scanner.readers import read_bytes

        opened = unlocked(data, limits)
        if opened is None:
            detail = _(
                "Tệp Office có mật khẩu; hãy mở tệp, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ) rồi lưu lại."
            )
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        result = read_bytes(opened, limits)
        if isinstance(result, Content):
            return result
        raise ReadError(result)


def unlocked(data: bytes, limits: Limits) -> bytes | None:
    """Decrypt an Office file that has Excel's default password; return ``None`` for any other."""
    import msoffcrypto

    try:
        locked = msoffcrypto.OfficeFile(BytesIO(data))
        if locked.format == "ooxml":
            if int(locked.info.get("spinValue", 0)) > _MOST_ROUNDS:
                return None
            locked.load_key(password=_EXCELS_OWN, verify_password=True)
        else:  # the older formats verify the password themselves
            locked.load_key(password=_EXCELS_OWN)
        opened = BytesIO()
        locked.decrypt(opened)
    except Exception:  # noqa: BLE001  wrong password, damaged container or unknown encryption
        return None
    unpacked = opened.getvalue()
    nested = unpacked.startswith(MAGIC) and _PACKAGE in unpacked  # encrypted twice: an attack
    return None if nested or len(unpacked) > limits.max_bytes else unpacked
