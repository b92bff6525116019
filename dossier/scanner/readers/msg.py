"""Read Outlook mails (.msg): the text, then the attachments.

Source: [MS-OXMSG] 2.1–2.4 for storages and streams, [MS-OXPROPS] for property numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dossier.i18n import _, joined
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers.html import html_text
from dossier.scanner.readers.inner import Gathering, Inner
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause
from dossier.scanner.readers.mail_text import MailHead, not_opened, own_pages
from dossier.scanner.readers.ole import open_ole
from dossier.scanner.readers.text import decode
from dossier.vietnamese import nfc

_ATTACHMENT = "__attach_version1.0_#"
_PROPERTIES = "__properties_version1.0"
_SUBJECT, _BODY, _HTML, _SENDER, _TO = "0037", "1000", "1013", "0C1A", "0E04"
_DATA, _LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = "3701", "3707", "3704", "3001"
_SENT, _DELIVERED = 0x0039_0040, 0x0E06_0040
_EMBEDDED = "3701000D"  # the storage of a mail attached to the mail, structured like the mail itself
_HEAD, _EMBEDDED_HEAD = 32, 24  # bytes before a message's properties


class MsgReader(Reader):
    """Reader of Outlook mails: sender, date and subject, the text, then the attachments, one level deep."""

    format = "msg"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        try:
            ole = open_ole(data)
        except Exception as error:
            detail = _(
                "Thư Outlook (.msg) bị hỏng ({error}); hãy lưu lại từ Outlook, hoặc lưu riêng tệp đính kèm."
            )
            why = detail.format(error=cause(error))
            raise ReadError.because(UnreadReason.CORRUPT, why, self.format) from error
        with ole:
            message = _Message(ole)
            head = message.head()
            own, notes = own_pages(head, message.body(), limits)
            gathering = Gathering(self.format, limits, own)
            gathering.notes.extend(notes)
            if limits.containers:
                gathering.add_all(message.attachments(limits))
            elif names := [message.name_of(storage) for storage in message.storages()]:
                gathering.notes.append(not_opened(names))
            return gathering.content(head.properties())


class _Message:
    """A message in an OLE container; its properties are identified by hexadecimal numbers."""

    def __init__(self, ole: Any, storage: str = "") -> None:
        self._ole = ole
        self._inside = storage  # path of the message's storage, ending in a slash; "" for the outermost mail

    def head(self) -> MailHead:
        """Return subject, sender, recipients and date."""
        return MailHead(self.text(_SUBJECT), self.text(_SENDER), self.text(_TO), self.sent())

    def text(self, number: str, storage: str = "") -> str:
        """Return the text of a property of the message or of a ``storage`` in it; ``""`` if missing."""
        if (wide := self._stream(f"{storage}__substg1.0_{number}001F")) is not None:
            return nfc(wide.decode("utf-16-le", "replace").strip("\0 \r\n"))
        narrow = self._stream(f"{storage}__substg1.0_{number}001E")
        return "" if narrow is None else nfc(decode(narrow)[0].strip("\0 \r\n"))

    def body(self) -> str:
        """Return the plain text, or else the text of the HTML body."""
        plain = self.text(_BODY).replace("\r\n", "\n")
        if plain.strip():
            return plain
        page = self._stream(f"__substg1.0_{_HTML}0102")
        return html_text(page)[0] if page else html_text(self.text(_HTML).encode())[0]

    def sent(self) -> date | None:
        """Return the date of sending, or else of delivery; ``None`` if neither is stored."""
        table = (self._stream(_PROPERTIES) or b"")[_EMBEDDED_HEAD if self._inside else _HEAD :]
        times = {}
        for tag, _flags, value in struct.iter_unpack("<IIQ", table[: len(table) // 16 * 16]):
            if tag in (_SENT, _DELIVERED):
                times[tag] = value
        ticks = times.get(_SENT) or times.get(_DELIVERED)
        if not ticks:
            return None
        try:  # a FILETIME: tenths of microseconds since 1601
            return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).date()
        except OverflowError:
            return None

    def storages(self) -> list[str]:
        """Return the names of the attachments' storages, in order."""
        depth = self._inside.count("/")
        above = self._inside.split("/")[:-1]
        names = {
            path[depth]
            for path in self._ole.listdir(streams=True, storages=True)
            if len(path) > depth and path[:depth] == above
        }
        return sorted(name for name in names if name.startswith(_ATTACHMENT))

    def name_of(self, storage: str) -> str:
        """Return an attachment's file name without folders, ``""`` if it has none."""
        names = (self.text(number, storage + "/") for number in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
        return next(filter(None, names), "").replace("\\", "/").rpartition("/")[2]

    def attachments(self, limits: Limits) -> Iterator[Inner]:
        """The attachments as inner files; of an attached mail only its text is read."""
        for number, storage in enumerate(self.storages(), 1):
            try:
                yield self._attachment(storage, limits)
            except Exception:  # noqa: BLE001  the mail is readable without one damaged attachment
                why = _("Tệp đính kèm bị hỏng; hãy sao chép lại từ bản gốc.")
                yield Inner(str(number), Unread(UnreadReason.CORRUPT, why))

    def _attachment(self, storage: str, limits: Limits) -> Inner:
        data = self._stream(f"{storage}/__substg1.0_{_DATA}0102")
        name = self.name_of(storage)
        if data is None and self._is_mail(storage):
            embedded = _Message(self._ole, f"{self._inside}{storage}/__substg1.0_{_EMBEDDED}/")
            subject = (name or embedded.text(_SUBJECT)).replace("/", "-")
            return Inner(f"{subject}.msg", embedded.content(limits))
        if data is None:
            why = _("là đối tượng nhúng, chưa mở; hãy lưu riêng từ Outlook vào hồ sơ.")
            return Inner(name, Unread(UnreadReason.UNSUPPORTED, why))
        if len(data) > limits.max_bytes:
            return Inner(name, Unread(UnreadReason.TOO_LARGE, _("Tệp quá lớn nên không đọc.")))
        return Inner(name, data)

    def content(self, limits: Limits) -> Content | Unread:
        """Return the content of an attached mail: its text, and the names of its attachments in a note."""
        pages, notes = own_pages(self.head(), self.body(), limits)
        if names := [self.name_of(storage) for storage in self.storages()]:
            notes.append(not_opened(names))
        if not any(page.text.strip() for page in pages):
            return Unread(UnreadReason.EMPTY, joined(notes) or _("Bên trong không có chữ nào."))
        return Content(MsgReader.format, pages, {}, tuple(notes))

    def _is_mail(self, storage: str) -> bool:
        where = f"{self._inside}{storage}/__substg1.0_{_EMBEDDED}"
        return bool(self._ole.get_type(where) == 1)  # STGTY_STORAGE

    def _stream(self, name: str) -> bytes | None:
        name = self._inside + name
        try:
            if self._ole.get_type(name) != 2:  # STGTY_STREAM
                return None
            with self._ole.openstream(name) as stream:
                return bytes(stream.read())
        except (OSError, ValueError):
            return None
