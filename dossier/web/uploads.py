"""Uploads, written to disk in chunks and never held in memory: as a form (``multipart/form-data``, RFC 7578)
or as the bare body of a request. All sizes are limited."""

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
_SILENT_SECONDS = 30.0  # without data, after which the client counts as disconnected
_BOUNDARY = re.compile(r'multipart/form-data;.*?boundary="?([\x21-\x7e]{1,70}?)"?(?:;|$)', re.IGNORECASE)
_NAME = re.compile(r'(?<![a-z])name="([^"]*)"', re.IGNORECASE)
_FILE = re.compile(r'filename="([^"]*)"', re.IGNORECASE)


@dataclass(slots=True)
class Upload:
    """The uploaded fields, files (under their intended names), and messages on refused files."""

    form: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@asynccontextmanager
async def taken(
    receive: Receive, headers: Mapping[str, str], archive: Archive, most: int, name: str = ""
) -> AsyncIterator[Upload]:
    """Receive the body, at most ``most`` bytes; its files are deleted afterwards. ``name``: the body is a
    single file of that name.

    Raises :class:`TooLargeError`, :class:`DisconnectedError`, :class:`UsageError`.
    """
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise TooLargeError
    digests = _Digests(headers.get("content-digest", ""))
    with spool(archive) as folder:
        upload = Upload()
        parts = _BareFile(folder, upload, name) if name else _Parts(folder, upload, boundary_of(headers))
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
    """The boundary of the form's parts. Raises :class:`UsageError` if the body is not such a form."""
    found = _BOUNDARY.match(headers.get("content-type", ""))
    if found is None:
        raise UsageError(_("Biểu mẫu không đọc được."))
    return found[1].encode()


class _Digests:
    """Verifies the body against the sender's ``Content-Digest`` (RFC 9530). Unknown algorithms are ignored,
    as the standard requires."""

    _SUPPORTED = re.compile(r"(sha-256|sha-512)=:([A-Za-z0-9+/]*={0,2}):")
    _LIST = re.compile(r"\s*(?:[a-z*][a-z0-9_.*-]*=:[A-Za-z0-9+/=]*:\s*(?:,\s*|$))*")

    def __init__(self, header: str) -> None:
        """Parse the header. Raises :class:`UsageError` if it is malformed."""
        if not self._LIST.fullmatch(header):
            raise UsageError(_("Content-Digest không đọc được."))
        self._wanted = self._SUPPORTED.findall(header)
        self._found = {name: hashlib.new(name.replace("-", "")) for name, _value in self._wanted}

    def feed(self, chunk: bytes) -> None:
        """Add a chunk of the body."""
        for each in self._found.values():
            each.update(chunk)

    def check(self) -> None:
        """Compare after the last chunk. Raises :class:`UsageError` if a digest differs."""
        for name, value in self._wanted:
            if b64encode(self._found[name].digest()).decode("ascii") != value:
                raise UsageError(_("Tệp nhận được không giống tệp đã gửi (Content-Digest); gửi lại."))


class _Sink:
    """Writes the files of one request to a folder."""

    def __init__(self, folder: Path, upload: Upload) -> None:
        self._folder = folder
        self._upload = upload
        self._count = 0
        self._file: IO[bytes] | None = None

    def begin(self, name: str) -> None:
        """Begin a file; the content of a file with an unacceptable name is discarded."""
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
        """Add content to the current file."""
        if self._file is not None:
            self._file.write(content)

    def close(self) -> None:
        """Close the current file, complete or not."""
        if self._file is not None:
            self._file.close()
            self._file = None


class _BareFile(_Sink):
    """A body that is a single file."""

    def __init__(self, folder: Path, upload: Upload, name: str) -> None:
        super().__init__(folder, upload)
        self.begin(name)

    def feed(self, chunk: bytes) -> None:
        """Add a chunk of the body."""
        self.write(chunk)

    def end(self) -> None:
        """Complete the file."""
        self.close()


class _Parts(_Sink):
    """A parser for a multipart form that arrives in arbitrary chunks."""

    def __init__(self, folder: Path, upload: Upload, boundary: bytes) -> None:
        super().__init__(folder, upload)
        self._mark = b"\r\n--" + boundary
        self._held = bytearray(b"\r\n")  # so that the first boundary looks like all others
        self._state = "before"  # before, mark, head, body, over
        self._field: str | None = None
        self._value = bytearray()
        self._parts = 0

    def feed(self, chunk: bytes) -> None:
        """Add a chunk of the body. Raises :class:`UsageError` for malformed forms."""
        self._held += chunk
        while self._step():
            pass

    def end(self) -> None:
        """Complete the form. Raises :class:`UsageError` if it is truncated."""
        self.close()
        if self._state != "over":
            raise UsageError(_("Biểu mẫu không đọc được."))

    def _step(self) -> bool:
        """Parse the next element; false if more data is required."""
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
                self.begin(_decoded_name(file[1]))
        else:
            self._field = _decoded_name(name[1]) if name else ""
        self._state = "body"
        return True


def _decoded_name(text: str) -> str:
    """Decode a name as browsers encode it (HTML: multipart form data)."""
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
