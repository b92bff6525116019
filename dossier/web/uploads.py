"""Files that come with a request, taken bit by bit onto the disk, never into memory: as a form of a page
without script (``multipart/form-data``, RFC 7578) or as the bare body of a request. All is bounded."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import anyio

from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases.inbox.receiving import name_for, spool
from dossier.web.middleware import DisconnectedError, TooLargeError
from dossier.web.request import visible

if TYPE_CHECKING:
    from starlette.types import Receive

_HEAD_BYTES = 8 << 10  # of one part
_FIELD_BYTES = 16 << 10
_MOST_PARTS = 200
_SILENT_SECONDS = 30.0  # after which nobody is taken to be sending any more
_BOUNDARY = re.compile(r'multipart/form-data;.*?boundary="?([\x21-\x7e]{1,70}?)"?(?:;|$)', re.IGNORECASE)
_NAME = re.compile(r'(?<![a-z])name="([^"]*)"', re.IGNORECASE)
_FILE = re.compile(r'filename="([^"]*)"', re.IGNORECASE)


@dataclass(slots=True)
class Upload:
    """What came: fields of the form, files under the names they are to have, and why others were refused."""

    form: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@asynccontextmanager
async def taken(
    receive: Receive, headers: Mapping[str, str], archive: Archive, most: int, name: str = ""
) -> AsyncIterator[Upload]:
    """The body, at most so many bytes; nothing of it is left on the disk afterwards. ``name``: the body is
    one file that is called so.

    Raises :class:`TooLargeError`, :class:`DisconnectedError`, :class:`UsageError`."""
    told = headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise TooLargeError
    digests = _Digests(headers.get("content-digest", ""))
    with spool(archive) as folder:
        upload = Upload()
        parts = _Whole(folder, upload, name) if name else _Parts(folder, upload, boundary_of(headers))
        try:
            size = 0
            while True:
                with anyio.move_on_after(_SILENT_SECONDS) as waited:
                    message = await receive()
                if waited.cancelled_caught or message["type"] == "http.disconnect":
                    raise DisconnectedError
                chunk = message.get("body", b"")
                size += len(chunk)
                if size > most:
                    raise TooLargeError
                digests.feed(chunk)
                parts.feed(chunk)
                if not message.get("more_body"):
                    break
            parts.end()
            digests.check()
            yield upload
        finally:
            parts.close()


def is_form(headers: Mapping[str, str]) -> bool:
    """Whether the body is a form that may hold files."""
    return _BOUNDARY.match(headers.get("content-type", "")) is not None


def boundary_of(headers: Mapping[str, str]) -> bytes:
    """What parts the form. Raises :class:`UsageError` for a body that is no form with files."""
    found = _BOUNDARY.match(headers.get("content-type", ""))
    if found is None:
        raise UsageError(_("Biểu mẫu không đọc được."))
    return found[1].encode()


class _Digests:
    """What its sender says that the body is (``Content-Digest``, RFC 9530): what was changed on the way is
    not taken. Other functions than these two are passed over, as the standard wants it."""

    _MADE = re.compile(r"(sha-256|sha-512)=:([A-Za-z0-9+/]*={0,2}):")
    _LIST = re.compile(r"\s*(?:[a-z*][a-z0-9_.*-]*=:[A-Za-z0-9+/=]*:\s*(?:,\s*|$))*")

    def __init__(self, said: str) -> None:
        """Raises :class:`UsageError` where nobody can read it."""
        if not self._LIST.fullmatch(said):
            raise UsageError(_("Content-Digest không đọc được."))
        self._wanted = self._MADE.findall(said)
        self._found = {name: hashlib.new(name.replace("-", "")) for name, _value in self._wanted}

    def feed(self, chunk: bytes) -> None:
        """More of the body."""
        for each in self._found.values():
            each.update(chunk)

    def check(self) -> None:
        """The body is whole. Raises :class:`UsageError` where it is another one."""
        for name, value in self._wanted:
            if b64encode(self._found[name].digest()).decode("ascii") != value:
                raise UsageError(_("Tệp nhận được không giống tệp đã gửi (Content-Digest); gửi lại."))


class _Sink:
    """Where the files of one request go."""

    def __init__(self, folder: Path, upload: Upload) -> None:
        self._folder = folder
        self._upload = upload
        self._count = 0
        self._file: IO[bytes] | None = None

    def begin(self, name: str) -> None:
        """A file of that name begins; one that is not taken is let through unseen."""
        self.close()
        try:
            safe = name_for(name)
        except UsageError as refused:
            self._upload.refused.append(refused.message)
            return
        self._count += 1
        place = self._folder / str(self._count)
        place.mkdir(mode=0o700)
        self._upload.files.append(place / safe)
        self._file = (place / safe).open("xb")

    def write(self, content: bytes) -> None:
        """More of it."""
        if self._file is not None:
            self._file.write(content)

    def close(self) -> None:
        """It is whole, or broken off."""
        if self._file is not None:
            self._file.close()
            self._file = None


class _Whole(_Sink):
    """The body is the file."""

    def __init__(self, folder: Path, upload: Upload, name: str) -> None:
        super().__init__(folder, upload)
        self.begin(name)

    def feed(self, chunk: bytes) -> None:
        """More of the body."""
        self.write(chunk)

    def end(self) -> None:
        """The body is whole."""
        self.close()


class _Parts(_Sink):
    """The body is a form; it may be cut into chunks anywhere."""

    def __init__(self, folder: Path, upload: Upload, boundary: bytes) -> None:
        super().__init__(folder, upload)
        self._mark = b"\r\n--" + boundary
        self._held = bytearray(b"\r\n")  # so that the first mark looks like every other
        self._state = "before"  # before, mark, head, body, over
        self._field: str | None = None
        self._value = bytearray()
        self._parts = 0

    def feed(self, chunk: bytes) -> None:
        """More of the body. Raises :class:`UsageError` where it is no form."""
        self._held += chunk
        while self._step():
            pass

    def end(self) -> None:
        """The body is whole. Raises :class:`UsageError` where it breaks off in the middle."""
        self.close()
        if self._state != "over":
            raise UsageError(_("Biểu mẫu không đọc được."))

    def _step(self) -> bool:
        """Go on by one thing; false where more must come first."""
        match self._state:
            case "before" | "body":
                return self._body()
            case "mark":
                return self._after_mark()
            case "head":
                return self._head()
            case _:
                self._held.clear()
                return False

    def _body(self) -> bool:
        at = self._held.find(self._mark)
        upto = at if at >= 0 else max(len(self._held) - len(self._mark), 0)
        content = bytes(self._held[:upto])
        if self._state == "body":
            self._take(content)
        if at < 0:
            del self._held[:upto]
            return False
        del self._held[: at + len(self._mark)]
        self._finish()
        self._state = "mark"
        return True

    def _take(self, content: bytes) -> None:
        if self._field is None:
            self.write(content)
            return
        self._value += content
        if len(self._value) > _FIELD_BYTES:
            raise TooLargeError

    def _finish(self) -> None:
        if self._field is not None:
            value = visible(self._value.decode("utf-8", "replace"))
            form = self._upload.form
            form[self._field] = f"{form[self._field]}\n{value}" if self._field in form else value
        self._field = None
        self._value.clear()
        self.close()

    def _after_mark(self) -> bool:
        if len(self._held) < 2:
            return False
        end, line = self._held[:2] == b"--", self._held[:2] == b"\r\n"
        if not (end or line):
            raise UsageError(_("Biểu mẫu không đọc được."))
        del self._held[:2]
        self._state = "over" if end else "head"
        return True

    def _head(self) -> bool:
        at = self._held.find(b"\r\n\r\n")
        if at < 0 and len(self._held) <= _HEAD_BYTES:
            return False
        self._parts += 1
        if at < 0 or at > _HEAD_BYTES or self._parts > _MOST_PARTS:
            raise TooLargeError
        head = self._held[:at].decode("utf-8", "replace")
        del self._held[: at + 4]
        lines = [line for line in head.split("\r\n") if line.lower().startswith("content-disposition:")]
        disposition = lines[0] if lines else ""
        file, name = _FILE.search(disposition), _NAME.search(disposition)
        if file is not None:
            if file[1]:  # a form in which nothing was chosen sends an empty name
                self.begin(_said(file[1]))
        else:
            self._field = _said(name[1]) if name else ""
        self._state = "body"
        return True


def _said(text: str) -> str:
    """A name as browsers write it there (HTML: multipart form data)."""
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
